"""What the Matterhorn protocol lets a program check of PDF/UA, and the little that PDF/A-3a asks beside it.

Each check is numbered as the protocol numbers it and tells what is wrong; a paper is in order when none tells anything.
"""

import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from tests.pdf import attribute, children, walk

Check = Callable[[pikepdf.Pdf], Iterator[str]]
CHECKPOINTS: dict[str, Check] = {}
_GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form"
STANDARD = {f"/{name}" for name in f"{_GROUPS} {_BLOCKS} {_INLINE}".split()}
# Who may hold whom, where the standard has only one answer.
PARENTS = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    **{cell: {"/TR"} for cell in ("/TH", "/TD")},
    **{group: {"/Table"} for group in ("/THead", "/TBody", "/TFoot")},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
RELATIONS = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}


def flaws(paper: bytes) -> dict[str, list[str]]:
    """Return what each checkpoint finds wrong. Empty when the paper is in order."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        found = {name: list(check(document)) for name, check in CHECKPOINTS.items()}
    return {name: told for name, told in found.items() if told}


def checkpoint(number: str) -> Callable[[Check], Check]:
    def kept(check: Check) -> Check:
        CHECKPOINTS[number] = check
        return check

    return kept


@checkpoint("01 all that is painted is either read aloud or an artifact")
def _painted(document: pikepdf.Pdf) -> Iterator[str]:
    held = {number for element in walk(document.Root.StructTreeRoot) for number in _marks(element)}
    for number, page in enumerate(document.pages, start=1):
        where: list[bool] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    where.append(operands[0] == "/Artifact" or (page.objgen, _mark(operands[-1])) in held)
                case "EMC":
                    where.pop()
                case name if name in PAINTS and not any(where):
                    yield f"page {number}: {name}"


@checkpoint("02 every tag is one of the standard's own")
def _tags(document: pikepdf.Pdf) -> Iterator[str]:
    yield from {str(element.S) for element in walk(document.Root.StructTreeRoot)} - STANDARD


@checkpoint("05 the file says that it is tagged, and nothing casts doubt on it")
def _marked(document: pikepdf.Pdf) -> Iterator[str]:
    about = document.Root.get("/MarkInfo", {})
    if not about.get("/Marked") or about.get("/Suspects"):
        yield "MarkInfo"


@checkpoint("06 metadata has a title and claims PDF/UA-1 and PDF/A-3a")
def _claims(document: pikepdf.Pdf) -> Iterator[str]:
    metadata = document.open_metadata()
    for name, value in {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}.items():
        if metadata.get(name) != value:
            yield name
    if not metadata.get("dc:title") or metadata["dc:title"] != str(document.docinfo.get("/Title")):
        yield "dc:title"


@checkpoint("07 the window shows the title")
def _title_shown(document: pikepdf.Pdf) -> Iterator[str]:
    if not document.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "DisplayDocTitle"


@checkpoint("09 rows, cells and list items stand where they belong")
def _nesting(document: pikepdf.Pdf) -> Iterator[str]:
    for element in walk(document.Root.StructTreeRoot):
        tag, parent = str(element.S), str(element.P.get("/S"))
        if parent not in PARENTS.get(tag, {parent}):
            yield f"{tag} in {parent}"


@checkpoint("10 every letter can be read as text")
def _letters(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _fonts(document):
        # A letter that stands for nothing, or for a mark that is no letter.
        told = font.ToUnicode.read_bytes().lower() if "/ToUnicode" in font else b"<> <0000>"
        if any(f"<{code}>".encode() in told.replace(b"<0000> <ffff>", b"") for code in ("", "feff", "fffe")):
            yield str(font.BaseFont)


@checkpoint("11 the language is Danish")
def _language(document: pikepdf.Pdf) -> Iterator[str]:
    told = [str(document.Root.get("/Lang"))]
    told += [str(element.Lang) for element in walk(document.Root.StructTreeRoot) if "/Lang" in element]
    yield from (language for language in told if language not in {"da", "da-DK"})


@checkpoint("13 every figure is told in words")
def _figures(document: pikepdf.Pdf) -> Iterator[str]:
    for element in walk(document.Root.StructTreeRoot):
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "Figure"


@checkpoint("14 headings begin with one H1 and leave no step out")
def _headings(document: pikepdf.Pdf) -> Iterator[str]:
    tags = [str(element.S) for element in walk(document.Root.StructTreeRoot)]
    levels = [int(tag[2]) for tag in tags if tag[:2] == "/H" and tag[2:].isdigit()]
    if levels[:1] != [1] or levels.count(1) > 1 or "/H" in tags:
        yield f"begins {levels[:3]}"
    yield from (f"H{after} after H{before}" for before, after in itertools.pairwise(levels) if after - before > 1)


@checkpoint("15 every header cell says what it heads")
def _scopes(document: pikepdf.Pdf) -> Iterator[str]:
    for element in walk(document.Root.StructTreeRoot):
        if element.S == "/TH" and attribute(element, "/Scope") not in {"Column", "Row", "Both"}:
            yield "TH"


@checkpoint("19 every note has a name of its own")
def _notes(document: pikepdf.Pdf) -> Iterator[str]:
    names = Counter(str(e.get("/ID")) for e in walk(document.Root.StructTreeRoot) if e.S == "/Note")
    yield from (name for name, times in names.items() if times > 1 or name == "None")


@checkpoint("21 every enclosed file is named, described and related to the paper")
def _enclosed(document: pikepdf.Pdf) -> Iterator[str]:
    related = [file.objgen for file in document.Root.get("/AF", [])]
    for name, file in document.attachments.items():
        told = all(str(file.obj.get(key, "")) for key in ("/F", "/UF", "/Desc"))
        kind = file.obj.EF.F.get("/Subtype")
        if not told or not kind or file.obj.get("/AFRelationship") not in RELATIONS:
            yield name
        if related.count(file.obj.objgen) != 1:
            yield f"{name} in AF {related.count(file.obj.objgen)} times"


@checkpoint("26 nothing is locked, and nothing runs")
def _open(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "locked"
    places = [document.Root, *(page.obj for page in document.pages)]
    yield from (key for place in places for key in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties") if key in place)
    yield from ({"/JavaScript"} & set(document.Root.get("/Names", {}).keys()))


@checkpoint("28 every link is told in words, stands in a Link, and is reached in the order of the text")
def _links(document: pikepdf.Pdf) -> Iterator[str]:
    inside = {
        child.Obj.objgen
        for element in walk(document.Root.StructTreeRoot)
        if element.S == "/Link"
        for child in children(element)
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/OBJR"
    }
    for number, page in enumerate(document.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: Tabs"
        for link in page.get("/Annots", []):
            if link.Subtype != "/Link" or link.objgen not in inside:
                yield f"page {number}: {link.Subtype} outside"
            if not str(link.get("/Contents", "")).strip() or link.get("/Contents") == link.get("/Dest"):
                yield f"page {number}: without words"
            if int(link.get("/F", 0)) & 0b100011 or not int(link.get("/F", 0)) & 0b100:
                yield f"page {number}: hidden or not printed"


@checkpoint("31 every font comes along")
def _embedded(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _fonts(document):
        (inner,) = font.get("/DescendantFonts", [font])
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {}).keys()):
            yield str(font.BaseFont)


@checkpoint("the file has a number of its own and says what its colours mean")
def _archive(document: pikepdf.Pdf) -> Iterator[str]:
    if len(document.trailer.get("/ID", [])) != 2:
        yield "ID"
    intents = [intent for intent in document.Root.get("/OutputIntents", []) if intent.S == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "OutputIntents"


def _marks(element: Any) -> Iterator[tuple[Any, int]]:
    for child in children(element):
        if isinstance(child, int):
            yield element.Pg.objgen, child
        elif "/MCID" in child:
            yield child.get("/Pg", element.get("/Pg")).objgen, int(child.MCID)


def _mark(properties: Any) -> int | None:
    named = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
    return int(properties.MCID) if named else None


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    """Return the fonts of the pages and of what is drawn on them."""
    found: dict[tuple[int, int], Any] = {}
    waiting = [page.obj for page in document.pages]
    seen = set()
    while waiting:
        resources = waiting.pop().get("/Resources", {})
        found |= {font.objgen: font for font in resources.get("/Font", {}).values()}
        for key in ("/XObject", "/Pattern"):
            inner = [thing for thing in resources.get(key, {}).values() if thing.objgen not in seen]
            seen |= {thing.objgen for thing in inner}
            waiting += inner
    return list(found.values())
