"""Who uses a record of a code list, and what administrators did lately."""

from collections.abc import Collection

from django.db import models

from projects.enums import Subject
from projects.models import Event
from projects.queries.timeline import TimelineEntry, timeline

KEPT_BY_ADMINISTRATORS = frozenset(
    {
        *(Subject.USER, Subject.UNIT, Subject.COMMITTEE, Subject.MEETING, Subject.ROUND),
        *(Subject.GOAL, Subject.TRACK, Subject.TARGET_GROUP, Subject.LEGAL_BASIS, Subject.BENEFIT, Subject.FTE_RATE),
        Subject.NOTE_TEMPLATE,
    }
)


def recent_changes(subjects: Collection[Subject] = KEPT_BY_ADMINISTRATORS, count: int = 12) -> list[TimelineEntry]:
    """Return the latest changes, newest first. One query."""
    return timeline(Event.objects.filter(subject__in=subjects).select_related("actor")[:count])


def protecting_uses(record: models.Model) -> list[models.Model]:
    """Return the objects that have chosen the record among several; the database would silently take it from them.

    One query per relation. Plain foreign keys are not asked: those the database itself protects.
    """
    relations = [relation for relation in record._meta.related_objects if relation.many_to_many]
    return [
        user for relation in relations for user in getattr(record, relation.get_accessor_name() or "").all().iterator()
    ]
