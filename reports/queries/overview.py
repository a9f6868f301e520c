"""Reads for the overview: the projects with their month, and what can be chosen between."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from projects.enums import Role, SnapshotState
from projects.models import (
    BudgetLine,
    OrgUnit,
    Pool,
    PoolYear,
    Posting,
    Project,
    Proposal,
    StatusRound,
    StatusSnapshot,
    User,
)
from projects.models.projects import ProjectQuerySet
from projects.months import first_of_month
from projects.queries.snapshots import SENT

# Those who work with statuses see what is sent in; others what is approved.
_SEE_SENT = {Role.MANAGER, Role.SECRETARY, Role.CASEWORKER, Role.ADMINISTRATOR}


def told_states(user: User) -> tuple[SnapshotState, ...]:
    """Return the states a status may be in for its lights to be shown to the user. Drafts never are."""
    return SENT if user.role_set & _SEE_SENT else (SnapshotState.APPROVED,)


def overview_projects(user: User, month: date) -> ProjectQuerySet:
    """Return the projects the user may see, with the month's newest state and the overall light that is told.

    `month_state` is None when nobody has begun, `told_light` None when nothing is told yet.
    """
    revisions = StatusSnapshot.objects.filter(project=OuterRef("pk"), month=month).order_by("-revision")
    told = revisions.filter(state__in=told_states(user))
    projects: ProjectQuerySet = Project.objects.for_user(user).annotate(
        month_state=Subquery(revisions.values("state")[:1]),
        told_light=Subquery(told.values("light_overall")[:1]),
    )
    return projects


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
    granted = BudgetLine.objects.order_by().values_list("year", flat=True)
    posted = Posting.objects.order_by().annotate(year=ExtractYear("posted_on")).values_list("year", flat=True)
    return sorted(frames.union(granted, posted), reverse=True)


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


@dataclass(frozen=True)
class YearMoney:
    """All the projects' money in one year. None: nothing is known for it."""

    year: int
    granted: Decimal | None
    spent: Decimal | None
    projects: int


def year_money(project_ids: Iterable[int], year: int | None) -> list[YearMoney]:
    """Return the projects' money by year, oldest first. Two queries."""
    ids = list(project_ids)
    lines = BudgetLine.objects.filter(project__in=ids).order_by()
    postings = Posting.objects.filter(project__in=ids).order_by().annotate(year=ExtractYear("posted_on"))
    granted = list(lines.values_list("project_id", "year").annotate(Sum("amount")))
    spent = list(postings.values_list("project_id", "year").annotate(Sum("amount")))
    years = sorted({row[1] for row in (*granted, *spent)} if year is None else {year})
    return [
        YearMoney(
            one,
            _sum(amount for _project, at, amount in granted if at == one),
            _sum(amount for _project, at, amount in spent if at == one),
            len({project for project, at, _amount in (*granted, *spent) if at == one}),
        )
        for one in years
    ]


def _sum(amounts: Iterable[Decimal]) -> Decimal | None:
    known = list(amounts)
    return sum(known, Decimal(0)) if known else None


def pool_years(pools: QuerySet[Pool], year: int | None) -> list[PoolYear]:
    """Return the pools' frames with pool and committee, newest pool first. One query."""
    frames = PoolYear.objects.filter(pool__in=pools).select_related("pool__committee", "pool__unit")
    if year is not None:
        frames = frames.filter(year=year)
    return list(frames.order_by("-pool__code", "year"))


def proposal_ids(pools: Iterable[Pool]) -> dict[tuple[str, int], int]:
    """Return the proposals' ids by pool code and number, as findings name them. One query."""
    rows = Proposal.objects.filter(pool__in=list(pools)).annotate(code=F("pool__code"))
    return {(code, number): pk for code, number, pk in rows.values_list("code", "number", "pk")}
