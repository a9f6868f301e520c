"""Being away, and having somebody act in one's place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; `last` None: until further notice."""

    first: date
    last: date | None

    def overlaps(self, other: "Period") -> bool:
        begins_in_time = self.last is None or other.first <= self.last
        return begins_in_time and (other.last is None or self.first <= other.last)

    @property
    def in_words(self) -> str:
        if self.last is None:
            return _("from %(first)s until further notice") % {"first": format_date(self.first)}
        return _("from %(first)s to %(last)s") % {"first": format_date(self.first), "last": format_date(self.last)}


def check_absence(period: Period, *, others: Iterable[Period]) -> None:
    """Raise dates_in_order, or absent_twice when the person is away already on some of the days."""
    if period.last is not None and period.last < period.first:
        raise ValidationError(_("The last day lies before the first."), code="dates_in_order")
    for other in others:
        if period.overlaps(other):
            raise ValidationError(
                _("There is an absence already %(period)s. Change that one instead."),
                code="absent_twice",
                params={"period": other.in_words},
            )


def check_stand_in(
    *, name: str, is_the_absent: bool, is_caseworker: bool, period: Period, away: Iterable[Period]
) -> None:
    """Raise self_stand_in, not_a_caseworker, or stand_in_away when they are away themselves on some of the days."""
    if is_the_absent:
        raise ValidationError(_("Choose another colleague as stand-in."), code="self_stand_in")
    if not is_caseworker:
        raise ValidationError(
            _("%(name)s is not a caseworker on that day."), code="not_a_caseworker", params={"name": name}
        )
    for other in away:
        if period.overlaps(other):
            raise ValidationError(
                _("%(name)s is away %(period)s. Choose another colleague."),
                code="stand_in_away",
                params={"name": name, "period": other.in_words},
            )


def silent_months(expected: Sequence[date], told: Iterable[date], *, fewest: int) -> list[date]:
    """R20: return the expected months that nobody has told, oldest first; [] when there are fewer than `fewest`."""
    known = set(told)
    missing = [month for month in expected if month not in known]
    return missing if len(missing) >= fewest else []
