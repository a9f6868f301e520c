"""How Danes write numbers: dot or space between thousands, comma before decimals.

Only what can be read in one way is accepted. "2.81" is not: a dot stands before exactly three digits.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MISSING = "–"
MINUS = "−"

_DANISH_MARKS = str.maketrans(",.", ".,")

_SPACES = re.compile(r"\s+")
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−–‐‑‒﹣－", "-"))
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+,[0-9]*\.[0-9]*")
_LONE_DOT = re.compile(r"([0-9]+)\.([0-9]+)")
_LONGEST = 40


def refusal(message: str, code: str, text: str, **values: object) -> ValidationError:
    """Return the error to raise, with what was typed (shortened) as `%(text)s`."""
    typed = text.strip()
    shown = typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}…"
    return ValidationError(message, code=code, params={"text": shown, **values})


def tidy(text: str) -> str:
    """Return the text with ordinary spaces and hyphens, trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).translate(_MINUS_SIGNS).strip()


def split_sign(text: str) -> tuple[bool, str]:
    """Return whether a tidy number is negative, and the rest: "-5", "5-" and "(5)" are."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith("-"):
        return True, text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text


def read_number(text: str, *, typed: str) -> Decimal:
    """Return an unsigned, tidy number exactly as written; `typed` is what the error repeats.

    Raises ValidationError: empty, not_a_number, two_commas, english, ambiguous_dot, grouping.
    """
    if not text:
        raise refusal(_("Write a number, for example 1.250."), "empty", typed)
    if re.search(r"[^0-9., ]", text) or not re.search(r"[0-9]", text) or len(text) > _LONGEST:
        raise refusal(_("“%(text)s” is not a number. Write digits only, for example 1.250."), "not_a_number", typed)
    _refuse_foreign_commas(text, typed)
    whole, comma, fraction = text.partition(",")
    if comma and not re.fullmatch(r"[0-9]+", fraction):
        raise refusal(_("Digits are missing after the comma in “%(text)s”."), "not_a_number", typed)
    if not _WHOLE.fullmatch(whole):
        raise _misplaced_separator(text, typed)
    return Decimal(re.sub("[. ]", "", whole) + (f".{fraction}" if fraction else ""))


def decimals_typed(text: str) -> int:
    """Return how many digits stand after the comma."""
    return len(re.sub(r"[^0-9]", "", text.partition(",")[2]))


def _refuse_foreign_commas(text: str, typed: str) -> None:
    if _ENGLISH.fullmatch(text) and (text.count(",") > 1 or "." in text):
        suggestion = text.translate(_DANISH_MARKS)
        message = _("“%(text)s” is written the English way. Write %(suggestion)s: dots between thousands, one comma.")
        raise refusal(message, "two_commas" if text.count(",") > 1 else "english", typed, suggestion=suggestion)
    if text.count(",") > 1:
        raise refusal(
            _("“%(text)s” has more than one comma. Write one comma, before the decimals, for example 1.250,50."),
            "two_commas",
            typed,
        )


def _misplaced_separator(text: str, typed: str) -> ValidationError:
    lone_dot = _LONE_DOT.fullmatch(text)
    if lone_dot:
        return refusal(
            _(
                "“%(text)s” can be read in two ways. Write %(decimal)s if you mean a decimal;"
                " a dot stands only between thousands, before three digits, for example 1.250."
            ),
            "ambiguous_dot",
            typed,
            decimal=f"{lone_dot[1]},{lone_dot[2]}",
        )
    return refusal(
        _("“%(text)s” cannot be read for certain. Write three digits after each dot or space, for example 2.810.000."),
        "grouping",
        typed,
    )


def round_half_up(value: Decimal, decimals: int = 0) -> Decimal:
    """Return the value rounded the way people do: a half goes away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def grouped(value: Decimal, decimals: int = 0) -> str:
    """Return "2.810.000" or "−1.234,50"; rounds half up, and never writes minus zero."""
    rounded = round_half_up(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}".translate(_DANISH_MARKS)
    return f"{MINUS}{digits}" if rounded < 0 else digits
