"""What the overview says: pools, projects, sums and findings. All figures come from here, to page, chart and file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from projects.alphabet import alphabetical
from projects.fields import MoneyField
from projects.models import Pool, PoolYear, User
from projects.models.projects import ProjectQuerySet
from projects.money import sum_known
from projects.months import previous_month
from projects.queries.pools import pool_sums, total_sums
from projects.rules.pools import PoolSums
from reports.facts.overview_rows import FindingFact, Loaded, ProjectFact, noticed, open_findings, project_facts
from reports.queries.overview import (
    LATE,
    NOT_DUE,
    changed_lights,
    pool_years,
    state_counts,
    told_states,
)
from reports.queries.overview_sums import (
    FrameUse,
    GroupSums,
    MoneySums,
    MonthChanges,
    MonthLights,
    YearSums,
    grouped_money,
    lights_by_month,
    money_by_year,
    month_changes,
    total_money,
    use_of_frames,
    with_money,
)

TREND_MONTHS = 12
# More bars than this cannot be told apart; the table below has them all.
LARGEST = 20


@dataclass(frozen=True)
class PoolFact:
    """A frame, or several together, and what has become of it.

    `use` is what its pool's projects have made of it in its year. `pool_id` None: several pools together.
    """

    sums: PoolSums
    code: str
    name: str
    year: int
    price_level: int
    pool_id: int | None
    use: FrameUse

    @property
    def spent(self) -> Decimal:
        return self.use.spent

    @property
    def forecast(self) -> Decimal | None:
        """Return what the projects say the year will cost; None: none of them has said."""
        return self.use.forecast

    @property
    def committed(self) -> Decimal:
        return self.use.committed

    @property
    def granted_unspent(self) -> Decimal:
        """Return what is granted and not yet spent; 0 when more is spent than granted."""
        return max(self.sums.granted - self.spent, Decimal(0))

    @property
    def bound(self) -> Decimal:
        """Return the part of what is granted and not spent that is committed."""
        return min(self.committed, self.granted_unspent)

    @property
    def overspent(self) -> Decimal:
        """Return what is spent beyond what is granted, 0 when nothing is."""
        return max(self.spent - self.sums.granted, Decimal(0))

    @property
    def overrun(self) -> Decimal:
        """Return what the forecast exceeds the granted by, 0 when it does not."""
        return max((self.forecast or Decimal(0)) - self.sums.granted, Decimal(0))

    @property
    def label(self) -> str:
        """Return the name with the year, said once: many pools are named after theirs."""
        return self.name if str(self.year) in self.name else f"{self.name} {self.year}"


@dataclass(frozen=True)
class LargestProject:
    name: str
    granted: Decimal | None
    spent: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True)
class Changes:
    """What the month brought, and how many overall lights are worse and better than the month before."""

    month: MonthChanges
    worse: int
    better: int


@dataclass(frozen=True)
class Grouping:
    """The projects' money by something they stand under. `parameter` is what narrows the overview to a group."""

    parameter: str
    head: str
    groups: tuple[GroupSums, ...]
    overlaps: bool = False


@dataclass(frozen=True)
class OverviewFacts:
    """`projects` are those in sight; counts, sums and lights are of all that the filters leave."""

    month: date
    year: int | None
    pools: tuple[PoolFact, ...]
    pool_total: PoolFact | None
    projects: tuple[ProjectFact, ...]
    largest: tuple[LargestProject, ...]
    total: MoneySums
    states: dict[str, int]
    groupings: tuple[Grouping, ...]
    by_year: tuple[YearSums, ...]
    lights: tuple[MonthLights, ...]
    changes: Changes
    findings: tuple[FindingFact, ...]

    @property
    def late(self) -> int:
        return self.states.get(LATE, 0)

    @property
    def expected_states(self) -> dict[str, int]:
        """Return how many of the statuses that are expected stand how."""
        return {state: count for state, count in self.states.items() if state not in (LATE, NOT_DUE)}


def overview_facts(
    user: User,
    *,
    month: date,
    projects: ProjectQuerySet,
    pools: QuerySet[Pool],
    year: int | None = None,
    in_sight: ProjectQuerySet | None = None,
) -> OverviewFacts:
    """Return the overview of the projects and pools given, in one month. 43 queries, however many there are.

    `projects` come from `overview_projects`, filtered; `in_sight` are those of them whose rows are shown, in order
    (all of them, by name, when it is left out). `year` None: the money of all years.
    """
    frames = pool_years(pools, year)
    shown = projects.order_by("standing__name_key", "pk") if in_sight is None else in_sight
    rows = list(with_money(shown, year).select_related("unit", "committee", "pool"))
    loaded = Loaded(user, month, rows)
    found = noticed(frames, loaded)
    pool_facts = _pool_facts(frames)
    return OverviewFacts(
        month=month,
        year=year,
        pools=pool_facts,
        pool_total=_pools_together(pool_facts),
        projects=project_facts(loaded, found, one_year=year is not None),
        largest=largest_projects(projects, year),
        total=total_money(projects, year),
        states=state_counts(projects),
        groupings=_groupings(projects, year),
        by_year=tuple(money_by_year(projects, year)),
        lights=tuple(lights_by_month(projects, told_states(user), _months_before(month, TREND_MONTHS - 1), month)),
        changes=_changes(projects, month),
        findings=open_findings(found, frames, loaded),
    )


def _months_before(month: date, count: int) -> date:
    for _step in range(count):
        month = previous_month(month)
    return month


def _groupings(projects: ProjectQuerySet, year: int | None) -> tuple[Grouping, ...]:
    """Return the money by everything the projects stand under. Six queries."""
    found = (
        Grouping("pool", _("Pool"), _alphabetical(projects, year, "pool")),
        Grouping("unit", _("Unit"), _alphabetical(projects, year, "unit")),
        Grouping("committee", _("Committee"), _alphabetical(projects, year, "committee")),
        Grouping("goal", _("Strategic goal"), _alphabetical(projects, year, "proposal__goals"), overlaps=True),
        Grouping("track", _("Track"), _alphabetical(projects, year, "proposal__tracks"), overlaps=True),
        Grouping(
            "target_group", _("Target group"), _alphabetical(projects, year, "proposal__target_groups"), overlaps=True
        ),
    )
    # Where nothing stands under anything there is nothing to tell apart.
    return tuple(each for each in found if any(group.pk is not None for group in each.groups))


def _alphabetical(projects: ProjectQuerySet, year: int | None, relation: str) -> tuple[GroupSums, ...]:
    rows = grouped_money(projects, year, relation)
    return tuple(sorted(rows, key=lambda row: (row.pk is None, alphabetical(row.name))))


def _changes(projects: ProjectQuerySet, month: date) -> Changes:
    worse, better = changed_lights(projects)
    return Changes(month_changes(projects, month), worse, better)


def _pool_facts(frames: Sequence[PoolYear]) -> tuple[PoolFact, ...]:
    """Return the frames with what is granted, awaits and has been spent of them. Four queries."""
    sums, uses = pool_sums(frames), use_of_frames(frames)
    return tuple(
        PoolFact(
            code=frame.pool.code,
            name=frame.pool.name,
            year=frame.year,
            price_level=frame.price_level,
            sums=sums[frame.pk],
            pool_id=frame.pool_id,
            use=uses[frame.pk],
        )
        for frame in frames
    )


def _pools_together(pools: Sequence[PoolFact]) -> PoolFact | None:
    if not pools:
        return None
    return PoolFact(
        sums=total_sums(pool.sums for pool in pools),
        code="",
        name=_("The pools together"),
        year=0,
        price_level=0,
        pool_id=None,
        use=FrameUse(
            spent=sum((pool.spent for pool in pools), Decimal(0)),
            aside=sum((pool.use.aside for pool in pools), Decimal(0)),
            forecast=sum_known(pool.forecast for pool in pools),
            committed=sum((pool.committed for pool in pools), Decimal(0)),
        ),
    )


def largest_projects(projects: ProjectQuerySet, year: int | None) -> tuple[LargestProject, ...]:
    """Return the projects with most money, the largest first. One query."""
    zero = Value(0, output_field=MoneyField())
    expected = "money_expected" if year is None else "money_forecast"
    size = Greatest(*(Coalesce(F(name), zero) for name in ("money_granted", "money_spent", expected)))
    rows = with_money(projects, year).annotate(size=size).filter(size__gt=zero).order_by("-size", "standing__name_key")
    return tuple(
        LargestProject(row.name, row.money_granted, row.money_spent, getattr(row, expected)) for row in rows[:LARGEST]
    )
