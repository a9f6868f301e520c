"""What projects were granted, have spent and expect to spend, in kroner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from projects.models import BudgetLine, Posting, StatusSnapshot
from projects.queries.snapshots import SENT
from projects.rules.projects import deviation


@dataclass(frozen=True)
class ProjectMoney:
    """`granted` None: nothing is decided yet, which is not 0 kr. `spent` is what has been posted so far.

    `forecast` is the newest one, for the year of `forecast_month`; None when nobody has given any. `deviation` holds
    it against what was granted for that same year: positive when the project is expected to cost more.
    """

    granted: Decimal | None
    spent: Decimal
    forecast: Decimal | None
    forecast_month: date | None
    deviation: Decimal | None

    @property
    def rest(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent


NO_MONEY = ProjectMoney(None, Decimal(0), None, None, None)


def project_money(project_ids: Iterable[int], year: int | None = None) -> dict[int, ProjectMoney]:
    """Return the money of each project, of one year or of all years. Three queries, however many projects."""
    ids = set(project_ids)
    granted = _granted(ids, year)
    spent = _spent(ids, year)
    forecasts = _forecasts(ids, year)
    return {pk: _money(granted.get(pk, {}), spent.get(pk), forecasts.get(pk)) for pk in ids}


def _money(granted: dict[int, Decimal], spent: Decimal | None, forecast: tuple[date, Decimal] | None) -> ProjectMoney:
    month, expected = forecast or (None, None)
    return ProjectMoney(
        granted=sum(granted.values(), Decimal(0)) if granted else None,
        spent=spent or Decimal(0),
        forecast=expected,
        forecast_month=month,
        deviation=deviation(granted.get(month.year), expected) if month else None,
    )


def _granted(ids: set[int], year: int | None) -> dict[int, dict[int, Decimal]]:
    lines = BudgetLine.objects.filter(project__in=ids).order_by()
    if year is not None:
        lines = lines.filter(year=year)
    granted: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for project_id, line_year, amount in lines.values_list("project_id", "year").annotate(Sum("amount")):
        granted[project_id][line_year] = amount
    return granted


def _spent(ids: set[int], year: int | None) -> dict[int, Decimal]:
    postings = Posting.objects.filter(project__in=ids).order_by()
    if year is not None:
        postings = postings.filter(posted_on__year=year)
    return dict(postings.values_list("project_id").annotate(Sum("amount")))


def _forecasts(ids: set[int], year: int | None) -> dict[int, tuple[date, Decimal]]:
    """Return the newest forecast that was sent, found by a subquery per project on an index."""
    given = StatusSnapshot.objects.filter(state__in=SENT, forecast__isnull=False)
    if year is not None:
        given = given.filter(month__year=year)
    newest = given.filter(project=OuterRef("project_id")).order_by("-month", "-revision").values("pk")[:1]
    rows = given.filter(project__in=ids, pk=Subquery(newest)).order_by()
    return {row.project_id: (row.month, row.forecast) for row in rows if row.forecast is not None}
