"""What a ledger file looks like, and what is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from projects.enums import LedgerColumn, LedgerDecimal, LedgerDelimiter, LedgerEncoding

REQUIRED = (LedgerColumn.DATE, LedgerColumn.AMOUNT)

# The heads Danish systems write above each column, as `same_head` compares them. First match wins.
KNOWN_HEADS: dict[LedgerColumn, tuple[str, ...]] = {
    LedgerColumn.DATE: ("dato", "bogføringsdato", "posteringsdato", "bogf. dato", "bilagsdato", "valørdato"),
    LedgerColumn.AMOUNT: ("beløb", "beløb i kr.", "beløb (kr.)", "beløb dkk", "nettobeløb", "posteret beløb", "debet"),
    LedgerColumn.CREDIT: ("kredit",),
    LedgerColumn.ACCOUNT: ("konto", "kontonr.", "kontonr", "kontonummer", "kontostreng", "finanskonto", "artskonto"),
    LedgerColumn.TEXT: ("tekst", "posteringstekst", "bilagstekst", "beskrivelse", "betegnelse"),
    LedgerColumn.PROJECT_KEY: (
        "psp-element",
        "psp element",
        "psp",
        "projekt",
        "projektnr.",
        "projektnr",
        "projektnummer",
    ),
    LedgerColumn.VOUCHER: ("bilag", "bilagsnr.", "bilagsnr", "bilagsnummer", "bilag nr."),
    LedgerColumn.VOUCHER_LINE: ("bilagslinje", "linje", "linjenr.", "linjenr", "linjenummer", "pos."),
}


def same_head(text: object) -> str:
    """Return a head as heads are compared: whatever the case and the spaces."""
    return " ".join(str(text).split()).casefold()


@dataclass(frozen=True)
class Layout:
    """How to read a file. `columns` is {LedgerColumn: head}; empty: known heads are looked for.

    `is_reversed`: the system writes expenses with a minus.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = LedgerEncoding.AUTO
    delimiter: str = LedgerDelimiter.AUTO
    decimal: str = LedgerDecimal.COMMA
    has_total: bool = False
    is_reversed: bool = False


class LedgerRow(NamedTuple):
    """One posting. `amount` is whole øre, + is expense; `line_number` is where it stands in the file."""

    line_number: int
    posted_on: date
    amount: int
    account: str = ""
    text: str = ""
    project_key: str = ""
    voucher: str = ""
    voucher_line: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a line, or the whole file (`line_number` None), is refused, in a sentence."""

    line_number: int | None
    message: str


class UnreadableFileError(Exception):
    """The file cannot be read at all; the message is for people."""


def guess_columns(cells: Sequence[str]) -> dict[str, str]:
    """Return the columns whose heads are known, as `Layout.columns`."""
    written = {same_head(cell): str(cell).strip() for cell in reversed(cells)}
    return {
        column.value: written[head]
        for column, heads in KNOWN_HEADS.items()
        if (head := next((head for head in heads if head in written), None)) is not None
    }
