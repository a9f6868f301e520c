"""The paper's HTML, element for element, in Word's own styles."""

import base64
import io
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from projects.markdown import SOFT_BREAK
from reports.charts.paper import to_png
from reports.data_files import text_of
from reports.hyphenation import SOFT_HYPHEN
from reports.markup import WIDTH_MM as FIGURE_MM
from reports.markup import Markup, height_mm
from reports.word.footnotes import Footnotes
from reports.word.marks import (
    add_bookmark,
    add_field,
    add_link,
    bookmark_name,
    describe,
    element,
    number_with,
    numbered_anew,
)
from reports.word.tables import add_table

WIDTH_MM = 160.0
_LINES = {"mark-green": "● ", "mark-yellow": "▲ ", "mark-red": "■ ", "mark-none": "– "}
_COLOURS = {
    "mark-green": RGBColor(0x00, 0x79, 0x5B),
    "mark-yellow": RGBColor(0xB0, 0x7A, 0x00),
    "mark-red": RGBColor(0xB8, 0x32, 0x0F),
    "mark-none": RGBColor(0x7D, 0x8A, 0x91),
}
_QUIET = RGBColor(0x51, 0x61, 0x6A)
_SMALL = {"source", "table-note", "status-line", "figure-text", "quiet"}
# What only the PDF needs, or Word makes by itself.
_BLOCKS = {"div", "section", "main", "header", "body", "dl", "figure"}


class Body:
    """Walks the HTML once, top to bottom, and writes each element as Word would have it."""

    def __init__(self, document: Any, markup: Markup) -> None:
        self.document, self.markup = document, markup
        self.bookmarks = 0
        self.footnotes = Footnotes(document)
        self.writers: dict[str, Callable[[Any], None]] = {
            **{f"h{level}": self._heading for level in range(1, 7)},
            **dict.fromkeys(_BLOCKS, self.write),
            **dict.fromkeys(("ul", "ol"), self._list),
            **dict.fromkeys(("p", "dt", "dd", "pre"), self._paragraph),
            "blockquote": self._quote,
            "table": self._table,
            "img": self._picture,
            "figcaption": self._caption,
            "nav": self._contents,
        }

    def write(self, parent: Any) -> None:
        for child in parent:
            writer = self.writers.get(child.tag)
            if writer is not None:
                writer(child)

    def _heading(self, source: Any) -> None:
        level = int(source.tag[1])
        style = "Title" if level == 1 else f"Heading {level - 1}"
        paragraph = self.document.add_paragraph(style=style)
        self._runs(paragraph, source)
        if source.get("id"):
            self.bookmarks += 1
            add_bookmark(paragraph, self.bookmarks, bookmark_name(source.get("id")))

    def _paragraph(self, source: Any) -> None:
        if not text_of(source):
            return
        kinds = set(source.get("class", "").split())
        paragraph = self.document.add_paragraph(style="Source" if kinds & _SMALL else None)
        paragraph.paragraph_format.keep_with_next = source.tag == "dt"
        if source.tag == "dd":
            paragraph.paragraph_format.left_indent = Mm(6)
        self._runs(paragraph, source, is_bold=source.tag == "dt" or "sender" in kinds)

    def _quote(self, source: Any) -> None:
        for child in source if len(source) else [source]:
            self._runs(self.document.add_paragraph(style="Quote"), child)

    def _list(self, source: Any, depth: int = 0) -> None:
        if "lights" in source.get("class", ""):
            self._lights(source)
            return
        style = "List Number" if source.tag == "ol" else "List Bullet"
        number = numbered_anew(self.document, style) if source.tag == "ol" else ""
        for item in source.iterchildren("li"):
            paragraph = self.document.add_paragraph(style=style)
            paragraph.paragraph_format.left_indent = Mm(7 + 6 * depth)
            if number:
                number_with(paragraph, number)
            self._runs(paragraph, item)
            for inner in item.iterchildren("ul", "ol"):
                self._list(inner, depth + 1)

    def _lights(self, source: Any) -> None:
        paragraph = self.document.add_paragraph()
        for place, item in enumerate(source):
            if place:
                paragraph.add_run("      ")
            self._runs(paragraph, item)

    def _table(self, source: Any) -> None:
        caption = source.find("caption")
        title = text_of(caption) if caption is not None else _("Head of the paper")
        if caption is not None:
            self._caption(caption)
        is_narrow = bool({"meta", "counts"} & set(source.get("class", "").split()))
        add_table(
            self.document,
            source,
            title=title,
            width_mm=WIDTH_MM * (0.7 if is_narrow else 1),
            write=lambda paragraph, cell, is_bold: self._runs(paragraph, cell, is_bold=is_bold),
        )

    def _caption(self, source: Any) -> None:
        self._runs(self.document.add_paragraph(style="Caption"), source)

    def _picture(self, source: Any) -> None:
        """Draw a chart as dots, because Word shows no SVG; a logo that is one becomes the municipality's name."""
        kind, _comma, inside = source.get("src", "").partition(",")
        spec = self.markup.charts.get(source.get("data-chart", ""))
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        if spec is not None:
            image = io.BytesIO(to_png(spec, FIGURE_MM, height_mm(spec)))
            describe(paragraph.add_run().add_picture(image, width=Mm(FIGURE_MM)), spec.title, source.get("alt", ""))
        elif "svg" in kind:
            paragraph.add_run(source.get("alt", "")).bold = True
        else:
            image = io.BytesIO(base64.b64decode(inside))
            describe(paragraph.add_run().add_picture(image, height=Mm(12)), "", source.get("alt", ""))

    def _contents(self, source: Any) -> None:
        """Write the list of contents as a field: its lines stand there at once, its page numbers come with F9."""
        self._heading(source.find("h2"))
        links = source.findall(".//a")
        field = 'TOC \\o "1-1" \\h \\z \\u'
        for place, link in enumerate(links):
            paragraph = self.document.add_paragraph(style="toc 1")
            if place == 0:
                _open_field(paragraph, field)
            anchor = bookmark_name(link.get("href").removeprefix("#"))
            target = add_link(paragraph, anchor=anchor)
            run = paragraph.add_run(f"{text_of(link)}\t")
            target.append(run._r)
            add_field(paragraph, f"PAGEREF {anchor} \\h", "")
            if place == len(links) - 1:
                _close_field(paragraph)

    # --- Words in a line -----------------------------------------------------------------------------------------

    def _runs(self, paragraph: Any, source: Any, *, is_bold: bool = False, is_italic: bool = False) -> None:
        self._run(paragraph, source.text, is_bold=is_bold, is_italic=is_italic)
        for child in source:
            self._inline(paragraph, child, is_bold=is_bold, is_italic=is_italic)
            self._run(paragraph, child.tail, is_bold=is_bold, is_italic=is_italic)
        _trim(paragraph)

    def _inline(self, paragraph: Any, child: Any, *, is_bold: bool, is_italic: bool) -> None:
        kinds = set(child.get("class", "").split())
        marks = [kind for kind in kinds if kind in _LINES]
        if child.tag in {"ul", "ol", "table", "figure"}:
            return
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif kinds >= {"footnote", "footnote-long"}:
            self._run(paragraph, f" [{child.text_content()}]", is_bold=is_bold, is_italic=is_italic)
        elif "footnote" in kinds:
            self.footnotes.add(paragraph, lambda note: self._runs(note, child))
        elif marks:
            self._run(paragraph, _LINES[marks[0]], is_bold=is_bold, is_italic=False)
            paragraph.runs[-1].font.color.rgb = _COLOURS[marks[0]]
        elif child.tag == "a":
            self._link(paragraph, child)
        else:
            before = len(paragraph.runs)
            bold = is_bold or child.tag in {"strong", "b"} or "annex-number" in kinds
            self._runs(paragraph, child, is_bold=bold, is_italic=is_italic or child.tag in {"em", "i"})
            if kinds & {"when", "quiet", "light-what"}:
                for run in paragraph.runs[before:]:
                    run.font.size, run.font.color.rgb = Pt(8), _QUIET
            if child.tag in {"p", "div"} or "light-what" in kinds:
                paragraph.add_run(": " if "light-what" in kinds else "\n")

    def _link(self, paragraph: Any, source: Any) -> None:
        href = source.get("href", "")
        if href.startswith("#"):
            link = add_link(paragraph, anchor=bookmark_name(href[1:]))
        else:
            link = add_link(paragraph, url=href)
        run = paragraph.add_run(_clean(source.text_content()))
        run.font.underline = not href.startswith("#")
        link.append(run._r)

    def _run(self, paragraph: Any, text: str | None, *, is_bold: bool, is_italic: bool) -> None:
        words = _clean(text or "")
        if words:
            run: Run = paragraph.add_run(words)
            run.bold, run.italic = is_bold or None, is_italic or None


def _clean(text: str) -> str:
    """Return the text as it is read, its ends' spaces kept as one."""
    visible = text.replace(SOFT_HYPHEN, "").replace(SOFT_BREAK, "")
    words = " ".join(visible.split())
    if not words:
        return " " if visible else ""
    return f"{' ' if visible[0].isspace() else ''}{words}{' ' if visible[-1].isspace() else ''}"


def _trim(paragraph: Any) -> None:
    """No line begins with a space: in the HTML that is only where its lines broke."""
    for run in paragraph.runs[:1]:
        # Setting its text would take all else out of it, as the number of a footnote.
        if run.text.startswith(" "):
            run.text = run.text.lstrip(" ")


def _open_field(paragraph: Any, code: str) -> None:
    add_field(paragraph, code, "", is_dirty=True)
    # Its end stands in the last line of the list.
    paragraph._p.remove(paragraph.runs[-1]._r)


def _close_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))
