"""R20: projects nobody has told of, or nobody is there to tell of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone

from projects.enums import ProjectState
from projects.models import Project, StatusRound, StatusSnapshot
from projects.months import last_day
from projects.queries.absences import Attendance
from projects.queries.rounds import caseworkers_on
from projects.rules.absences import silent_months
from projects.rules.notices import Notice
from projects.rules.snapshots import missing_status_notice

Months = tuple[int, date]  # (committee id, month)


def silence_notices(projects: Iterable[Project], *, except_for: Iterable[Months] = ()) -> dict[int, Notice]:
    """Return R20 by project id: months whose deadline has passed without a status, or nobody there to write.

    `except_for` are months that are spoken of elsewhere. Five queries, however many projects.
    """
    today = timezone.localdate()
    asked = list(projects)
    rounds = _rounds_past(today, set(except_for))
    told = _told(asked)
    people = caseworkers_on([project.pk for project in asked], today)
    attendance = Attendance(today)
    found = {}
    for project in asked:
        expected = [month for month in rounds[project.committee_id] if _expects_status(project, month)]
        notice = missing_status_notice(
            project=project.name,
            missing=silent_months(expected, told[project.pk], fewest=settings.MONTHS_WITHOUT_STATUS),
            is_on_leave=_is_running(project, today)
            and attendance.is_unattended(people.get(project.pk, ()), project.pk),
        )
        if notice is not None:
            found[project.pk] = notice
    return found


def _rounds_past(today: date, except_for: set[Months]) -> dict[int, list[date]]:
    """Return the months whose statuses were due before today, oldest first, by committee. One query."""
    months: dict[int, list[date]] = defaultdict(list)
    rows = StatusRound.objects.filter(caseworker_due__lt=today).order_by("month")
    for key in rows.values_list("committee_id", "month"):
        if key not in except_for:
            months[key[0]].append(key[1])
    return months


def _told(projects: Sequence[Project]) -> dict[int, set[date]]:
    """Return the months somebody has begun to tell of, by project. One query."""
    months: dict[int, set[date]] = defaultdict(set)
    for project_id, month in StatusSnapshot.objects.filter(project__in=projects).values_list("project_id", "month"):
        months[project_id].add(month)
    return months


def _expects_status(project: Project, month: date) -> bool:
    if project.state == ProjectState.PLANNED or project.starts_on > last_day(month):
        return False
    return project.ends_on is None or project.ends_on >= month


def _is_running(project: Project, today: date) -> bool:
    has_ended = project.ends_on is not None and project.ends_on < today
    return project.state != ProjectState.CLOSED and not has_ended
