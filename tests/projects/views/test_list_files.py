"""The lists as files hold the rows of the page: the same filters, the same order, and all of them."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from projects.actions.rollups import refresh_all_rollups
from projects.enums import ProposalState, Role
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
NOVEMBER = date(2017, 11, 1)


def rows_of(client, name: str, query: dict) -> list[dict]:
    """Return the CSV's rows, having made sure that the workbook says the same."""
    text = b"".join(client.get(reverse(f"{name}-export", args=["csv"]), query)).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    book = BytesIO(b"".join(client.get(reverse(f"{name}-export", args=["xlsx"]), query)))
    head, *cells = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert [dict(zip(head, map(as_csv, row), strict=True)) for row in cells] == [
        {key: as_number(value) for key, value in row.items()} for row in rows
    ]
    return rows


def as_csv(cell) -> str:
    if isinstance(cell, float):
        return f"{Decimal(str(cell)):.2f}"
    return f"{cell.day}.{cell.month}.{cell.year}" if isinstance(cell, date) else str(cell)


def as_number(cell: str) -> str:
    """Return the CSV's cell as the workbook has it: amounts with a point, and no apostrophe before a text."""
    cell = cell.removeprefix("'")
    bare = cell.replace(",", ".").removeprefix("-")
    return f"{Decimal(cell.replace(',', '.')):.2f}" if bare.replace(".", "", 1).isdecimal() else cell


@pytest.fixture
def controller(client):
    client.force_login(factories.UserFactory(roles=[Role.CONTROLLER]))
    return client


def test_the_project_file_holds_every_row_of_every_page_as_chosen(controller, monkeypatch):
    monkeypatch.setattr("projects.views.projects.PER_PAGE", 2)
    committee = factories.CommitteeFactory()
    projects = [factories.ProjectFactory(committee=committee, name=name) for name in ("Åben", "=Ært", "Bro")]
    factories.ProjectFactory(name="Et andet udvalg")
    factories.StatusRoundFactory(committee=committee, month=NOVEMBER)
    for number, project in enumerate(projects):
        factories.BudgetLineFactory(project=project, amount=Decimal(1000 * (number + 1)))
        factories.PostingFactory(project=project, amount=Decimal("0.25"))
    refresh_all_rollups()
    query = {"committee": committee.pk, "sort": "-granted"}
    pages = [controller.get(reverse("projects:project-list"), {**query, "page": page}) for page in (1, 2)]
    shown = [row for page in pages for row in page.context["rows"]]
    found = rows_of(controller, "projects:project-list", query)
    assert [(row["Projekt"], row["Bevilget"], row["Rest"], row["Måned"], row["Månedsstatus"]) for row in found] == [
        (
            f"'{row.project.name}" if row.project.name.startswith("=") else row.project.name,
            f"{row.money.granted:.2f}".replace(".", ","),
            f"{row.money.rest:.2f}".replace(".", ","),
            "2017-11",
            "Ikke begyndt",
        )
        for row in shown
    ]
    assert [row["Kode"] for row in found] == [projects[2].code, projects[1].code, projects[0].code]


def test_the_proposal_file_holds_what_is_shown(controller):
    sent = factories.ProposalFactory(state=ProposalState.SUBMITTED)
    factories.ProposalCostFactory(proposal=sent, amount=Decimal("150000.50"))
    unpriced = factories.ProposalFactory(state=ProposalState.SUBMITTED)
    factories.ProposalFactory(state=ProposalState.REJECTED)
    query = {"state": "submitted", "sort": "-amount"}
    page = controller.get(reverse("projects:proposal-list"), query)
    assert [row.proposal for row in page.context["rows"]] == [sent, unpriced]
    found = rows_of(controller, "projects:proposal-list", query)
    assert [(row["Forslag"], row["Søger om"]) for row in found] == [
        (sent.short_name, "150000,50"),
        (unpriced.short_name, ""),
    ]


def test_the_status_file_holds_what_the_filters_let_through(world, manager):
    page = manager.get(reverse("projects:status-list"), {"state": "missing"})
    lines = [line for _round, lines in page.context["rounds"] for line in lines]
    found = rows_of(manager, "projects:status-list", {"state": "missing"})
    assert [(row["Projekt"], row["Frist"], row["Sagsbehandler"]) for row in found] == [
        (
            line.row.project.name,
            f"{line.row.due.day}.{line.row.due.month}.{line.row.due.year}",
            ", ".join(line.row.caseworkers),
        )
        for line in lines
    ]
    assert found
    assert rows_of(manager, "projects:status-list", {"state": "approved"}) == []


@pytest.mark.parametrize("name", ["project-list", "proposal-list", "status-list"])
def test_the_page_leads_to_its_file_with_its_choices(world, manager, name):
    factories.ProposalFactory(state=ProposalState.SUBMITTED, unit=world.project.unit)
    page = manager.get(reverse(f"projects:{name}"), {"unit": world.project.unit_id}).content.decode()
    assert f'href="{reverse(f"projects:{name}-export", args=["xlsx"])}?unit={world.project.unit_id}"' in page
