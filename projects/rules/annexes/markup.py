"""XML read as it comes, without a tree: a part of 25 MB must not become a tree of 250."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from projects.rules.annexes.places import not_what_it_says


@dataclass(frozen=True)
class Element:
    """An element without its namespace, and all text in it until the next element begins."""

    tag: str
    attributes: Mapping[str, str]


def read(content: bytes, *, start: Callable[[Element], None], text: Callable[[str], None]) -> None:
    """Call back for each element and each run of text. Raises file_content, also for a document type with entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begins(name: str, attributes: dict[str, str]) -> None:
        start(Element(name.rpartition(":")[2], attributes))

    def refuse(*_arguments: object) -> None:
        raise not_what_it_says()

    parser.StartElementHandler = begins
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise not_what_it_says() from None


def elements(content: bytes) -> list[Element]:
    """Return every element of a small part."""
    found: list[Element] = []
    read(content, start=found.append, text=lambda _text: None)
    return found


def runs(content: bytes) -> Iterator[tuple[Element, str]]:
    """Yield each element with the text that follows its start, in order."""
    found: list[tuple[Element, list[str]]] = []

    def begins(element: Element) -> None:
        found.append((element, []))

    def says(text: str) -> None:
        if found:
            found[-1][1].append(text)

    read(content, start=begins, text=says)
    for element, words in found:
        yield element, "".join(words)
