"""Who has written in a letter."""

from django.db.models import QuerySet

from projects.enums import Subject
from projects.models import Event
from reports.models import Letter


def changes_of(letter: Letter) -> QuerySet[Event]:
    """Return what was changed in the letter and its questions, newest first. One query."""
    # An issued paper shares the kind of subject, but is never changed.
    return Event.objects.about(Subject.PAPER, letter.pk).filter(verb="changed")


def last_writer(letter: Letter) -> str:
    """Return who saved the letter last. One query."""
    event = changes_of(letter).first()
    return str(event.actor) if event else ""
