"""The project list's rows: every cell as it is read, and nothing that somebody typed becomes HTML."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from projects.enums import ProjectState, Role
from projects.queries.projects import listed_projects, project_rows
from projects.queries.rounds import steps_due
from projects.views.project_rows import printed_rows
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    OrgUnitFactory,
    PostingFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed():
    def rows():
        found = project_rows(listed_projects(UserFactory(roles=[Role.MANAGER])).order_by("pk"))
        html = printed_rows(found, steps_due([row.project for row in found]))
        return [re.findall(r"(?s)<t[hd][^>]*>.*?</t[hd]>", row) for row in html.split("</tr>")[:-1]]

    return rows


def words(cell):
    return " ".join(re.sub(r"<[^>]+>", " ", cell).replace("\xa0", " ").split())


def test_every_cell_of_a_project_with_money_a_forecast_and_a_late_month(printed):
    unit = OrgUnitFactory(name="Job & Kompetencer")
    project = ProjectFactory(code="kor", name="Kor <b>{name}</b>", unit=unit, pool__name="Pulje 1")
    BudgetLineFactory(project=project, year=2017, amount=Decimal(1_000_000))
    PostingFactory(project=project, amount=Decimal("1250000.50"), posted_on=date(2017, 5, 1))
    told = StatusSnapshotFactory(
        project=project, month=date(2017, 10, 1), light_overall="red", forecast=Decimal(1_300_000)
    )
    approved(told)
    StatusRoundFactory(
        committee=project.committee,
        month=date(2017, 11, 1),
        caseworker_due=date(2017, 12, 4),
        manager_due=date(2017, 12, 6),
        secretary_due=date(2017, 12, 8),
    )
    with time_machine.travel(date(2017, 12, 6), tick=False):
        [row] = printed()
    assert [words(cell) for cell in row] == [
        "Kor &lt;b&gt;{name}&lt;/b&gt; Job &amp; Kompetencer",
        "Pulje 1",
        "November 2017 , Kor &lt;b&gt;{name}&lt;/b&gt; Ikke begyndt to dage forsinket",
        "Rød",
        "1.000.000",
        "1.250.001",
        "0",
        "−250.001",
        "1.300.000 okt. 2017",
        "+300.000",
    ]
    assert [bool(re.search('class="num negative"', cell)) for cell in row] == [*[False] * 7, True, False, True]
    assert 'href="/projekter/kor/"' in row[0]
    assert "/projekter/kor/" in row[2]
    assert "2017-11" in row[2]


def test_what_is_not_known_is_a_dash_and_a_closed_project_says_so(printed):
    unit = OrgUnitFactory(name="Ungeenheden")
    ProjectFactory(pool=None, committee=CommitteeFactory(), unit=unit, state=ProjectState.CLOSED, name="Avis")
    [row] = printed()
    assert [words(cell) for cell in row] == [
        "Avis Ungeenheden · Afsluttet",
        "–",
        "–",
        "Ikke vurderet",
        *("–", "0", "0", "–", "–", "–"),
    ]
