"""A whole draft as plain values, so that it can be kept, held against another, and taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.rules.comparing import Piece, word_diff
from reports.enums import TextLength
from reports.models import StatusNote

HEAD = ("title", "case_number", "case_officer", "dated", "introduction")


@dataclass(frozen=True)
class DraftPart:
    pk: int
    kind: str
    heading: str
    text: str
    is_included: bool

    @property
    def name(self) -> str:
        return self.heading or self.kind


@dataclass(frozen=True)
class DraftEdit:
    place: str
    text: str
    base: str


@dataclass(frozen=True)
class DraftSection:
    project_id: int
    project: str
    is_included: bool
    text_length: str
    decision: str
    exhibits: tuple[tuple[str, bool], ...]
    edits: tuple[DraftEdit, ...]


@dataclass(frozen=True)
class Draft:
    """What is composed, parts and sections in their order."""

    title: str
    case_number: str
    case_officer: str
    dated: date
    introduction: str
    parts: tuple[DraftPart, ...]
    sections: tuple[DraftSection, ...]


@dataclass(frozen=True)
class Difference:
    """Something that two people, or two drafts, say differently."""

    label: str
    theirs: str
    mine: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return word_diff(self.theirs, self.mine)


def draft_of(note: StatusNote) -> Draft:
    """Return the note's draft as it stands. Three queries."""
    sections = note.sections.select_related("project").prefetch_related("edits").order_by("position", "pk")
    return Draft(
        **{name: getattr(note, name) for name in HEAD},
        parts=tuple(
            DraftPart(part.pk, part.kind, part.heading, part.text, part.is_included)
            for part in note.parts.order_by("position", "pk")
        ),
        sections=tuple(
            DraftSection(
                row.project_id,
                row.project.name,
                row.is_included,
                row.text_length,
                row.decision,
                tuple((key, bool(is_printed)) for key, is_printed in row.exhibits),
                tuple(DraftEdit(edit.place, edit.text, edit.base) for edit in row.edits.all()),
            )
            for row in sections
        ),
    )


def differences(before: Draft, after: Draft) -> list[Difference]:
    """Return what the later draft says otherwise, in words, in the order of the page."""
    return [line for line in _lines(before, after) if line.theirs != line.mine]


def _lines(before: Draft, after: Draft) -> Iterator[Difference]:
    labels = {
        "title": _("Title"),
        "case_number": _("Case number"),
        "case_officer": _("Case officer"),
        "dated": _("Date of the note"),
        "introduction": _("Introduction"),
    }
    for name in HEAD:
        values = [getattr(draft, name) for draft in (before, after)]
        theirs, mine = (format_date(value) if isinstance(value, date) else value for value in values)
        yield Difference(labels[name], theirs, mine)
    yield Difference(_("Headings"), _names(before.parts), _names(after.parts))
    old_parts = {part.pk: part for part in before.parts}
    for part in after.parts:
        old = old_parts.get(part.pk, DraftPart(part.pk, part.kind, "", "", False))
        yield Difference(_("Text under “%(heading)s”") % {"heading": part.name}, old.text, part.text)
    yield Difference(_("Projects"), _projects(before), _projects(after))
    old_sections = {section.project_id: section for section in before.sections}
    for section in after.sections:
        if section.project_id in old_sections:
            yield from section_lines(old_sections[section.project_id], section)


def section_lines(before: DraftSection, after: DraftSection) -> Iterator[Difference]:
    """Yield the fields of one project's section in both."""
    name = after.project
    lengths = dict(TextLength.choices)
    yield Difference(
        f"{name}: {_('length of the text')}", str(lengths[before.text_length]), str(lengths[after.text_length])
    )
    old, new = ({edit.place: edit.text for edit in section.edits} for section in (before, after))
    for place in dict.fromkeys((*old, *new)):
        own = _("(the status's own text)")
        yield Difference(f"{name}: {place_words(place)}", old.get(place, own), new.get(place, own))
    yield Difference(f"{name}: {_('what the committee is asked to decide')}", before.decision, after.decision)
    yield Difference(f"{name}: {_('what is printed')}", _exhibits(before.exhibits), _exhibits(after.exhibits))


def place_words(place: str) -> str:
    """Return what a paragraph is called within a sentence."""
    words: Mapping[str, str] = {"heading": _("the heading"), "narrative": _("the text")}
    return words.get(place, _("a comment on a light"))


def _names(parts: tuple[DraftPart, ...]) -> str:
    return ", ".join(part.name for part in parts if part.is_included)


def _projects(draft: Draft) -> str:
    return ", ".join(section.project for section in draft.sections if section.is_included)


def _exhibits(exhibits: tuple[tuple[str, bool], ...]) -> str:
    printed = ", ".join(key for key, is_printed in exhibits if is_printed)
    return printed or _("what is usual")
