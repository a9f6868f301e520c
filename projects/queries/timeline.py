"""What happened, as a timeline shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from projects.models import Event


@dataclass(frozen=True)
class TimelineEntry:
    """`title` is the sentence stored with the event, `changes` are (label, from, to) with "" for empty."""

    at: datetime
    actor_name: str
    title: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


def timeline(events: Iterable[Event]) -> list[TimelineEntry]:
    """Return the events in the order given. No query beyond the events' own, when they come with their actors."""
    return [
        TimelineEntry(
            at=event.at,
            actor_name=str(event.actor) if event.actor else "",
            title=event.summary or f"{event.get_subject_display()}: {event.verb}",
            reason=event.reason,
            changes=tuple((_capital(str(label)), before or "", after or "") for label, before, after in event.changes),
        )
        for event in events
    ]


def _capital(text: str) -> str:
    """Field names are stored as forms write them inside a sentence; here they begin a line."""
    return text[:1].upper() + text[1:]
