"""A section's paragraphs: what the status says, what the secretary wrote instead, and which of the two is printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as _

from projects.enums import Dimension, Severity
from projects.models import Project, StatusSnapshot
from projects.queries.notices import text_notices
from projects.queries.snapshots import SnapshotContent
from projects.rules.lengths import LENGTHS
from projects.rules.names import alias_notice, other_name_notices
from projects.rules.notices import Notice
from projects.rules.snapshots import comment_field
from reports.enums import TextLength
from reports.models import NoteSection

HEADING, NARRATIVE, DECISION = "heading", "narrative", "decision"


@dataclass(frozen=True)
class Edit:
    """What the secretary wrote, and what the status said then."""

    text: str
    base: str


@dataclass(frozen=True)
class Choice:
    """How a project is told in the note, as its section stores it; the defaults are a section nobody has touched.

    `left_out` are titles of the status's annexes.
    """

    text_length: str = TextLength.FULL.value
    decision: str = ""
    exhibits: tuple[tuple[str, bool], ...] = ()
    edits: Mapping[str, Edit] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


UNTOUCHED = Choice()


def choice_of(section: NoteSection) -> Choice:
    """Return what the section stores. One query, none when its edits were read with it."""
    return Choice(
        text_length=section.text_length,
        decision=section.decision,
        exhibits=tuple((key, bool(is_printed)) for key, is_printed in section.exhibits),
        edits={edit.place: Edit(edit.text, edit.base) for edit in section.edits.all()},
        left_out=frozenset(section.left_out),
    )


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a section. `edit` None: nobody has written anything else than the status.

    `has_lapsed`: the status says something else than when the edit was made, so the status's own text is printed.
    """

    place: str
    label: str
    original: str
    edit: Edit | None = None

    @property
    def has_lapsed(self) -> bool:
        return self.edit is not None and self.edit.base.strip() != self.original.strip()

    @property
    def is_edited(self) -> bool:
        return self.edit is not None and not self.has_lapsed

    @property
    def printed(self) -> str:
        return self.edit.text if self.edit and not self.has_lapsed else self.original


def paragraphs(project: Project, snapshot: StatusSnapshot | None, choice: Choice) -> list[Paragraph]:
    """Return the section's paragraphs in the order they stand: heading, comments on the lights, the text. No query."""
    texts = original_texts(project, snapshot, choice.text_length)
    labels = {HEADING: _("Heading"), NARRATIVE: _("Status in words")}
    labels |= {comment_field(one): _("Comment on %(light)s") % {"light": one.label.lower()} for one in Dimension}
    return [
        Paragraph(place, str(labels[place]), text, choice.edits.get(place))
        for place, text in texts.items()
        if text.strip() or place in {HEADING, NARRATIVE} or place in choice.edits
    ]


def original_texts(project: Project, snapshot: StatusSnapshot | None, text_length: str) -> dict[str, str]:
    """Return what the status says by place. A length nobody wrote is the whole text."""
    heading = _("On the reinvestment pool's project – %(name)s") % {"name": project.name}
    comments = {comment_field(one): snapshot.comment(one) if snapshot else "" for one in Dimension}
    narrative = (getattr(snapshot, text_length).strip() and getattr(snapshot, text_length)) if snapshot else ""
    return {HEADING: heading, **comments, NARRATIVE: narrative or (snapshot.narrative if snapshot else "")}


def fingerprint(texts: Mapping[str, str]) -> str:
    """Return a short key of what the status says: another key, and somebody has changed it."""
    return sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]


def printed_length(snapshot: StatusSnapshot | None, text_length: str) -> str:
    """Return the field of the status whose text is printed when nobody has edited it."""
    return text_length if snapshot and getattr(snapshot, text_length).strip() else TextLength.FULL.value


def edit_notices(
    project: Project, found: Sequence[Paragraph], choice: Choice, content: SnapshotContent | None
) -> Iterable[Notice]:
    """Yield what the rules notice in what the secretary wrote, and edits that have lapsed (EDIT, blocking)."""
    for one in found:
        place = section_field(project.code, one.place)
        if one.is_edited:
            yield from text_notices(one.printed, place, content.indicators if content else ())
            yield from _name_notices(project, one, place, content.known.other_names(project.pk) if content else ())
        if one.has_lapsed:
            message = _("The status has been changed since you edited “%(label)s”. Choose which text is printed.")
            figures = (one.original, one.edit.text if one.edit else "")
            yield Notice("EDIT", place, message % {"label": one.label}, figures, Severity.BLOCKING)
    yield from text_notices(choice.decision, section_field(project.code, DECISION))


def _name_notices(project: Project, one: Paragraph, place: str, aliases: Sequence[str]) -> Iterable[Notice]:
    """Yield R19: a paragraph that uses another of the project's names, or a heading that uses none of them."""
    yield from other_name_notices(one.printed, place, project=project.name, aliases=aliases)
    unknown = alias_notice(project=project.name, name=one.printed, aliases=aliases, field=place)
    if one.place == HEADING and unknown is not None:
        yield unknown


def section_field(code: str, place: str) -> str:
    """Return the place of a section's paragraph in notices about the note."""
    return f"section.{code}.{place}"


def is_replaced(field_name: str, found: Sequence[Paragraph], length: str) -> bool:
    """Return whether a notice at this place of the status is about a text that the note does not print."""
    edited = {one.place for one in found if one.is_edited}
    if field_name in LENGTHS:
        return NARRATIVE in edited or field_name != length
    return field_name in edited
