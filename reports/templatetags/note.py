"""What the notes' pages share with the paper."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from projects.counts import format_count
from reports import prose as texts
from reports.facts.exhibits import Block
from reports.facts.exhibits import blocks as section_blocks
from reports.facts.figure_words import origin_words
from reports.facts.marks import Marks, place_of
from reports.facts.note import AnnexFact, CountColumn, CountRow, CountTable, MeasureFact, SectionFacts
from reports.facts.papers.closing import ResultFact
from reports.hyphenation import with_joints

register = template.Library()


@register.filter
def joints(text: str) -> SafeString:
    """{{ title|joints }}: long compounds may divide where a Dane would divide them, also on a telephone."""
    return with_joints(escape(text))


@register.filter
def prose(text: str) -> SafeString:
    return texts.prose(text)


@register.filter
def told(fact: MeasureFact | CountRow | CountColumn | CountTable | ResultFact, name: str) -> str:
    """{{ row|told:"value" }}: the count, or that it is hidden from the public."""
    return _("hidden") if name in fact.masked else format_count(getattr(fact, name))


@register.filter
def blocks(section: SectionFacts) -> list[Block]:
    """{% for block in section|blocks %}: what the section prints, in order."""
    return section_blocks(section)


@register.filter
def has_files(annexes: Iterable[AnnexFact]) -> bool:
    """{% if annexes|has_files %}: some of them lie inside the paper."""
    return any(annex.file for annex in annexes)


@register.simple_tag
def mark(marks: Marks | str, *place: object) -> str:
    """{% mark marks "table" 2 0 "value" %}: the mark of a figure that is not as it was, nothing on paper."""
    found = marks.get(place_of(*place)) if isinstance(marks, dict) else None
    if found is None:
        return ""
    return format_html(
        ' <a class="corrected-mark" href="{}"><span aria-hidden="true">*</span><span class="sr-only">({})</span></a>',
        found.href,
        found.words,
    )


@register.filter
def origin(section: SectionFacts) -> str:
    """{{ section|origin }}: project, month, revision, person and date behind every figure of the section."""
    return origin_words(section)
