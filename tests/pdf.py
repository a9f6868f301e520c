"""Reads a PDF as its readers do: its text, and the structure a screen reader walks through. Takes the file's bytes."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

STRUCTURE_LINE = re.compile(
    r"""^(?P<indent>\ *)(?: "(?P<text>.*)" | (?P<tag>[A-Z][A-Za-z0-9]*)(?:\ <[^>]*>)?(?:\ \(\w+\))?:? )$""", re.VERBOSE
)


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
    scopes = _of_elements(pdf, "/TH", lambda element: _attribute(element, "/Scope"))
    return list(zip(scopes, [text for _tag, text in tagged_text(pdf, "TH")], strict=True))


def alternatives(pdf: bytes) -> list[str | None]:
    """Return what is said of each figure to those who cannot see it, None where nothing is."""
    return _of_elements(pdf, "/Figure", lambda element: str(element["/Alt"]) if "/Alt" in element else None)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return each font's name without its subset mark, and whether the file brings it along."""
    rows = poppler("pdffonts", pdf, "-").splitlines()[2:]
    return {row.split()[0].partition("+")[2] or row.split()[0]: row.split()[-5] == "yes" for row in rows}


def tagged_text(pdf: bytes, tag: str) -> list[tuple[str, str]]:
    """Return (tag, text) of each structure element whose tag matches the pattern, with the text of all within it."""
    found: list[tuple[str, list[str], int]] = []
    for line in poppler("pdfinfo", pdf, "-struct-text", "-").splitlines():
        match = STRUCTURE_LINE.match(line)
        if match and match["tag"] and re.fullmatch(tag, match["tag"]):
            found.append((match["tag"], [], len(match["indent"])))
        elif match and match["tag"] and found and len(match["indent"]) <= found[-1][2]:
            # Outside the last one again: what follows is not its text.
            found.append(("", [], len(match["indent"])))
        elif match and match["text"] and found:
            found[-1][1].append(match["text"])
    return [(name, "".join(texts).replace("\u00ad", "").strip()) for name, texts, _indent in found if name]


def poppler(program: str, pdf: bytes, *arguments: str) -> str:
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout.decode()


def _of_elements(pdf: bytes, tag: str, read: Callable[[Any], str | None]) -> list[str | None]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [read(element) for element in _walk(document.Root.StructTreeRoot) if element.get("/S") == tag]


def _walk(element: Any) -> Iterator[Any]:
    yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from _walk(child)


def _attribute(element: Any, name: str) -> str | None:
    attributes = element.get("/A", [])
    for attribute in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(attribute, pikepdf.Dictionary) and name in attribute:
            return str(attribute[name]).removeprefix("/")
    return None
