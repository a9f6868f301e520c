"""Pools with what is left of them, and the economy list as the paper prints it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from projects.alphabet import alphabetical
from projects.enums import ProposalState, Role
from projects.models import BudgetLine, EstimateLine, FteRate, Pool, PoolYear, Project, Proposal, ProposalCost, User
from projects.queries.notices import AnsweredNotice
from projects.queries.pool_notices import cost_fact, form_amount
from projects.rules.pools import PoolSums
from projects.rules.proposals import cost_amount


def pools_for(user: User) -> QuerySet[Pool]:
    """Return the pools the user may see: a manager those that touch their units, others who see money all.

    At most one query more.
    """
    pools = Pool.objects.select_related("committee", "unit")
    if user.role_set & {Role.ADMINISTRATOR, Role.CONTROLLER, Role.SECRETARY}:
        return pools
    units = user.unit_ids(Role.MANAGER) if Role.MANAGER in user.role_set else set()
    if units is None:
        return pools
    touched = Q(pk__in=Project.objects.filter(unit__in=units).values("pool_id")) | Q(
        pk__in=Proposal.objects.filter(unit__in=units).values("pool_id")
    )
    return pools.filter(Q(unit__in=units) | touched)


def pool_sums(pool_years: Iterable[PoolYear]) -> dict[int, PoolSums]:
    """Return each frame's sums by its id. Two queries, however many frames."""
    years = list(pool_years)
    nothing = Decimal(0)
    taken = BudgetLine.objects.filter(pool_year__in=years).order_by().values_list("pool_year_id")
    granted = dict(taken.annotate(Sum("amount")))
    undecided = Q(proposal__isnull=True) | Q(proposal__state=ProposalState.SUBMITTED)
    listed = EstimateLine.objects.filter(pool_year__in=years).order_by().values_list("pool_year_id")
    proposed = {
        pk: (whole, awaiting or nothing)
        for pk, whole, awaiting in listed.annotate(Sum("amount"), awaiting=Sum("amount", filter=undecided))
    }
    return {
        year.pk: PoolSums(year.frame, granted.get(year.pk, nothing), *proposed.get(year.pk, (nothing, nothing)))
        for year in years
    }


@dataclass(frozen=True)
class YearRow:
    pool_year: PoolYear
    sums: PoolSums


@dataclass(frozen=True)
class PoolRow:
    """A pool with its years, oldest first, and all of them together."""

    pool: Pool
    years: tuple[YearRow, ...]
    total: PoolSums


def pool_rows(user: User) -> list[PoolRow]:
    """Return the pools the user may see. Four queries, and at most one more."""
    pools = list(pools_for(user))
    frames = list(PoolYear.objects.filter(pool__in=pools).order_by("year"))
    sums = pool_sums(frames)
    years: dict[int, list[YearRow]] = defaultdict(list)
    for frame in frames:
        years[frame.pool_id].append(YearRow(frame, sums[frame.pk]))
    return [PoolRow(pool, tuple(years[pool.pk]), total_sums(row.sums for row in years[pool.pk])) for pool in pools]


def total_sums(sums: Iterable[PoolSums]) -> PoolSums:
    rows = list(sums)
    return PoolSums(
        frame=sum((row.frame for row in rows), Decimal(0)),
        granted=sum((row.granted for row in rows), Decimal(0)),
        proposed=sum((row.proposed for row in rows), Decimal(0)),
        awaiting=sum((row.awaiting for row in rows), Decimal(0)),
    )


@dataclass(frozen=True)
class CostRow:
    """A line of a proposal's economy. `amount` None: full-time equivalents in a year whose rate is unknown."""

    cost: ProposalCost
    rate: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True)
class EstimateRow:
    """A line of the economy list beside what its proposal's form says for the year (None: nothing)."""

    line: EstimateLine
    form_amount: Decimal | None
    costs: tuple[CostRow, ...]
    notices: tuple[AnsweredNotice, ...]


@dataclass(frozen=True)
class UnlistedRow:
    """A proposal that the economy list leaves out."""

    proposal: Proposal
    form_amount: Decimal | None
    costs: tuple[CostRow, ...]
    notice: AnsweredNotice


@dataclass(frozen=True)
class EstimateTable:
    """One year's economy list. `notices` are those about the list as a whole."""

    pool_year: PoolYear
    sums: PoolSums
    rows: tuple[EstimateRow, ...]
    unlisted: tuple[UnlistedRow, ...]
    notices: tuple[AnsweredNotice, ...]


def fte_rates() -> dict[int, Decimal]:
    """Return kroner per full-time equivalent by year. One query."""
    return dict(FteRate.objects.values_list("year", "amount"))


def cost_rows(costs: Iterable[ProposalCost], rates: dict[int, Decimal]) -> tuple[CostRow, ...]:
    return tuple(CostRow(cost, rates.get(cost.year), cost_amount(cost_fact(cost, rates))) for cost in costs)


def estimate_tables(pool: Pool, notices: Sequence[AnsweredNotice]) -> list[EstimateTable]:
    """Return the pool's economy lists, one per frame, oldest first. Seven queries.

    `notices` are what the rules notice in the pool (queries.findings.pool_notices).
    """
    frames = list(pool.years.order_by("year"))
    sums = pool_sums(frames)
    rates = fte_rates()
    lines: dict[int, list[EstimateLine]] = defaultdict(list)
    for line in EstimateLine.objects.filter(pool_year__in=frames).select_related("proposal"):
        lines[line.pool_year_id].append(line)
    proposals = {row.pk: row for row in pool.proposals.prefetch_related("costs").select_related("pool")}
    places: dict[str, list[AnsweredNotice]] = defaultdict(list)
    for notice in notices:
        if notice.subject == f"pool/{pool.code}":
            places[notice.notice.field].append(notice)
    return [_table(frame, sums[frame.pk], lines[frame.pk], proposals, rates, places) for frame in frames]


def _table(
    frame: PoolYear,
    sums: PoolSums,
    lines: Sequence[EstimateLine],
    proposals: dict[int, Proposal],
    rates: dict[int, Decimal],
    places: dict[str, list[AnsweredNotice]],
) -> EstimateTable:
    unlisted = [
        UnlistedRow(proposal, form_amount(proposal, frame.year, rates), _costs_of(proposal, frame.year, rates), notice)
        for proposal in proposals.values()
        for notice in places.get(f"{frame.year}.proposal.{proposal.pk}", ())
    ]
    return EstimateTable(
        pool_year=frame,
        sums=sums,
        rows=tuple(_row(line, proposals, frame.year, rates, places) for line in lines),
        unlisted=tuple(unlisted),
        notices=tuple(places.get(str(frame.year), ())),
    )


def _row(
    line: EstimateLine,
    proposals: dict[int, Proposal],
    year: int,
    rates: dict[int, Decimal],
    places: dict[str, list[AnsweredNotice]],
) -> EstimateRow:
    proposal = proposals.get(line.proposal_id or 0)
    return EstimateRow(
        line=line,
        form_amount=form_amount(proposal, year, rates) if proposal else None,
        costs=_costs_of(proposal, year, rates) if proposal else (),
        notices=tuple(places.get(f"{year}.estimate.{line.pk}", ())),
    )


def _costs_of(proposal: Proposal, year: int, rates: dict[int, Decimal]) -> tuple[CostRow, ...]:
    return cost_rows((cost for cost in proposal.costs.all() if cost.year == year), rates)


@dataclass(frozen=True)
class GrantedRow:
    """A project and what it has from the pool, by year and altogether. `example_note`: how real the amounts are."""

    project: Project
    amounts: tuple[tuple[int, Decimal], ...]
    total: Decimal
    example_note: str


def granted_rows(pool: Pool) -> list[GrantedRow]:
    """Return the projects that have money from the pool, by name. Two queries."""
    amounts: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    notes: dict[int, str] = {}
    for line in BudgetLine.objects.filter(pool_year__pool=pool).order_by("year"):
        amounts[line.project_id][line.year] += line.amount
        notes[line.project_id] = line.example_note or notes.get(line.project_id, "")
    projects = Project.objects.filter(pk__in=amounts).select_related("unit")
    return [
        GrantedRow(
            project=project,
            amounts=tuple(amounts[project.pk].items()),
            total=sum(amounts[project.pk].values(), Decimal(0)),
            example_note=notes[project.pk],
        )
        for project in sorted(projects, key=lambda project: alphabetical(project.name))
    ]
