"""The one way an event is recorded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils import timezone

from projects.enums import Subject
from projects.models import Event, Project, User

Change = tuple[str, Any, Any]
_waiting: ContextVar[list[Event] | None] = ContextVar("events that are stored together at the end", default=None)


@contextmanager
def events_together() -> Iterator[None]:
    """Store at the end, in their order, the events recorded meanwhile; none of them after an error.

    For an action that is made of many, inside one transaction. Until then the events have no id.
    """
    waiting: list[Event] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    Event.objects.bulk_create(waiting)


def record_event(
    *,
    subject: Subject,
    subject_id: int,
    verb: str,
    actor: User | None,
    summary: str = "",
    changes: Iterable[Change] = (),
    reason: str = "",
    project: Project | None = None,
) -> Event:
    """Store who did what. `changes` are (label, before, after); values are kept as people read them, None as "".

    `verb` is an English word the timeline translates. Call inside the transaction of the change itself.
    """
    event = Event(
        subject=subject,
        subject_id=subject_id,
        verb=verb,
        actor=actor,
        summary=summary,
        changes=[[str(label), as_text(before), as_text(after)] for label, before, after in changes],
        reason=reason,
        project=project,
        at=timezone.now(),
    )
    waiting = _waiting.get()
    if waiting is None:
        event.save(force_insert=True)
    else:
        waiting.append(event)
    return event


def changed_fields(instance: models.Model, values: dict[str, Any]) -> list[Change]:
    """Return (label, before, after) for the fields of the instance that the values would change."""
    changes: list[Change] = []
    for name, after in values.items():
        before = getattr(instance, name)
        if before != after:
            label = getattr(instance._meta.get_field(name), "verbose_name", name)
            changes.append((str(label), before, after))
    return changes


def as_text(value: Any) -> str:
    return "" if value is None else str(value)
