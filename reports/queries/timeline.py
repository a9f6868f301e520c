"""A project's whole story: what happened in it, and which notes told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import Subject
from projects.models import Event, Project, StatusSnapshot
from projects.months import format_month
from projects.queries.timeline import SAVED, TimelineEntry, saved_together, timeline
from reports.models import NoteVersion

STATUS, NOTE, MONEY, PEOPLE, PROJECT = "status", "note", "money", "people", "project"
PEOPLE_VERBS = frozenset(
    {
        *("caseworker_assigned", "caseworker_ended", "handed_over", "reminded"),
        *("absence_added", "absence_changed", "absence_removed"),
    }
)
MONEY_SUBJECTS = frozenset({Subject.BUDGET_LINE, Subject.IMPORT, Subject.POOL})


@dataclass(frozen=True)
class Moment:
    """One thing in the story, not read in full yet. `events` are its events, newest first; none for a note.

    `month` is the status month it is about, None for what is about none.
    """

    at: datetime
    kind: str
    month: date | None
    events: tuple[int, ...] = ()
    note: TimelineEntry | None = None
    note_address: tuple[int, int] | None = None


def moments_of(project: Project) -> list[Moment]:
    """Return the story, newest first. What one person saved in one status on one day is one moment. Three queries."""
    months = dict(StatusSnapshot.objects.filter(project=project).values_list("pk", "month"))
    rows = Event.objects.filter(project=project).order_by("-at", "-pk")
    found: list[Moment] = []
    last: tuple[Any, ...] = ()
    for pk, at, verb, subject, subject_id, actor_id in rows.values_list(
        "pk", "at", "verb", "subject", "subject_id", "actor_id"
    ):
        key = saved_together(subject, subject_id, actor_id, at) if verb == SAVED else ()
        if key and key == last:
            found[-1] = Moment(found[-1].at, found[-1].kind, found[-1].month, (*found[-1].events, pk))
        else:
            month = months.get(subject_id) if subject == Subject.SNAPSHOT else None
            found.append(Moment(at, _kind(subject, verb), month, (pk,)))
        last = key
    return sorted([*found, *_notes(project)], key=lambda moment: moment.at, reverse=True)


def _kind(subject: str, verb: str) -> str:
    if subject == Subject.SNAPSHOT:
        return STATUS
    if subject in MONEY_SUBJECTS:
        return MONEY
    return PEOPLE if verb in PEOPLE_VERBS else PROJECT


def _notes(project: Project) -> Iterable[Moment]:
    """Yield which issued version used which status. One query."""
    used = NoteVersion.snapshots.through.objects.filter(statussnapshot__project=project)
    rows = used.values_list(
        "statussnapshot__month",
        "statussnapshot__revision",
        "noteversion__number",
        "noteversion__note_id",
        "noteversion__issued_at",
        "noteversion__issued_by__first_name",
        "noteversion__issued_by__last_name",
        "noteversion__note__meeting__committee__code",
        "noteversion__note__meeting__date",
    )
    for month, revision, number, note_id, at, first_name, last_name, committee, day in rows:
        title = _("The note to %(committee)s on %(day)s (version %(number)s) used %(month)s, revision %(revision)s")
        words = {"committee": committee, "day": format_date(day), "number": number, "month": format_month(month)}
        entry = TimelineEntry(at, f"{first_name} {last_name}".strip(), title % {**words, "revision": revision}, "", ())
        yield Moment(at, NOTE, month, note=entry, note_address=(note_id, number))


def read_moments(moments: Sequence[Moment]) -> list[tuple[Moment, TimelineEntry]]:
    """Return the moments with all there is to read of them. One query."""
    wanted = [pk for moment in moments for pk in moment.events]
    events = {event.pk: event for event in Event.objects.filter(pk__in=wanted).select_related("actor")}
    return [(moment, moment.note or timeline([events[pk] for pk in moment.events])[0]) for moment in moments]
