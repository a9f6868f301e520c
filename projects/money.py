"""Kroner: what people type, what they read, and the øre that are stored."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.numerals import MISSING, decimals_typed, grouped, read_number, refusal, split_sign, tidy

NO_BREAK_SPACE = "\u00a0"
# The unit of what is measured in money, as an indicator or a figure names it.
KRONER = "kr."
MAX_KRONER = Decimal(10) ** 13

_ORE = Decimal("0.01")
_SCALES = (
    (re.compile(r" ?t\.? ?kr\.?$"), 1000),
    (re.compile(r" ?tusinde?(?: ?kr\.?| kroner)?$"), 1000),
    (re.compile(r" ?(?:mio\.?|million(?:er)?)(?: ?kr\.?| kroner)?$"), 1_000_000),
    (re.compile(r" ?(?:kr\.?|kroner|dkk)?$"), 1),
)
_UNIT_BEFORE = re.compile(r"^(-?) ?(?:kr\.?|dkk) ?")
_PRICE_DASH = re.compile(r",-{1,2}$")


def parse_kroner(text: str) -> Decimal:
    """Return kroner, exactly as typed: "2.810.000 kr.", "1.250,50", "2,81 mio.", "300 t.kr.", "(500)".

    Raises ValidationError with a sentence that says how to write it: empty, not_a_number, two_commas,
    english, ambiguous_dot, grouping, too_many_decimals, too_large.
    """
    rest, factor = _split_scale(tidy(text).casefold())
    is_negative, digits = split_sign(rest)
    value = read_number(digits, typed=text.strip()) * factor
    if factor == 1_000_000 and "." in digits:
        raise refusal(
            _("“%(text)s” can be read in two ways. Write the whole amount, for example 2.810.000."),
            "ambiguous_dot",
            text.strip(),
        )
    if value > MAX_KRONER:
        raise refusal(_("“%(text)s” is larger than any amount here. Check the zeros."), "too_large", text.strip())
    if (factor == 1 and decimals_typed(digits) > 2) or value != value.quantize(_ORE):
        raise _too_many_decimals(digits, text.strip())
    return -value if is_negative else value


def _split_scale(text: str) -> tuple[str, int]:
    """Return the number without its unit, brackets kept, and what the unit multiplies by."""
    in_brackets = text.startswith("(") and text.endswith(")")
    bare = _UNIT_BEFORE.sub(r"\1", text[1:-1].strip() if in_brackets else text)
    unit, factor = next((match, factor) for pattern, factor in _SCALES if (match := pattern.search(bare)))
    number = _PRICE_DASH.sub("", bare[: unit.start()])
    return (f"({number})" if in_brackets else number), factor


def _too_many_decimals(digits: str, typed: str) -> ValidationError:
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", digits):
        return refusal(
            _("“%(text)s” has three decimals. Write %(thousands)s for thousands, or at most two decimals."),
            "too_many_decimals",
            typed,
            thousands=digits.replace(",", "."),
        )
    return refusal(_("“%(text)s” has more than two decimals. Write whole øre."), "too_many_decimals", typed)


def format_amount(amount: Decimal | None, decimals: int = 0) -> str:
    """Return "2.810.000" without a unit, a real minus sign before negatives, "–" for unknown."""
    return MISSING if amount is None else grouped(amount, decimals)


def format_kroner(amount: Decimal | None, decimals: int = 0) -> str:
    """Return "2.810.000 kr." with a no-break space; "–" for unknown."""
    return MISSING if amount is None else f"{grouped(amount, decimals)}{NO_BREAK_SPACE}kr."


def format_tkr(*amounts: Decimal | None, unit: bool = True) -> str:
    """Return the sum of the kroner in thousands, "2.810 t.kr.": added first, rounded once, half up.

    "–" when nothing is given or any amount is unknown. `unit=False` for tables whose head names the unit.
    """
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return MISSING
    thousands = grouped(sum(known, Decimal(0)) / 1000)
    return f"{thousands}{NO_BREAK_SPACE}t.kr." if unit else thousands


def sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is known; None when nothing is, which is not 0."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def to_ore(amount: Decimal | int) -> int:
    """Return whole øre. Raises ValidationError (too_many_decimals, not_a_number); TypeError for a float."""
    if isinstance(amount, float):
        raise TypeError("Money is Decimal, never float.")
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValidationError(_("An amount must be a number."), code="not_a_number")
    ore = exact * 100
    if ore != ore.to_integral_value():
        raise refusal(
            _("“%(text)s” has more than two decimals. Write whole øre."),
            "too_many_decimals",
            str(amount).replace(".", ","),
        )
    return int(ore)


def from_ore(ore: int) -> Decimal:
    """Return kroner with two decimals."""
    return Decimal(ore).scaleb(-2)
