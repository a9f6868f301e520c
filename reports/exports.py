"""The overview and what its figures are made of, as tables for a spreadsheet: row for row what is on the screen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from projects.enums import BudgetKind, Dimension, Light
from projects.models import BudgetLine, Commitment, Posting, User
from projects.models.projects import ProjectQuerySet
from projects.sheets import DATE, KRONER, NUMBER, Cell, Column, Sheet
from reports.facts.overview_rows import state_label
from reports.queries.overview import told_light
from reports.queries.overview_sums import with_money

_AT_A_TIME = 2000


def overview_sheet(projects: ProjectQuerySet, *, user: User, month: date, year: int | None) -> Sheet:
    """Return all the projects of `overview_projects` in the order given. One query, whose rows are read as written."""
    kroner = (_("Granted"), _("Spent"), _("Committed"), _("Left of the grant"), _("Forecast for the year"))
    columns = [
        *(Column(label) for label in (_("Project"), _("Unit"), _("Committee"), _("Pool or other funding"))),
        Column(_("Month")),
        Column(_("Monthly status")),
        *(Column(str(dimension.label)) for dimension in Dimension),
        Column(_("Overall a month ago")),
        *(Column(label, KRONER) for label in kroner),
        Column(_("Forecast is for"), NUMBER),
        Column(_("Expected in all"), KRONER),
        Column(_("Deviation"), KRONER),
    ]
    lights = {f"light_{dimension.value}": told_light(user, month, dimension) for dimension in Dimension}
    rows = with_money(projects, year).annotate(**lights)
    return Sheet(
        _("Overview"), columns, (_project_row(row, month) for row in rows.values(*_FIELDS).iterator(_AT_A_TIME))
    )


_LIGHTS = tuple(f"light_{dimension.value}" for dimension in Dimension)
_FIELDS = (
    *("name", "unit__name", "committee__code", "pool__name", "other_funding", "state_now", *_LIGHTS, "before_light"),
    *("money_granted", "money_spent", "money_committed", "money_rest", "money_forecast", "money_forecast_month"),
    *("money_expected", "money_deviation"),
)


def _project_row(row: dict[str, Any], month: date) -> list[Cell]:
    forecast_month = row["money_forecast_month"]
    return [
        *(row["name"], row["unit__name"], row["committee__code"], row["pool__name"] or row["other_funding"]),
        *(f"{month:%Y-%m}", state_label(row["state_now"])),
        *(_light(row[name]) for name in (*_LIGHTS, "before_light")),
        *(row[f"money_{name}"] for name in ("granted", "spent", "committed", "rest", "forecast")),
        forecast_month.year if forecast_month else None,
        *(row["money_expected"], row["money_deviation"]),
    ]


def _light(light: str | None) -> str:
    return str(Light(light).label) if light else ""


def lines_sheet(lines: QuerySet[BudgetLine]) -> Sheet:
    """Return the budget lines in the order given. One query."""
    columns = [
        *(Column(label) for label in (_("Project"), _("Unit"), _("Pool"))),
        Column(_("Year"), NUMBER),
        Column(_("Kind")),
        Column(_("Amount"), KRONER),
        Column(_("Price level"), NUMBER),
        Column(_("Meeting"), DATE),
        *(Column(label) for label in (_("Item"), _("Reason"), _("Example data"))),
    ]
    fields = (
        *("project__name", "project__unit__name", "pool_year__pool__name", "year", "kind", "amount", "price_level"),
        *("meeting__date", "item_number", "reason", "example_note"),
    )
    return Sheet(_("Budget lines"), columns, _line_rows(lines.values_list(*fields)))


def _line_rows(rows: Any) -> Iterator[list[Cell]]:
    for project, unit, pool, year, kind, *rest in rows.iterator(_AT_A_TIME):
        yield [project, unit, pool, year, str(BudgetKind(kind).label), *rest]


def postings_sheet(postings: QuerySet[Posting]) -> Sheet:
    """Return the postings in the order given. One query."""
    columns = [
        Column(_("Date"), DATE),
        *(Column(label) for label in (_("Project"), _("Unit"), _("Account"), _("Text"))),
        Column(_("Amount"), KRONER),
        Column(_("File")),
        Column(_("Line"), NUMBER),
        Column(_("Example data")),
    ]
    fields = (
        *("posted_on", "project__name", "project__unit__name", "account", "text", "amount"),
        *("batch__file_name", "line_number", "batch__example_note"),
    )
    rows = postings.values_list(*fields)
    return Sheet(_("Postings"), columns, rows.iterator(_AT_A_TIME))


def commitments_sheet(commitments: QuerySet[Commitment]) -> Sheet:
    """Return the commitments in the order given. One query."""
    columns = [
        *(Column(label) for label in (_("Project"), _("Unit"), _("What is ordered or promised"))),
        Column(_("Expected to be posted"), DATE),
        Column(_("Amount"), KRONER),
        Column(_("Example data")),
    ]
    rows = commitments.values_list(
        "project__name", "project__unit__name", "text", "expected_on", "amount", "example_note"
    )
    return Sheet(_("Commitments"), columns, rows.iterator(_AT_A_TIME))


def rest_sheet(rows: Any) -> Sheet:
    """Return what is left, of `rest_rows`. One query."""
    labels = (_("Granted"), _("Spent"), _("Committed"), _("Left"))
    columns = [Column(_("Project")), Column(_("Unit")), *(Column(label, KRONER) for label in labels)]
    fields = ("name", "unit__name", "money_granted", "money_spent", "money_committed", "money_rest")
    return Sheet(_("Left"), columns, rows.values_list(*fields).iterator(_AT_A_TIME))


def expected_sheet(rows: Any) -> Sheet:
    """Return what is expected, of `expected_rows`. One query."""
    columns = [
        *(Column(_("Project")), Column(_("Unit"))),
        Column(_("Spent in earlier years"), KRONER),
        Column(_("Forecast for the year"), KRONER),
        Column(_("Status"), DATE),
        Column(_("Revision"), NUMBER),
        *(Column(label, KRONER) for label in (_("Expected in all"), _("Granted by then"), _("Deviation"))),
    ]
    fields = (
        *("name", "unit__name", "money_before", "money_forecast", "money_forecast_month", "given_revision"),
        *("money_expected", "money_by_then", "money_deviation"),
    )
    return Sheet(_("Expected"), columns, rows.values_list(*fields).iterator(_AT_A_TIME))
