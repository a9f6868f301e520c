"""The rows of the project list, ready to be printed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from projects.enums import ProjectState
from projects.money import format_amount
from projects.months import format_month, format_month_short
from projects.numerals import MISSING
from projects.queries.projects import ProjectRow
from projects.queries.rounds import RoundStep, state_label
from projects.slots import slotted, written
from projects.templatetags.danish import signed_amount

_CELLS = (
    *("url", "name", "place", "funding", "month", "light", "granted", "spent", "committed"),
    *("rest", "rest_class", "forecast", "forecast_month", "deviation", "deviation_class"),
)
_NEGATIVE = " negative"


def addresses(name: str, **values: object) -> Callable[[str], str]:
    """Return what gives the address of the page for any project's code, looked up once for a whole list."""
    before, after = reverse(name, kwargs={"code": "any-project", **values}).split("any-project")
    return lambda code: f"{before}{code}{after}"


def printed_rows(rows: Sequence[ProjectRow], due: Mapping[int, RoundStep]) -> SafeString:
    """Return the rows of the table; `due` is each project's step in the round that asks for its status, by its id."""
    page_of = addresses("projects:project-detail")
    row_of = slotted("projects/_project_row.html", _CELLS)
    month_of = _month_cells()

    def printed(row: ProjectRow) -> SafeString:
        project, money = row.project, row.money
        return row_of(
            url=page_of(project.code),
            name=project.name,
            place=_place(row),
            funding=project.pool.name if project.pool else project.other_funding or MISSING,
            month=month_of(row, due.get(project.pk)),
            light=written("_light.html", light=row.light),
            granted=format_amount(money.granted),
            spent=format_amount(money.spent),
            committed=format_amount(money.committed),
            rest=format_amount(money.rest),
            rest_class=_NEGATIVE if (money.rest or 0) < 0 else "",
            forecast=format_amount(money.forecast),
            forecast_month=format_month_short(money.forecast_month) if money.forecast_month else "",
            deviation=signed_amount(money.deviation),
            deviation_class=_NEGATIVE if (money.deviation or 0) > 0 else "",
        )

    return mark_safe("".join(map(printed, rows)))  # noqa: S308 - slots have escaped each of them


def _place(row: ProjectRow) -> str:
    project = row.project
    closed = "" if project.state == ProjectState.RUNNING else f" · {ProjectState(project.state).label}"
    return f"{project.unit}{closed}"


def _month_cells() -> Callable[[ProjectRow, RoundStep | None], str]:
    """Return what writes a project's month."""
    fill = slotted("projects/_project_row_month.html", ("url", "name", "month", "state", "late"))

    @cache
    def page_of(month: date) -> Callable[[str], str]:
        return addresses("projects:snapshot-edit", month=month)

    def cell(row: ProjectRow, step: RoundStep | None) -> str:
        if step is None:
            return MISSING
        return fill(
            url=page_of(step.month)(row.project.code),
            name=row.project.name,
            month=format_month(step.month).capitalize(),
            state=written("_state.html", state=step.state, label=state_label(step.state)),
            late=written("projects/_days_late.html", days=step.days_late) if step.is_overdue else "",
        )

    return cell
