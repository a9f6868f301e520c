"""The lists of projects, proposals and statuses as tables for a spreadsheet: row for row what is on the screen."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from projects.enums import Light, ProjectState, ProposalState
from projects.models.projects import ProjectQuerySet
from projects.months import format_month_short
from projects.queries.projects import ProjectRow, project_rows_in_parts
from projects.queries.proposals import ProposalRow
from projects.queries.rounds import RoundStep, state_label, steps_due
from projects.queries.status_lines import StatusLine
from projects.sheets import DATE, KRONER, NUMBER, Cell, Column, Sheet


def projects_sheet(projects: ProjectQuerySet) -> Sheet:
    """Return all the projects of `listed_projects`, in the order given. Five queries per five hundred projects."""
    kroner = (_("Granted"), _("Spent"), _("Committed"), _("Rest"), _("Forecast"))
    columns = [
        *(Column(label) for label in (_("Project"), _("Code"), _("Unit"), _("Committee"), _("Pool or other funding"))),
        *(Column(label) for label in (_("State"), _("Month"), _("Monthly status"))),
        Column(_("Due"), DATE),
        Column(_("Latest light")),
        *(Column(label, KRONER) for label in kroner),
        Column(_("Forecast is for")),
        Column(_("Deviation"), KRONER),
    ]
    return Sheet(_("Projects"), columns, _project_cells(projects))


def _project_cells(projects: ProjectQuerySet) -> Iterator[list[Cell]]:
    for rows in project_rows_in_parts(projects):
        due = steps_due([row.project for row in rows])
        yield from (_project_row(row, due.get(row.project.pk)) for row in rows)


def _project_row(row: ProjectRow, due: RoundStep | None) -> list[Cell]:
    project, money = row.project, row.money
    return [
        *(project.name, project.code, project.unit.name, project.committee.name),
        project.pool.name if project.pool else project.other_funding,
        str(ProjectState(project.state).label),
        *((f"{due.month:%Y-%m}", state_label(due.state), due.due) if due else ("", "", None)),
        str(Light(row.light).label) if row.light else "",
        *(money.granted, money.spent, money.committed, money.rest, money.forecast),
        format_month_short(money.forecast_month) if money.forecast_month else "",
        money.deviation,
    ]


def proposals_sheet(rows: Iterable[ProposalRow]) -> Sheet:
    columns = [
        Column(_("No."), NUMBER),
        *(Column(label) for label in (_("Proposal"), _("Title"), _("Pool"), _("Unit"), _("Described by"), _("State"))),
        Column(_("Asks for"), KRONER),
    ]
    return Sheet(_("Proposals"), columns, (_proposal_row(row) for row in rows))


def _proposal_row(row: ProposalRow) -> list[Cell]:
    paper = row.proposal
    return [
        *(paper.number, paper.short_name, paper.title, paper.pool.name, paper.unit.name, paper.authors),
        *(str(ProposalState(paper.state).label), row.asked),
    ]


def statuses_sheet(lines: Iterable[StatusLine]) -> Sheet:
    texts = (_("Month"), _("Committee"), _("Project"), _("Unit"), _("Caseworker"), _("Who acts now"), _("State"))
    columns = [
        *(Column(label) for label in texts),
        Column(_("Due"), DATE),
        Column(_("Days late"), NUMBER),
        *(Column(label) for label in (_("Overall light"), _("Reason for the return"))),
    ]
    return Sheet(_("Monthly statuses"), columns, (_status_row(line) for line in lines))


def _status_row(line: StatusLine) -> list[Cell]:
    row, project = line.row, line.row.project
    light = row.snapshot.light_overall if row.snapshot else ""
    return [
        *(f"{row.month:%Y-%m}", project.committee.name, project.name, project.unit.name, ", ".join(row.caseworkers)),
        ", ".join(map(str, line.doers)) if row.is_unsent else "",
        *(state_label(row.state), row.due, row.days_late or None),
        *(str(Light(light).label) if light else "", row.return_reason),
    ]
