"""Files as numbered rows of cells: separated text in the character sets in use, and the first sheet of a workbook."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from projects.enums import LedgerDelimiter, LedgerEncoding
from projects.ledger_files.layout import UnreadableFileError
from projects.ledger_files.values import Cell

NumberedRow = tuple[int, Sequence[Cell]]

# A workbook is unpacked in memory, so what it unpacks to is limited; text is read line by line.
MAX_UNPACKED = 150 * 1024 * 1024
MAX_TEXT = 500 * 1024 * 1024
LONGEST_CELL = 100_000
SAMPLE = 64 * 1024

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*?\bt="e"')
_DELIMITERS = (";", "\t", ",")


class Table:
    """An opened file. `ends_whole` is known once all rows are read: False when the last line has no end."""

    def __init__(self, path: Path, encoding: str, delimiter: str, max_bytes: int = MAX_TEXT) -> None:
        """Raises UnreadableFileError: missing, empty, too large, password, old Excel, or not a table at all."""
        self.path = path
        self.ends_whole = True
        start = _start_of(path, max_bytes)
        self.is_workbook = start.startswith(b"PK\x03\x04")
        if start.startswith(_OLD_OFFICE):
            raise UnreadableFileError(_old_office(path))
        if self.is_workbook:
            self.encoding = self.delimiter = ""
            _check_workbook(path)
            return
        self.encoding = _encoding(path, start, encoding)
        if b"\x00" in start and self.encoding != "utf-16":
            raise UnreadableFileError(_("The file is neither text nor an Excel workbook."))
        self.delimiter = _delimiter(start, self.encoding, delimiter)

    def rows(self) -> Iterator[NumberedRow]:
        """Yield (line, cells). Raises UnreadableFileError with the line where reading had to stop."""
        return self._workbook_rows() if self.is_workbook else self._text_rows()

    def _text_rows(self) -> Iterator[NumberedRow]:
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open("rb") as raw:
            self.ends_whole = _ends_with_line_end(raw)
            lines = io.TextIOWrapper(raw, encoding=self.encoding, newline="")
            rows = csv.reader(lines, delimiter=self.delimiter)
            last = 0
            try:
                for cells in rows:
                    last = rows.line_num
                    yield last, cells
            except UnicodeDecodeError:
                raise UnreadableFileError(
                    _("Line %(line)s or the next few hold characters that are not %(encoding)s. Choose another set.")
                    % {"line": last + 1, "encoding": self.encoding}
                ) from None
            except csv.Error:
                raise UnreadableFileError(
                    _("Line %(line)s cannot be read: a quotation mark is never closed, or a cell is far too long.")
                    % {"line": last + 1}
                ) from None

    def _workbook_rows(self) -> Iterator[NumberedRow]:
        from python_calamine import CalamineError, CalamineWorkbook  # loads a compiled library

        try:
            with CalamineWorkbook.from_path(self.path) as book:
                sheet = book.get_sheet_by_index(0)
                # Leading empty rows are yielded too, so a row's number is where it stands in the sheet.
                yield from enumerate(sheet.iter_rows(), start=1)
        except (CalamineError, zipfile.BadZipFile, OSError):
            raise UnreadableFileError(
                _("The workbook cannot be opened. Save it again from Excel as xlsx, or as CSV.")
            ) from None


def _start_of(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(SAMPLE)
    except OSError as error:
        raise UnreadableFileError(
            _("%(file)s cannot be opened: %(why)s") % {"file": path.name, "why": error.strerror}
        ) from None
    if not size:
        raise UnreadableFileError(_("The file is empty."))
    if size > max_bytes:
        raise UnreadableFileError(
            _("The file is %(size)s MB. At most %(most)s MB are read at a time; export a shorter period.")
            % {"size": size // 1024**2, "most": max_bytes // 1024**2}
        )
    return start


def _old_office(path: Path) -> str:
    with path.open("rb") as file:
        is_locked = _ENCRYPTED in file.read(MAX_UNPACKED)
    if is_locked:
        return _("The workbook is protected with a password. Save it without one, and try again.")
    return _("The file is in an old Excel format. Save it as xlsx or CSV, and try again.")


def _check_workbook(path: Path) -> None:
    """Refuse what is no workbook or unpacks to too much, and error cells, which the reader would take for empty."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise UnreadableFileError(_("The file is neither text nor an Excel workbook."))
            if sum(part.file_size for part in parts.values()) > MAX_UNPACKED:
                raise UnreadableFileError(_("The workbook is too large to be unpacked. Save it as CSV, and try again."))
            sheet = _first_sheet(archive)
            cell = _error_cell(archive, sheet) if sheet in parts else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        raise UnreadableFileError(
            _("The workbook cannot be opened. Save it again from Excel as xlsx, or as CSV.")
        ) from None
    if cell is not None:
        raise UnreadableFileError(
            _("Cell %(cell)s, line %(line)s: the cell holds an Excel error. Correct it in the workbook.")
            % {"cell": cell, "line": re.sub(r"\D", "", cell)}
        )


def _first_sheet(archive: zipfile.ZipFile) -> str:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    found = re.search(r'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        if found and f'Id="{found[1]}"' in link and (target := re.search(r'Target="/?(?:xl/)?([^"]+)"', link)):
            return f"xl/{target[1]}"
    return "xl/worksheets/sheet1.xml"


def _error_cell(archive: zipfile.ZipFile, sheet: str) -> str | None:
    kept = b""
    with archive.open(sheet) as part:
        while piece := part.read(1024 * 1024):
            found = _ERROR_CELL.search(kept + piece)
            if found:
                return found[1].decode()
            # A cell's own tag may lie across two pieces.
            kept = piece[-200:]
    return None


def _encoding(path: Path, start: bytes, chosen: str) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if chosen != LedgerEncoding.AUTO:
        return chosen
    if start.startswith(b"\xef\xbb\xbf") or _is_utf_8(path):
        return "utf-8-sig"
    return "cp1252"


def _is_utf_8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(start: bytes, encoding: str, chosen: str) -> str:
    """Return the separator chosen, or the one that cuts the first lines into most columns of equal number.

    Each line is cut by itself, so that a quotation mark that is never closed does not swallow the lines below it.
    """
    if chosen != LedgerDelimiter.AUTO:
        return "\t" if chosen == LedgerDelimiter.TAB else chosen
    lines = start.decode(encoding, "ignore").splitlines()[:50]
    best, most = ";", 0
    for delimiter in _DELIMITERS:
        widths = [width for line in lines if (width := _width(line, delimiter)) > 1]
        weight = max((widths.count(width) * width for width in set(widths)), default=0)
        if weight > most:
            best, most = delimiter, weight
    return best


def _width(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), []))


def _ends_with_line_end(raw: io.BufferedReader) -> bool:
    raw.seek(0, io.SEEK_END)
    raw.seek(max(raw.tell() - 4, 0))
    tail = raw.read()
    raw.seek(0)
    return tail.rstrip(b"\x00").endswith((b"\n", b"\r", b"\x1a"))
