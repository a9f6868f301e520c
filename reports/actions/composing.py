"""Composing a note: its head, its projects and their order."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.dates import format_date
from projects.enums import Subject
from projects.models import Meeting, Project, User
from projects.rules.meetings import check_case_number
from projects.rules.text import check_no_cpr
from reports.actions.drafts import begin_drafts, keep_draft
from reports.actions.lengths import length_changes, save_lengths
from reports.enums import PartKind
from reports.facts.headings import Heading, standard_headings
from reports.models import NotePart, NoteSection, StatusNote, TemplateHeading
from reports.queries.notes import candidate_projects, note_month, template_of


@dataclass(frozen=True)
class NoteValues:
    """What is composed. `projects` are (project id, whether it is in the note), in the note's order.

    `parts` are the note's headings in the same way; one that is not named keeps its place after those that are.
    `lengths` are (project id, length of its text) for those whose length was chosen anew.
    """

    title: str
    case_number: str
    case_officer: str
    dated: date
    introduction: str
    projects: tuple[tuple[int, bool], ...]
    parts: tuple[tuple[int, bool], ...] = ()
    lengths: tuple[tuple[int, str], ...] = ()


class StaleNoteError(ValidationError):
    """Someone else saved meanwhile; `current` is the note as it stands now."""

    def __init__(self, current: StatusNote) -> None:
        self.current = current
        super().__init__(_("Someone else has saved this note while you were writing."), code="stale")


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
    _take_headings(note)
    begin_drafts(note)
    summary = _("The note for %(committee)s on %(date)s was begun") % meeting_words(note)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="created", actor=by, summary=summary)
    return note


@transaction.atomic
def save_note(
    *, note: StatusNote, expected_version: int, values: NoteValues, by: User, is_by_itself: bool = False
) -> StatusNote:
    """Store what was composed; nothing happens when nothing changed.

    `is_by_itself`: the page saves while somebody composes, and one stretch of work is one event. Raises StaleNoteError
    when somebody else saved since `expected_version` was read, else as `create_note`.
    """
    note = locked_note(note)
    fields = _checked_fields(values)
    changes = changed_fields(note, fields) + _section_changes(note, values.projects) + _part_changes(note, values.parts)
    sections, length_words = length_changes(note, values.lengths)
    changes += length_words
    # The very same once more is what was under way when a connection broke.
    if not changes:
        return note
    if note.version != expected_version:
        raise StaleNoteError(note)
    begin_drafts(note)
    for name, value in fields.items():
        setattr(note, name, value)
    note.version += 1
    note.saves += 1
    note.full_clean()
    note.save()
    _save_sections(note, values.projects)
    _save_parts(note, values.parts)
    save_lengths(note, sections)
    is_new_draft = keep_draft(note, by)
    if is_new_draft or not is_by_itself:
        _record_change(note, by, () if is_by_itself else changes)
    return note


def _record_change(note: StatusNote, by: User, changes: Iterable[Change]) -> None:
    summary = _("The note for %(committee)s on %(date)s was changed") % meeting_words(note)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary, changes=changes)


def locked_note(note: StatusNote) -> StatusNote:
    """Return the note as it stands now, with its meeting and committee; others wait. One query."""
    return StatusNote.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=note.pk)


def _checked_fields(values: NoteValues) -> dict[str, object]:
    """Return the note's own fields, the case number tidied. Raises ValidationError by field."""
    fields = {name: value for name, value in asdict(values).items() if name not in {"projects", "parts", "lengths"}}
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
    sections = {section.project_id: section for section in note.sections.all()}
    known = set(Project.objects.filter(committee=note.meeting.committee_id).values_list("pk", flat=True))
    # One that has moved to another committee since it came into the note may stay there until it is taken out.
    if not {pk for pk, _included in projects} <= known | set(sections):
        raise ValidationError(_("A project in the note belongs to another committee."), code="foreign_project")
    # What was written for a project stays with it while it is left out.
    order = [*projects, *((pk, False) for pk in sections if pk not in dict(projects))]
    for position, (pk, is_included) in enumerate(order, start=1):
        section = sections.setdefault(pk, NoteSection(note=note, project_id=pk))
        section.position, section.is_included = position, is_included
    NoteSection.objects.bulk_create(section for section in sections.values() if section.pk is None)
    NoteSection.objects.bulk_update(
        [section for section in sections.values() if section.pk is not None], ["position", "is_included"]
    )


def _part_changes(note: StatusNote, parts: Iterable[tuple[int, bool]]) -> list[Change]:
    """Return the headings in the note before and after, when they differ. At most one query."""
    parts = list(parts)
    if not parts:
        return []
    stored = {part.pk: part for part in note.parts.all()}
    before = [str(part) for part in stored.values() if part.is_included]
    after = [str(stored[pk]) for pk, is_included in _whole_order(stored.values(), parts) if is_included]
    return [] if before == after else [(_("Headings"), ", ".join(before), ", ".join(after))]


def _save_parts(note: StatusNote, parts: Iterable[tuple[int, bool]]) -> None:
    stored = {part.pk: part for part in note.parts.all()}
    for position, (pk, is_included) in enumerate(_whole_order(stored.values(), list(parts)), start=1):
        stored[pk].position, stored[pk].is_included = position, is_included
    NotePart.objects.bulk_update(stored.values(), ["position", "is_included"])


def _whole_order(stored: Iterable[NotePart], named: Sequence[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Return every stored part in the order named. The projects' statuses are what the note is for: always in it."""
    kinds = {part.pk: part for part in stored}
    places = dict(named)
    order = [pk for pk in places if pk in kinds] + [pk for pk in kinds if pk not in places]
    return [(pk, kinds[pk].kind == PartKind.PROJECTS or places.get(pk, kinds[pk].is_included)) for pk in order]


@transaction.atomic
def add_headings(*, note: StatusNote, by: User) -> None:
    """Give a note from before there were headings those of its committee; one that has any keeps them."""
    note = locked_note(note)
    if note.parts.exists():
        return
    begin_drafts(note)
    _take_headings(note)
    note.saves += 1
    note.save(update_fields=["saves", "updated_at"])
    keep_draft(note, by)
    summary = _("The note for %(committee)s on %(date)s took the committee's headings") % meeting_words(note)
    record_event(subject=Subject.NOTE, subject_id=note.pk, verb="changed", actor=by, summary=summary)


def _take_headings(note: StatusNote) -> None:
    headings: Sequence[TemplateHeading | Heading] | None = template_of(note.meeting.committee_id)
    headings = standard_headings() if headings is None else list(headings)
    if not any(heading.kind == PartKind.PROJECTS for heading in headings):
        headings = [*headings, Heading(PartKind.PROJECTS, "")]
    NotePart.objects.bulk_create(
        NotePart(note=note, position=place, kind=row.kind, heading=row.heading, text=row.text)
        for place, row in enumerate(headings, start=1)
    )


def meeting_words(note: StatusNote) -> dict[str, str]:
    """Return what events call the note: its committee's code and its day."""
    return {"committee": note.meeting.committee.code, "date": format_date(note.meeting.date)}
