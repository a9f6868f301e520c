"""Reads for the overview: the projects with their month, and what can be chosen between."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from projects.enums import Dimension, Light, ProjectState, Role, SnapshotState
from projects.models import (
    OrgUnit,
    Pool,
    PoolYear,
    Project,
    ProjectYear,
    Proposal,
    StatusRound,
    StatusSnapshot,
    User,
)
from projects.models.projects import ProjectQuerySet
from projects.months import first_of_month, last_day, previous_month
from projects.queries.rounds import MISSING, UNSENT
from projects.queries.snapshots import SENT

NOT_DUE, LATE = "not_due", "late"
BETTER, WORSE = "better", "worse"
_FROM_GREEN = (Light.GREEN, Light.YELLOW, Light.RED)

# Those who work with statuses see what is sent in; others what is approved.
_SEE_SENT = {Role.MANAGER, Role.SECRETARY, Role.CASEWORKER, Role.ADMINISTRATOR}


def told_states(user: User) -> tuple[SnapshotState, ...]:
    """Return the states a status may be in for its lights to be shown to the user. Drafts never are."""
    return SENT if user.role_set & _SEE_SENT else (SnapshotState.APPROVED,)


def overview_projects(user: User, month: date) -> ProjectQuerySet:
    """Return the projects the user may see, with how each stands in the month.

    `month_state` is the newest revision's, None when nobody has begun; `state_now` is that, "missing" or "not_due".
    `told_light` and `before_light` are the overall lights that are told, of the month and of the one before, None
    when nothing is. `due` is the day statuses were due (None: no round), `is_late` whether one is overdue today.
    """
    projects: ProjectQuerySet = Project.objects.for_user(user).annotate(
        month_state=Subquery(_revisions(month).values("state")[:1]),
        told_light=told_light(user, month),
        before_light=told_light(user, previous_month(month)),
        due=Subquery(
            StatusRound.objects.filter(month=month, committee=OuterRef("committee")).values("caseworker_due")[:1]
        ),
    )
    return projects.annotate(
        state_now=Case(
            When(month_state__isnull=False, then=F("month_state")),
            When(_owes(month) & Q(due__isnull=False), then=Value(MISSING)),
            default=Value(NOT_DUE),
        )
    ).annotate(is_late=Q(state_now__in=UNSENT, due__lt=timezone.localdate()))


def told_light(user: User, month: date, dimension: Dimension = Dimension.OVERALL) -> Subquery:
    """Return the light of the month's newest revision that the user is told of, as a subquery on projects."""
    told = _revisions(month).filter(state__in=told_states(user))
    return Subquery(told.values(f"light_{dimension.value}")[:1])


def _revisions(month: date) -> QuerySet[StatusSnapshot]:
    return StatusSnapshot.objects.filter(project=OuterRef("pk"), month=month).order_by("-revision")


def _owes(month: date) -> Q:
    """What `rounds.owes_status` says of one project, for the database to say of many."""
    runs = Q(starts_on__lte=last_day(month)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=month))
    return runs & ~Q(state=ProjectState.CLOSED)


def state_counts(projects: Any) -> dict[str, int]:
    """Return how many of `overview_projects` stand how, and under "late" how many are overdue. One query."""
    rows = projects.order_by().values_list("state_now", "is_late").annotate(Count("pk"))
    counts: dict[str, int] = defaultdict(int)
    for state, is_late, count in rows:
        counts[state] += count
        counts[LATE] += count if is_late else 0
    return counts


def changed_lights(projects: ProjectQuerySet) -> tuple[int, int]:
    """Return how many overall lights of `overview_projects` are worse and better than the month before. One query."""
    counts = projects.aggregate(
        worse=Count("pk", filter=light_moved(WORSE)), better=Count("pk", filter=light_moved(BETTER))
    )
    return counts["worse"], counts["better"]


def light_moved(way: str) -> Q:
    """Return the condition that the overall light moved away from green ("worse") or towards it ("better")."""
    found = Q(pk__in=[])
    for place, light in enumerate(_FROM_GREEN):
        for worse in _FROM_GREEN[place + 1 :]:
            before, now = (light, worse) if way == WORSE else (worse, light)
            found |= Q(before_light=before, told_light=now)
    return found


def revisions_of(project_ids: Iterable[int], months: Iterable[date]) -> dict[tuple[int, date], list[StatusSnapshot]]:
    """Return every revision by project and month, oldest first. One query."""
    found: dict[tuple[int, date], list[StatusSnapshot]] = defaultdict(list)
    rows = StatusSnapshot.objects.filter(project__in=list(project_ids), month__in=list(months))
    for snapshot in rows.order_by("revision"):
        found[snapshot.project_id, snapshot.month].append(snapshot)
    return found


def month_choices() -> tuple[list[date], date]:
    """Return the months with a round or a status, newest first, and the one to show when none is chosen. Two queries.

    That is the newest open round's month, else the newest with a status, else this month.
    """
    rounds = list(StatusRound.objects.order_by().values_list("month", "closed_at"))
    told = set(StatusSnapshot.objects.order_by().values_list("month", flat=True).distinct())
    open_months = {month for month, closed_at in rounds if closed_at is None}
    usual = max(open_months or told, default=first_of_month(timezone.localdate()))
    return sorted({usual, *told, *(month for month, _closed in rounds)}, reverse=True), usual


def money_years() -> list[int]:
    """Return the years with a frame, a grant or a posting, newest first. One query."""
    frames = PoolYear.objects.order_by().values_list("year", flat=True)
    with_money = ProjectYear.objects.order_by().values_list("year", flat=True)
    return sorted(frames.union(with_money), reverse=True)


@dataclass(frozen=True)
class UnitChoice:
    unit_id: int
    name: str
    depth: int


def unit_choices(projects: ProjectQuerySet) -> list[UnitChoice]:
    """Return the units that hold the projects and all above them, as a tree in order. Two queries."""
    units = OrgUnit.objects.in_bulk()
    wanted: set[int] = set()
    for unit_id in projects.order_by().values_list("unit", flat=True).distinct():
        step: int | None = unit_id
        while step is not None and step not in wanted:
            wanted.add(step)
            step = units[step].parent_id
    children: dict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in sorted((units[pk] for pk in wanted), key=lambda unit: unit.name):
        children[unit.parent_id].append(unit)
    return _branch(children, None, 0)


def _branch(children: dict[int | None, list[OrgUnit]], parent: int | None, depth: int) -> list[UnitChoice]:
    found = []
    for unit in children[parent]:
        found.append(UnitChoice(unit.pk, unit.name, depth))
        found += _branch(children, unit.pk, depth + 1)
    return found


def pool_years(pools: QuerySet[Pool], year: int | None) -> list[PoolYear]:
    """Return the pools' frames with pool and committee, newest pool first. One query."""
    frames = PoolYear.objects.filter(pool__in=pools).select_related("pool__committee", "pool__unit")
    if year is not None:
        frames = frames.filter(year=year)
    return list(frames.order_by("-pool__code", "year"))


def pools_seen_whole(user: User, pool_ids: Iterable[int]) -> set[int]:
    """Return the pools of which the user sees every project. At most two queries."""
    asked = set(pool_ids)
    hidden = Project.objects.filter(pool__in=asked).exclude(pk__in=Project.objects.for_user(user).values("pk"))
    return asked - set(hidden.order_by().values_list("pool", flat=True).distinct())


def proposal_ids(pools: Iterable[Pool]) -> dict[tuple[str, int], int]:
    """Return the proposals' ids by pool code and number, as findings name them. One query."""
    rows = Proposal.objects.filter(pool__in=list(pools)).annotate(code=F("pool__code"))
    return {(code, number): pk for code, number, pk in rows.values_list("code", "number", "pk")}
