"""Composing a note and issuing it. What was issued is stored with its bytes and never changes again."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.dates import format_date
from projects.enums import Subject
from projects.models import Meeting, Project, User
from projects.queries.notices import AnsweredNotice
from projects.rules.meetings import check_case_number
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr
from reports.facts.canonical import to_json
from reports.facts.gathering import Gathered, gather
from reports.facts.note import Stamp
from reports.models import NoteSection, NoteVersion, StatusNote
from reports.queries.notes import candidate_projects, note_month


@dataclass(frozen=True)
class NoteValues:
    """What is composed. `projects` are (project id, whether it is in the note), in the note's order."""

    title: str
    case_number: str
    case_officer: str
    dated: date
    introduction: str
    projects: tuple[tuple[int, bool], ...]


class StaleNoteError(ValidationError):
    """Someone else saved meanwhile; `current` is the note as it stands now."""

    def __init__(self, current: StatusNote) -> None:
        self.current = current
        super().__init__(_("Someone else has saved this note while you were writing."), code="stale")


class NoteBlockedError(ValidationError):
    """What stands in the way of issuing, one message per notice; `notices` say where each is mended."""

    def __init__(self, notices: Sequence[AnsweredNotice]) -> None:
        self.notices = list(notices)
        super().__init__([ValidationError(item.notice.message, code="blocked") for item in notices])


class AlreadyIssuedError(ValidationError):
    """Exactly this was issued before, as `version`."""

    def __init__(self, version: NoteVersion) -> None:
        self.version = version
        message = _("This has already been issued as version %(number)s, and nothing has changed since.")
        super().__init__(message, code="already_issued", params={"number": version.number})


@transaction.atomic
def create_note(
    *,
    meeting: Meeting,
    title: str,
    case_number: str,
    case_officer: str,
    dated: date,
    introduction: str,
    project_ids: Sequence[int],
    by: User,
) -> StatusNote:
    """Store a draft of the meeting's note, with the projects in the order given; other projects are left out of it.

    Raises ValidationError: note_exists, foreign_project, and by field (case_number, cpr …).
    """
    # Locked, so that two secretaries who begin at once do not both begin.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=meeting.pk)
    if StatusNote.objects.filter(meeting=meeting).exists():
        raise ValidationError(_("There is already a note for this meeting."), code="note_exists")
    others = candidate_projects(meeting, note_month(meeting)).exclude(pk__in=project_ids)
    projects = [*((pk, True) for pk in project_ids), *((pk, False) for pk in others.values_list("pk", flat=True))]
    values = NoteValues(title, case_number, case_officer, dated, introduction, tuple(projects))
    note = StatusNote(meeting=meeting, created_by=by, **_checked_fields(values))
    note.full_clean()
    note.save(force_insert=True)
    _save_sections(note, values.projects)
    summary = _("The note for %(committee)s on %(date)s was begun") % _meeting_words(note)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="created", actor=by, summary=summary)
    return note


@transaction.atomic
def save_note(*, note: StatusNote, expected_version: int, values: NoteValues, by: User) -> StatusNote:
    """Store what was composed; nothing happens when nothing changed.

    Raises StaleNoteError when somebody else saved since `expected_version` was read, else as `create_note`.
    """
    note = _locked(note)
    if note.version != expected_version:
        raise StaleNoteError(note)
    fields = _checked_fields(values)
    changes = changed_fields(note, fields) + _section_changes(note, values.projects)
    if not changes:
        return note
    for name, value in fields.items():
        setattr(note, name, value)
    note.version += 1
    note.full_clean()
    note.save()
    _save_sections(note, values.projects)
    summary = _("The note for %(committee)s on %(date)s was changed") % _meeting_words(note)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary, changes=changes)
    return note


def issue_note(*, note: StatusNote, by: User, reason: str = "", expected_version: int | None = None) -> NoteVersion:
    """Freeze what the note says today as its next version, with the PDF that was made of it.

    The paper takes a second or two to make, so it is made before the note is locked; under the lock the facts are
    read again, and only what was printed is stored. Raises NoteBlockedError, AlreadyIssuedError, StaleNoteError (of
    another `expected_version`), and ValidationError: reason_missing (from version 2), changed_meanwhile.
    Nothing is stored on failure.
    """
    from reports.pdf import render_note  # the PDF library takes a second to load: only when a paper is made

    note = StatusNote.objects.select_related("meeting__committee").get(pk=note.pk)
    gathered, stamp = _ready(note, reason, expected_version)
    paper = render_note(gathered.facts, stamp)
    facts = to_json(gathered.facts)
    with transaction.atomic():
        locked = _locked(note)
        again, stamp_now = _ready(locked, reason, expected_version)
        if to_json(again.facts) != facts or stamp_now.number != stamp.number:
            message = _("The figures changed while the note was being issued. Look at it again, and issue it then.")
            raise ValidationError(message, code="changed_meanwhile")
        version = NoteVersion.objects.create(
            note=locked,
            number=stamp.number,
            facts=facts,
            facts_sha256=_sha256(facts.encode()),
            pdf=paper.content,
            pdf_sha256=_sha256(paper.content),
            page_count=paper.page_count,
            reason=stamp.reason,
            issued_by=by,
            issued_at=stamp.issued_at,
        )
        version.snapshots.set(again.snapshots)
        _record_issue(version, by)
    return version


def _ready(note: StatusNote, reason: str, expected_version: int | None) -> tuple[Gathered, Stamp]:
    """Return what would be issued and its stamp, or raise what stands in the way."""
    if expected_version is not None and note.version != expected_version:
        raise StaleNoteError(note)
    gathered = gather(note)
    if gathered.blocking:
        raise NoteBlockedError(gathered.blocking)
    last = note.versions.order_by("-number").first()
    if last is None:
        return gathered, Stamp(1, "", timezone.now())
    if last.facts_sha256 == _sha256(to_json(gathered.facts).encode()):
        raise AlreadyIssuedError(last)
    return gathered, Stamp(last.number + 1, check_reason(reason), timezone.now())


def _record_issue(version: NoteVersion, by: User) -> None:
    summary = _("The note for %(committee)s on %(date)s was issued as version %(number)s") % {
        **_meeting_words(version.note),
        "number": version.number,
    }
    record_event(
        subject=Subject.NOTE,
        subject_id=version.note_id,
        verb="issued",
        actor=by,
        summary=summary,
        changes=[(_("Checksum of the PDF (SHA-256)"), "", version.pdf_sha256)],
        reason=version.reason,
    )


def _locked(note: StatusNote) -> StatusNote:
    return StatusNote.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=note.pk)


def _checked_fields(values: NoteValues) -> dict[str, object]:
    """Return the note's own fields, the case number tidied. Raises ValidationError by field."""
    fields = {name: value for name, value in asdict(values).items() if name != "projects"}
    errors = {}
    for name in ("title", "case_officer", "introduction"):
        try:
            check_no_cpr(fields[name])
        except ValidationError as error:
            errors[name] = error
    try:
        fields["case_number"] = checked_case_number(values.case_number)
    except ValidationError as error:
        errors["case_number"] = error
    if errors:
        raise ValidationError(errors)
    return fields


def checked_case_number(text: str) -> str:
    """Return the case number as it is stored, "" when none is given yet. Raises case_number."""
    return check_case_number(text, settings.CASE_NUMBER_PATTERN) if text.strip() else ""


def _section_changes(note: StatusNote, projects: Iterable[tuple[int, bool]]) -> list[Change]:
    """Return the projects in the note before and after as names, when they differ. At most two queries."""
    before = list(note.sections.filter(is_included=True).values_list("project_id", flat=True))
    after = [pk for pk, is_included in projects if is_included]
    if before == after:
        return []
    names = dict(Project.objects.filter(pk__in={*before, *after}).values_list("pk", "name"))
    old, new = (", ".join(names.get(pk, "") for pk in ids) for ids in (before, after))
    return [(_("Projects"), old, new)]


def _save_sections(note: StatusNote, projects: Iterable[tuple[int, bool]]) -> None:
    projects = list(projects)
    known = set(Project.objects.filter(committee=note.meeting.committee_id).values_list("pk", flat=True))
    if not {pk for pk, _included in projects} <= known:
        raise ValidationError(_("A project in the note belongs to another committee."), code="foreign_project")
    note.sections.all().delete()
    NoteSection.objects.bulk_create(
        NoteSection(note=note, project_id=pk, position=position, is_included=is_included)
        for position, (pk, is_included) in enumerate(projects, start=1)
    )


def _meeting_words(note: StatusNote) -> dict[str, str]:
    return {"committee": note.meeting.committee.code, "date": format_date(note.meeting.date)}


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
