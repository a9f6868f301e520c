"""What the secretary adds to a note beside the statuses, and annexes of the statuses that the note does without."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.files import atomic_with_files, delete_unnamed, store_file
from projects.enums import Subject
from projects.models import User
from projects.rules.attachments import check_attachment
from projects.rules.text import check_no_cpr
from reports.actions.composing import locked_note
from reports.actions.drafts import begin_drafts, keep_draft
from reports.models import NoteAnnex, NoteReference, NoteSection, StatusNote

# Where their model stores them.
FOLDER = "notatbilag"


@dataclass(frozen=True)
class ReferenceValues:
    """`section` None: the whole note's. A missing date or item is stored as missing, and noticed."""

    section: NoteSection | None
    title: str
    committee: str = ""
    meeting_date: date | None = None
    item_number: str = ""


@dataclass(frozen=True)
class AnnexValues:
    """`section` None: the whole note's."""

    section: NoteSection | None
    title: str
    source: str = ""
    dated: date | None = None
    may_be_published: bool = False


@transaction.atomic
def add_reference(*, note: StatusNote, values: ReferenceValues, by: User) -> NoteReference:
    """Store a reference in the note. Raises cpr by field, foreign_section."""
    note = locked_note(note)
    _check(
        note, values.section, {"title": values.title, "committee": values.committee, "item_number": values.item_number}
    )
    begin_drafts(note)
    reference = NoteReference(note=note, **vars(values))
    reference.full_clean()
    reference.save(force_insert=True)
    _saved(note, by, _("The reference “%(title)s” was added") % {"title": reference.title})
    return reference


@transaction.atomic
def remove_reference(*, reference: NoteReference, by: User) -> None:
    note = locked_note(reference.note)
    begin_drafts(note)
    reference.delete()
    _saved(note, by, _("The reference “%(title)s” was removed") % {"title": reference.title})


def add_annex(*, note: StatusNote, values: AnnexValues, file: Any, by: User) -> NoteAnnex:
    """Store an annex with its file, checked as a status's are.

    Raises what `check_attachment` does, cpr by field, title_taken, foreign_section; nothing is stored then.
    """
    check_attachment(name=file.name, data=file.read())
    file.seek(0)
    with atomic_with_files():
        note = locked_note(note)
        _check(note, values.section, {"title": values.title, "source": values.source})
        if note.annexes.filter(title=values.title).exists():
            message = _("The note has an annex with this title. Give this one another, or take the other in again.")
            raise ValidationError({"title": ValidationError(message, code="title_taken")})
        begin_drafts(note)
        annex = NoteAnnex(note=note, created_by=by, **vars(values))
        store_file(annex, file)
        annex.full_clean()
        annex.save(force_insert=True)
        _saved(note, by, _("The annex “%(title)s” was added") % {"title": annex.title})
    return annex


@transaction.atomic
def choose_annex(*, annex: NoteAnnex, is_included: bool, may_be_published: bool, by: User) -> NoteAnnex:
    """Take an added annex in or out, and say whether the public may read it; nothing happens when nothing changed."""
    note = locked_note(annex.note)
    annex = NoteAnnex.objects.get(pk=annex.pk)
    if (annex.is_included, annex.may_be_published) == (is_included, may_be_published):
        return annex
    begin_drafts(note)
    annex.is_included, annex.may_be_published = is_included, may_be_published
    annex.save(update_fields=["is_included", "may_be_published"])
    _saved(note, by, _("The annex “%(title)s” was changed") % {"title": annex.title})
    return annex


@transaction.atomic
def delete_annex(*, annex: NoteAnnex, by: User) -> None:
    """Delete an added annex and its file. Raises issued: a note that was issued keeps what may be enclosed in it."""
    note = locked_note(annex.note)
    if note.versions.exists():
        message = _("The note has been issued, so its annexes are kept. Take the annex out of the note instead.")
        raise ValidationError(message, code="issued")
    begin_drafts(note)
    annex.delete()
    _saved(note, by, _("The annex “%(title)s” was deleted") % {"title": annex.title})
    name = str(annex.file.name)
    transaction.on_commit(lambda: default_storage.delete(name))


def delete_lost_annexes(*, older_than: float) -> list[str]:
    """Delete files of notes' annexes that no row names, as `delete_lost_files` does with the statuses'."""
    kept = set(NoteAnnex.objects.values_list("file", flat=True))
    return delete_unnamed(folder=FOLDER, kept=kept, older_than=older_than)


@transaction.atomic
def leave_out_annex(*, section: NoteSection, title: str, is_left_out: bool, by: User) -> NoteSection:
    """Do without the status's annex of this title in the note, or take it in again. The status is not touched."""
    note = locked_note(section.note)
    section = NoteSection.objects.get(pk=section.pk)
    left_out = [other for other in section.left_out if other != title] + [title] * is_left_out
    if set(left_out) == set(section.left_out):
        return section
    begin_drafts(note)
    section.left_out = left_out
    section.save(update_fields=["left_out"])
    summary = _("The annex “%(title)s” was left out") if is_left_out else _("The annex “%(title)s” was taken in again")
    _saved(note, by, summary % {"title": title})
    return section


def _check(note: StatusNote, section: NoteSection | None, texts: dict[str, str]) -> None:
    if section is not None and section.note_id != note.pk:
        raise ValidationError(_("The project is not in this note."), code="foreign_section")
    errors = {}
    for name, text in texts.items():
        try:
            check_no_cpr(text)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)


def _saved(note: StatusNote, by: User, summary: str) -> None:
    note.saves += 1
    note.save(update_fields=["saves", "updated_at"])
    keep_draft(note, by)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary)
