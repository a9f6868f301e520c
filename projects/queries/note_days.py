"""Which day a month's figures are held against: the date of the note they go into."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from projects.models import StatusRound
from projects.rules.snapshots import NoteDay

Months = Collection[tuple[int, date]]  # (committee id, month)


def note_days(months: Months) -> dict[tuple[int, date], NoteDay]:
    """Return the day of each month's note; none for a month nobody has opened a round for. Two queries.

    Until somebody has begun the note, it is the day it is to be ready.
    """
    wanted = set(months)
    rounds = StatusRound.objects.filter(
        committee__in={committee_id for committee_id, _month in wanted}, month__in={month for _id, month in wanted}
    )
    rows = list(rounds.values_list("committee_id", "month", "meeting_id", "secretary_due"))
    meetings = {meeting_id for _committee, _month, meeting_id, _due in rows if meeting_id is not None}
    dated = import_string(settings.NOTE_DATES)(meetings) if meetings else {}
    return {
        (committee_id, month): NoteDay(dated.get(meeting_id) or due, is_planned=meeting_id not in dated)
        for committee_id, month, meeting_id, due in rows
        if (committee_id, month) in wanted
    }
