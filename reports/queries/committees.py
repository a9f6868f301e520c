"""What a committee has granted, and what has been issued to it about each project."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from projects.models import Committee, Project, StatusSnapshot
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from reports.models import NoteVersion


def committees_with_projects() -> list[Committee]:
    """Return the committees that have projects, by name. One query."""
    found = Committee.objects.annotate(held=Count("projects")).filter(held__gt=0)
    return list(found.order_by("name"))


@dataclass(frozen=True)
class IssuedProject:
    """A project and the newest status of it that stands in an issued note; None when none does."""

    project: Project
    granted: Decimal | None
    content: SnapshotContent | None


def issued_projects(committee: Committee) -> list[IssuedProject]:
    """Return its projects by name, with nothing about them but what was issued. At most fourteen queries."""
    issued = StatusSnapshot.objects.filter(project=OuterRef("pk"), note_versions__isnull=False)
    newest = Subquery(issued.order_by("-month", "-revision").values("pk")[:1])
    projects = Project.objects.filter(committee=committee).annotate(issued=newest).select_related("standing")
    rows = list(projects.order_by("standing__name_key", "pk"))
    wanted = {row.issued for row in rows if row.issued}  # type: ignore[attr-defined]
    snapshots = list(StatusSnapshot.objects.filter(pk__in=wanted).select_related("project"))
    contents = snapshot_contents(snapshots) if snapshots else {}
    return [
        IssuedProject(row, row.standing.granted, contents.get(row.issued or 0))  # type: ignore[attr-defined]
        for row in rows
    ]


def newest_version(committee: Committee) -> NoteVersion | None:
    """Return the newest issued version of the committee's newest note, without its bytes. One query."""
    versions = NoteVersion.objects.filter(note__meeting__committee=committee).defer("pdf", "facts")
    return versions.select_related("note__meeting").order_by("-note__meeting__date", "-number").first()
