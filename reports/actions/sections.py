"""Writing in the note: one project's section, or the text under one heading. Statuses are never touched."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import User
from projects.rules.lengths import LONGEST_TEXT, check_length
from projects.rules.text import check_no_cpr
from reports.actions.composing import locked_note
from reports.actions.drafts import begin_drafts, keep_draft
from reports.actions.lengths import section_originals
from reports.enums import TextLength
from reports.facts.texts import fingerprint
from reports.models import NoteEdit, NotePart, NoteSection, StatusNote

LONGEST_HEADING = 120


@dataclass(frozen=True)
class SectionValues:
    """How a project is told. `texts` are paragraphs by place; one that says what the status says is no edit.

    `seen` is the fingerprint of what the status said when the texts were written.
    """

    text_length: str
    decision: str
    exhibits: tuple[tuple[str, bool], ...]
    texts: Mapping[str, str]
    seen: str


class StaleSectionError(ValidationError):
    """Someone else saved the section meanwhile; `current` is it as it stands now."""

    def __init__(self, current: NoteSection) -> None:
        self.current = current
        super().__init__(_("Someone else has saved this section while you were writing."), code="stale")


class StalePartError(ValidationError):
    """Someone else saved the text meanwhile; `current` is it as it stands now."""

    def __init__(self, current: NotePart) -> None:
        self.current = current
        super().__init__(_("Someone else has saved this text while you were writing."), code="stale")


@transaction.atomic
def save_section(*, section: NoteSection, expected_version: int, values: SectionValues, by: User) -> NoteSection:
    """Store how the project is told in the note; nothing happens when nothing changed.

    Raises StaleSectionError, and ValidationError by place: cpr, max_length, status_changed (the status says something
    else than what was seen), text_length.
    """
    note = locked_note(section.note)
    section = NoteSection.objects.select_related("project").get(pk=section.pk)
    if section.version != expected_version:
        raise StaleSectionError(section)
    _check(values)
    originals = section_originals(note, section, values.text_length)
    seen = section_originals(note, section, section.text_length)
    if values.seen != fingerprint(seen):
        message = _("The status has been changed while you were writing. Look at its text, and save again.")
        raise ValidationError(message, code="status_changed")
    begin_drafts(note)
    before = dict(section.edits.values_list("place", "text"))
    edits = _edits(section, values, originals, seen)
    fields = {"text_length": values.text_length, "decision": values.decision, "exhibits": _rows(values.exhibits)}
    is_changed = {edit.place: edit.text for edit in edits} != before or _has_lapsed(section, originals)
    if not is_changed and all(getattr(section, name) == value for name, value in fields.items()):
        return section
    for name, value in fields.items():
        setattr(section, name, value)
    section.version += 1
    section.save()
    section.edits.all().delete()
    NoteEdit.objects.bulk_create(edits)
    _saved(note, by, _("The section on %(project)s was changed") % {"project": section.project.name})
    return section


@transaction.atomic
def save_part(*, part: NotePart, expected_version: int, heading: str, text: str, by: User) -> NotePart:
    """Store a heading and the text under it; nothing happens when nothing changed.

    Raises StalePartError, and ValidationError by field: cpr, max_length.
    """
    note = locked_note(part.note)
    part = NotePart.objects.get(pk=part.pk)
    if part.version != expected_version:
        raise StalePartError(part)
    _check_texts({"heading": (heading, LONGEST_HEADING), "text": (text, LONGEST_TEXT)})
    if (part.heading, part.text) == (heading, text):
        return part
    begin_drafts(note)
    part.heading, part.text = heading, text
    part.version += 1
    part.save(update_fields=["heading", "text", "version"])
    _saved(note, by, _("The text under “%(heading)s” was changed") % {"heading": part})
    return part


def _saved(note: StatusNote, by: User, summary: str) -> None:
    note.saves += 1
    note.save(update_fields=["saves", "updated_at"])
    # Somebody who types saves every few seconds: one event for one stretch of work.
    if keep_draft(note, by):
        record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary)


def _check(values: SectionValues) -> None:
    if values.text_length not in TextLength.values:
        raise ValidationError({"text_length": _("Choose one of the lengths.")})
    limits = {place: LONGEST_HEADING if place == "heading" else LONGEST_TEXT for place in values.texts}
    texts = {place: (text, limits[place]) for place, text in values.texts.items()}
    _check_texts({**texts, "decision": (values.decision, LONGEST_TEXT)})


def _check_texts(texts: Mapping[str, tuple[str, int]]) -> None:
    errors: dict[str, ValidationError] = {}
    for place, (text, longest) in texts.items():
        try:
            check_length(text, longest)
            check_no_cpr(text)
        except ValidationError as error:
            errors[place] = error
    if errors:
        raise ValidationError(errors)


def _edits(
    section: NoteSection, values: SectionValues, originals: Mapping[str, str], seen: Mapping[str, str]
) -> list[NoteEdit]:
    """Return the paragraphs that say something else than the status, held against what it says now.

    The text of the length that was left is the status's own, too.
    """
    return [
        NoteEdit(section=section, place=place, text=text, base=originals[place])
        for place, text in values.texts.items()
        if place in originals and text.strip() not in {originals[place].strip(), seen[place].strip()}
    ]


def _has_lapsed(section: NoteSection, originals: Mapping[str, str]) -> bool:
    return any(edit.base.strip() != originals.get(edit.place, "").strip() for edit in section.edits.all())


def _rows(exhibits: tuple[tuple[str, bool], ...]) -> list[list[object]]:
    return [[key, is_printed] for key, is_printed in exhibits]
