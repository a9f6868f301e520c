"""R20: projects nobody has told of, or nobody is there to tell of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from projects.enums import ProjectState
from projects.models import Project, ProjectAssignment, StatusRound, StatusSnapshot
from projects.models.people import valid_on
from projects.models.projects import ProjectQuerySet
from projects.months import last_day
from projects.queries.absences import Attendance, done_by
from projects.queries.round_statuses import FirstOfMonth
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


def silent_projects(projects: ProjectQuerySet, *, except_for: Iterable[Months] = ()) -> ProjectQuerySet:
    """Return the projects `silence_notices` has something to say of, for the database to find. No query of its own."""
    today = timezone.localdate()
    is_running = (Q(ends_on__isnull=True) | Q(ends_on__gte=today)) & ~Q(state=ProjectState.CLOSED)
    somebody = ProjectAssignment.objects.filter(valid_on(today)).values("project_id")
    nobody_there = Q(pk__in=somebody) & ~Q(pk__in=done_by(today).values("project_id"))
    unattended: Any = projects.filter(is_running & nobody_there).order_by().values("pk")
    # One set of both: SQLite works out each side of an "or" twice.
    return projects.filter(pk__in=_untold(projects, today, except_for).union(unattended))


def silent_beside(rounds: Iterable[StatusRound], projects: ProjectQuerySet) -> ProjectQuerySet:
    """Return the silent of those that go on, leaving out what the open `rounds` ask for now. No query of its own."""
    return silent_projects(projects.exclude(state=ProjectState.CLOSED), except_for=months_of(rounds))


def months_of(rounds: Iterable[StatusRound]) -> set[Months]:
    """Return the months the rounds ask for, of each committee."""
    return {(item.committee_id, item.month) for item in rounds}


def _untold(projects: ProjectQuerySet, today: date, except_for: Iterable[Months]) -> Any:
    """Return a subquery of those with months whose status was due before today and nobody has begun."""
    due = FilteredRelation("committee__rounds", condition=Q(committee__rounds__caseworker_due__lt=today))
    # One set for all projects, not a question to each: PostgreSQL then holds the months against the told ones at once.
    rows: Any = projects.exclude(state=ProjectState.PLANNED).annotate(due=due, due_month=F("due__month"))
    told = StatusSnapshot.objects.filter(project=OuterRef("pk"), month=OuterRef("due_month"))
    rows = rows.filter(due_month__gte=FirstOfMonth("starts_on")).filter(~Exists(told))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("due_month")))
    for committee_id, month in except_for:
        rows = rows.exclude(committee=committee_id, due_month=month)
    counted = rows.order_by().values("pk").annotate(months=Count("due_month"))
    return counted.filter(months__gte=max(settings.MONTHS_WITHOUT_STATUS, 1)).values("pk")


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
