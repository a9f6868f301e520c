"""Rows as a file for a spreadsheet: CSV as Danish Excel reads it, or a workbook. Both are made as the rows come.

What people wrote never becomes a formula: a workbook's cells are stored as text, and in CSV, where every cell is
read as typed, a text that begins like a formula gets an apostrophe.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from projects.dates import format_date

# Danish Excel reads semicolons and decimal commas, and takes the file for UTF-8 only when it begins with this mark.
_MARK = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_IN_MEMORY = 2 * 1024 * 1024
_LINES_AT_A_TIME = 500

TEXT, KRONER, NUMBER, DATE = "text", "kroner", "number", "date"
_FORMATS = {KRONER: "#,##0.00", NUMBER: "0", DATE: "dd-mm-yyyy"}
_WIDTHS = {TEXT: 28, KRONER: 16, NUMBER: 10, DATE: 12}

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Column:
    label: str
    kind: str = TEXT


@dataclass(frozen=True)
class Sheet:
    """A table. Amounts are kroner; None is unknown and left empty, which is not zero."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def csv_lines(sheet: Sheet) -> Iterator[bytes]:
    """Yield the table as CSV, some hundred lines at a time. Amounts are bare numbers with a decimal comma."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write(_MARK)
    writer.writerow([_text(column.label) for column in sheet.columns])
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([_text(cell) for cell in row])
        if number % _LINES_AT_A_TIME == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return format_date(cell) if isinstance(cell, date) else str(cell)


def workbook(sheet: Sheet) -> IO[bytes]:
    """Return the table as an open workbook file. Its memory does not grow with the rows: each is written as it comes.

    Amounts and dates are numbers with a format; the head stays in sight and can be filtered by.
    """
    # Imported here, so that no page waits for it.
    from xlsxwriter import Workbook

    file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    with TemporaryDirectory(prefix="workbook-") as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = Workbook(file, options)
        page = book.add_worksheet(sheet.name[:31])
        _write_head(book, page, sheet)
        count = _write_rows(book, page, sheet)
        page.autofilter(0, 0, count, len(sheet.columns) - 1)
        book.close()
    file.seek(0)
    return file


def _write_head(book: Any, page: Any, sheet: Sheet) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    page.freeze_panes(1, 1)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS[column.kind])
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.label, bold)


def _write_rows(book: Any, page: Any, sheet: Sheet) -> int:
    formats = [book.add_format({"num_format": _FORMATS[c.kind]}) if c.kind in _FORMATS else None for c in sheet.columns]
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                page.write_string(number, place, cell)
            elif isinstance(cell, date):
                page.write_datetime(number, place, cell, formats[place])
            else:
                page.write_number(number, place, cell, formats[place])
    return number
