"""The overview's page, the part that filters change, and the file."""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from projects.enums import Light, ProposalState, Role, SnapshotState
from projects.models import OrgUnit, Pool, Project, User
from tests.factories import (
    MOMENT,
    MONTH,
    BudgetLineFactory,
    EstimateLineFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]

PAGE, FILE = "/overblik/", "/overblik/overblik.csv"
OCTOBER = date(2017, 10, 1)


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def unit() -> OrgUnit:
    return OrgUnitFactory(name="Beskæftigelse")


@pytest.fixture
def pool(unit) -> Pool:
    """4.300.000 kr. with 2.810.000 proposed, and a round for November."""
    pool = PoolFactory(code="GENINV-2016", name="Geninvesteringspuljen", unit=unit)
    frame = PoolYearFactory(pool=pool)
    listed = ProposalFactory(pool=pool, number=2, short_name="Mentorkorps", state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=listed, amount=Decimal(2_810_000))
    EstimateLineFactory(proposal=listed, pool_year=frame, amount=Decimal(2_810_000))
    StatusRoundFactory(committee=pool.committee)
    return pool


@pytest.fixture
def three(pool, unit) -> dict[str, Project]:
    """Integration (yellow, sent, in a unit below), Mentorer (green, approved), Aftentelefonen (missing, no pool)."""
    below = OrgUnitFactory(name="Integration og Ungdom", parent=unit)
    other = OrgUnitFactory(name="Social Omsorg")
    projects = {
        "Integration": ProjectFactory(name="Integration", pool=pool, unit=below),
        "Mentorer": ProjectFactory(name="Mentorer", pool=pool, unit=unit),
        "Aftentelefonen": ProjectFactory(name="Aftentelefonen", pool=None, unit=other, committee=pool.committee),
    }
    for number, (name, amount) in enumerate((("Integration", 500_000), ("Mentorer", 185_000))):
        BudgetLineFactory(project=projects[name], year=2016 + number, amount=Decimal(amount))
    PostingFactory(project=projects["Integration"], amount=Decimal("312500.50"), posted_on=date(2016, 6, 30))
    StatusSnapshotFactory(
        project=projects["Integration"], state=SnapshotState.SUBMITTED, light_overall=Light.YELLOW, forecast=540_000
    )
    approved(StatusSnapshotFactory(project=projects["Mentorer"], light_overall=Light.GREEN))
    return projects


@pytest.fixture
def manager(client: Client) -> User:
    user = UserFactory(roles=[Role.MANAGER])
    client.force_login(user)
    return user


def names(response) -> list[str]:
    """Return the projects of the table, top down."""
    return re.findall(r'<a class="row-link"[^>]*>([^<]*)</a>', response.content.decode())


def csv_rows(response) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    # The mark by which Danish Excel knows UTF-8.
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def texts(response) -> str:
    """Return the page's words, without markup and double spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").split())


def test_page_tells_what_the_pool_holds_and_how_the_month_stands(client, manager, three):
    page = texts(client.get(PAGE))
    for figure in ("4.300.000 kr.", "2.810.000 kr.", "1.490.000 kr."):
        assert figure in page
    assert "Tre statusser for november 2017: én er godkendt, én venter på godkendelse og én mangler." in page
    assert "Viser alle 3 projekter." in page


def test_a_proposal_missing_from_the_list_is_told_with_the_way_to_the_pool(client, manager, pool):
    forgotten = ProposalFactory(pool=pool, number=1, short_name="Autisme og ADHD", state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=forgotten, amount=Decimal(740_000))
    response = client.get(PAGE)
    assert "Autisme og ADHD" in texts(response)
    assert "740.000 kr." in texts(response)
    assert f'href="{reverse("projects:pool-detail", args=[pool.code])}"' in response.content.decode()


def test_project_row_has_lights_state_money_and_the_total(client, manager, three):
    page = texts(client.get(PAGE))
    row = page[page.index("Integration Integration og Ungdom") :]
    assert row.startswith(
        "Integration Integration og Ungdom Én åben bemærkning Gul – Ikke vurderet – Ikke vurderet – Ikke vurderet Sendt"
    )
    assert "500.000 312.501 0 187.500 852.501 ultimo 2017 +352.501" in row
    total = page[page.index("I alt 685.000") :]
    assert total.startswith("I alt 685.000 312.501 0 372.500 852.501 fra 1 af 3 +352.501")


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"light": "yellow"}, ["Integration"]),
        ({"light": "none"}, ["Aftentelefonen"]),
        ({"state": "missing"}, ["Aftentelefonen"]),
        ({"state": "approved"}, ["Mentorer"]),
        ({"unit": "Beskæftigelse"}, ["Integration", "Mentorer"]),
        ({"unit": "Integration og Ungdom"}, ["Integration"]),
        ({"pool": "GENINV-2016"}, ["Integration", "Mentorer"]),
        ({"year": "2017", "light": "green"}, ["Mentorer"]),
        ({"committee": "all", "state": "submitted", "light": "green"}, []),
    ],
)
def test_filters_leave_what_they_say_and_count_honestly(client, manager, three, pool, chosen, left):
    ids = {
        "unit": {unit.name: unit.pk for unit in OrgUnit.objects.all()},
        "pool": {pool.code: pool.pk},
        "committee": {"all": pool.committee_id},
    }
    response = client.get(PAGE, {name: ids.get(name, {}).get(value, value) for name, value in chosen.items()})
    assert names(response) == left
    assert f"Viser {len(left)} af 3 projekter." in texts(response)
    assert ("Ingen projekter passer" in texts(response)) == (left == [])


def test_the_filtered_year_decides_the_money_and_the_frames(client, manager, three):
    page = texts(client.get(PAGE, {"year": "2017"}))
    assert "I alt 185.000" in page
    assert "4.300.000 kr." not in page


def test_unknown_choices_are_said_and_change_nothing(client, manager, three):
    response = client.get(PAGE, {"light": "blue", "unit": "99999", "month": "1999-01", "sort": "secret"})
    assert response.status_code == 200
    assert len(names(response)) == 3
    assert response.content.decode().count("form-error-message") == 2


def test_the_month_can_be_chosen_and_is_otherwise_that_of_the_open_round(client, manager, three):
    StatusSnapshotFactory(
        project=three["Aftentelefonen"], month=OCTOBER, state=SnapshotState.SUBMITTED, light_overall=Light.RED
    )
    assert "light-red" not in client.get(PAGE).content.decode()
    october = client.get(PAGE, {"month": "2017-10", "light": "red"})
    assert names(october) == ["Aftentelefonen"]
    assert '<option value="2017-10" selected>oktober 2017</option>' in october.content.decode()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Aftentelefonen", "Integration", "Mentorer"]),
        ("-name", ["Mentorer", "Integration", "Aftentelefonen"]),
        ("-granted", ["Integration", "Mentorer", "Aftentelefonen"]),
        ("overall", ["Mentorer", "Integration", "Aftentelefonen"]),
        ("-state", ["Aftentelefonen", "Integration", "Mentorer"]),
    ],
)
def test_columns_sort_and_say_so(client, manager, three, order, expected):
    response = client.get(PAGE, {"sort": order})
    assert names(response) == expected
    key, direction = (order or "name").removeprefix("-"), "descending" if order.startswith("-") else "ascending"
    heading = rf'<th scope="col"[^>]* aria-sort="{direction}">\s*<a id="sort-{key}"'
    assert re.search(heading, response.content.decode())


def test_sorting_keeps_the_filters(client, manager, three):
    page = client.get(PAGE, {"light": "yellow", "state": "", "sort": "-granted"}).content.decode()
    assert 'href="?light=yellow&amp;sort=granted"' in page
    assert 'href="/overblik/overblik.csv?light=yellow&amp;sort=-granted"' in page


def test_htmx_gets_the_part_and_the_browser_going_back_gets_the_page(client, manager, three):
    part = client.get(PAGE, {"light": "yellow"}, headers={"HX-Request": "true"})
    back = client.get(PAGE, {"light": "yellow"}, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert (names(part), names(back)) == (["Integration"], ["Integration"])
    assert ("<html" in part.content.decode(), "<html" in back.content.decode()) == (False, True)
    assert "Viser 1 af 3 projekter." in texts(part)
    assert "HX-Request" in part["Vary"]


def test_file_holds_what_is_seen_in_the_order_it_is_seen(client, manager, three):
    response = client.get(FILE, {"light": "yellow", "sort": "-granted"})
    assert response["Content-Disposition"] == 'attachment; filename="overblik-2017-11.csv"'
    (header, row) = csv_rows(response)
    assert dict(zip(header, row, strict=True)) == {
        "Projekt": "Integration",
        "Enhed": "Integration og Ungdom",
        "Udvalg": three["Integration"].committee.code,
        "Pulje eller anden finansiering": "Geninvesteringspuljen",
        "Måned": "2017-11",
        "Månedsstatus": "Sendt",
        "Samlet": "Gul",
        "Økonomi": "",
        "Tidsplan": "",
        "Resultater": "",
        "Samlet for en måned siden": "",
        "Bevilget": "500000,00",
        "Forbrugt": "312500,50",
        "Disponeret": "0,00",
        "Rest af bevillingen": "187499,50",
        "Prognose for året": "540000,00",
        "Prognosen gælder": "2017",
        "Forventet i alt": "852500,50",
        "Afvigelse": "352500,50",
    }
    everything = csv_rows(client.get(FILE, {"sort": "-name"}))
    assert [line[0] for line in everything[1:]] == ["Mentorer", "Integration", "Aftentelefonen"]


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("role", Role)
def test_only_those_who_follow_the_portfolio_get_in(client, role, address):
    client.force_login(UserFactory(roles=[role]))
    allowed = {Role.MANAGER, Role.SECRETARY, Role.CONTROLLER, Role.ADMINISTRATOR}
    assert client.get(address).status_code == (200 if role in allowed else 403)
    assert client.post(address).status_code == 405


def test_a_manager_sees_the_own_units_and_counts_only_those(client, three, unit):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=unit))
    response = client.get(PAGE)
    assert names(response) == ["Integration", "Mentorer"]
    assert "Viser alle 2 projekter." in texts(response)
    assert "Social Omsorg" not in texts(response)


def test_a_long_table_is_turned_page_by_page_and_its_sums_and_file_are_of_them_all(client, manager, pool):
    for number in range(51):
        BudgetLineFactory(project=ProjectFactory(name=f"Projekt {number:02}", pool=pool), amount=Decimal(1000))
    first, second = client.get(PAGE), client.get(PAGE, {"page": 2, "sort": "-name"})
    assert (len(names(first)), names(second)) == (50, ["Projekt 00"])
    assert 'href="?page=2"' in first.content.decode()
    assert 'href="?sort=-name&amp;page=1"' in second.content.decode()
    for response in (first, second):
        assert "Viser alle 51 projekter." in texts(response)
        assert "I alt 51.000" in texts(response)
    assert len(csv_rows(client.get(FILE, {"page": 2}))) == 52


def test_an_empty_installation_has_a_page_too(client, manager):
    page = texts(client.get(PAGE))
    assert "Ingen projekter endnu" in page
    assert "november 2017" in page
    assert MONTH.year == 2017
