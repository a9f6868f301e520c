"""Case stories as those who may see them see them, and those that may be printed."""

from collections.abc import Iterable
from datetime import date

from projects.enums import StoryState
from projects.models import CaseStory, Project


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
