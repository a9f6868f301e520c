"""The cells of an Excel file, hidden sheets too, read one by one.

A library gives a sheet as a full square; one cell in the last row of the last column makes it 17 milliards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.rules.annexes.markup import Element, elements, read, runs
from projects.rules.annexes.places import AnnexText
from projects.rules.text import find_cpr

# So many numbers in one column that read as dates are no amounts.
_FEWEST_LIKE_IT = 2
_LONGEST_SHORT = 9


@dataclass
class _Cell:
    place: str
    kind: str
    text: str = ""

    @property
    def column(self) -> str:
        return re.sub(r"\d", "", self.place)


def cell_texts(parts: Mapping[str, bytes]) -> Iterator[AnnexText]:
    """Yield what stands in every cell of every sheet. Raises file_content."""
    shared = _shared(parts.get("xl/sharedStrings.xml"))
    names = _sheet_names(parts)
    for part in sorted(name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)):
        cells = _cells(parts[part], shared)
        short = _short_numbers(cells)
        for cell in cells:
            text = cell.text.zfill(10) if cell.column in short and cell.text.isdecimal() else cell.text
            words = {"sheet": names.get(part, part.rpartition("/")[2]), "cell": cell.place}
            yield AnnexText(_("sheet “%(sheet)s”, cell %(cell)s") % words, text)


def _shared(content: bytes | None) -> list[str]:
    texts: list[list[str]] = []
    for element, text in runs(content) if content else ():
        if element.tag == "si":
            texts.append([])
        elif element.tag == "t" and texts:
            texts[-1].append(text)
    return ["".join(words) for words in texts]


def _sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return each sheet's name by its part."""
    targets = {
        element.attributes.get("Id", ""): "xl/" + element.attributes.get("Target", "").removeprefix("/xl/")
        for element in elements(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        if element.tag == "Relationship"
    }
    return {
        targets.get(element.attributes.get("r:id", ""), ""): element.attributes.get("name", "")
        for element in elements(parts["xl/workbook.xml"])
        if element.tag == "sheet"
    }


def _cells(content: bytes, shared: Sequence[str]) -> list[_Cell]:
    cells: list[_Cell] = []
    inside = ""

    def begins(element: Element) -> None:
        nonlocal inside
        inside = element.tag
        if inside == "c":
            cells.append(_Cell(element.attributes.get("r", ""), element.attributes.get("t", "n")))

    def says(text: str) -> None:
        if cells and inside in {"v", "t"}:
            cells[-1].text += text

    read(content, start=begins, text=says)
    for cell in cells:
        cell.text = _shown(cell, shared)
    return [cell for cell in cells if cell.text]


def _shown(cell: _Cell, shared: Sequence[str]) -> str:
    text = cell.text.strip()
    if cell.kind == "s":
        return shared[int(text)] if text.isdecimal() and int(text) < len(shared) else ""
    # A whole number may be stored as 101901234.0 or 1.01901234E8.
    if cell.kind == "n" and re.fullmatch(r"\d+(?:\.\d+)?(?:E\+?\d{1,2})?", text, re.IGNORECASE):
        number = float(text)
        return str(int(number)) if number == int(number) else text
    return cell.text


def _short_numbers(cells: Sequence[_Cell]) -> set[str]:
    """Return the columns where a number of nine digits is a CPR number that lost its zero, and no amount.

    Several of them in one column can all be read as dates, or the column says what it holds.
    """
    found: dict[str, int] = {}
    for cell in cells:
        if re.search(r"\bcpr|personn", cell.text, re.IGNORECASE):
            found[cell.column] = _FEWEST_LIKE_IT
        is_short = cell.kind == "n" and cell.text.isdecimal() and len(cell.text) == _LONGEST_SHORT
        if is_short and find_cpr(cell.text.zfill(10)):
            found[cell.column] = found.get(cell.column, 0) + 1
    return {column for column, count in found.items() if count >= _FEWEST_LIKE_IT}
