"""An anonymised case story: who may take it how far, and until when it may be told."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import StoryState

LONGEST_YEARS = 3


def check_story(*, texts: Mapping[str, str], expires_on: date | None, today: date) -> None:
    """Raise ValidationError with one message per field that must be filled before the story can be read by another.

    required, expired (the day has passed), too_long (a consent is asked for again within three years).
    """
    errors = {
        name: ValidationError(_("Fill in this field before another person reads the story."), code="required")
        for name, text in texts.items()
        if not text.strip()
    }
    if expires_on is None:
        errors["expires_on"] = ValidationError(_("Until which day may the story be told?"), code="required")
    elif expires_on <= today:
        errors["expires_on"] = ValidationError(_("The day must lie ahead."), code="expired")
    elif expires_on > _latest(today):
        errors["expires_on"] = ValidationError(
            _("At most three years ahead, %(day)s: then the consent is asked for again."),
            code="too_long",
            params={"day": format_date(_latest(today))},
        )
    if errors:
        raise ValidationError(errors)


def _latest(today: date) -> date:
    try:
        return today.replace(year=today.year + LONGEST_YEARS)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year + LONGEST_YEARS, day=28)


def check_step(*, state: StoryState | str, needed: StoryState) -> None:
    """Raise step: a story is read before it is approved, and each only once."""
    if state == needed:
        return
    messages = {
        StoryState.DRAFT: _("The story must be read by another person first."),
        StoryState.READ: _("The story has been read already."),
        StoryState.RETURNED: _("The story was returned. It must be changed first."),
        StoryState.APPROVED: _("The story is approved already."),
    }
    raise ValidationError(messages[StoryState(state)], code="step")


def check_return(*, state: StoryState | str) -> None:
    """Raise step: only what waits for somebody is sent back. What is approved is changed or deleted instead."""
    if state not in {StoryState.DRAFT, StoryState.READ}:
        raise ValidationError(_("The story no longer waits to be read or approved."), code="step")


def check_second_person(*, author_id: int, person_id: int) -> None:
    """Raise own_story: four eyes, so nobody reads or approves their own story."""
    if author_id == person_id:
        raise ValidationError(_("You have written the story yourself. Another person must do this."), code="own_story")


def is_told(*, state: StoryState | str, expires_on: date | None, day: date) -> bool:
    """Return whether the story may be printed on the day: approved, and its day has not passed."""
    return state == StoryState.APPROVED and expires_on is not None and expires_on >= day
