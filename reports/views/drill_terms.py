"""What is left and what is expected, term by term: each project's terms, and the way to the rows of each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.permissions import roles_required
from projects.views.files import sheet_response
from reports.exports import expected_sheet, rest_sheet
from reports.facts.drill import LINES, POSTINGS, Ways, address, ways
from reports.queries.overview import told_states
from reports.queries.overview_terms import expected_rows, expected_sums, rest_rows, rest_sums, spent_without_grant
from reports.views.drill import PER_PAGE, Counted, Rows
from reports.views.overview import ROLES, Chosen


@dataclass(frozen=True)
class RestRow:
    """A project with its terms, and the way from each."""

    project: Any
    ways: Ways


@dataclass(frozen=True)
class ExpectedRow:
    """A project with its terms. `is_told`: the status that gave the forecast may be read by the user."""

    project: Any
    before_url: str
    granted_url: str
    is_told: bool


@require_safe
@roles_required(*ROLES)
def overview_rest(request: HttpRequest) -> HttpResponse:
    chosen = Chosen(request)
    found = rest_rows(chosen.projects, chosen.year)
    context = {
        "name": _("What is left"),
        "chosen": chosen,
        "rows": _rows(found, rest_sums(found), request, lambda row: _rest_row(row, request)),
        "granted_url": address(LINES, request.GET),
        "ungranted": spent_without_grant(chosen.projects, chosen.year),
    }
    return render(request, "reports/overview_rest.html", context)


@require_safe
@roles_required(*ROLES)
def overview_rest_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = Chosen(request)
    return sheet_response(rest_sheet(rest_rows(chosen.projects, chosen.year)), "rest", kind)


@require_safe
@roles_required(*ROLES)
def overview_expected(request: HttpRequest) -> HttpResponse:
    chosen = Chosen(request)
    found = expected_rows(chosen.projects, chosen.year)
    told = told_states(chosen.user)
    rows = _rows(found, expected_sums(found), request, lambda row: _expected_row(row, request, told))
    context = {
        "name": _("What is expected"),
        "chosen": chosen,
        "rows": rows,
        "silent": chosen.projects.count() - rows.count,
    }
    return render(request, "reports/overview_expected.html", context)


@require_safe
@roles_required(*ROLES)
def overview_expected_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = Chosen(request)
    return sheet_response(expected_sheet(expected_rows(chosen.projects, chosen.year)), "forventet", kind)


def _rest_row(row: Any, request: HttpRequest) -> RestRow:
    return RestRow(row, ways(request.GET, {"project": row.code}))


def _expected_row(row: Any, request: HttpRequest, told: Collection[str]) -> ExpectedRow:
    year, own = row.money_forecast_month.year, {"project": row.code}
    return ExpectedRow(
        row,
        address(POSTINGS, request.GET, own | {"until": year - 1}),
        address(LINES, request.GET, own | {"until": year}),
        row.given_state in told,
    )


def _rows(found: Any, sums: dict[str, Any], request: HttpRequest, with_ways: Callable[[Any], object]) -> Rows:
    """Return one page of projects, each with the ways from its terms; the total is the sum of each term. One query."""
    page = Counted(found, PER_PAGE, sums["count"]).get_page(request.GET.get("page"))
    page.object_list = [with_ways(row) for row in page.object_list]
    return Rows(page, sums, sums["count"])
