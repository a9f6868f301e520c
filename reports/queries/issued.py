"""Reads for those who read: what has been issued."""

from django.db.models import Max, OuterRef, Subquery

from projects.models import User
from reports.models import NoteVersion, StatusNote


def issued_notes(user: User) -> list[NoteVersion]:
    """Return the newest version of every note the user may read, newest meeting first, without the bytes. One query."""
    newest = (
        NoteVersion.objects.filter(note=OuterRef("note")).order_by().values("note").annotate(last=Max("number"))
    ).values("last")
    notes = StatusNote.objects.for_user(user).values("pk")
    versions = NoteVersion.objects.filter(note__in=notes, number=Subquery(newest)).defer("pdf", "facts")
    return list(versions.select_related("note__meeting__committee").order_by("-note__meeting__date", "-issued_at"))
