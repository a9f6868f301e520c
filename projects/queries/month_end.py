"""A pool's projects at the end of a month: budget, spend, forecast and why they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery

from projects.enums import BudgetKind
from projects.fields import MoneyField
from projects.models import BudgetLine, Commitment, DeviationReason, Pool, Posting, Project
from projects.money import sum_known
from projects.months import last_day
from projects.queries.drift import drift_of, summed
from projects.queries.snapshots import told_forecasts
from projects.rules.month_end import (
    Threshold,
    deviation_share,
    elapsed_share,
    needs_reason,
    straight_line,
)
from projects.rules.notices import Notice
from projects.rules.projects import deviation


@dataclass(frozen=True)
class MonthEndRow:
    """A project as it stands at the end of the month, kroner; None is unknown. The definitions are `ProjectMoney`'s.

    `original` and `budget` are all that was decided up to and including the year, because a grant may be spent later
    than it was given; `spent` is all that was posted by the end of the month, `spent_in_year` the year's part of it,
    `committed` what is still bound up to the end of the year.
    `forecast` is for the year, the newest its statuses give, said in `forecast_month`; `line` is where the year's
    spend alone is heading. `expected` is earlier years' spend and the forecast, `deviation` that minus the budget,
    `share` the deviation's part of the budget.
    """

    project: Project
    original: Decimal | None
    budget: Decimal | None
    spent: Decimal
    spent_in_year: Decimal
    committed: Decimal
    forecast: Decimal | None
    forecast_month: date | None
    line: Decimal | None
    expected: Decimal | None
    deviation: Decimal | None
    share: Decimal | None
    must_explain: bool
    reason: str
    warning: Notice | None

    @property
    def rest(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.spent - self.committed

    @property
    def share_percent(self) -> Decimal | None:
        return None if self.share is None else self.share * 100

    @property
    def is_unexplained(self) -> bool:
        return self.must_explain and not self.reason


def month_end_rows(pool: Pool, month: date, threshold: Threshold) -> list[MonthEndRow]:
    """Return every project of the pool that has money in the month's year or runs in it, by name. One query."""
    year_begins, year_ends = date(month.year, 1, 1), date(month.year, 12, 31)
    runs = Q(starts_on__lte=year_ends) & (Q(ends_on__isnull=True) | Q(ends_on__gte=year_begins))
    has_money = Q(budget__isnull=False) | Q(spent__isnull=False)
    return [_row(project, month, threshold) for project in _told(pool, month).filter(runs | has_money)]


@dataclass(frozen=True)
class MonthEndTotal:
    """All the rows together, kroner; None where no row knows. `with_forecast` of the rows are in what is expected."""

    projects: int
    with_forecast: int
    original: Decimal | None
    budget: Decimal | None
    spent: Decimal
    spent_in_year: Decimal
    committed: Decimal
    rest: Decimal | None
    forecast: Decimal | None
    expected: Decimal | None
    deviation: Decimal | None


def month_end_total(rows: Sequence[MonthEndRow]) -> MonthEndTotal:
    nothing = Decimal(0)
    return MonthEndTotal(
        projects=len(rows),
        with_forecast=sum(row.forecast is not None for row in rows),
        original=sum_known(row.original for row in rows),
        budget=sum_known(row.budget for row in rows),
        spent=sum((row.spent for row in rows), nothing),
        spent_in_year=sum((row.spent_in_year for row in rows), nothing),
        committed=sum((row.committed for row in rows), nothing),
        rest=sum_known(row.rest for row in rows),
        forecast=sum_known(row.forecast for row in rows),
        expected=sum_known(row.expected for row in rows),
        deviation=sum_known(row.deviation for row in rows),
    )


def _told(pool: Pool, month: date) -> QuerySet[Project]:
    lines = BudgetLine.objects.filter(project=OuterRef("pk"), year__lte=month.year)
    posted = Posting.objects.filter(project=OuterRef("pk"), posted_on__lte=last_day(month))
    bound = Commitment.objects.bound_by(last_day(month)).filter(project=OuterRef("pk"))
    in_year = {"month__gte": date(month.year, 1, 1), "month__lte": month}
    given = told_forecasts().filter(project=OuterRef("pk"), **in_year).order_by("-month")
    reasons = DeviationReason.objects.filter(project=OuterRef("pk"), month=month)
    # Subqueries, not joins: joining budget lines to postings would count every amount once per posting.
    told: QuerySet[Project] = Project.objects.filter(pool=pool).annotate(
        original=summed(lines.filter(kind=BudgetKind.ORIGINAL)),
        budget=summed(lines),
        spent=summed(posted),
        committed=summed(bound),
        spent_in_year=summed(posted.filter(posted_on__gte=date(month.year, 1, 1))),
        forecast=Subquery(given.values("forecast")[:1], output_field=MoneyField()),
        forecast_month=Subquery(given.values("month")[:1]),
        reason=Subquery(reasons.values("text")[:1]),
    )
    return told.select_related("unit").order_by("name", "pk")


def _row(project: Project, month: date, threshold: Threshold) -> MonthEndRow:
    told = vars(project)
    budget, forecast, nothing = told["budget"], told["forecast"], Decimal(0)
    spent, in_year = told["spent"] or nothing, told["spent_in_year"] or nothing
    expected = None if forecast is None else spent - in_year + forecast
    elapsed = elapsed_share(month=month, starts_on=project.starts_on, ends_on=project.ends_on, this_year=True)
    apart = deviation(budget, expected)
    return MonthEndRow(
        project=project,
        original=told["original"],
        budget=budget,
        spent=spent,
        spent_in_year=in_year,
        committed=told["committed"] or nothing,
        forecast=forecast,
        forecast_month=told["forecast_month"],
        line=straight_line(spent=in_year, elapsed=elapsed),
        expected=expected,
        deviation=apart,
        share=deviation_share(deviation=apart, budget=budget),
        must_explain=needs_reason(deviation=apart, budget=budget, threshold=threshold),
        reason=told["reason"] or "",
        warning=drift_of(project, month, spent=spent, budget=budget),
    )
