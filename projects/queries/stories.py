"""Case stories as those who may see them see them, and those that may be printed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from projects.enums import Role, StoryState
from projects.models import CaseStory, Project, User
from projects.permissions import editable_projects, managed_projects


def project_stories(project: Project, *, day: date, with_drafts: bool) -> list[CaseStory]:
    """Return the project's stories; without drafts only those that may be told on the day. One query."""
    stories = CaseStory.objects.filter(project=project).select_related("written_by", "read_by", "approved_by")
    return list(stories if with_drafts else stories.filter(state=StoryState.APPROVED, expires_on__gte=day))


def printable_stories(projects: Iterable[Project], *, day: date) -> dict[int, list[CaseStory]]:
    """Return the stories that may be printed on the day, by project id. One query."""
    found: dict[int, list[CaseStory]] = {}
    for story in CaseStory.objects.filter(project__in=projects, state=StoryState.APPROVED, expires_on__gte=day):
        found.setdefault(story.project_id, []).append(story)
    return found


def waiting_stories(user: User, *, day: date) -> QuerySet[CaseStory]:
    """Return what waits for the user: first stories to mend, then to approve, then whole ones to be a second reader of.

    One query, and one more for a manager.
    """
    writes = editable_projects(user) if Role.CASEWORKER in user.role_set else Project.objects.none()
    manages = managed_projects(user) if Role.MANAGER in user.role_set else Project.objects.none()
    whole = ~Q(situation="") & ~Q(effort="") & ~Q(result="") & ~Q(consent_note="") & Q(expires_on__gt=day)
    to_read = Q(state=StoryState.DRAFT) & whole & (Q(project__in=writes) | Q(project__in=manages))
    to_approve = Q(state=StoryState.READ, project__in=manages)
    to_mend = Q(state=StoryState.RETURNED, project__in=writes)
    stories = CaseStory.objects.filter(to_mend | ((to_read | to_approve) & ~Q(written_by=user)))
    return stories.select_related("project", "returned_by").order_by("-state", "pk")
