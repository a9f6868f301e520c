"""The cells of a ledger file as øre, days and texts, fast enough for a million rows.

What a row usually holds is read by one regular expression or found among the days already read; only the rest is
looked at closely, and refused with a sentence.
"""

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import parse_date
from projects.enums import LedgerColumn, LedgerDecimal
from projects.money import MAX_KRONER
from projects.numerals import MINUS
from projects.rules.text import find_cpr

Cell = str | int | float | bool | date | datetime | None

MAX_ORE = int(MAX_KRONER) * 100
MANY_DAYS = 5000
# What stands in place of a CPR number: the municipality's ledger has them, this product must not.
CPR_MARK = "••••••-••••"

_COMMA = re.compile(r"(-?)(?:([0-9]{1,3}(?:\.[0-9]{3})+)|([0-9]+))(?:,([0-9]{1,2}))?(-?)")
_DOT = re.compile(r"(-?)(?:([0-9]{1,3}(?:,[0-9]{3})+)|([0-9]+))(?:\.([0-9]{1,2}))?(-?)")
_UNIT = re.compile(r"^(?:kr\.?|dkk)|(?:kr\.?|dkk)$", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"[0-9]{6}\D{0,3}[0-9]{4}")
_COMPACT_DAY = re.compile(r"(?:19|20)[0-9]{6}")
_MIDNIGHT = re.compile(r"[ T]00[:.]00(?:[:.]00(?:\.0+)?)?$")
_EXCEL_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NUM!|VALUE!|NULL!|I/T|VÆRDI!|NAVN\?|REFERENCE!|SPILD!|SPILL!)")


class Amounts:
    """Reads amounts as whole øre, written the Danish way or with a dot before the decimals."""

    def __init__(self, decimal: str, is_reversed: bool = False) -> None:
        self._match = (_COMMA if decimal == LedgerDecimal.COMMA else _DOT).fullmatch
        self._thousands = "." if decimal == LedgerDecimal.COMMA else ","
        self._factor = -1 if is_reversed else 1

    def read(self, cell: Cell) -> int:
        """Return øre. Raises ValidationError: empty, not_an_amount, too_large, excel_error."""
        match = self._match(cell) if isinstance(cell, str) else None
        ore = self._ore(match) if match is not None else self._unusual(cell)
        if not -MAX_ORE <= ore <= MAX_ORE:
            raise ValidationError(
                _("“%(text)s” is larger than any amount here. Check the zeros."),
                code="too_large",
                params={"text": str(cell)[:40]},
            )
        return ore * self._factor

    def _ore(self, match: re.Match[str]) -> int:
        before, grouped, plain, decimals, after = match.groups()
        ore = int(plain or grouped.replace(self._thousands, "")) * 100
        if decimals:
            ore += int(decimals) * 10 if len(decimals) == 1 else int(decimals)
        if before and after:
            raise self._refusal(match[0])
        return -ore if before or after else ore

    def _unusual(self, cell: Cell) -> int:
        if cell is None or cell == "":
            raise ValidationError(_("The amount is missing."), code="empty")
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._of_number(cell)
        if not isinstance(cell, str):
            raise self._refusal(cell)
        refuse_excel_error(cell, LedgerColumn.AMOUNT)
        text = re.sub(r"[\s'’]", "", cell).replace(MINUS, "-").replace("–", "-")
        is_in_brackets = text.startswith("(") and text.endswith(")")
        text = _UNIT.sub("", text[1:-1] if is_in_brackets else text).removeprefix("+")
        match = self._match(text)
        if match is None:
            raise self._refusal(cell)
        return -self._ore(match) if is_in_brackets else self._ore(match)

    def _of_number(self, number: float) -> int:
        """Return the øre of a spreadsheet's number. What binary fractions add far behind the comma is not meant."""
        try:
            exact = Decimal(repr(number)) * 100
            ore = exact.to_integral_value()
        except InvalidOperation:
            raise self._refusal(number) from None
        if not exact.is_finite() or abs(exact - ore) > Decimal("0.0001"):
            raise self._refusal(str(number).replace(".", ","))
        return int(ore)

    def _refusal(self, cell: object) -> ValidationError:
        example = "1.234,50" if self._thousands == "." else "1,234.50"
        return ValidationError(
            _("“%(text)s” cannot be read as an amount like %(example)s."),
            code="not_an_amount",
            params={"text": str(cell).strip()[:40], "example": example},
        )


class Days:
    """Reads days. A ledger has the same few hundred over and over, so each is read once.

    `elsewhere` counts what was refused because it lies in another year, by that year.
    """

    def __init__(self, year: int | None = None) -> None:
        self.year = year
        self.elsewhere: Counter[int] = Counter()
        self._known: dict[Cell, date] = {}

    def read(self, cell: Cell) -> date:
        """Return the day. Raises ValidationError: what `parse_date` raises, wrong_year, excel_error."""
        known = self._known.get(cell)
        if known is not None:
            return known
        day = self._parsed(cell)
        if self.year is not None and day.year != self.year:
            self.elsewhere[day.year] += 1
            raise ValidationError(
                _("The date %(day)s is not in %(year)s."),
                code="wrong_year",
                params={"day": f"{day:%d.%m.%Y}", "year": self.year},
            )
        if len(self._known) < MANY_DAYS:
            self._known[cell] = day
        return day

    @staticmethod
    def _parsed(cell: Cell) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell or "").strip()
        refuse_excel_error(text, LedgerColumn.DATE)
        text = _MIDNIGHT.sub("", text)
        if _COMPACT_DAY.fullmatch(text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        return parse_date(text)


def refuse_excel_error(text: str, column: LedgerColumn) -> None:
    if text.startswith("#") and _EXCEL_ERROR.match(text):
        raise ValidationError(
            _("%(column)s holds the Excel error %(error)s."),
            code="excel_error",
            params={"column": column.label, "error": text[:12]},
        )


def plain_text(cell: Cell, longest: int) -> str:
    """Return a text on one line, without control characters, at most `longest` long."""
    if isinstance(cell, str):
        text = cell if cell.isprintable() else " ".join(_printable(cell).split())
        return text.strip()[:longest]
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:longest]


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def without_cpr(text: str) -> str:
    """Return the text with every CPR number blotted out."""
    if _TEN_DIGITS.search(text):
        for number in find_cpr(text):
            text = text.replace(number, CPR_MARK)
    return text


def code_text(cell: Cell, longest: int, column: LedgerColumn) -> str:
    """Return an account, project number or voucher, whole. Raises ValidationError: too_long, excel_error."""
    if isinstance(cell, str) and len(cell) <= longest and cell.isprintable() and cell[:1] != "#":
        return cell.strip()
    text = plain_text(cell, longest + 1)
    if len(text) > longest:
        raise ValidationError(
            _("%(name)s is longer than %(longest)s characters."),
            code="too_long",
            params={"name": column.label, "longest": longest},
        )
    refuse_excel_error(text, column)
    return text
