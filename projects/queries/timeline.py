"""What happened, as a timeline shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import Event

SAVED = "saved"


@dataclass(frozen=True)
class TimelineEntry:
    """`title` is the sentence stored with the event, `changes` are (label, from, to) with "" for empty.

    `parts` are the saves that are told as one, newest first; none for what is one event.
    """

    at: datetime
    actor_name: str
    title: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    parts: "tuple[TimelineEntry, ...]" = ()


def timeline(events: Iterable[Event]) -> list[TimelineEntry]:
    """Return the events in the order given; what one person saved in one thing on one day, one after another, as one.

    No query beyond the events' own, when they come with their actors.
    """
    return [_told_once([_entry(event) for event in together]) for _key, together in groupby(events, _saved_together)]


def _saved_together(event: Event) -> tuple[object, ...]:
    if event.verb != SAVED:
        return (event.pk,)
    return saved_together(event.subject, event.subject_id, event.actor_id, event.at)


def saved_together(subject: str, subject_id: int, actor_id: int | None, at: datetime) -> tuple[object, ...]:
    """Return what saves that follow one another must share to be told as one."""
    return SAVED, subject, subject_id, actor_id, timezone.localtime(at).date()


def _entry(event: Event) -> TimelineEntry:
    return TimelineEntry(
        at=event.at,
        actor_name=str(event.actor) if event.actor else "",
        title=event.summary or f"{event.get_subject_display()}: {event.verb}",
        reason=event.reason,
        changes=tuple((_capital(str(label)), before or "", after or "") for label, before, after in event.changes),
    )


def _told_once(entries: Sequence[TimelineEntry]) -> TimelineEntry:
    """Return entries that follow one another, newest first, as one: from the first before to the last after."""
    newest = entries[0]
    if len(entries) == 1:
        return newest
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for entry in reversed(entries):
        for label, old, new in entry.changes:
            before.setdefault(label, old)
            after[label] = new
    changes = tuple((label, before[label], after[label]) for label in before if before[label] != after[label])
    title = _("%(title)s (%(number)s times)") % {"title": newest.title, "number": len(entries)}
    return TimelineEntry(newest.at, newest.actor_name, title, newest.reason, changes, tuple(entries))


def _capital(text: str) -> str:
    """Field names are stored as forms write them inside a sentence; here they begin a line."""
    return text[:1].upper() + text[1:]
