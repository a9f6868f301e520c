"""Case stories. All of them are invented and say so: no citizen's own story belongs in example data."""

from datetime import date
from typing import Any

from django.utils import timezone

from projects.actions.stories import approve_story, read_story, save_story
from projects.enums import StoryState
from projects.models import CaseStory, Project
from reports.management.demo_data.files import Files, project, user

WRITER, READER = "sagsbehandler", "leder"


def load_stories(files: Files) -> None:
    for row in files.read("projects")["stories"]:
        owner = project(row["project"])
        if not CaseStory.objects.filter(project=owner, title=row["title"]).exists():
            load_story(owner, row)


def load_story(owner: Project, row: dict[str, Any]) -> None:
    """Store the story, read and approved unless its `state` is an earlier one."""
    told = {name: row[name] for name in ("title", "situation", "effort", "result", "consent_note")}
    # A story has its day, and the demo data are loaded on any day.
    until = date(timezone.localdate().year + row["years"], 12, 31)
    story = save_story(story=None, project=owner, values={**told, "expires_on": until}, by=user(WRITER))
    story.example_note = row["example_note"]
    story.save(update_fields=["example_note"])
    if row.get("state") != StoryState.DRAFT:
        approve_story(story=read_story(story=story, by=user(READER)), by=user(READER))
