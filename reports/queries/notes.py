"""Reads for notes: which month a meeting is about, which projects belong to it, and their money by then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from projects.enums import SnapshotState
from projects.models import (
    BudgetLine,
    Commitment,
    Meeting,
    PoolYear,
    Posting,
    Project,
    SnapshotReference,
    StatusRound,
    StatusSnapshot,
    User,
)
from projects.months import first_of_month, previous_month
from projects.permissions import can_compose_notes
from reports.models import NoteTemplate, NoteVersion, StatusNote, TemplateHeading


@dataclass(frozen=True)
class MoneyByThen:
    """A project's grant up to and including a year, and what was posted by a day. `example` says what is invented.

    `committed` is what was still bound then, None when nothing was.
    """

    granted: Decimal | None
    spent: Decimal | None
    committed: Decimal | None
    example: str


def note_month(meeting: Meeting) -> date:
    """Return the month the meeting's round asks for; without a round, the month before the meeting. One query."""
    newest = StatusRound.objects.filter(meeting=meeting).order_by("-month").values_list("month", flat=True).first()
    return newest or previous_month(first_of_month(meeting.date))


def candidate_projects(meeting: Meeting, month: date) -> QuerySet[Project]:
    """Return the committee's projects that owe the month a status or have one. One query when read."""
    told = StatusSnapshot.objects.filter(project=OuterRef("pk"), month=month)
    return Project.objects.filter(
        Exists(told) | Q(pk__in=Project.objects.expecting_status(month)), committee=meeting.committee_id
    )


def money_by_then(project_ids: Iterable[int], *, year: int, day: date) -> dict[int, MoneyByThen]:
    """Return each project's money. Three queries. None: no budget line, or no posting, is known by then."""
    ids = list(project_ids)
    examples: dict[int, set[str]] = defaultdict(set)

    def sums(rows: QuerySet[Any], example: str) -> dict[int, Decimal]:
        found: dict[int, Decimal] = defaultdict(Decimal)
        for pk, note, amount in rows.order_by().values_list("project_id", example).annotate(Sum("amount")):
            found[pk] += amount
            examples[pk].update({note} - {""})
        return found

    granted = sums(BudgetLine.objects.filter(project__in=ids, year__lte=year), "example_note")
    spent = sums(Posting.objects.filter(project__in=ids, posted_on__lte=day), "batch__example_note")
    committed = sums(Commitment.objects.bound_by(day).filter(project__in=ids), "example_note")
    return {
        pk: MoneyByThen(granted.get(pk), spent.get(pk), committed.get(pk), "; ".join(sorted(examples[pk])))
        for pk in ids
    }


def reference_annexes(snapshots: Iterable[StatusSnapshot]) -> dict[int, dict[str, int]]:
    """Return, by status, the annex each of its references points to, by the reference's number there. One query."""
    numbers: dict[int, int] = defaultdict(int)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = SnapshotReference.objects.filter(snapshot__in=list(snapshots)).order_by("snapshot", "position", "pk")
    for snapshot_id, attachment_id in rows.values_list("snapshot_id", "attachment_id"):
        numbers[snapshot_id] += 1
        if attachment_id is not None:
            found[snapshot_id][str(numbers[snapshot_id])] = attachment_id
    return found


def committee_frames(committee_id: int, year: int) -> dict[int, list[PoolYear]]:
    """Return the frames up to and including the year by the committee's pools, newest pool first. One query."""
    found: dict[int, list[PoolYear]] = defaultdict(list)
    rows = PoolYear.objects.filter(pool__committee=committee_id, year__lte=year).select_related("pool")
    for frame in rows.order_by("-pool__code", "year"):
        found[frame.pool_id].append(frame)
    return found


@dataclass(frozen=True)
class NoteRow:
    """A meeting with its note, if it has begun, and the versions that were issued, newest first."""

    meeting: Meeting
    note: StatusNote | None
    versions: list[NoteVersion]

    @property
    def state(self) -> str:
        if self.versions:
            return "issued"
        return "draft" if self.note else "missing"


def note_rows(user: User) -> list[NoteRow]:
    """Return the meetings with a note the user may read, newest first. Two queries.

    Those who compose also see the meetings that have an open round of statuses and no note yet.
    """
    notes = StatusNote.objects.for_user(user)
    wanted = Q(note__in=notes)
    if can_compose_notes(user):
        open_rounds = StatusRound.objects.filter(meeting=OuterRef("pk"), closed_at__isnull=True)
        wanted |= Q(Exists(open_rounds))
    meetings = list(
        Meeting.objects.filter(wanted).select_related("committee", "note").order_by("committee__code", "-date")
    )
    versions = versions_of(meeting.note for meeting in meetings if hasattr(meeting, "note"))
    return [
        NoteRow(meeting, note, versions[note.pk] if note else [])
        for meeting in meetings
        for note in [getattr(meeting, "note", None)]
    ]


def versions_of(notes: Iterable[StatusNote]) -> dict[int, list[NoteVersion]]:
    """Return each note's issued versions, newest first, by the note's id, without the bytes. One query."""
    found: dict[int, list[NoteVersion]] = defaultdict(list)
    rows = NoteVersion.objects.filter(note__in=list(notes)).select_related("issued_by").defer("pdf", "facts")
    for version in rows.order_by("-number"):
        found[version.note_id].append(version)
    return found


def outdated_projects(version: NoteVersion) -> list[str]:
    """Return the projects whose month got a newer approved revision since the version was issued. One query."""
    newer = StatusSnapshot.objects.filter(
        project=OuterRef("project"),
        month=OuterRef("month"),
        state=SnapshotState.APPROVED,
        revision__gt=OuterRef("revision"),
    )
    used = version.snapshots.filter(Exists(newer)).order_by("project__name")
    return list(used.values_list("project__name", flat=True))


def template_of(committee_id: int) -> list[TemplateHeading] | None:
    """Return the headings of the committee's notes, else those for all others; None when nobody has set any up.

    Two queries.
    """
    templates = NoteTemplate.objects.filter(Q(committee=committee_id) | Q(committee=None))
    own = templates.order_by(F("committee").desc(nulls_last=True)).first()
    return list(own.headings.all()) if own else None
