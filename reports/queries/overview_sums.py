"""The overview's sums and counts, each computed by the database in one statement on the sums kept per project."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Sum
from django.db.models.functions import ExtractYear

from projects.enums import Light
from projects.models import BudgetLine, PoolYear, Posting, Project, ProjectYear, StatusSnapshot
from projects.models.projects import ProjectQuerySet
from projects.months import last_day
from projects.queries.rollups import MONEY


def with_money(projects: ProjectQuerySet, year: int | None) -> Any:
    """Return the projects with `money_granted`, `money_spent` …, of one year or of all. No query of its own."""
    if year is None:
        return projects.annotate(**{f"money_{name}": F(f"standing__{name}") for name in MONEY})
    chosen = FilteredRelation("money_years", condition=Q(money_years__year=year))
    with_year = projects.annotate(chosen_year=chosen)
    return with_year.annotate(**{f"money_{name}": F(f"chosen_year__{name}") for name in MONEY})


def narrowed(projects: ProjectQuerySet) -> Any:
    """Return a subquery of the projects' ids: what is added up joins nothing that could count an amount twice."""
    return projects.order_by().values("pk")


@dataclass(frozen=True)
class MoneySums:
    """Sums of what is known. `with_forecast` of `projects` have given a forecast; the rest are not in the sum."""

    projects: int
    granted: Decimal | None
    spent: Decimal | None
    rest: Decimal | None
    expected: Decimal | None
    deviation: Decimal | None
    with_forecast: int
    committed: Decimal | None = None


def _sums(year: int | None) -> dict[str, Any]:
    return {
        "count": Count("pk"),
        "granted": Sum("money_granted"),
        "spent": Sum("money_spent"),
        "committed": Sum("money_committed"),
        "rest": Sum("money_rest"),
        # Of one year the forecast itself; of all years with what was spent before it.
        "expected": Sum("money_expected" if year is None else "money_forecast"),
        "deviation": Sum("money_deviation"),
        "with_forecast": Count("money_forecast"),
    }


def _money_sums(row: dict[str, Any]) -> MoneySums:
    return MoneySums(
        projects=row["count"],
        granted=row["granted"],
        spent=row["spent"],
        rest=row["rest"],
        expected=row["expected"],
        deviation=row["deviation"],
        with_forecast=row["with_forecast"],
        committed=row["committed"],
    )


def total_money(projects: ProjectQuerySet, year: int | None) -> MoneySums:
    """Return what all the projects have together. One query."""
    base = with_money(Project.objects.filter(pk__in=narrowed(projects)), year)
    return _money_sums(base.aggregate(**_sums(year)))


@dataclass(frozen=True)
class GroupSums:
    """A group's sums. `pk` None: the projects that stand in none."""

    pk: int | None
    name: str
    sums: MoneySums


def grouped_money(projects: ProjectQuerySet, year: int | None, relation: str) -> list[GroupSums]:
    """Return the sums by a related row that has a name, for example "unit" or "proposal__goals". One query.

    A project with several goals stands under each: the groups then add up to more than the total.
    """
    base = with_money(Project.objects.filter(pk__in=narrowed(projects)), year)
    rows = base.order_by().values(group=F(relation), group_name=F(f"{relation}__name")).annotate(**_sums(year))
    return [GroupSums(row["group"], row["group_name"] or "", _money_sums(row)) for row in rows]


@dataclass(frozen=True)
class YearSums:
    """All the projects' money in one year. `granted` None: nothing is decided for it."""

    year: int
    granted: Decimal | None
    spent: Decimal
    projects: int
    committed: Decimal = Decimal(0)


def money_by_year(projects: ProjectQuerySet, year: int | None) -> list[YearSums]:
    """Return the projects' money by year, oldest first. One query."""
    rows = ProjectYear.objects.filter(project__in=narrowed(projects))
    rows = rows.filter(Q(granted__isnull=False) | ~Q(spent=0) | ~Q(committed=0))
    if year is not None:
        rows = rows.filter(year=year)
    found = (
        rows.order_by("year").values("year").annotate(Sum("granted"), Sum("spent"), Sum("committed"), Count("project"))
    )
    return [
        YearSums(row["year"], row["granted__sum"], row["spent__sum"], row["project__count"], row["committed__sum"])
        for row in found
    ]


@dataclass(frozen=True)
class FrameUse:
    """What has become of a frame in its year. `aside` is the part of `spent` that stands in no project yet.

    `elsewhere` is what the pool's projects have spent in years the pool has no frame for, by year: it stands at the
    newest frame before that year, or at the pool's first.
    """

    spent: Decimal = Decimal(0)
    aside: Decimal = Decimal(0)
    forecast: Decimal | None = None
    committed: Decimal = Decimal(0)
    elsewhere: tuple[tuple[int, Decimal], ...] = ()


def use_of_frames(frames: Sequence[PoolYear]) -> dict[int, FrameUse]:
    """Return what has become of each frame, by its id. Two queries.

    All the pool's projects count, also those in units the reader has nothing to do with: the frame is one. So do
    postings of the pool that are put aside until somebody says whose they are.
    """
    pools = {frame.pool_id for frame in frames}
    aside = dict[tuple[int | None, int], Decimal](
        ((pool, year), amount)
        for pool, year, amount in Posting.objects.filter(project__isnull=True, batch__pool__in=pools)
        .order_by()
        .values_list("batch__pool", ExtractYear("posted_on"))
        .annotate(Sum("amount"))
    )
    of_year = PoolYear.objects.filter(pool=OuterRef("project__pool"), year=OuterRef("year"))
    rows = ProjectYear.objects.filter(project__pool__in=pools).order_by().annotate(has_frame=Exists(of_year))
    found, elsewhere = {}, defaultdict[int | None, dict[int, Decimal]](dict)
    for pool, year, has_frame, *sums in rows.values_list("project__pool", "year", "has_frame").annotate(
        Sum("spent"), Sum("forecast"), Sum("committed")
    ):
        if has_frame:
            found[pool, year] = sums
        elif sums[0]:
            elsewhere[pool][year] = sums[0]
    uses = {}
    for frame in frames:
        spent, forecast, committed = found.get((frame.pool_id, frame.year), (Decimal(0), None, Decimal(0)))
        unplaced = aside.get((frame.pool_id, frame.year), Decimal(0))
        uses[frame.pk] = FrameUse(spent + unplaced, unplaced, forecast, committed, _elsewhere(frame, frames, elsewhere))
    return uses


def _elsewhere(
    frame: PoolYear, frames: Sequence[PoolYear], spent: Mapping[int | None, Mapping[int, Decimal]]
) -> tuple[tuple[int, Decimal], ...]:
    """Return what stands at this frame of the years that have none."""
    years = sorted(each.year for each in frames if each.pool_id == frame.pool_id)
    belongs = {year: max((each for each in years if each < year), default=years[0]) for year in spent[frame.pool_id]}
    return tuple((year, amount) for year, amount in sorted(spent[frame.pool_id].items()) if belongs[year] == frame.year)


@dataclass(frozen=True)
class MonthLights:
    """How many overall lights of each colour were told for a month."""

    month: date
    green: int
    yellow: int
    red: int


def lights_by_month(projects: ProjectQuerySet, states: Sequence[str], first: date, last: date) -> list[MonthLights]:
    """Return the told lights month by month, of each project's newest told revision. One query."""
    told = StatusSnapshot.objects.filter(month__gte=first, month__lte=last, state__in=states)
    newer = StatusSnapshot.objects.filter(
        project=OuterRef("project"), month=OuterRef("month"), state__in=states, revision__gt=OuterRef("revision")
    )
    rows = told.filter(~Exists(newer), project__in=narrowed(projects)).order_by("month").values("month")
    counts = {light: Count("pk", filter=Q(light_overall=light)) for light in Light.values}
    found: Any = rows.annotate(**counts)
    return [MonthLights(**row) for row in found]


@dataclass(frozen=True)
class MonthChanges:
    """What happened in a month: kroner decided and posted, projects begun and ended."""

    decided: Decimal | None
    decided_lines: int
    spent: Decimal | None
    postings: int
    begun: int
    ended: int


def month_changes(projects: ProjectQuerySet, month: date) -> MonthChanges:
    """Return what the month brought. Three queries. A line belongs to the month of its meeting, else of its entry."""
    ids, end = narrowed(projects), last_day(month)
    lines = lines_of_month(BudgetLine.objects.filter(project__in=ids), month).aggregate(Sum("amount"), Count("pk"))
    postings = Posting.objects.filter(project__in=ids, posted_on__gte=month, posted_on__lte=end)
    spent = postings.aggregate(Sum("amount"), Count("pk"))
    moved = Project.objects.filter(pk__in=ids).aggregate(
        begun=Count("pk", filter=Q(starts_on__gte=month, starts_on__lte=end)),
        ended=Count("pk", filter=Q(ends_on__gte=month, ends_on__lte=end)),
    )
    return MonthChanges(
        lines["amount__sum"],
        lines["pk__count"],
        spent["amount__sum"],
        spent["pk__count"],
        moved["begun"],
        moved["ended"],
    )


def lines_of_month(lines: Any, month: date) -> Any:
    """Return the budget lines decided in the month: at their meeting, or without one when they were entered."""
    end = last_day(month)
    at_meeting = Q(meeting__date__gte=month, meeting__date__lte=end)
    without = Q(meeting__isnull=True, created_at__date__gte=month, created_at__date__lte=end)
    return lines.filter(at_meeting | without)
