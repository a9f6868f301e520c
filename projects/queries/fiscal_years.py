"""The years there is money in, and whether they are closed."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from projects.models import BudgetLine, FiscalYear, PoolYear, Posting


@dataclass(frozen=True)
class FiscalYearRow:
    """A year over all pools, kroner. `year_row` is None for one that nobody has closed or used yet."""

    year: int
    year_row: FiscalYear | None
    granted: Decimal
    spent: Decimal

    @property
    def is_closed(self) -> bool:
        return self.year_row is not None and self.year_row.closed_at is not None


def year_rows() -> list[FiscalYearRow]:
    """Return every year with a frame, a line, a posting or a closing, newest first. Four queries."""
    granted = dict(BudgetLine.objects.order_by().values_list("year").annotate(Sum("amount")))
    posted = Posting.objects.order_by().annotate(at=ExtractYear("posted_on")).values_list("at")
    spent = dict(posted.annotate(Sum("amount")))
    closed = {row.year: row for row in FiscalYear.objects.select_related("closed_by")}
    frames = set(PoolYear.objects.order_by().values_list("year", flat=True).distinct())
    nothing = Decimal(0)
    return [
        FiscalYearRow(year, closed.get(year), granted.get(year, nothing), spent.get(year, nothing))
        for year in sorted({*granted, *spent, *closed, *frames}, reverse=True)
    ]
