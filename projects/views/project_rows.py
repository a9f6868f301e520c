"""The rows of the project list, ready to be printed: formatting and including per cell costs more than the queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from projects.enums import ProjectState
from projects.money import format_amount
from projects.months import format_month, format_month_short
from projects.queries.projects import ProjectRow
from projects.queries.rounds import RoundRow, state_label
from projects.templatetags.danish import signed_amount


@dataclass(frozen=True)
class ListedProject:
    """A project's cells as they are read. `due` is None when no open round asks for its status."""

    row: ProjectRow
    due: RoundRow | None
    url: str
    place: str
    funding: str
    light: SafeString
    granted: str
    spent: str
    committed: str
    rest: str
    forecast: str
    forecast_month: str
    deviation: str
    month: str = ""
    month_url: str = ""
    state: str = ""
    late: str = ""

    @property
    def is_overspent(self) -> bool:
        return (self.row.money.rest or 0) < 0

    @property
    def is_over(self) -> bool:
        return (self.row.money.deviation or 0) > 0


def printed_rows(rows: Sequence[ProjectRow], due: Mapping[int, RoundRow]) -> list[ListedProject]:
    """Return the rows with their cells. Each light, state and lateness is rendered once, however many have it."""

    @cache
    def rendered(template: str, **values: Any) -> SafeString:
        return render_to_string(template, values)

    @cache
    def label(state: str) -> str:
        return str(ProjectState(state).label)

    def month_cells(project_code: str, item: RoundRow | None) -> dict[str, Any]:
        if item is None:
            return {}
        return {
            "month": format_month(item.month).capitalize(),
            "month_url": reverse("projects:snapshot-edit", args=[project_code, item.month]),
            "state": rendered("_state.html", state=item.snapshot and item.state, label=state_label(item.state)),
            "late": rendered("projects/_days_late.html", days=item.days_late) if item.is_overdue else "",
        }

    def listed(row: ProjectRow) -> ListedProject:
        project, money, item = row.project, row.money, due.get(row.project.pk)
        closed = "" if project.state == ProjectState.RUNNING else f" · {label(project.state)}"
        return ListedProject(
            row=row,
            due=item,
            url=reverse("projects:project-detail", args=[project.code]),
            place=f"{project.unit}{closed}",
            funding=project.pool.name if project.pool else project.other_funding or "–",
            light=rendered("_light.html", light=row.light),
            granted=format_amount(money.granted),
            spent=format_amount(money.spent),
            committed=format_amount(money.committed),
            rest=format_amount(money.rest),
            forecast=format_amount(money.forecast),
            forecast_month=format_month_short(money.forecast_month) if money.forecast_month else "",
            deviation=signed_amount(money.deviation),
            **month_cells(project.code, item),
        )

    return [listed(row) for row in rows]
