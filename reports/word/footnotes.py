"""Word's own footnotes, which its library does not know: a part of the file for the notes, and a mark in the text."""

from collections.abc import Callable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.story import StoryPart
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.word.marks import element

TEXT, MARK = "footnote text", "footnote reference"
_QUIET = RGBColor(0x3D, 0x4D, 0x55)
# The line above the notes, and the one above a note that goes on from the page before: Word asks for both.
_EMPTY = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The notes of one document; the part is made with the first of them."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.part: Any = None
        self.count = 0

    def add(self, paragraph: Any, write: Callable[[Any], None]) -> None:
        """Put a mark at the end of the paragraph, and a note for it that `write` fills in."""
        if self.part is None:
            self.part = self._begun()
        self.count += 1
        _mark(paragraph, element("footnoteReference", id=str(self.count)))
        note = element("footnote", id=str(self.count))
        self.part.element.append(note)
        note.append(element("p"))
        line = Paragraph(note[0], self.part)
        line.style = TEXT
        _mark(line, element("footnoteRef"))
        line.add_run(" ")
        write(line)

    def _begun(self) -> Any:
        _set_styles(self.document.styles)
        owner = self.document.part
        name = PackURI("/word/footnotes.xml")
        part = StoryPart(name, CONTENT_TYPE.WML_FOOTNOTES, parse_xml(_EMPTY), owner.package)
        owner.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part


def _mark(paragraph: Any, number: Any) -> None:
    run = paragraph.add_run()
    run.style = MARK
    run._r.append(number)


def _set_styles(styles: Any) -> None:
    text = styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size, text.font.color.rgb = Pt(8.5), _QUIET
    text.paragraph_format.space_after = Pt(1)
    mark = styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
