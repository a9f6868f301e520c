"""The committee's questions as the note prints them, until they are closed."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from projects.queries.follow_ups import open_before
from reports.facts.parts import FollowUpFact


def follow_up_facts(committee_id: int, meeting: date, project_ids: Iterable[int]) -> tuple[FollowUpFact, ...]:
    """Return what was asked at earlier meetings about the note's projects and is not closed. One query."""
    return tuple(
        FollowUpFact(
            project_code=row.project.code,
            project=row.project.name,
            kind=str(row.get_kind_display()),
            text=row.text,
            meeting_date=row.meeting.date,
            due_on=row.due_on,
            answer=row.answer,
            answered_on=timezone.localdate(row.answered_at) if row.answered_at else None,
            example=row.example_note,
        )
        for row in open_before(committee_id, meeting, project_ids)
    )
