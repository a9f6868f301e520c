"""Keeping drafts, so that nothing that was composed is lost, and taking an earlier one back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import User
from reports.facts.canonical import from_json, to_json
from reports.facts.drafts import HEAD, Draft, DraftSection, draft_of
from reports.models import NoteDraft, NoteEdit, NotePart, NoteSection, StatusNote

# What one person saves within this time is one draft: a pause, not a keystroke.
TOGETHER = timedelta(minutes=10)


def begin_drafts(note: StatusNote) -> None:
    """Keep the draft as it stands before its first change. Call under the note's lock."""
    if not note.drafts.exists():
        _keep(note, 1, to_json(draft_of(note)), note.created_by)


def keep_draft(note: StatusNote, by: User, *, is_apart: bool = False) -> bool:
    """Keep the draft as it stands now; return whether that is a draft of its own. Call under the note's lock.

    `is_apart`: it is one whatever was saved just before.
    """
    content, last = to_json(draft_of(note)), note.drafts.first()
    if last is not None and last.content == content:
        return False
    now = timezone.now()
    if last and not is_apart and last.number > 1 and last.saved_by_id == by.pk and now - last.saved_at < TOGETHER:
        last.content = content
        last.save(update_fields=["content"])
        return False
    _keep(note, last.number + 1 if last else 1, content, by)
    return True


def _keep(note: StatusNote, number: int, content: str, by: User) -> None:
    NoteDraft.objects.create(note=note, number=number, content=content, saved_by=by, saved_at=timezone.now())


@transaction.atomic
def restore_draft(*, draft: NoteDraft, by: User) -> StatusNote:
    """Make an earlier draft the note's draft again; what stood before it is kept as a draft, too.

    Projects that came to the note since stay in it, left out.
    """
    note = StatusNote.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=draft.note_id)
    content = from_json(Draft, draft.content)
    keep_draft(note, by)
    for name in HEAD:
        setattr(note, name, getattr(content, name))
    note.version += 1
    note.saves += 1
    note.save()
    _restore_parts(note, content)
    _restore_sections(note, content)
    keep_draft(note, by, is_apart=True)
    saved_at = timezone.localtime(draft.saved_at)
    summary = _("The draft of %(time)s was taken back") % {"time": f"{saved_at:%d.%m.%Y %H.%M}"}
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary)
    return note


def _restore_parts(note: StatusNote, content: Draft) -> None:
    versions = dict(note.parts.values_list("pk", "version"))
    note.parts.all().delete()
    NotePart.objects.bulk_create(
        NotePart(
            pk=part.pk,
            note=note,
            position=place,
            kind=part.kind,
            heading=part.heading,
            text=part.text,
            is_included=part.is_included,
            version=versions.get(part.pk, 0) + 1,
        )
        for place, part in enumerate(content.parts, start=1)
    )


def _restore_sections(note: StatusNote, content: Draft) -> None:
    sections = {section.project_id: section for section in note.sections.all()}
    for place, told in enumerate(content.sections, start=1):
        section = sections.pop(told.project_id, None) or NoteSection(note=note, project_id=told.project_id)
        _restore_section(section, told, place)
    for place, section in enumerate(sections.values(), start=len(content.sections) + 1):
        section.position, section.is_included = place, False
        section.save(update_fields=["position", "is_included"])


def _restore_section(section: NoteSection, told: DraftSection, place: int) -> None:
    section.position, section.is_included = place, told.is_included
    section.text_length, section.decision = told.text_length, told.decision
    section.exhibits = [list(row) for row in told.exhibits]
    section.version += 1
    section.save()
    section.edits.all().delete()
    NoteEdit.objects.bulk_create(NoteEdit(section=section, **vars(edit)) for edit in told.edits)
