"""Month-end: where a year is heading, when a deviation must be explained, and when spend and time drift apart.

Amounts are kroner at the pool's price level, plus is expense; shares are of 1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.money import format_kroner
from projects.months import last_day
from projects.numerals import round_half_up
from projects.rules.notices import Notice

# Spend this far from the time that has passed is worth a look, and only for amounts that matter.
DRIFT = Decimal("0.25")


@dataclass(frozen=True)
class Threshold:
    """A deviation must be explained when it is at least so many per cent and at least so many kroner."""

    percent: Decimal
    kroner: Decimal


def elapsed_share(*, month: date, starts_on: date, ends_on: date | None, this_year: bool) -> Decimal | None:
    """Return how much of the project's days until the year ends have passed at the end of the month.

    `this_year` counts those of the month's year alone, otherwise from the project's first. None: it has none.
    """
    first = max(starts_on, date(month.year, 1, 1)) if this_year else starts_on
    last = min(ends_on or date(month.year, 12, 31), date(month.year, 12, 31))
    if first > last:
        return None
    passed = (min(last_day(month), last) - first).days + 1
    return Decimal(max(passed, 0)) / ((last - first).days + 1)


def straight_line(*, spent: Decimal, elapsed: Decimal | None) -> Decimal | None:
    """Return what the year will cost if the rest goes as it went; None before any time has passed."""
    return None if not elapsed else round_half_up(spent / elapsed, 2)


def deviation_share(*, deviation: Decimal | None, budget: Decimal | None) -> Decimal | None:
    """Return the deviation as a share of the corrected budget; None when either is unknown or the budget is 0."""
    return None if deviation is None or not budget else deviation / budget


def needs_reason(*, deviation: Decimal | None, budget: Decimal | None, threshold: Threshold) -> bool:
    """Return whether the deviation must be explained in writing. One without any budget counts by its kroner alone."""
    if deviation is None or abs(deviation) < threshold.kroner or deviation == 0:
        return False
    share = deviation_share(deviation=deviation, budget=budget)
    return share is None or abs(share) * 100 >= threshold.percent


def drift_notice(
    *,
    project: str,
    year: int,
    spent: Decimal,
    budget: Decimal | None,
    elapsed: Decimal | None,
    least: Decimal,
    field: str = "",
) -> Notice | None:
    """R22: spend and time drift apart, from the project's first day to the end of the year.

    `least` is the amount in kroner below which nobody needs to look.
    """
    if not budget or budget <= 0 or elapsed is None:
        return None
    share = spent / budget
    if abs(share - elapsed) < DRIFT or abs(spent - budget * elapsed) < least:
        return None
    message = _(
        "“%(project)s” has spent %(spent)s of %(budget)s (%(share)s %%), but %(elapsed)s %% of its time until the end"
        " of %(year)s has passed."
    )
    words = {
        "project": project,
        "year": year,
        "spent": format_kroner(spent),
        "budget": format_kroner(budget),
        "share": round_half_up(share * 100),
        "elapsed": round_half_up(elapsed * 100),
    }
    return Notice("R22", field, message % words, (spent, budget))
