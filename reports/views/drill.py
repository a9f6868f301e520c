"""What a figure is made of: the budget lines, postings and commitments behind it, with the overview's own choices."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.models import BudgetLine, Commitment, Posting
from projects.months import parse_month
from projects.permissions import roles_required
from projects.views.files import sheet_response
from reports.exports import commitments_sheet, lines_sheet, postings_sheet
from reports.queries.overview_rows import budget_line_rows, commitment_rows, posting_rows
from reports.views.overview import ROLES, Chosen

PER_PAGE = 100


@dataclass(frozen=True)
class Rows:
    """The rows in sight, with the sum and number of them all."""

    page: Page[Any]
    total: Any
    count: int


class Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that knows the number of rows already: it came with their sum."""

    def __init__(self, rows: QuerySet[Any], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


def _rows(rows: QuerySet[Any], number: str | None) -> Rows:
    """Return one page of rows that have an amount. Two queries."""
    summed = rows.order_by().aggregate(total=Sum("amount"), count=Count("pk"))
    return Rows(Counted(rows, PER_PAGE, summed["count"]).get_page(number), summed["total"], summed["count"])


class Drill(Chosen):
    """The overview's choices, and what the rows are narrowed to whatever the projects' year.

    `within` is a month. `until` is the last year of those the rows are from.
    """

    @property
    def within(self) -> date | None:
        try:
            return parse_month(self.request.GET.get("within", ""))
        except ValidationError:
            return None

    @property
    def until(self) -> int | None:
        asked = self.request.GET.get("until", "")
        return int(asked) if len(asked) == 4 and asked.isdecimal() and asked > "0000" else None

    @property
    def lines(self) -> QuerySet[BudgetLine]:
        return budget_line_rows(self.projects, year=self.year, within=self.within, until=self.until)

    @property
    def postings(self) -> QuerySet[Posting]:
        aside_of = self.filter.chosen.get("pool") if "aside" in self.request.GET else None
        return posting_rows(self.projects, year=self.year, within=self.within, until=self.until, aside_of=aside_of)

    @property
    def commitments(self) -> QuerySet[Commitment]:
        return commitment_rows(self.projects, year=self.year)


@require_safe
@roles_required(*ROLES)
def overview_lines(request: HttpRequest) -> HttpResponse:
    chosen = Drill(request)
    rows = _rows(chosen.lines, request.GET.get("page"))
    return render(request, "reports/overview_lines.html", {"name": _("Budget lines"), "chosen": chosen, "rows": rows})


@require_safe
@roles_required(*ROLES)
def overview_lines_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    return sheet_response(lines_sheet(Drill(request).lines), "budgetlinjer", kind)


@require_safe
@roles_required(*ROLES)
def overview_postings(request: HttpRequest) -> HttpResponse:
    chosen = Drill(request)
    rows = _rows(chosen.postings, request.GET.get("page"))
    return render(request, "reports/overview_postings.html", {"name": _("Postings"), "chosen": chosen, "rows": rows})


@require_safe
@roles_required(*ROLES)
def overview_postings_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    return sheet_response(postings_sheet(Drill(request).postings), "posteringer", kind)


@require_safe
@roles_required(*ROLES)
def overview_commitments(request: HttpRequest) -> HttpResponse:
    chosen = Drill(request)
    rows = _rows(chosen.commitments, request.GET.get("page"))
    context = {"name": _("Commitments"), "chosen": chosen, "rows": rows}
    return render(request, "reports/overview_commitments.html", context)


@require_safe
@roles_required(*ROLES)
def overview_commitments_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    return sheet_response(commitments_sheet(Drill(request).commitments), "disponeret", kind)
