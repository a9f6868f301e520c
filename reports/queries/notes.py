"""Reads for notes: which month a meeting is about, which projects belong to it, and their money by then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from projects.enums import SnapshotState
from projects.models import BudgetLine, Meeting, Posting, Project, SnapshotReference, StatusRound, StatusSnapshot
from projects.months import first_of_month, previous_month
from reports.models import NoteVersion, StatusNote


@dataclass(frozen=True)
class MoneyByThen:
    """A project's grant up to and including a year, and what was posted by a day. `example` says what is invented."""

    granted: Decimal | None
    spent: Decimal | None
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
    """Return each project's money. Four queries. None: no budget line, or no posting, is known by then."""
    ids = list(project_ids)
    lines = BudgetLine.objects.filter(project__in=ids, year__lte=year)
    postings = Posting.objects.filter(project__in=ids, posted_on__lte=day)
    granted = dict(lines.order_by().values_list("project_id").annotate(Sum("amount")))
    spent = dict(postings.order_by().values_list("project_id").annotate(Sum("amount")))
    examples: dict[int, set[str]] = defaultdict(set)
    for rows, name in ((lines, "example_note"), (postings, "batch__example_note")):
        for project_id, text in rows.exclude(**{name: ""}).order_by().values_list("project_id", name).distinct():
            examples[project_id].add(text)
    return {pk: MoneyByThen(granted.get(pk), spent.get(pk), " ".join(sorted(examples[pk]))) for pk in ids}


def reference_annexes(snapshots: Iterable[StatusSnapshot]) -> dict[str, int]:
    """Return the annex each reference points to, by the reference's key. One query."""
    rows = SnapshotReference.objects.filter(snapshot__in=list(snapshots), attachment__isnull=False)
    return {str(pk): attachment for pk, attachment in rows.values_list("pk", "attachment_id")}


def meeting_rows() -> QuerySet[Meeting]:
    """Return the meetings that have a note or a round of statuses, newest first, with what the list shows.

    One query, and one for the notes and one for their versions. `open_rounds` counts rounds not yet closed.
    """
    return (
        Meeting.objects.filter(Q(note__isnull=False) | Q(rounds__isnull=False))
        .annotate(open_rounds=Count("rounds", filter=Q(rounds__closed_at__isnull=True), distinct=True))
        .select_related("committee", "note")
        .order_by("-date", "committee__code")
        .distinct()
    )


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
