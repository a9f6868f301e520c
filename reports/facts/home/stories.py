"""Case stories that wait: to be mended, or for a second reader, on the front page of those who act."""

from typing import Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.enums import StoryState
from projects.models import CaseStory, User
from projects.queries.stories import waiting_stories
from projects.rules.wording import number_word
from reports.facts.home.blocks import SHOWN, Block, Link, Task
from reports.facts.sentences import sentence


def story_blocks(user: User) -> list[Block]:
    """Return the stories that wait for the user as one block, none when none do. Two queries at most."""
    waiting: Any = waiting_stories(user, day=timezone.localdate()).annotate(number=Window(Count("pk")))
    first = list(waiting[:SHOWN])
    if not first:
        return []
    number = first[0].number
    text = ngettext("One case story waits for you.", "%(number)s case stories wait for you.", number)
    heading = sentence(text % {"number": number_word(number)})
    return [Block("stories", heading, tasks=tuple(map(_task, first)), waiting=number)]


def _task(story: CaseStory) -> Task:
    address = reverse("projects:story-show", args=[story.project.code, story.pk])
    notes = {
        StoryState.DRAFT: _("Another than its author must read it: can anybody be recognised?"),
        StoryState.READ: _("It has been read by another, and waits for your approval."),
        StoryState.RETURNED: _("Returned by %(name)s.") % {"name": story.returned_by},
    }
    words = {
        StoryState.DRAFT: _("Read it"),
        StoryState.READ: _("Read and approve"),
        StoryState.RETURNED: _("See the reason and mend it"),
    }
    state = StoryState(story.state)
    note = f"{story.project.name}. {notes[state]}"
    return Task(
        title=story.title,
        note=f"{note} {story.example_note}".strip(),
        link=Link(address, words[state]),
        quote=story.return_reason,
        state=story.state if state == StoryState.RETURNED else "",
        state_label=str(state.label) if state == StoryState.RETURNED else "",
    )
