"""The committees' meetings with the rounds that lead to them, and what a meeting asks of whom by when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from projects.models import Committee, Meeting, StatusRound
from projects.months import last_day, previous_month
from projects.rules.calendar import Deadlines, closed_days, deadlines

MOST_EARLIER = 12
MOST_KNOWN = 60


@dataclass(frozen=True)
class MeetingRow:
    """A meeting (None: rounds that have none yet), its rounds by month, and what its deadlines would be today."""

    meeting: Meeting | None
    rounds: tuple[StatusRound, ...]

    @property
    def has_open_round(self) -> bool:
        return any(item.closed_at is None for item in self.rounds)


@dataclass(frozen=True)
class CommitteeMeetings:
    """`current` are meetings to come or with an open round, the first to come first; `earlier` the latest others."""

    committee: Committee
    current: tuple[MeetingRow, ...]
    earlier: tuple[MeetingRow, ...]


def committee_meetings() -> list[CommitteeMeetings]:
    """Return every committee with its meetings. Three queries."""
    today = timezone.localdate()
    rounds: dict[tuple[int, int | None], list[StatusRound]] = defaultdict(list)
    for item in StatusRound.objects.select_related("committee").order_by("month"):
        rounds[item.committee_id, item.meeting_id].append(item)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.select_related("committee").order_by("date"):
        meetings[meeting.committee_id].append(meeting)
    found = []
    for committee in Committee.objects.all():
        rows = [MeetingRow(each, tuple(rounds[committee.pk, each.pk])) for each in meetings[committee.pk]]
        current = [row for row in rows if _is_current(row, today)]
        earlier = [row for row in reversed(rows) if not _is_current(row, today)]
        if rounds[committee.pk, None]:
            current.append(MeetingRow(None, tuple(rounds[committee.pk, None])))
        found.append(CommitteeMeetings(committee, tuple(current), tuple(earlier[:MOST_EARLIER])))
    return found


def _is_current(row: MeetingRow, today: date) -> bool:
    return row.has_open_round or (row.meeting is not None and row.meeting.date >= today)


def meeting_deadlines(committee: Committee, day: date) -> Deadlines:
    """Return the deadlines of a meeting that day, by the committee's offsets and the municipality's days off."""
    return deadlines(day, committee.offsets, closed=closed_days(settings.CLOSED_DAYS))


def suggested_month(meeting: Meeting) -> date:
    """Return the month a meeting is usually told of: the one before it."""
    return previous_month(meeting.date)


def other_meeting_days(meeting: Meeting) -> set[date]:
    """Return the days on which the committee has another meeting. One query."""
    others = Meeting.objects.filter(committee=meeting.committee_id).exclude(pk=meeting.pk)
    return set(others.values_list("date", flat=True))


def open_rounds_of(meeting: Meeting) -> list[StatusRound]:
    """Return the meeting's rounds that are not closed, by month. One query."""
    found = StatusRound.objects.filter(meeting=meeting, closed_at__isnull=True).select_related("committee", "meeting")
    return list(found.order_by("month"))


@dataclass(frozen=True)
class KnownMeeting:
    """A meeting a status may refer to, with its items' (number, title). `is_ahead`: held after the month told of."""

    committee_id: int
    committee: str
    date: date
    is_ahead: bool
    items: tuple[tuple[str, str], ...]


def known_meetings(month: date) -> list[KnownMeeting]:
    """Return the newest meetings of every committee, newest first. Two queries."""
    rows = Meeting.objects.select_related("committee").prefetch_related("items").order_by("-date")[:MOST_KNOWN]
    return [
        KnownMeeting(
            committee_id=row.committee_id,
            committee=row.committee.code,
            date=row.date,
            is_ahead=row.date > last_day(month),
            items=tuple((item.number, item.title) for item in row.items.all()),
        )
        for row in rows
    ]
