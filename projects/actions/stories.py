"""Case stories: written, read by another, approved, and taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.actions.mail import mail_text, queue_mail
from projects.enums import MailKind, StoryState, Subject
from projects.models import CaseStory, Event, Project, User
from projects.queries.duties import managers_today, writers_today
from projects.rules.snapshots import check_reason
from projects.rules.stories import check_return, check_second_person, check_step, check_story
from projects.rules.text import check_no_cpr

TEXTS = ("title", "situation", "effort", "result", "consent_note")


@transaction.atomic
def save_story(*, story: CaseStory | None, project: Project, values: Mapping[str, Any], by: User) -> CaseStory:
    """Store a new or changed story as a draft written by `by`; the same content changes nothing. Raises cpr."""
    for name in TEXTS:
        check_no_cpr(values[name])
    wanted = {name: values[name] for name in (*TEXTS, "expires_on")}
    if story is None:
        story = CaseStory.objects.create(project=project, written_by=by, **wanted)
        written = _record(story, "story_written", by, _("The case story “%(title)s” was written"))
        _ask_for_a_reader(story, written)
        return story
    locked = _locked(story)
    was_waiting = locked.state == StoryState.DRAFT and _is_whole(locked)
    changes = changed_fields(locked, wanted)
    if not changes:
        return locked
    for name, value in wanted.items():
        setattr(locked, name, value)
    locked.state, locked.written_by, locked.read_by, locked.approved_by = StoryState.DRAFT, by, None, None
    locked.returned_by, locked.return_reason = None, ""
    locked.save()
    # What stood there may be why it was changed: the event says which fields, and not what they said.
    said = [(label, "", "") for label, _before, _after in changes]
    words = _("The case story “%(title)s” was changed and is to be read anew")
    changed = _record(locked, "story_changed", by, words, said)
    if not was_waiting:
        _ask_for_a_reader(locked, changed)
    return locked


@transaction.atomic
def read_story(*, story: CaseStory, by: User) -> CaseStory:
    """Say that another person has read the story and recognises nobody.

    Raises ValidationError: step, own_story, and by field what is missing.
    """
    locked = _locked_for_second(story, by, needed=StoryState.DRAFT)
    locked.state, locked.read_by = StoryState.READ, by
    locked.save()
    _record(locked, "story_read", by, _("The case story “%(title)s” was read by another person"))
    return locked


@transaction.atomic
def approve_story(*, story: CaseStory, by: User) -> CaseStory:
    """Let the story be told until its day. Raises ValidationError: step, own_story, and by field what is missing."""
    locked = _locked_for_second(story, by, needed=StoryState.READ)
    locked.state, locked.approved_by = StoryState.APPROVED, by
    locked.save()
    _record(locked, "story_approved", by, _("The case story “%(title)s” was approved"))
    return locked


@transaction.atomic
def return_story(*, story: CaseStory, reason: str, by: User) -> CaseStory:
    """Send the story back to its author. Raises ValidationError: step, own_story, reason_missing, cpr."""
    locked = _locked(story)
    check_return(state=locked.state)
    check_second_person(author_id=locked.written_by_id, person_id=by.pk)
    check_no_cpr(reason)
    locked.return_reason = check_reason(reason)
    locked.state, locked.read_by, locked.returned_by = StoryState.RETURNED, None, by
    locked.save()
    # The reason may say who can be recognised: it is kept with the story, and goes with it.
    returned = _record(locked, "story_returned", by, _("The case story “%(title)s” was returned"))
    _tell(locked, returned, writers_today(locked.project) - {by})
    return locked


@transaction.atomic
def delete_story(*, story: CaseStory, by: User) -> None:
    """Delete the story for good: a consent that is taken back leaves nothing."""
    locked = _locked(story)
    _record(locked, "story_deleted", by, _("The case story “%(title)s” was deleted"))
    locked.delete()


def _locked_for_second(story: CaseStory, by: User, *, needed: StoryState) -> CaseStory:
    """Return the story, whole and in the state needed, for another person than its author to go on with."""
    locked = _locked(story)
    check_step(state=locked.state, needed=needed)
    check_second_person(author_id=locked.written_by_id, person_id=by.pk)
    _check_whole(locked)
    return locked


def _check_whole(story: CaseStory) -> None:
    texts = {name: getattr(story, name) for name in TEXTS}
    check_story(texts=texts, expires_on=story.expires_on, today=timezone.localdate())


def _is_whole(story: CaseStory) -> bool:
    try:
        _check_whole(story)
    except ValidationError:
        return False
    return True


def _ask_for_a_reader(story: CaseStory, event: Event) -> None:
    """Tell the nearest managers that the story waits for somebody else than its author, once it is whole."""
    if _is_whole(story):
        _tell(story, event, managers_today(story.project, except_for=[story.written_by_id]))


def _tell(story: CaseStory, event: Event, people: Iterable[User]) -> None:
    """Queue a mail to each. Neither the story's words nor the reason leave the house: they may give somebody away."""
    path = reverse("projects:story-show", args=[story.project.code, story.pk])
    context = {"story": story, "by": event.actor, "link": settings.SITE_URL + path}
    subject = {
        StoryState.DRAFT: _("A case story of “%(project)s” waits for a second reader"),
        StoryState.RETURNED: _("A case story of “%(project)s” was returned"),
    }[StoryState(story.state)]
    for user in sorted(people, key=lambda user: user.pk):
        queue_mail(
            key=f"{MailKind.STORY.value}/{event.pk}/{user.pk}",
            kind=MailKind.STORY,
            recipient=user,
            subject=subject % {"project": story.project.name},
            body=mail_text("mail/story.txt", {**context, "user": user}),
        )


def _locked(story: CaseStory) -> CaseStory:
    return CaseStory.objects.select_for_update().get(pk=story.pk)


def _record(story: CaseStory, verb: str, by: User, words: str, changes: Iterable[Change] = ()) -> Event:
    return record_event(
        subject=Subject.PROJECT,
        subject_id=story.project_id,
        verb=verb,
        actor=by,
        summary=words % {"title": story.title},
        changes=changes,
        project=story.project,
    )
