"""What of a pool's year is unspent, project by project, what of it the pool's rule lets go on, and what has gone on."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Sum

from projects.alphabet import alphabetical
from projects.enums import BudgetKind, ProjectState
from projects.models import BudgetLine, FiscalYear, Pool, PoolYear, Project
from projects.queries.money import NO_MONEY, ProjectMoney, money_by_year
from projects.rules.pools import carried_over_by_project

Taken = tuple[tuple[PoolYear, Decimal], ...]


@dataclass(frozen=True)
class CarryOverRow:
    """A project in the year. `amount` goes on to the next one, taken from the frames in `taken`; kroner.

    `has_ended`: the project is closed, or ends with the year, so that it has no next year to spend in.
    """

    project: Project
    money: ProjectMoney
    has_ended: bool
    amount: Decimal
    taken: Taken

    @property
    def stays(self) -> Decimal:
        """Return what of the rest the rule leaves behind."""
        return max(self.money.rest or Decimal(0), Decimal(0)) - self.amount


@dataclass(frozen=True)
class CarryOverPage:
    """A pool's year. `is_undecided`: the rule has a limit that nobody has set, so nothing goes on.

    `carried` are the next year's lines that stand, each with the half in this year as its `counterpart`.
    """

    pool: Pool
    year: int
    frame: PoolYear | None
    rows: tuple[CarryOverRow, ...]
    is_undecided: bool
    closed_years: tuple[int, ...]
    carried: tuple[BudgetLine, ...]

    @property
    def moving(self) -> tuple[CarryOverRow, ...]:
        return tuple(row for row in self.rows if row.amount > 0)

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def carried_total(self) -> Decimal:
        return sum((line.amount for line in self.carried), Decimal(0))

    @property
    def fingerprint(self) -> str:
        """Return a key of what is confirmed: another sum for any project is another key."""
        text = ";".join(f"{row.project.pk}={row.amount:f}" for row in self.moving)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def carry_over_page(pool: Pool, year: int) -> CarryOverPage:
    """Return what stands to be carried over from the pool's year, projects by name. Eleven queries for any size."""
    frame = pool.years.filter(year=year).first()
    held = _held(pool, year)
    money = money_by_year(Project.objects.filter(pool=pool).values_list("pk", flat=True))
    in_year = {pk: years[year] for pk, years in money.items() if year in years}
    projects = sorted(Project.objects.filter(pk__in=in_year).select_related("unit"), key=_by_name)
    rests = {
        project.pk: min(in_year[project.pk].rest or Decimal(0), sum(held[project.pk].values(), Decimal(0)))
        for project in projects
        if not _has_ended(project, year)
    }
    carried = _carried(pool, year)
    amounts = carried_over_by_project(
        rests=rests,
        rule=pool.carry_over,
        frame=frame.frame if frame else Decimal(0),
        percent=pool.carry_over_percent,
        already=sum((line.amount for line in carried), Decimal(0)),
    )
    frames = PoolYear.objects.select_related("pool").in_bulk({pk for own in held.values() for pk in own})
    rows = tuple(_row(project, year, in_year, amounts or {}, held, frames) for project in projects)
    closed = FiscalYear.objects.filter(year__in=(year, year + 1), closed_at__isnull=False).order_by("year")
    closed_years = tuple(closed.values_list("year", flat=True))
    return CarryOverPage(pool, year, frame, rows, amounts is None, closed_years, carried)


def _by_name(project: Project) -> str:
    return alphabetical(project.name)


def _has_ended(project: Project, year: int) -> bool:
    ends_with_it = project.ends_on is not None and project.ends_on <= date(year, 12, 31)
    return project.state == ProjectState.CLOSED or ends_with_it


def _held(pool: Pool, year: int) -> dict[int, dict[int, Decimal]]:
    """Return, by project and frame, what the year holds. One query."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    lines = BudgetLine.objects.filter(project__pool=pool, pool_year__pool=pool, year=year).order_by("pool_year__year")
    for project, frame, amount in lines.values_list("project_id", "pool_year_id").annotate(Sum("amount")):
        if frame is not None and amount > 0:
            found[project][frame] = amount
    return found


def _row(
    project: Project,
    year: int,
    money: dict[int, ProjectMoney],
    amounts: dict[int, Decimal],
    held: dict[int, dict[int, Decimal]],
    frames: dict[int, PoolYear],
) -> CarryOverRow:
    amount = amounts.get(project.pk, Decimal(0))
    taken, left = [], amount
    # The oldest frame's money first, as it was granted.
    for frame, most in held[project.pk].items():
        part = min(left, most)
        if part > 0:
            taken.append((frames[frame], part))
            left -= part
    return CarryOverRow(
        project, money.get(project.pk, NO_MONEY), _has_ended(project, year), amount - left, tuple(taken)
    )


def _carried(pool: Pool, year: int) -> tuple[BudgetLine, ...]:
    """Return the next year's halves that nobody has countered, oldest first. One query."""
    countered = BudgetLine.objects.filter(counterpart=OuterRef("pk"))
    lines = BudgetLine.objects.filter(
        ~Exists(countered),
        project__pool=pool,
        kind=BudgetKind.CARRY_OVER,
        year=year + 1,
        amount__gt=0,
        counterpart__year=year,
    )
    return tuple(lines.select_related("project", "counterpart", "created_by", "meeting__committee").order_by("pk"))
