"""What an investment gives back. Kroner; a return is positive when something is saved, at the frames' price level.

Net present value discounts each year's net to the first year of the investment, at the rate the pool states. It can
never stand alone: the sensitivity and where the return falls are told beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.money import format_kroner

NOTHING = Decimal(0)
ORE = Decimal("0.01")
Yearly = Mapping[int, Decimal]


@dataclass(frozen=True)
class Expectation:
    """One line of an expected return. `low` and `high` None: nobody has said; that is not nought."""

    year: int
    falls_in: str
    service_frame: str
    expected: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """What one expectation comes to. `payback_year` None: not within the years that are written.

    `net_present_value` None: the pool states no rate.
    """

    returned: Decimal
    net: Decimal
    net_present_value: Decimal | None
    payback_year: int | None


def net_present_value(flows: Yearly, *, rate: Decimal, base_year: int) -> Decimal:
    """Return the flows discounted to the base year at a yearly rate in per cent; added exactly, rounded once to øre."""
    factor = 1 + rate / 100
    total = sum((amount / factor ** (year - base_year) for year, amount in flows.items()), NOTHING)
    return total.quantize(ORE, ROUND_HALF_UP)


def payback_year(invested: Yearly, returned: Yearly) -> int | None:
    """Return the first year from which all that was invested is covered, and stays covered; not discounted."""
    paid_back, balance = None, NOTHING
    for year in sorted(set(invested) | set(returned)):
        balance += returned.get(year, NOTHING) - invested.get(year, NOTHING)
        if balance < 0:
            paid_back = None
        elif paid_back is None:
            paid_back = year
    return paid_back if any(invested.values()) else None


def outcome(*, invested: Yearly, returned: Yearly, rate: Decimal | None) -> Outcome:
    years = sorted(set(invested) | set(returned))
    flows = {year: returned.get(year, NOTHING) - invested.get(year, NOTHING) for year in years}
    base = min((year for year, amount in invested.items() if amount), default=years[0] if years else 0)
    whole = sum(returned.values(), NOTHING)
    return Outcome(
        returned=whole,
        net=sum(flows.values(), NOTHING),
        net_present_value=None if rate is None else net_present_value(flows, rate=rate, base_year=base),
        payback_year=payback_year(invested, returned),
    )


@dataclass(frozen=True)
class Sensitivity:
    """Low, expected and high; low or high None when a line lacks it.

    `break_even_percent`: how much of the expected return is needed for a net present value of nought.
    """

    low: Outcome | None
    expected: Outcome
    high: Outcome | None
    break_even_percent: Decimal | None


def sensitivity(lines: Sequence[Expectation], *, invested: Yearly, rate: Decimal | None) -> Sensitivity:
    by_year = {name: _by_year(lines, name) for name in ("low", "expected", "high")}
    found = {
        name: None if yearly is None else outcome(invested=invested, returned=yearly, rate=rate)
        for name, yearly in by_year.items()
    }
    expected = found["expected"] or outcome(invested=invested, returned={}, rate=rate)
    return Sensitivity(
        found["low"], expected, found["high"], _break_even(invested, by_year["expected"] or {}, rate or NOTHING)
    )


def _break_even(invested: Yearly, returned: Yearly, rate: Decimal) -> Decimal | None:
    base = min((year for year, amount in invested.items() if amount), default=None)
    if base is None:
        return None
    gained = net_present_value(returned, rate=rate, base_year=base)
    spent = net_present_value(invested, rate=rate, base_year=base)
    return None if gained <= 0 else round(spent * 100 / gained, 1)


def _by_year(lines: Sequence[Expectation], name: str) -> dict[int, Decimal] | None:
    """Return the sums by year; None as soon as one line lacks the figure, for then the sum is not known either."""
    yearly: dict[int, Decimal] = {}
    for line in lines:
        amount = getattr(line, name)
        if amount is None:
            return None
        yearly[line.year] = yearly.get(line.year, NOTHING) + amount
    return yearly


@dataclass(frozen=True)
class Place:
    """Where a return falls: in whose budget, and inside or outside servicerammen. `realised` None: nothing entered."""

    falls_in: str
    service_frame: str
    expected: Decimal | None
    realised: Decimal | None


def places(expected: Iterable[Expectation], realised: Iterable[Expectation]) -> list[Place]:
    """Return where the money falls, in the order it is first named. `realised` lines hold what came in as expected."""
    hoped: dict[tuple[str, str], Decimal] = {}
    came: dict[tuple[str, str], Decimal] = {}
    for sums, lines in ((hoped, expected), (came, realised)):
        for line in lines:
            key = (line.falls_in, line.service_frame)
            sums[key] = sums.get(key, NOTHING) + line.expected
    return [Place(*key, hoped.get(key), came.get(key)) for key in dict.fromkeys([*hoped, *came])]


def flows_back(returned: Decimal, share: Decimal | None) -> Decimal | None:
    """Return what comes back to the pool of a return; None when the pool has not decided how much does."""
    return None if share is None else (returned * share / 100).quantize(ORE, ROUND_HALF_UP)


def check_expectation(*, low: Decimal | None, expected: Decimal | None, high: Decimal | None) -> None:
    """Raise ValidationError by field when the three do not stand in order."""
    if expected is None:
        raise ValidationError({"expected": ValidationError(_("Write the expected return."), code="required")})
    if low is not None and low > expected:
        message = _("Low is more than the expected %(amount)s.") % {"amount": format_kroner(expected)}
        raise ValidationError({"low": ValidationError(message, code="order")})
    if high is not None and high < expected:
        message = _("High is less than the expected %(amount)s.") % {"amount": format_kroner(expected)}
        raise ValidationError({"high": ValidationError(message, code="order")})
