"""The rows of the project list, ready to be printed: formatting and including per cell costs more than the queries."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypedDict

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from projects.enums import ProjectState
from projects.money import format_amount
from projects.months import format_month, format_month_short
from projects.queries.projects import ProjectRow
from projects.queries.rounds import RoundStep, state_label
from projects.templatetags.danish import signed_amount


class MonthCells(TypedDict, total=False):
    """What a project's month says; nothing when no open round asks for its status."""

    month: str
    month_url: str
    state: str
    late: str


class ListedProject(MonthCells):
    """A project's cells as they are read. `due` is None when no open round asks for its status.

    A dict, because a template looks there first: an attribute costs each of a page's thousand cells a failed lookup.
    """

    row: ProjectRow
    due: RoundStep | None
    url: str
    name: str
    place: str
    funding: str
    light: SafeString
    granted: str
    spent: str
    committed: str
    rest: str
    is_overspent: bool
    forecast: str
    forecast_month: str
    deviation: str
    is_over: bool


def addresses(name: str, **values: object) -> Callable[[str], str]:
    """Return what gives the address of the page for any project's code, looked up once for a whole list."""
    before, after = reverse(name, kwargs={"code": "any-project", **values}).split("any-project")
    return lambda code: f"{before}{code}{after}"


def printed_rows(rows: Sequence[ProjectRow], due: Mapping[int, RoundStep]) -> list[ListedProject]:
    """Return the rows with their cells. Each light, state and lateness is rendered once, however many have it."""

    @cache
    def rendered(template: str, **values: Any) -> SafeString:
        return render_to_string(template, values)

    @cache
    def label(state: str) -> str:
        return str(ProjectState(state).label)

    page_of = addresses("projects:project-detail")

    @cache
    def status_of(month: date) -> Callable[[str], str]:
        return addresses("projects:snapshot-edit", month=month)

    def month_cells(project_code: str, item: RoundStep | None) -> MonthCells:
        if item is None:
            return {}
        return {
            "month": format_month(item.month).capitalize(),
            "month_url": status_of(item.month)(project_code),
            "state": rendered("_state.html", state=item.state if item.is_begun else "", label=state_label(item.state)),
            "late": rendered("projects/_days_late.html", days=item.days_late) if item.is_overdue else "",
        }

    def listed(row: ProjectRow) -> ListedProject:
        project, money, item = row.project, row.money, due.get(row.project.pk)
        closed = "" if project.state == ProjectState.RUNNING else f" · {label(project.state)}"
        return ListedProject(
            row=row,
            due=item,
            url=page_of(project.code),
            name=project.name,
            place=f"{project.unit}{closed}",
            funding=project.pool.name if project.pool else project.other_funding or "–",
            light=rendered("_light.html", light=row.light),
            granted=format_amount(money.granted),
            spent=format_amount(money.spent),
            committed=format_amount(money.committed),
            rest=format_amount(money.rest),
            is_overspent=(money.rest or 0) < 0,
            forecast=format_amount(money.forecast),
            forecast_month=format_month_short(money.forecast_month) if money.forecast_month else "",
            deviation=signed_amount(money.deviation),
            is_over=(money.deviation or 0) > 0,
            **month_cells(project.code, item),
        )

    return [listed(row) for row in rows]
