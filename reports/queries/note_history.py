"""Reads of what the committee has had before: its last note, the version a new one replaces, all earlier notes."""

from collections.abc import Iterable

from django.db.models import Max, OuterRef, Subquery

from projects.models import Project
from reports.models import NoteVersion, StatusNote


def last_issued(note: StatusNote) -> NoteVersion | None:
    """Return the newest version of the committee's last note before this meeting, without its bytes. One query.

    The note's meeting must be loaded.
    """
    meeting = note.meeting
    earlier = NoteVersion.objects.filter(
        note__meeting__committee=meeting.committee_id, note__meeting__date__lt=meeting.date
    )
    return earlier.order_by("-note__meeting__date", "-number").defer("pdf").first()


def version_before(note: StatusNote) -> NoteVersion | None:
    """Return the note's own newest version, which the next one replaces, without its bytes. One query."""
    return note.versions.order_by("-number").defer("pdf").first()


def earlier_notes(note: StatusNote, count: int = 6) -> list[NoteVersion]:
    """Return the committee's latest notes before this meeting, each in its newest version, newest first. One query."""
    newest = NoteVersion.objects.filter(note=OuterRef("note")).order_by().values("note").annotate(last=Max("number"))
    meeting = note.meeting
    versions = NoteVersion.objects.filter(
        note__meeting__committee=meeting.committee_id,
        note__meeting__date__lt=meeting.date,
        number=Subquery(newest.values("last")),
    )
    rows = versions.select_related("note__meeting").defer("pdf", "facts").order_by("-note__meeting__date")
    return list(rows[:count])


def states_by_code(codes: Iterable[str]) -> dict[str, str]:
    """Return the projects' states by their codes. One query."""
    return dict(Project.objects.filter(code__in=list(codes)).values_list("code", "state"))
