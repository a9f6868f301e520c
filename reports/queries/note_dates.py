"""Which day each note bears. `projects` asks through the settings (NOTE_DATES), for it knows no notes."""

from collections.abc import Collection
from datetime import date

from reports.models import StatusNote


def note_dates(meeting_ids: Collection[int]) -> dict[int, date]:
    """Return the notes' dates by their meeting's id. One query."""
    return dict(StatusNote.objects.filter(meeting__in=meeting_ids).values_list("meeting_id", "dated"))
