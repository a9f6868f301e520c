"""Which day each month's statuses are to be true of: the date of the note they go into."""

from datetime import date

from reports.models import StatusNote


def note_dates() -> dict[tuple[int, date], date]:
    """Return the notes' dates by (committee id, month), through the round each note's meeting asks for. One query."""
    notes = StatusNote.objects.exclude(meeting__rounds=None)
    return {
        (committee_id, month): dated
        for committee_id, month, dated in notes.values_list("meeting__committee_id", "meeting__rounds__month", "dated")
    }
