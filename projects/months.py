"""Months: always the first day of the month."""

import calendar
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.numerals import refusal

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
YEARS = range(1900, 2200)

# Papers are read in Danish whatever language a process runs in, and what is written must be readable again.
MONTH_NAMES = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_SHORT_NAMES = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2}) ?[./-] ?([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(r"([a-zæøå]+)\.? ?([0-9]{4}|[0-9]{2})?")


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a Danish month's name or its first letters (at least three), else None."""
    bare = name.casefold().rstrip(".")
    if bare == "sept":
        return 9
    for number, full in enumerate(MONTH_NAMES, start=1):
        if bare in (full, full[:3]):
            return number
    return None


def first_of_month(day: date) -> date:
    return date(day.year, day.month, 1)


def previous_month(month: date) -> date:
    return first_of_month(first_of_month(month) - timedelta(days=1))


def next_month(month: date) -> date:
    return last_day(month) + timedelta(days=1)


def last_day(month: date) -> date:
    return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])


def month_range(first: date, last: date) -> list[date]:
    """Return the months from first to last, both included; empty when last lies before first."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(begin, end + 1)]


def current_month(now: datetime) -> date:
    """Return the month it is in Denmark at an aware moment; ValueError for a naive one."""
    if now.tzinfo is None:
        raise ValueError("A moment without a time zone belongs to no month.")
    return first_of_month(now.astimezone(COPENHAGEN).date())


def parse_month(text: str) -> date:
    """Return the month of "2017-11", "november 2017", "nov. 2017", "11/2017" or "11-2017".

    Raises ValidationError: empty, two_digit_year, missing_year, no_such_month, not_a_month.
    """
    bare = " ".join(text.split()).casefold()
    if not bare:
        raise ValidationError(_("Write a month, for example november 2017."), code="empty")
    year, month = _year_and_month(bare, text.strip())
    if len(year) == 2:
        raise refusal(_("Write the year of “%(text)s” with four digits, for example 11/2017."), "two_digit_year", text)
    if not 1 <= month <= 12 or int(year) not in YEARS:
        raise refusal(_("The month “%(text)s” does not exist. Write for example 11/2017."), "no_such_month", text)
    return date(int(year), month, 1)


def _year_and_month(bare: str, typed: str) -> tuple[str, int]:
    if match := _ISO.fullmatch(bare):
        return match[1], int(match[2])
    if match := _NUMERIC.fullmatch(bare):
        return match[2], int(match[1])
    match = _NAMED.fullmatch(bare)
    number = month_number(match[1]) if match else None
    if match is None or number is None:
        raise refusal(_("“%(text)s” is not a month. Write for example november 2017."), "not_a_month", typed)
    if match[2] is None:
        raise refusal(_("The year is missing in “%(text)s”. Write for example november 2017."), "missing_year", typed)
    return match[2], number


def format_month(month: date | None) -> str:
    """Return "november 2017"; "–" for None."""
    return "–" if month is None else f"{MONTH_NAMES[month.month - 1]} {month.year}"


def format_month_short(month: date | None) -> str:
    """Return "nov. 2017"; "–" for None."""
    return "–" if month is None else f"{_SHORT_NAMES[month.month - 1]} {month.year}"


class MonthConverter:
    """A month in an address: /2017-11/."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Return the month; ValueError (the address does not exist) for month 13 or the year 0000."""
        year, month = (int(part) for part in value.split("-"))
        if year not in YEARS:
            raise ValueError(f"no such year: {year}")
        return date(year, month, 1)

    def to_url(self, value: date) -> str:
        return f"{value.year:04d}-{value.month:02d}"
