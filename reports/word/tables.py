"""A table of the paper in Word: its head repeated on every page, its numbers to the right, lines instead of boxes."""

from collections.abc import Callable
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from reports.data_files import text_of
from reports.word.marks import element

Write = Callable[[Any, Any, bool], None]
_THIN, _THICK = "4", "8"
_PAD = "40"
# Of a column, in letters: its least and most width, and the room between two.
_LEAST, _MOST, _ROOM = 6, 30, 4


def add_table(document: Any, source: Any, *, title: str, width_mm: float, write: Write) -> Any:
    """Add the HTML table. `write(paragraph, cell, is_bold)` puts a cell's words into its paragraph."""
    rows = [row for row in source.iter("tr") if len(row)]
    columns = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=columns)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _describe(table, title)
    widths = _widths(rows, columns, width_mm)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    stays_whole = "exhibit-short" in (source.getparent().get("class") or "")
    heads = {id(row) for row in source.iterfind("thead/tr")}
    for made, row in zip(table.rows, rows, strict=True):
        _keep_whole(made, is_head=id(row) in heads)
        is_bold = id(row) in heads or row.getparent().tag == "tfoot" or "subtotal" in row.get("class", "")
        _fill(made, row, widths, is_bold=is_bold, write=write)
        if "meta" not in source.get("class", ""):
            _rule(made, thick=id(row) in heads or row is rows[-1])
        for cell in made.cells if stays_whole else ():
            # The last row keeps with the source below it.
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def _fill(made: Any, row: Any, widths: list[int], *, is_bold: bool, write: Write) -> None:
    for cell, source, width in zip(made.cells, row, widths, strict=False):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table text"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if _is_word(source) else WD_ALIGN_PARAGRAPH.RIGHT
        if source is row[0]:
            paragraph.paragraph_format.left_indent = Mm(5 * _depth(row))
        write(paragraph, source, is_bold)


def _is_word(cell: Any) -> bool:
    is_first = cell is cell.getparent()[0]
    return is_first or "word" in cell.get("class", "") or "meta" in cell.xpath("string(ancestor::table/@class)")


def _depth(row: Any) -> int:
    return next((int(name[6:]) for name in row.get("class", "").split() if name.startswith("depth-")), 0)


def _widths(rows: list[Any], columns: int, width_mm: float) -> list[int]:
    """Share the width by the longest text of each column: numbers stay on one line, long names may take two."""
    lengths = [[len(text_of(row[place])) for row in rows if place < len(row)] for place in range(columns)]
    wanted = [min(max(_LEAST, *length) + _ROOM, _MOST) for length in lengths]
    return [round(width_mm * length / sum(wanted)) for length in wanted]


def _describe(table: Any, title: str) -> None:
    properties = table._tbl.tblPr
    properties.append(element("tblCaption", val=title[:255]))
    margins = element("tblCellMar")
    for side in ("top", "bottom"):
        margins.append(element(side, w=_PAD, type="dxa"))
    properties.append(margins)


def _keep_whole(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))


def _rule(row: Any, *, thick: bool) -> None:
    for cell in row.cells:
        borders = element("tcBorders")
        borders.append(
            element("bottom", val="single", sz=_THICK if thick else _THIN, color="17252C" if thick else "C4D0D5")
        )
        cell._tc.get_or_add_tcPr().append(borders)
