"""The overview: one page, the part of it that filters change, and the same rows as a file."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.enums import Role
from projects.models import Pool, Project, User
from projects.models.projects import ProjectQuerySet
from projects.permissions import roles_required
from projects.queries.pools import pools_for
from projects.queries.projects import page_of
from projects.views.files import sheet_response
from reports.charts import ChartView, chart_view
from reports.exports import overview_sheet
from reports.facts.drill import (
    GroupTable,
    PoolUse,
    ProjectRow,
    Ways,
    YearRow,
    group_tables,
    month_links,
    pool_uses,
    project_rows,
    ways,
    year_rows,
)
from reports.facts.figures import light_chart, pool_chart, project_chart
from reports.facts.overview import OverviewFacts, overview_facts
from reports.facts.overview_rows import POOLS_IN_SIGHT
from reports.facts.places import FindingGroup, finding_groups
from reports.facts.sentences import counts_sentence, shown_sentence
from reports.filters import OverviewFilter, month_key
from reports.queries.overview import month_choices, overview_projects, pools_seen_whole
from reports.queries.overview_order import ORDERS, in_order
from reports.queries.saved_views import saved_views

ROLES = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
FINDINGS_IN_SIGHT = 4
ROWS_IN_SIGHT = 50
ROWS_ON_PAPER = 500


@dataclass(frozen=True)
class Heading:
    """A heading that sorts. `next_order` is what a click asks for; `direction` is how it stands now."""

    key: str
    label: str
    is_figure: bool
    next_order: str
    direction: str


class Chosen:
    """What the address asks for: month, filters and order, and the projects they leave. At most eleven queries."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = cast(User, request.user)
        months, usual = month_choices()
        self.month = _wanted_month(request.GET.get("month", ""), months, usual)
        self._pools = pools_for(self.user)
        self.visible: ProjectQuerySet = overview_projects(self.user, self.month)
        self.filter = OverviewFilter(request.GET, self.visible, pools=self._pools, months=months, month=self.month)
        self.order = _wanted_order(request.GET.get("sort", ""))

    @property
    def year(self) -> int | None:
        return self.filter.money_year

    @property
    def projects(self) -> ProjectQuerySet:
        return cast(ProjectQuerySet, self.filter.qs)

    @property
    def pools(self) -> QuerySet[Pool]:
        return self.filter.pools(self._pools)

    @cached_property
    def ordered(self) -> ProjectQuerySet:
        return in_order(self.projects, self.order, user=self.user, month=self.month, year=self.year)

    @property
    def chosen_words(self) -> list[tuple[str, str]]:
        """Return the choices in words, as label and value."""
        fields = self.filter.form.fields
        return [
            (str(fields[name].label), _in_words(fields[name], value))
            for name, value in self.filter.chosen.items()
            if value not in (None, "") and name != "month"
        ]

    @property
    def query(self) -> str:
        """Return the address' choices without the order: a new order begins at the first row."""
        return self.query_without("sort", "page")

    @property
    def ordered_query(self) -> str:
        return self.query_without("page")

    def query_without(self, *names: str) -> str:
        chosen = self.request.GET.copy()
        for name in [name for name, value in chosen.items() if not value or name in names]:
            del chosen[name]
        return chosen.urlencode()


class OverviewPage(Chosen):
    """What the page shows of it."""

    def __init__(self, request: HttpRequest, rows: int = ROWS_IN_SIGHT) -> None:
        super().__init__(request)
        self.table: Page[Project] = Paginator(self.ordered, rows).get_page(request.GET.get("page"))
        begin = max(self.table.start_index() - 1, 0)
        self.facts: OverviewFacts = overview_facts(
            self.user,
            month=self.month,
            projects=self.projects,
            pools=self.pools,
            year=self.year,
            in_sight=page_of(self.ordered, begin, self.table.end_index(), self.table.paginator.count),
        )

    @cached_property
    def shown(self) -> str:
        return shown_sentence(self.facts.total.projects, self.visible.count())

    @cached_property
    def lead(self) -> str:
        return counts_sentence(self.facts.expected_states, self.month)

    @cached_property
    def columns(self) -> list[Heading]:
        return [_heading(key, label, is_figure, self.order) for key, label, is_figure in _headings()]

    @cached_property
    def finding_groups(self) -> list[FindingGroup]:
        return finding_groups(self.facts.findings)

    @property
    def first_findings(self) -> list[FindingGroup]:
        return self.finding_groups[:FINDINGS_IN_SIGHT]

    @property
    def more_findings(self) -> list[FindingGroup]:
        return self.finding_groups[FINDINGS_IN_SIGHT:]

    @property
    def tells_pools_apart(self) -> bool:
        return len(self.facts.pools) <= POOLS_IN_SIGHT

    @cached_property
    def pool_chart(self) -> ChartView | None:
        pools = self.facts.pools
        return chart_view(pool_chart(pools), is_open=True) if pools and self.tells_pools_apart else None

    @cached_property
    def light_chart(self) -> ChartView | None:
        # A single month is three numbers, which the lead has said already.
        return chart_view(light_chart(self.facts)) if len(self.facts.lights) > 1 else None

    @cached_property
    def project_chart(self) -> ChartView | None:
        spec = project_chart(self.facts)
        return chart_view(spec, is_open=True) if spec.x_labels else None

    @cached_property
    def group_tables(self) -> list[GroupTable]:
        return group_tables(self.facts, self.request.GET)

    @cached_property
    def pool_uses(self) -> list[PoolUse]:
        pools = {pool.pool_id for pool in self.facts.pools if pool.pool_id is not None}
        return pool_uses(self.facts, self.request.GET, seen_whole=pools_seen_whole(self.user, pools))

    @cached_property
    def project_rows(self) -> list[ProjectRow]:
        return project_rows(self.facts, self.request.GET)

    @cached_property
    def year_rows(self) -> list[YearRow]:
        return year_rows(self.facts, self.request.GET)

    @cached_property
    def links(self) -> dict[str, str]:
        return month_links(self.request.GET, self.facts.month)

    @cached_property
    def ways(self) -> Ways:
        return ways(self.request.GET)


@require_safe
@roles_required(*ROLES)
def overview(request: HttpRequest) -> HttpResponse:
    page = OverviewPage(request)
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "reports/_overview_result.html" if is_part else "reports/overview.html"
    context = {
        "page": page,
        "facts": page.facts,
        "is_part": is_part,
        "views": saved_views(page.user, page.query_without("page")),
    }
    response = render(request, template, context)
    # One address, two answers: a cache must not give the part to somebody who asks for the page.
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@roles_required(*ROLES)
def overview_print(request: HttpRequest) -> HttpResponse:
    """Show the same on paper: no choices, and the table whole as far as a paper can hold it."""
    page = OverviewPage(request, ROWS_ON_PAPER)
    return render(request, "reports/overview_print.html", {"page": page, "facts": page.facts})


@require_safe
@roles_required(*ROLES)
def overview_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = Chosen(request)
    sheet = overview_sheet(chosen.ordered, user=chosen.user, month=chosen.month, year=chosen.year)
    return sheet_response(sheet, f"overblik-{month_key(chosen.month)}", kind)


def _wanted_month(text: str, months: list[date], usual: date) -> date:
    return next((month for month in months if month_key(month) == text), usual)


def _in_words(field: Any, value: Any) -> str:
    return str(dict(getattr(field, "choices", ())).get(value, value)).strip() if isinstance(value, str) else str(value)


def _wanted_order(text: str) -> str:
    return text if text.removeprefix("-") in ORDERS else "name"


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
        ("committed", _("Committed"), True),
        ("rest", _("Left"), True),
        ("expected", _("Expected"), True),
        ("deviation", _("Deviation"), True),
    ]


def _heading(key: str, label: str, is_figure: bool, order: str) -> Heading:
    """Names go up first; lights, states and amounts begin with the worst or the largest."""
    is_current = order.removeprefix("-") == key
    down_first = key != "name"
    is_down = order.startswith("-")
    next_down = not is_down if is_current else down_first
    direction = ("descending" if is_down else "ascending") if is_current else ""
    return Heading(key, label, is_figure, f"-{key}" if next_down else key, direction)
