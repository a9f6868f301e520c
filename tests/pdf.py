"""Reads a PDF as its readers do: its text, and the structure a screen reader walks through. Takes the file's bytes."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf


def text_of(pdf: bytes) -> str:
    """Return the text in reading order, words joined by single spaces; soft hyphens and line ends are gone."""
    return " ".join(poppler("pdftotext", pdf, "-", "-").replace("\u00ad", "").split())


def page_texts(pdf: bytes) -> list[str]:
    """Return each page's text as laid out, so that a row of a table is a line."""
    return poppler("pdftotext", pdf, "-layout", "-", "-").removesuffix("\f").split("\f")


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def headings(pdf: bytes) -> list[tuple[int, str]]:
    """Return (level, text) of each tagged heading, in order."""
    return [(int(tag[1]), text) for tag, text in tagged_text(pdf, r"H[1-6]")]


def table_headers(pdf: bytes) -> list[tuple[str | None, str]]:
    """Return (Column, Row or None when it does not say, text) of each header cell, in order."""
    scopes = _of_elements(pdf, "/TH", lambda element: attribute(element, "/Scope"))
    return list(zip(scopes, [text for _tag, text in tagged_text(pdf, "TH")], strict=True))


def tables(pdf: bytes) -> dict[str, list[tuple[str, ...]]]:
    """Return each table's rows, head and foot among them, by its caption: the text of each cell, spaces as printed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts = {page.objgen: _marked_texts(page) for page in document.pages}
        found = {}
        for table in walk(document.Root.StructTreeRoot):
            if table.S == "/Table":
                inside = list(walk(table))
                caption = next((_text(one, texts) for one in inside if one.S == "/Caption"), "")
                rows = [one for one in inside if one.S == "/TR"]
                found[caption] = [tuple(_text(cell, texts) for cell in children(row)) for row in rows]
        return found


def alternatives(pdf: bytes) -> list[str | None]:
    """Return what is said of each figure to those who cannot see it, None where nothing is."""
    return _of_elements(pdf, "/Figure", lambda element: str(element["/Alt"]) if "/Alt" in element else None)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return each font's name without its subset mark, and whether the file brings it along."""
    rows = poppler("pdffonts", pdf, "-").splitlines()[2:]
    return {row.split()[0].partition("+")[2] or row.split()[0]: row.split()[-5] == "yes" for row in rows}


def tagged_text(pdf: bytes, tag: str) -> list[tuple[str, str]]:
    """Return (tag, text) of each structure element whose tag matches the pattern, with the text of all within it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts = {page.objgen: _marked_texts(page) for page in document.pages}
        elements = [(str(element.S)[1:], element) for element in walk(document.Root.StructTreeRoot)]
        return [(name, _text(element, texts)) for name, element in elements if re.fullmatch(tag, name)]


def _text(element: Any, texts: dict[tuple[int, int], dict[int, str]]) -> str:
    """Join the pieces of text an element holds. Poppler tells them too, but draws the page anew for each."""
    pieces = (texts[page].get(number, "") for page, number in _marks(element, element.get("/Pg")))
    return "".join(pieces).replace("\u00ad", "").strip()


def _marks(element: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    for child in children(element):
        if isinstance(child, int):
            yield page.objgen, child
        elif "/MCID" in child:
            yield child.get("/Pg", page).objgen, int(child.MCID)
        elif "/S" in child:
            yield from _marks(child, child.get("/Pg", page))


def _marked_texts(page: Any) -> dict[int, str]:
    """Return the text of each piece of the page that the structure can name."""
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[-1]
                numbered = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                open_marks.append(int(properties.MCID) if numbered else None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                letters = _letters(page.Resources.Font[operands[0]])
            case "Tj" | "TJ":
                number = next((mark for mark in reversed(open_marks) if mark is not None), None)
                if number is not None:
                    found[number] = found.get(number, "") + "".join(_decoded(operands[0], letters))
    return found


def _letters(font: Any) -> dict[bytes, str]:
    """Return what each two-byte code of the font stands for, as the font itself says."""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]+)>\s", font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _decoded(operand: Any, letters: dict[bytes, str]) -> Iterator[str]:
    for piece in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            yield from (letters[codes[start : start + 2]] for start in range(0, len(codes), 2))


def poppler(program: str, pdf: bytes, *arguments: str) -> str:
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout.decode()


def _of_elements(pdf: bytes, tag: str, read: Callable[[Any], str | None]) -> list[str | None]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [read(element) for element in walk(document.Root.StructTreeRoot) if element.get("/S") == tag]


def walk(element: Any) -> Iterator[Any]:
    """Yield the elements below, in reading order."""
    for child in children(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from walk(child)


def children(element: Any) -> list[Any]:
    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def attribute(element: Any, name: str) -> str | None:
    attributes = element.get("/A", [])
    for attribute in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(attribute, pikepdf.Dictionary) and name in attribute:
            return str(attribute[name]).removeprefix("/")
    return None
