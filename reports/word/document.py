"""The frame of the Word file: styles, language, head and foot, properties, list of contents. The body is walked."""

import io
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import html

from reports.archives import unchanging
from reports.facts.note import Stamp
from reports.markup import FileHead, Markup
from reports.word.body import Body
from reports.word.marks import add_field

FONT = "Calibri"
INK, BRAND, QUIET = RGBColor(0x17, 0x25, 0x2C), RGBColor(0x0C, 0x3B, 0x4A), RGBColor(0x51, 0x61, 0x6A)
TEXT_WIDTH = Mm(160)
# Level → size and the room before it, in points.
_HEADINGS = {1: (14, 18), 2: (11.5, 12), 3: (10.5, 10), 4: (10.5, 8), 5: (10.5, 8)}


def render_word(markup: Markup, stamp: Stamp | None = None) -> bytes:
    """Return the paper as .docx. The same input gives the same bytes."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, markup, stamp)
    _set_head_and_foot(document, markup.head, stamp)
    page = html.document_fromstring(markup.html)
    Body(document, markup).write(page.find("body"))
    out = io.BytesIO()
    document.save(out)
    return unchanging(out.getvalue())


def preload() -> None:
    """Read the empty file that every paper begins as."""
    Document()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True


def _set_styles(document: Any) -> None:
    styles = document.styles
    _set_language(styles)
    _shape(styles["Normal"], size=10.5, after=6, colour=INK, line=1.15)
    for level, (size, before) in _HEADINGS.items():
        style = styles[f"Heading {level}"]
        _shape(style, size=size, before=before, after=4, colour=BRAND, bold=True)
        style.paragraph_format.keep_with_next = True
    _shape(styles["Title"], size=22, before=14, after=10, colour=BRAND, bold=True)
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _shape(styles["Caption"], size=9.5, before=10, after=3, colour=INK, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _shape(styles[name], size=10.5, after=3, colour=INK)
    _shape(styles["Quote"], size=10.5, after=6, colour=QUIET)
    styles["Quote"].paragraph_format.left_indent = Mm(6)
    for name, size in (("Source", 8.5), ("Table text", 9.5)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _shape(style, size=size, after=8 if name == "Source" else 1, colour=QUIET if name == "Source" else INK)
        style.paragraph_format.space_before = Pt(2 if name == "Source" else 1)
    _set_contents_styles(styles)


def _set_contents_styles(styles: Any) -> None:
    for level in (1, 2):
        style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.left_indent = Mm(5 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _shape(
    style: Any, *, size: float, after: float, colour: RGBColor, before: float = 0, bold: bool = False, line: float = 1.1
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line


def _set_language(styles: Any) -> None:
    """Say once for the whole file that it is Danish, so that Word checks the right spelling."""
    for language in styles.element.iter(qn("w:lang")):
        for kind in ("val", "eastAsia"):
            language.set(qn(f"w:{kind}"), "da-DK")


def _set_properties(document: Any, markup: Markup, stamp: Stamp | None) -> None:
    told, head = document.core_properties, markup.head
    told.title, told.author, told.last_modified_by = head.title[:255], head.municipality, head.municipality
    told.subject = head.subject[:255]
    told.keywords, told.language, told.comments = head.case_number, "da-DK", ""
    told.version = str(stamp.number) if stamp else _("draft")
    told.created = told.modified = markup.made_at.astimezone(UTC).replace(tzinfo=None)
    told.revision = stamp.number if stamp else 1


def _set_head_and_foot(document: Any, head: FileHead, stamp: Stamp | None) -> None:
    section = document.sections[0]
    draft = "" if stamp else _("DRAFT – not issued")
    _line(section.header, head.municipality, draft, head.running)
    _line(section.first_page_header, "", draft, "")
    for foot in (section.footer, section.first_page_footer):
        case = _("Case %(number)s") % {"number": head.case_number} if head.case_number else ""
        line = _line(foot, case, "", "")
        line.add_run(f"{pgettext('of a paper', 'Page')} ")
        add_field(line, "PAGE", "1")
        line.add_run(f" {pgettext('page 1 of 7', 'of')} ")
        add_field(line, "NUMPAGES", "1")
        _quiet(line)


def _line(part: Any, left: str, middle: str, right: str) -> Any:
    line = part.paragraphs[0]
    # Word's own style for heads has stops for another width.
    line.style = "Normal"
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(int(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{left}\t{middle}\t{right}")
    _quiet(line)
    return line


def _quiet(line: Any) -> None:
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), QUIET
