"""What a published report may still say today. It was frozen; consent and a project's end are not."""

from dataclasses import replace
from datetime import date

from projects.enums import ProjectState
from projects.models import CaseStory, Project
from projects.queries.stories import printable_stories
from projects.rules.privacy import without_contacts
from reports.facts.papers.closing import ClosingFacts, StoryFact


def told_today(facts: ClosingFacts, project: Project, day: date) -> ClosingFacts:
    """Return the facts without stories whose consent has ended, and without whom to ask once the project has.

    A story is the same only while it says the same. One query, none without stories.
    """
    has_ended = project.state == ProjectState.CLOSED or (project.ends_on is not None and project.ends_on < day)
    told = printable_stories([project], day=day).get(project.pk, []) if facts.stories else []
    consented = {_words(story) for story in told}
    return replace(
        facts,
        stories=tuple(story for story in facts.stories if _words(story) in consented),
        contact=() if has_ended else facts.contact,
    )


def _words(story: StoryFact | CaseStory) -> tuple[str, ...]:
    """Return what the story says, whether contact details were taken out of it or not."""
    return tuple(without_contacts(text) for text in (story.title, story.situation, story.effort, story.result))
