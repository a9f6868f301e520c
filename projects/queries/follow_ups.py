"""Reads of what committees asked: of one project, by one person, for one meeting."""

from collections.abc import Iterable
from datetime import date

from projects.models import FollowUp, Project, User


def project_follow_ups(project: Project) -> list[FollowUp]:
    """Return the project's questions and decisions, open ones first. One query."""
    rows = FollowUp.objects.filter(project=project).select_related("meeting__committee", "responsible", "answered_by")
    return sorted(rows, key=lambda row: (not row.is_open, row.due_on or date.max, row.pk))


def owed_follow_ups(user: User) -> list[FollowUp]:
    """Return what waits for the user's answer, the most urgent first. Two queries at most."""
    return list(FollowUp.objects.owed_by(user).select_related("project", "meeting__committee"))


def open_before(committee_id: int, day: date, project_ids: Iterable[int]) -> list[FollowUp]:
    """Return what was asked about the projects in the committee's earlier meetings and is not closed. One query."""
    rows = FollowUp.objects.open().filter(
        meeting__committee=committee_id, meeting__date__lt=day, project__in=list(project_ids)
    )
    return list(rows.select_related("project", "meeting", "responsible").order_by("meeting__date", "pk"))
