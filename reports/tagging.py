"""What the PDF library leaves undone for people who listen to a paper.

Header cells that do not say whether they head a column or a row, running heads that would be read aloud on every
page, footnotes that would be read far from what they are about, links that are told by their inner name, and the
claim to PDF/UA beside PDF/A in one file.
"""

import io
import re
from collections.abc import Iterator
from html import unescape

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator, String

Instruction = ContentStreamInstruction | ContentStreamInlineImage

_LINK = re.compile(r'<a href="#([^"]+)">([^<]+)</a>')
_RDF_END = b"</rdf:RDF>"
# PDF/A allows a metadata property it does not know only when the file describes it.
_CLAIM = b"""<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>"""


def with_accessibility_claim(metadata: bytes) -> bytes:
    """Return the XMP metadata with PDF/UA-1 in it. Inside the one rdf:RDF: a second one would not be read."""
    return metadata.replace(_RDF_END, _CLAIM + _RDF_END)


def finished(content: bytes, html: str) -> bytes:
    """Return the PDF made of the page with its tags in order: see this module's head. Same in, same out."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _tell_notes_in_place(pdf)
        _make_one_link_of_each(pdf)
        read_aloud = {element.objgen for element in _scoped(pdf.Root.StructTreeRoot.K, in_head=False)}
        for number, page in enumerate(pdf.pages):
            _silence(pdf, page, pdf.Root.StructTreeRoot.ParentTree.Nums[2 * number + 1], read_aloud)
        _tell_links_in_words(pdf, html)
        _tell_enclosures_once(pdf)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _make_one_link_of_each(pdf: pikepdf.Pdf) -> None:
    """Let nothing within a link be a link of its own, and the dots of the contents not be read, one by one.

    The library makes a link of each piece: of an entry in the contents, of its page number and of the dots between.
    """
    gone = {part.Obj.objgen for link in _links(pdf.Root.StructTreeRoot.K[0]) for part in _parts_made_text(link)}
    for page in pdf.pages:
        if gone and Name.Annots in page:
            page.Annots = Array([link for link in page.Annots if link.objgen not in gone])


def _links(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the outermost links."""
    for kid in _elements(element):
        if Name.Link == kid.S:
            yield kid
        else:
            yield from _links(kid)


def _parts_made_text(link: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Make text of what is within the link, and yield the references to the links it was."""
    for piece in _elements(link):
        # Only what the style sheet adds after the link's own words is tagged as a link in a link, and so are its dots.
        is_added = Name.Link == piece.S
        if is_added:
            piece.S = Name.Span
        left = Array()
        for kid in piece.K:
            if _is_reference(kid):
                yield kid
            elif is_added and isinstance(kid, Dictionary) and Name.Link == kid.get(Name.S):
                yield from (each for each in kid.K if _is_reference(each))
            else:
                left.append(kid)
        piece.K = left
        yield from _parts_made_text(piece)


def _is_reference(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


def _tell_links_in_words(pdf: pikepdf.Pdf, html: str) -> None:
    """Say of each link within the paper what it leads to, in the words of the first that leads there."""
    words = {target: unescape(text).replace("\u00ad", "") for target, text in reversed(_LINK.findall(html))}
    for page in pdf.pages:
        for link in page.get(Name.Annots, Array()):
            if str(link.get(Name.Dest, "")) in words:
                link.Contents = String(words[str(link.Dest)])


def _tell_enclosures_once(pdf: pikepdf.Pdf) -> None:
    """Leave one mention of each enclosed file: the library lists every file twice."""
    if Name.AF in pdf.Root:
        once = {file.objgen: file for file in pdf.Root.AF}
        pdf.Root.AF = Array(list(once.values()))


def _tell_notes_in_place(pdf: pikepdf.Pdf) -> None:
    """Tag footnotes as notes, and let each be read after its call instead of at the end of its page."""
    top = pdf.Root.StructTreeRoot.K[0]
    feet = [kid for kid in top.K if _is_foot(kid)]
    notes = [note for foot in feet for note in foot.K]
    top.K = Array([kid for kid in top.K if not _is_foot(kid)])
    calls = list(_calls(top))
    if len(calls) != len(notes):
        raise ValueError(f"{len(calls)} calls of {len(notes)} footnotes")
    names = Array()
    for number, (call, note) in enumerate(zip(calls, notes, strict=True), start=1):
        name = String(f"note-{number:05}")
        call.S, note.S, note.K[0].S = Name.Reference, Name.Note, Name.Lbl
        note.ID, note.P = name, call.P
        names.extend([name, note])
        around = list(call.P.K)
        place = next(place for place, kid in enumerate(around) if _is_same(kid, call))
        call.P.K = Array([*around[: place + 1], note, *around[place + 1 :]])
    if notes:
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Names=names))


def _is_foot(element: pikepdf.Object) -> bool:
    """Say whether it is the foot of a page: nothing but spans, each with its number first."""
    return Name.NonStruct == element.S and all(
        kid.get(Name.S) == Name.Span and kid.K[0].get(Name.S) == Name.NonStruct for kid in _elements(element)
    )


def _calls(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the marks in the text that footnotes belong to, in order: spans in which nothing but a mark is left."""
    for kid in _elements(element):
        inner = _elements(kid)
        if Name.Span == kid.S and len(inner) == 1 and Name.NonStruct == inner[0].S:
            yield kid
        else:
            yield from _calls(kid)


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in element.K if isinstance(kid, Dictionary) and Name.S in kid]


def _is_same(kid: pikepdf.Object, element: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _scoped(kids: pikepdf.Object, *, in_head: bool) -> Iterator[pikepdf.Object]:
    """Yield every element of the structure, after giving header cells their scope."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if not isinstance(kid, Dictionary) or Name.S not in kid:
            continue
        if kid.S == Name.TH:
            attributes = kid.get(Name.A, Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if in_head else Name.Row
            kid.A = attributes
        yield kid
        yield from _scoped(kid.get(Name.K, Array()), in_head=in_head or Name.THead == kid.S)


def _silence(pdf: pikepdf.Pdf, page: pikepdf.Page, marked: pikepdf.Object, read_aloud: set[tuple[int, int]]) -> None:
    """Mark as artifacts the pieces of the page that no element of the structure holds: its head and foot."""
    silent = {number for number, kid in enumerate(marked) if kid is not None and kid.objgen not in read_aloud}
    if not silent:
        return
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        if _marks_one_of(instruction, silent):
            artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            instruction = ContentStreamInstruction(artifact, Operator("BDC"))
        instructions.append(instruction)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    for number in silent:
        marked[number] = None


def _marks_one_of(instruction: Instruction, numbers: set[int]) -> bool:
    if str(instruction.operator) != "BDC" or len(instruction.operands) != 2:
        return False
    properties = instruction.operands[1]
    return isinstance(properties, Dictionary) and int(properties.get("/MCID", -1)) in numbers
