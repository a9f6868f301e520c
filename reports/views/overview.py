"""The overview: one page, the part of it that filters change, and the same rows as a file."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.enums import Role
from projects.models import User
from projects.permissions import roles_required
from projects.queries.pools import pools_for
from reports.charts import ChartView, chart_view
from reports.exports import overview_csv
from reports.facts.figures import pool_chart, project_chart
from reports.facts.overview import NOT_DUE, OverviewFacts, ProjectFact, overview_facts
from reports.facts.places import FindingGroup, finding_groups
from reports.facts.sentences import shown_sentence, status_sentence
from reports.facts.sorting import KEYS, sorted_projects
from reports.filters import OverviewFilter, month_key
from reports.queries.overview import month_choices, overview_projects

ROLES = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
FINDINGS_IN_SIGHT = 4
ROWS_IN_SIGHT = 50


@dataclass(frozen=True)
class Column:
    """A heading that sorts. `next_order` is what a click asks for; `direction` is how it stands now."""

    key: str
    label: str
    is_figure: bool
    next_order: str
    direction: str


class OverviewPage:
    """What the address asks for, read once for page, part and file."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        user = cast(User, request.user)
        months, usual = month_choices()
        self.month = _wanted_month(request.GET.get("month", ""), months, usual)
        pools = pools_for(user)
        self.visible = overview_projects(user, self.month)
        self.filter = OverviewFilter(request.GET, self.visible, pools=pools, months=months, month=self.month)
        self.order = _wanted_order(request.GET.get("sort", ""))
        self.facts: OverviewFacts = overview_facts(
            user,
            month=self.month,
            projects=self.filter.qs,
            pools=self.filter.pools(pools),
            year=self.filter.money_year,
        )

    @cached_property
    def rows(self) -> list[ProjectFact]:
        return sorted_projects(self.facts.projects, self.order)

    @cached_property
    def table(self) -> Page[ProjectFact]:
        """Return the rows in sight; sums, charts and the file are of them all."""
        return Paginator(self.rows, ROWS_IN_SIGHT).get_page(self._request.GET.get("page"))

    @cached_property
    def shown(self) -> str:
        return shown_sentence(len(self.facts.projects), self.visible.count())

    @cached_property
    def lead(self) -> str:
        states = [fact.state for fact in self.facts.projects if fact.state != NOT_DUE]
        return status_sentence(states, self.month)

    @cached_property
    def columns(self) -> list[Column]:
        return [_column(key, label, is_figure, self.order) for key, label, is_figure in _headings()]

    @cached_property
    def finding_groups(self) -> list[FindingGroup]:
        return finding_groups(self.facts.findings)

    @property
    def first_findings(self) -> list[FindingGroup]:
        return self.finding_groups[:FINDINGS_IN_SIGHT]

    @property
    def more_findings(self) -> list[FindingGroup]:
        return self.finding_groups[FINDINGS_IN_SIGHT:]

    @cached_property
    def pool_chart(self) -> ChartView | None:
        return chart_view(pool_chart(self.facts.pools), is_open=True) if self.facts.pools else None

    @cached_property
    def project_chart(self) -> ChartView | None:
        spec = project_chart(self.facts)
        return chart_view(spec, is_open=True) if spec.x_labels else None

    @property
    def query(self) -> str:
        """Return the address' choices without the order: a new order begins at the first row."""
        return self._query("sort", "page")

    @property
    def ordered_query(self) -> str:
        return self._query("page")

    def _query(self, *without: str) -> str:
        chosen = self._request.GET.copy()
        for name in [name for name, value in chosen.items() if not value or name in without]:
            del chosen[name]
        return chosen.urlencode()


@require_safe
@roles_required(*ROLES)
def overview(request: HttpRequest) -> HttpResponse:
    page = OverviewPage(request)
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "reports/_overview_result.html" if is_part else "reports/overview.html"
    response = render(request, template, {"page": page, "facts": page.facts, "is_part": is_part})
    # One address, two answers: a cache must not give the part to somebody who asks for the page.
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@roles_required(*ROLES)
def overview_export(request: HttpRequest) -> HttpResponse:
    page = OverviewPage(request)
    response = HttpResponse(overview_csv(page.facts, page.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="overblik-{month_key(page.month)}.csv"'
    return response


def _wanted_month(text: str, months: list[date], usual: date) -> date:
    return next((month for month in months if month_key(month) == text), usual)


def _wanted_order(text: str) -> str:
    return text if text.removeprefix("-") in KEYS else "name"


def _headings() -> list[tuple[str, str, bool]]:
    return [
        ("name", _("Project"), False),
        ("overall", _("Overall"), False),
        ("economy", _("Economy"), False),
        ("schedule", _("Schedule"), False),
        ("results", _("Results"), False),
        ("state", _("Monthly status"), False),
        ("granted", _("Granted"), True),
        ("spent", _("Spent"), True),
        ("rest", _("Left"), True),
        ("expected", _("Expected"), True),
        ("deviation", _("Deviation"), True),
    ]


def _column(key: str, label: str, is_figure: bool, order: str) -> Column:
    """Names go up first; lights, states and amounts begin with the worst or the largest."""
    is_current = order.removeprefix("-") == key
    down_first = key != "name"
    is_down = order.startswith("-")
    next_down = not is_down if is_current else down_first
    direction = ("descending" if is_down else "ascending") if is_current else ""
    return Column(key, label, is_figure, f"-{key}" if next_down else key, direction)
