"""Dates the way Danish papers write them, day first and with a year of four digits."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.months import MONTH_NAMES, YEARS, month_number
from projects.numerals import refusal

WEEKDAY_NAMES = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_SEPARATOR = r" ?[./-] ?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMERIC = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})(?:{_SEPARATOR}([0-9]{{4}}|[0-9]{{2}}))?\.?")
_NAMED = re.compile(r"([0-9]{1,2})\.? ?([a-zæøå]{3,})\.?,?(?: ?([0-9]{4}|[0-9]{2}))?")
_MONTH_ONLY = re.compile(r"([a-zæøå]{3,})\.? [0-9]{4}|[0-9]{1,2}[/-][0-9]{4}|[0-9]{4}-[0-9]{1,2}")
_RELATIVE = re.compile(
    r"(?:pr\.? )?d\.? ?d\.?|(?:pr\.? |i )?dags dato|(?:ind)?til (?:nu|dato)|nu|i (?:dag|går|morgen)"
    r"|siden sids.*|sidste .*|næste .*|(?:primo|medio|ultimo) .*"
)


def parse_date(text: str) -> date:
    """Return the date of "27.11.2017", "30/5-2016", "27. november 2017", "27. nov. 2017" or "2017-11-27".

    Raises ValidationError, each with its own sentence: empty, relative_date, missing_year, two_digit_year,
    missing_day, no_such_date, not_a_date.
    """
    bare = re.sub(r"^(?:den|d)\.? ", "", " ".join(text.split()).casefold())
    if not bare:
        raise ValidationError(_("Write a date, for example 27.11.2017."), code="empty")
    if _RELATIVE.fullmatch(bare):
        raise refusal(
            _("“%(text)s” means another day tomorrow. Write the date itself, for example 27.11.2017."),
            "relative_date",
            text,
        )
    year, month, day = _parts(bare, text)
    if not year:
        raise refusal(_("The year is missing in “%(text)s”. Write for example 31.10.2017."), "missing_year", text)
    if len(year) == 2:
        raise refusal(
            _("Write the year of “%(text)s” with four digits, for example 01.11.2017."), "two_digit_year", text
        )
    return _existing_date(int(year), month, day, text)


def _parts(bare: str, text: str) -> tuple[str, int, int]:
    """Return year ("" when missing), month and day as written, not yet known to exist."""
    if match := _ISO.fullmatch(bare):
        return match[1], int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(bare):
        return match[3] or "", int(match[2]), int(match[1])
    match = _NAMED.fullmatch(bare)
    number = month_number(match[2]) if match else None
    if match and number:
        return match[3] or "", number, int(match[1])
    month_only = _MONTH_ONLY.fullmatch(bare)
    if month_only and (month_only[1] is None or month_number(month_only[1])):
        raise refusal(_("The day is missing in “%(text)s”. Write for example 27.11.2017."), "missing_day", text)
    raise refusal(_("“%(text)s” is not a date. Write day, month and year, for example 27.11.2017."), "not_a_date", text)


def _existing_date(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is None or year not in YEARS:
        raise refusal(
            _("The date “%(text)s” does not exist. Write day, month and year, for example 27.11.2017."),
            "no_such_date",
            text,
        )
    return found


def format_date(day: date | None) -> str:
    """Return "27.11.2017"; "–" for None."""
    return "–" if day is None else f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def format_date_long(day: date | None) -> str:
    """Return "27. november 2017"; "–" for None."""
    return "–" if day is None else f"{day.day}. {MONTH_NAMES[day.month - 1]} {day.year}"


def format_date_weekday(day: date | None) -> str:
    """Return "mandag 27. november 2017"; "–" for None."""
    return "–" if day is None else f"{WEEKDAY_NAMES[day.weekday()]} {format_date_long(day)}"
