"""What projects were granted, have spent and expect to spend, in kroner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from projects.models import BudgetLine, Commitment, Posting, Project
from projects.models.rollups import MoneyColumns
from projects.queries.snapshots import told_forecasts
from projects.rules.projects import deviation


@dataclass(frozen=True)
class ProjectMoney:
    """`granted` None: nothing is decided yet, which is not 0 kr. `spent` is what has been posted so far, `committed`
    what is ordered or promised besides. `rest` is what is granted less both.

    `forecast` is the newest one, for the year of `forecast_month`; None when nobody has given any. `expected` is the
    forecast with what was spent in the years before. `deviation` holds that against all that was granted up to and
    including the year, because a grant may be spent later than it was given: positive when the project is expected
    to cost more.
    """

    granted: Decimal | None
    spent: Decimal
    forecast: Decimal | None = None
    forecast_month: date | None = None
    expected: Decimal | None = None
    deviation: Decimal | None = None
    committed: Decimal = Decimal(0)

    @property
    def rest(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent - self.committed


NO_MONEY = ProjectMoney(None, Decimal(0))
ByYear = dict[int, Decimal]


def kept_money(row: MoneyColumns) -> ProjectMoney:
    """Return what a roll-up keeps ready, in the words of this module. No query."""
    return ProjectMoney(
        row.granted, row.spent, row.forecast, row.forecast_month, row.expected, row.deviation, row.committed
    )


def project_money(project_ids: Iterable[int], year: int | None = None) -> dict[int, ProjectMoney]:
    """Return the money of each project, of one year or of all years. Four queries, however many projects.

    `expected` and `deviation` are those of all years up to the forecast's, also when one year is asked for.
    """
    ids = set(project_ids)
    rows = _rows(ids)
    forecasts = _forecasts(ids, year)
    return {pk: _money(rows[pk], forecasts.get(pk), year) for pk in ids}


def money_by_year(project_ids: Iterable[int]) -> dict[int, dict[int | None, ProjectMoney]]:
    """Return each project's money by year, and of all years under None. Four queries, however many projects.

    A project has the years in which something was granted, posted, committed or forecast for it.
    """
    ids = set(project_ids)
    rows = _rows(ids)
    forecasts: dict[int, dict[int | None, tuple[date, Decimal]]] = defaultdict(dict)
    given = told_forecasts().filter(project__in=ids).order_by("month")
    for pk, month, amount in given.values_list("project_id", "month", "forecast"):
        if amount is not None:
            forecasts[pk][month.year] = forecasts[pk][None] = (month, amount)
    return {pk: _every_year(rows[pk], forecasts[pk]) for pk in ids}


def year_and_whole(project: Project, year: int) -> dict[str, ProjectMoney]:
    """Return the project's `money` of all years, and `year_money`, the year's. Four queries."""
    by_year = money_by_year([project.pk])[project.pk]
    return {"money": by_year[None], "year_money": by_year.get(year, NO_MONEY)}


@dataclass(frozen=True)
class _Rows:
    """What a project's rows sum to by year."""

    granted: ByYear
    spent: ByYear
    committed: ByYear


def _every_year(rows: _Rows, forecasts: dict[int | None, tuple[date, Decimal]]) -> dict[int | None, ProjectMoney]:
    years: set[int | None] = {None, *rows.granted, *rows.spent, *rows.committed, *forecasts}
    return {year: _money(rows, forecasts.get(year), year) for year in years}


def _rows(ids: set[int]) -> dict[int, _Rows]:
    granted = _by_year(BudgetLine.objects.filter(project__in=ids))
    spent = _by_year(Posting.objects.filter(project__in=ids).annotate(year=ExtractYear("posted_on")))
    bound = Commitment.objects.bound().filter(project__in=ids).annotate(year=ExtractYear("expected_on"))
    committed = _by_year(bound)
    return {pk: _Rows(granted.get(pk, {}), spent.get(pk, {}), committed.get(pk, {})) for pk in ids}


def _money(rows: _Rows, forecast: tuple[date, Decimal] | None, year: int | None) -> ProjectMoney:
    granted, spent = rows.granted, rows.spent
    decided = [amount for at, amount in granted.items() if year in (None, at)]
    money = ProjectMoney(
        granted=sum(decided, Decimal(0)) if decided else None,
        spent=_of_year(spent, year),
        committed=_of_year(rows.committed, year),
    )
    if forecast is None:
        return money
    month, amount = forecast
    expected = amount + sum((before for at, before in spent.items() if at < month.year), Decimal(0))
    by_then = [amount for at, amount in granted.items() if at <= month.year]
    return replace(
        money,
        forecast=amount,
        forecast_month=month,
        expected=expected,
        deviation=deviation(sum(by_then, Decimal(0)) if by_then else None, expected),
    )


def _of_year(sums: ByYear, year: int | None) -> Decimal:
    return sum((amount for at, amount in sums.items() if year in (None, at)), Decimal(0))


def _by_year(rows: QuerySet) -> dict[int, ByYear]:  # type: ignore[type-arg]
    """Return the sum of each project's amounts by year."""
    found: dict[int, ByYear] = defaultdict(dict)
    for project_id, year, amount in rows.order_by().values_list("project_id", "year").annotate(Sum("amount")):
        found[project_id][year] = amount
    return found


def _forecasts(ids: set[int], year: int | None) -> dict[int, tuple[date, Decimal]]:
    """Return the newest forecast that was sent, found by a subquery per project on an index."""
    given = told_forecasts()
    if year is not None:
        given = given.filter(month__year=year)
    newest = given.filter(project=OuterRef("project_id")).order_by("-month").values("pk")[:1]
    rows = given.filter(project__in=ids, pk=Subquery(newest)).order_by()
    return {row.project_id: (row.month, row.forecast) for row in rows if row.forecast is not None}
