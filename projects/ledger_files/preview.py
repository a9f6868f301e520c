"""The beginning of a ledger file as it stands, beside what it is read as, so that a person can say what is what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from projects.ledger_files.layout import Layout, LedgerRow, UnreadableFileError, guess_columns, same_head
from projects.ledger_files.reader import LINES_BEFORE_HEAD, LedgerReader
from projects.ledger_files.tables import Table
from projects.ledger_files.values import Cell, without_cpr

ROWS_SHOWN = 25
# Enough to know a cell by; a text of 60.000 signs would hide the lines below it.
LONGEST_SHOWN = 200


@dataclass(frozen=True)
class PreviewRow:
    """A line: its cells as they are shown, what it is read as (None), and why it cannot be ("")."""

    line_number: int
    cells: tuple[str, ...]
    row: LedgerRow | None = None
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """`heads` are the texts the columns may stand under, `columns` what they are taken for.

    `problem` tells why nothing can be interpreted; then `rows` show the lines as they stand.
    """

    heads: tuple[str, ...]
    columns: dict[str, str]
    rows: tuple[PreviewRow, ...]
    problem: str = ""
    encoding: str = ""


def preview(path: Path, layout: Layout, year: int | None) -> Preview:
    """Read the first lines. Raises UnreadableFileError for a file that is no table at all."""
    table = Table(path, layout.encoding, layout.delimiter)
    lines = [(line, _texts(cells)) for line, cells in islice(table.rows(), LINES_BEFORE_HEAD)]
    heads = _likely_head([cells for _line, cells in lines])
    try:
        reader = LedgerReader(path, layout, year=year)
    except UnreadableFileError as error:
        columns = dict(layout.columns) or guess_columns(heads)
        raw = tuple(PreviewRow(line, _shown(cells)) for line, cells in lines[:ROWS_SHOWN])
        return Preview(_choices(heads), columns, raw, str(error), table.encoding)
    rows = tuple(
        PreviewRow(line, _shown(_texts(cells)), row, wrong) for line, cells, row, wrong in reader.sample(ROWS_SHOWN)
    )
    return Preview(_choices(reader.head), reader.columns, rows, encoding=table.encoding)


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).strip() for cell in cells)


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the cells as a page may show them: no CPR number, and no more of a text than tells which it is."""
    bare = (without_cpr(text) for text in texts)
    return tuple(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…" for text in bare)


def _choices(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the heads that can be chosen: each once, in the file's order."""
    found: dict[str, str] = {}
    for cell in cells:
        if cell:
            found.setdefault(same_head(cell), cell)
    return tuple(found.values())


def _likely_head(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the row with most known heads, else the one with most cells of words."""

    def weight(cells: tuple[str, ...]) -> tuple[int, int]:
        words = [cell for cell in cells if cell and not any(letter.isdigit() for letter in cell)]
        return len(guess_columns(cells)), len(words)

    return max(rows, key=weight, default=())
