"""Working days in a Danish municipality, and the deadlines that are counted back from a committee's meeting.

Closed beside weekends and public holidays: 5 June, 24 December and 31 December, when town halls are closed all day
by agreement or custom. 1 May is open: only some have the afternoon off. `CLOSED_DAYS` in the settings says otherwise.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import ReminderChoice, ReminderKind
from projects.months import first_of_month, format_month

# (month, day)
ClosedDays = frozenset[tuple[int, int]]
CLOSED_DAYS: ClosedDays = frozenset({(6, 5), (12, 24), (12, 31)})

MOST_WORKING_DAYS = 60
# How long before a deadline the first reminder is, and how often one comes after it.
WORKING_DAYS_BEFORE = 2
WORKING_DAYS_BETWEEN = 5


@dataclass(frozen=True)
class Offsets:
    """Working days before the meeting at which each has done their part."""

    caseworker: int
    manager: int
    secretary: int


@dataclass(frozen=True)
class Deadlines:
    caseworker: date
    manager: date
    secretary: date


def closed_days(texts: Sequence[str]) -> ClosedDays:
    """Return the days of "24.12." and the like. ValueError for what is no day of a year."""
    found = set()
    for text in texts:
        match = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.?", text.strip())
        if match is None:
            raise ValueError(text)
        # A leap year, so that 29 February is a day.
        day = date(2024, int(match[2]), int(match[1]))
        found.add((day.month, day.day))
    return frozenset(found)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    """Return the year's public holidays: Store bededag until 2023, as the law was."""
    return frozenset(holidays.country_holidays("DK", years=year))


def is_working_day(day: date, *, closed: Collection[tuple[int, int]] = CLOSED_DAYS) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year) and (day.month, day.day) not in closed


def working_days_before(day: date, count: int, *, closed: Collection[tuple[int, int]] = CLOSED_DAYS) -> date:
    """Return the working day that lies `count` working days before the day; `day` itself is never counted.

    0: the day itself when it is a working day, else the last one before it.
    """
    found = day
    if count == 0:
        while not is_working_day(found, closed=closed):
            found -= timedelta(days=1)
    for _number in range(count):
        found -= timedelta(days=1)
        while not is_working_day(found, closed=closed):
            found -= timedelta(days=1)
    return found


def working_days_between(first: date, last: date, *, closed: Collection[tuple[int, int]] = CLOSED_DAYS) -> int:
    """Return how many working days come after `first` up to and including `last`; 0 when last is not later."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, closed=closed) for day in days)


def deadlines(meeting_date: date, offsets: Offsets, *, closed: Collection[tuple[int, int]] = CLOSED_DAYS) -> Deadlines:
    return Deadlines(
        caseworker=working_days_before(meeting_date, offsets.caseworker, closed=closed),
        manager=working_days_before(meeting_date, offsets.manager, closed=closed),
        secretary=working_days_before(meeting_date, offsets.secretary, closed=closed),
    )


def reminder_kind(due: date, today: date, *, closed: Collection[tuple[int, int]] = CLOSED_DAYS) -> ReminderKind | None:
    """Return which reminder of a deadline belongs to the day, None for none. Never on a day off.

    Before: two working days ahead. On the day: the deadline, or the last working day before one on a day off.
    After: the first working day after it, and then every fifth.
    """
    if not is_working_day(today, closed=closed):
        return None
    due = working_days_before(due, 0, closed=closed)
    if today == due:
        return ReminderKind.ON_THE_DAY
    if today < due:
        is_time = today == working_days_before(due, WORKING_DAYS_BEFORE, closed=closed)
        return ReminderKind.BEFORE if is_time else None
    late = working_days_between(due, today, closed=closed)
    return ReminderKind.AFTER if late % WORKING_DAYS_BETWEEN == 1 else None


def is_wanted(kind: ReminderKind | None, choice: str) -> bool:
    """Return whether someone with the choice is to have the reminder."""
    wanted = {
        ReminderChoice.NONE: frozenset[ReminderKind](),
        ReminderChoice.ON_THE_DAY: frozenset({ReminderKind.ON_THE_DAY}),
        ReminderChoice.BEFORE_AND_AFTER: frozenset({ReminderKind.BEFORE, ReminderKind.AFTER}),
    }
    return kind in wanted[ReminderChoice(choice)]


def check_round_month(*, month: date, meeting_date: date, committee: str, is_taken: bool, is_closed: bool) -> None:
    """Raise round_closed or round_open (the committee has a round for the month), month_after_meeting."""
    if is_taken:
        message = (
            _("The round of %(committee)s for %(month)s is closed. Open it again instead.")
            if is_closed
            else _("%(committee)s already has an open round for %(month)s.")
        )
        code = "round_closed" if is_closed else "round_open"
        raise ValidationError(message, code=code, params={"committee": committee, "month": format_month(month)})
    check_month_before_meeting(months=[month], meeting_date=meeting_date)


def check_month_before_meeting(*, months: Collection[date], meeting_date: date) -> None:
    """Raise month_after_meeting: a meeting cannot be told of a month that begins after it."""
    later = [month for month in months if month > first_of_month(meeting_date)]
    if later:
        raise ValidationError(
            _("The meeting is on %(date)s, before %(month)s begins. Choose an earlier month or a later meeting."),
            code="month_after_meeting",
            params={"date": format_date(meeting_date), "month": format_month(max(later))},
        )


def check_move(*, committee: str, old: date, new: date, taken: Collection[date], months: Collection[date]) -> None:
    """Raise same_date, meeting_taken (the committee meets that day already) or month_after_meeting.

    `months` are those of the meeting's open rounds.
    """
    if new == old:
        raise ValidationError(
            _("The meeting is already on %(date)s."), code="same_date", params={"date": format_date(new)}
        )
    check_free_day(committee=committee, day=new, taken=taken)
    check_month_before_meeting(months=months, meeting_date=new)


def check_free_day(*, committee: str, day: date, taken: Collection[date]) -> None:
    """Raise meeting_taken when the committee meets that day already."""
    if day in taken:
        raise ValidationError(
            _("%(committee)s already has a meeting on %(date)s."),
            code="meeting_taken",
            params={"committee": committee, "date": format_date(day)},
        )


def check_open(*, is_closed: bool, month: date) -> None:
    """Raise round_closed."""
    if is_closed:
        raise ValidationError(
            _("The round for %(month)s is already closed."), code="round_closed", params={"month": format_month(month)}
        )


def check_closed(*, is_closed: bool, month: date) -> None:
    """Raise round_open."""
    if not is_closed:
        raise ValidationError(
            _("The round for %(month)s is already open."), code="round_open", params={"month": format_month(month)}
        )
