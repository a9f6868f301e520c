"""What projects were granted, have spent and expect to spend, in kroner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from projects.models import BudgetLine, Posting, Project, StatusSnapshot
from projects.models.rollups import MoneyColumns
from projects.queries.snapshots import SENT
from projects.rules.projects import deviation


@dataclass(frozen=True)
class ProjectMoney:
    """`granted` None: nothing is decided yet, which is not 0 kr. `spent` is what has been posted so far.

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

    @property
    def rest(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent


NO_MONEY = ProjectMoney(None, Decimal(0))
ByYear = dict[int, Decimal]


def kept_money(row: MoneyColumns) -> ProjectMoney:
    """Return what a roll-up keeps ready, in the words of this module. No query."""
    return ProjectMoney(row.granted, row.spent, row.forecast, row.forecast_month, row.expected, row.deviation)


def project_money(project_ids: Iterable[int], year: int | None = None) -> dict[int, ProjectMoney]:
    """Return the money of each project, of one year or of all years. Three queries, however many projects.

    `expected` and `deviation` are those of all years up to the forecast's, also when one year is asked for.
    """
    ids = set(project_ids)
    granted, spent = _granted_and_spent(ids)
    forecasts = _forecasts(ids, year)
    return {pk: _money(granted.get(pk, {}), spent.get(pk, {}), forecasts.get(pk), year) for pk in ids}


def money_by_year(project_ids: Iterable[int]) -> dict[int, dict[int | None, ProjectMoney]]:
    """Return each project's money by year, and of all years under None. Three queries, however many projects.

    A project has the years in which something was granted, posted or forecast for it.
    """
    ids = set(project_ids)
    granted, spent = _granted_and_spent(ids)
    forecasts: dict[int, dict[int | None, tuple[date, Decimal]]] = defaultdict(dict)
    given = StatusSnapshot.objects.filter(project__in=ids, state__in=SENT, forecast__isnull=False)
    for pk, month, amount in given.order_by("month", "revision").values_list("project_id", "month", "forecast"):
        if amount is not None:
            forecasts[pk][month.year] = forecasts[pk][None] = (month, amount)
    return {pk: _every_year(granted.get(pk, {}), spent.get(pk, {}), forecasts[pk]) for pk in ids}


def year_and_whole(project: Project, year: int) -> dict[str, ProjectMoney]:
    """Return the project's `money` of all years, and `year_money`, the year's. Three queries."""
    by_year = money_by_year([project.pk])[project.pk]
    return {"money": by_year[None], "year_money": by_year.get(year, NO_MONEY)}


def _every_year(
    granted: ByYear, spent: ByYear, forecasts: dict[int | None, tuple[date, Decimal]]
) -> dict[int | None, ProjectMoney]:
    years: set[int | None] = {None, *granted, *spent, *forecasts}
    return {year: _money(granted, spent, forecasts.get(year), year) for year in years}


def _granted_and_spent(ids: set[int]) -> tuple[dict[int, ByYear], dict[int, ByYear]]:
    granted = _by_year(BudgetLine.objects.filter(project__in=ids))
    spent = _by_year(Posting.objects.filter(project__in=ids).annotate(year=ExtractYear("posted_on")))
    return granted, spent


def _money(granted: ByYear, spent: ByYear, forecast: tuple[date, Decimal] | None, year: int | None) -> ProjectMoney:
    decided = [amount for at, amount in granted.items() if year in (None, at)]
    posted = [amount for at, amount in spent.items() if year in (None, at)]
    money = ProjectMoney(sum(decided, Decimal(0)) if decided else None, sum(posted, Decimal(0)))
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


def _by_year(rows: QuerySet) -> dict[int, ByYear]:  # type: ignore[type-arg]
    """Return the sum of each project's amounts by year."""
    found: dict[int, ByYear] = defaultdict(dict)
    for project_id, year, amount in rows.order_by().values_list("project_id", "year").annotate(Sum("amount")):
        found[project_id][year] = amount
    return found


def _forecasts(ids: set[int], year: int | None) -> dict[int, tuple[date, Decimal]]:
    """Return the newest forecast that was sent, found by a subquery per project on an index."""
    given = StatusSnapshot.objects.filter(state__in=SENT, forecast__isnull=False)
    if year is not None:
        given = given.filter(month__year=year)
    newest = given.filter(project=OuterRef("project_id")).order_by("-month", "-revision").values("pk")[:1]
    rows = given.filter(project__in=ids, pk=Subquery(newest)).order_by()
    return {row.project_id: (row.month, row.forecast) for row in rows if row.forecast is not None}
