"""Counts of citizens and other measures: whole numbers, never negative, and how they are shown."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.numerals import MISSING, decimals_typed, grouped, read_number, refusal, split_sign, tidy

NO_BREAK_SPACE = "\u00a0"
MAX_COUNT = 999_999_999
MAX_INDEX = 99_999


def parse_count(text: str) -> int:
    """Return a whole number from "1.250", "1 250" or "41".

    Raises ValidationError: empty, not_a_number, negative, has_decimals, ambiguous_dot, grouping, two_commas,
    english, too_large.
    """
    value, digits = _unsigned(text)
    if "," in digits:
        raise refusal(
            _("“%(text)s” is not a whole number. Count whole ones, for example 41."), "has_decimals", text.strip()
        )
    return int(value)


def parse_measure(text: str) -> Decimal:
    """Return a number that is not negative, with at most two decimals after a comma.

    Raises ValidationError like `parse_count`, and too_many_decimals.
    """
    return _unsigned_decimal(text, 2, _("“%(text)s” has more than two decimals. Write at most two, for example 21,25."))


def parse_index(text: str) -> Decimal:
    """Return a price index, "101,8": more than zero, with at most three decimals after a comma.

    Raises ValidationError like `parse_measure`, and zero.
    """
    message = _("“%(text)s” has more than three decimals. Write at most three, for example 101,812.")
    value = _unsigned_decimal(text, 3, message)
    if not value:
        raise refusal(_("An index must be more than zero."), "zero", text)
    if value > MAX_INDEX:
        raise refusal(_("“%(text)s” is larger than any index here. Check the digits."), "too_large", text)
    return value


def format_index(value: int | Decimal | None) -> str:
    """Return "101,812" with the decimals it has, at most three; "–" for unknown."""
    if value is None:
        return MISSING
    digits = grouped(Decimal(value), 3)
    return digits.rstrip("0").rstrip(",")


def _unsigned_decimal(text: str, most: int, message: str) -> Decimal:
    value, digits = _unsigned(text)
    if decimals_typed(digits) > most:
        raise refusal(message, "too_many_decimals", text)
    return value


def _unsigned(text: str) -> tuple[Decimal, str]:
    typed = text.strip()
    is_negative, digits = split_sign(tidy(text))
    value = read_number(digits, typed=typed)
    if is_negative and value:
        raise refusal(_("“%(text)s” is negative. Write 0 or more."), "negative", typed)
    if value > MAX_COUNT:
        raise refusal(_("“%(text)s” is larger than any count here. Check the digits."), "too_large", typed)
    return value, digits


def format_count(value: int | Decimal | None) -> str:
    """Return "1.250" or "1,5" with the decimals it has, at most two; "–" for unknown."""
    if value is None:
        return MISSING
    exact = Decimal(value)
    digits = grouped(exact, 0 if exact == exact.to_integral_value() else 2)
    return re.sub(r",(\d)0$", r",\1", digits)


def format_signed(value: int | Decimal | None) -> str:
    """Return a change: "+17", "−3" or "0"; "–" for unknown."""
    if value is None:
        return MISSING
    digits = format_count(value)
    return f"+{digits}" if value > 0 else digits


def format_percent(value: Decimal | None, decimals: int = 1) -> str:
    """Return "21,1 %" with a no-break space; "–" for unknown."""
    return MISSING if value is None else f"{grouped(value, decimals)}{NO_BREAK_SPACE}%"


def share(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """Return part of whole in per cent, not rounded; None when either is unknown or the whole is 0."""
    if part is None or not whole:
        return None
    return Decimal(part) * 100 / Decimal(whole)
