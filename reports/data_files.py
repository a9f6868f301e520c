"""The files that lie inside a paper: the figures of every table as a spreadsheet reads them, and the annexes.

Annexes are enclosed, not appended as pages: nobody has tagged them, and a paper with their pages in it could no longer
claim to be read by everybody (PDF/UA-1), nor vouch for their fonts and colours (PDF/A-3a). Enclosed they stay the
files they were, byte for byte, whatever their kind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from projects.markdown import SOFT_BREAK
from projects.sheets import Cell, Column, Sheet, csv_lines
from reports.facts.annexes import AnnexFile
from reports.hyphenation import SOFT_HYPHEN
from reports.markup import Markup

# What a reader of the paper finds in the file (ISO 32000-2, AFRelationship).
DATA, SUPPLEMENT = "Data", "Supplement"

_NUMBER = re.compile(r"[+\-−]?\d{1,3}(\.\d{3})*(,\d+)?")
_DEPTH = re.compile(r"depth-(\d)")
UNKNOWN = "–"


@dataclass(frozen=True)
class Enclosure:
    name: str
    title: str
    content: bytes
    relationship: str


def enclosed(markup: Markup, annexes: Sequence[AnnexFile] = ()) -> list[Enclosure]:
    """Return the data of each table and figure in the markup, in order, and then the annexes."""
    files = [_data_file(caption, header, rows) for caption, header, rows in _tables(markup)]
    files += [Enclosure(annex.name, _annex_title(annex), annex.content, SUPPLEMENT) for annex in annexes]
    return files


def _annex_title(annex: AnnexFile) -> str:
    return _("Annex %(number)s: %(title)s") % {"number": annex.number, "title": annex.title}


def _data_file(caption: str, header: list[str], rows: list[list[Cell]]) -> Enclosure:
    # "Tabel 3. Nationalitet" → tabel-3-nationalitet.csv
    sheet = Sheet(caption, [Column(label) for label in header], rows)
    content = b"".join(csv_lines(sheet))
    name = f"{slugify(caption.lower().translate(_DANISH))[:60].strip('-')}.csv"
    return Enclosure(name, caption, content, DATA)


_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def _tables(markup: Markup) -> Iterator[tuple[str, list[str], list[list[Cell]]]]:
    from lxml import html

    page = html.document_fromstring(markup.html)
    for element in page.iter("table", "figure"):
        if element.tag == "table" and element.find("caption") is not None:
            yield text_of(element.find("caption")), *_columns(element)
        for image in element.iter("img") if element.tag == "figure" else ():
            spec = markup.charts[image.get("data-chart")]
            values = zip(*(series.values for series in spec.series), strict=True)
            header = [spec.label_head, *(series.name for series in spec.series)]
            rows = [[label, *map(_whole, row)] for label, row in zip(spec.x_labels, values, strict=True)]
            yield text_of(element.find("figcaption")), header, rows


def _columns(table: Any) -> tuple[list[str], list[list[Cell]]]:
    """Return the table's header and rows. What stands small below a number gets a column of its own."""
    head, *body = [list(row.iter("th", "td")) for row in table.iter("tr")]
    columns: list[tuple[str, list[Cell]]] = []
    for place, title in enumerate(head):
        cells = [row[place] for row in body]
        columns.append((text_of(title), [_bare(cell) for cell in cells]))
        small = [_small(cell) for cell in cells]
        if any(element is not None for element in small):
            name = _("%(column)s: when") % {"column": text_of(title)}
            columns.append((name, ["" if element is None else text_of(element) for element in small]))
    levels = [_level(row[0].getparent()) for row in body]
    if any(levels):
        columns.append((_("Level"), list(levels)))
    return [name for name, _cells in columns], [
        list(row) for row in zip(*(cells for _name, cells in columns), strict=True)
    ]


def _level(row: Any) -> int:
    found = _DEPTH.search(row.get("class", ""))
    return int(found.group(1)) if found else 0


def _small(cell: Any) -> Any:
    return next(iter(cell.find_class("when")), None)


def _bare(cell: Any) -> Cell:
    """Return the cell as a spreadsheet reads it: numbers without dots, nothing for what is unknown."""
    small = _small(cell)
    text = text_of(cell) if small is None else text_of(cell).removesuffix(text_of(small)).strip()
    if text == UNKNOWN:
        return None
    if not _NUMBER.fullmatch(text):
        return text
    return _whole(Decimal(text.replace(".", "").replace(",", ".").replace("−", "-")))


def _whole(value: Decimal | None) -> Cell:
    """Return a count without a decimal comma."""
    return int(value) if value is not None and value == value.to_integral_value() else value


def text_of(element: Any) -> str:
    """Return the element's text as it is read: no invisible signs, single spaces."""
    text = element.text_content().replace(SOFT_HYPHEN, "").replace(SOFT_BREAK, "")
    return " ".join(text.split())
