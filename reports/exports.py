"""The overview as a file for a spreadsheet, row for row what is on the screen."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _

from projects.enums import Dimension
from reports.facts.overview import LightFact, OverviewFacts, ProjectFact

# Danish Excel reads semicolons and decimal commas, and takes the file for UTF-8 only when it begins with this mark.
_MARK = "\ufeff"
# A text that begins like this is calculated, not shown, when the file is opened.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | Decimal | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the rows as CSV. Amounts are bare numbers with a decimal comma; what is unknown is empty."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_text(cell) for cell in header])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return (_MARK + out.getvalue()).encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return str(cell)


def overview_csv(facts: OverviewFacts, projects: Sequence[ProjectFact]) -> bytes:
    """Return the projects in the order given, with amounts in kroner."""
    header = [
        *(_("Project"), _("Unit"), _("Committee"), _("Pool or other funding"), _("Month"), _("Monthly status")),
        *(str(dimension.label) for dimension in Dimension),
        *(_("Overall a month ago"), _("Granted"), _("Spent"), _("Left of the grant")),
        *(_("Forecast for the year"), _("Forecast is for"), _("Expected in all"), _("Deviation")),
        _("Open findings"),
    ]
    return csv_bytes(header, (_project_row(facts, fact) for fact in projects))


def _project_row(facts: OverviewFacts, fact: ProjectFact) -> list[Cell]:
    project, money = fact.project, fact.money
    return [
        project.name,
        project.unit.name,
        project.committee.code,
        project.pool.name if project.pool else project.other_funding,
        f"{facts.month:%Y-%m}",
        fact.state_label,
        *(light.word for light in fact.lights),
        LightFact(Dimension.OVERALL, fact.overall.before, "").word,
        money.granted,
        money.spent,
        money.rest,
        money.forecast,
        money.forecast_month.year if money.forecast_month else None,
        money.expected,
        money.deviation,
        fact.findings,
    ]
