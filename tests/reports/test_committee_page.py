"""A committee's page: what was granted and what came of it, and nothing that was not issued."""

import re
from datetime import date
from decimal import Decimal

import pytest

from projects.enums import Direction, Role
from projects.models import Committee
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    IndicatorFactory,
    MeasurementFactory,
    MeetingFactory,
    NoteVersionFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.READER]))


@pytest.fixture
def committee() -> Committee:
    return CommitteeFactory(code="UFB", name="Udvalget for Beskæftigelse")


def issued(project, month: date, value: int, *versions, **values):
    """Approve a status with one result, and put it in the versions."""
    indicator = project.indicators.first() or IndicatorFactory(
        project=project, name="Familier", unit="familier", baseline=Decimal(18), direction=Direction.UP
    )
    if not indicator.targets.exists():
        TargetFactory(indicator=indicator, value=Decimal(52))
    snapshot = StatusSnapshotFactory(project=project, month=month, **values)
    MeasurementFactory(snapshot=snapshot, indicator=indicator, value=value)
    approved(snapshot)
    for version in versions:
        version.snapshots.add(snapshot)


def texts(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").split())


def test_it_tells_what_was_granted_and_what_came_of_it(client, reader, committee):
    version = NoteVersionFactory(note__meeting=MeetingFactory(committee=committee))
    project = ProjectFactory(name="Integration", committee=committee)
    BudgetLineFactory(project=project, amount=Decimal(500_000))
    issued(project, date(2017, 11, 1), 35, version, light_overall="green", comment_overall="Det går fremad.")
    page = texts(client.get("/udvalg/UFB/"))
    assert "Der er bevilget 500.000 kr. til ét projekt." in page
    assert "Familier: 35 familier. Målet er 52 senest 31.12.2017. 50 % af vejen." in page
    assert "Grøn" in page
    assert "Det går fremad." in page


def test_a_unit_that_ends_in_a_full_stop_ends_the_sentence(client, reader, committee):
    version = NoteVersionFactory(note__meeting=MeetingFactory(committee=committee))
    project = ProjectFactory(name="Aftentelefonen", committee=committee)
    IndicatorFactory(project=project, name="Tilført", unit="kr.", baseline=None)
    snapshot = StatusSnapshotFactory(project=project, month=date(2017, 11, 1))
    MeasurementFactory(snapshot=snapshot, indicator=project.indicators.get(), value=500_000, unit="kr.")
    approved(snapshot)
    version.snapshots.add(snapshot)
    assert "Tilført: 500.000 kr. " in texts(client.get("/udvalg/UFB/"))


def test_what_is_approved_but_not_issued_is_not_told(client, reader, committee):
    version = NoteVersionFactory(note__meeting=MeetingFactory(committee=committee))
    project = ProjectFactory(name="Integration", committee=committee)
    issued(project, date(2017, 10, 1), 30, version)
    issued(project, date(2017, 11, 1), 35, comment_overall="Ikke udsendt endnu.")
    silent = ProjectFactory(name="Housing First", committee=committee)
    issued(silent, date(2017, 11, 1), 3)
    page = texts(client.get("/udvalg/UFB/"))
    assert "Familier: 30 familier." in page
    assert "Ikke udsendt endnu." not in page
    assert "Der er endnu ikke udsendt noget om projektet." in page


def test_a_committee_without_a_note_says_so(client, reader, committee):
    BudgetLineFactory(project=ProjectFactory(committee=committee))
    page = texts(client.get("/udvalg/UFB/"))
    assert "Der er ikke udsendt noget notat til udvalget endnu." in page
    assert client.get("/udvalg/FINDES-IKKE/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client, reader, committee, count, django_assert_num_queries):
    version = NoteVersionFactory(note__meeting=MeetingFactory(committee=committee))
    for _number in range(count):
        issued(ProjectFactory(committee=committee), date(2017, 11, 1), 35, version)
    with django_assert_num_queries(17):
        client.get("/udvalg/UFB/")
