from datetime import date

import pytest
import time_machine

from projects.enums import Role, SnapshotState
from projects.queries.duties import duties_by_person
from tests.factories import (
    MOMENT,
    OrgUnitFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    RoleAssignmentFactory,
    StandInFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def november():
    return StatusRoundFactory()


@pytest.fixture
def project(november):
    unit = OrgUnitFactory(parent=OrgUnitFactory())
    return ProjectFactory(pool=None, committee=november.committee, unit=unit)


def owed():
    return {
        user: [(duty.kind, duty.row.project.name, duty.due) for duty in duties]
        for user, duties in duties_by_person().items()
    }


@pytest.mark.parametrize("state", [None, SnapshotState.DRAFT, SnapshotState.RETURNED])
def test_what_is_not_sent_is_owed_by_the_caseworker(project, state):
    caseworker = ProjectAssignmentFactory(project=project).user
    UserFactory(roles=[Role.MANAGER])
    if state:
        StatusSnapshotFactory(project=project, state=state)
    assert owed() == {caseworker: [("write", project.name, date(2017, 11, 22))]}


def test_what_is_sent_is_owed_by_the_nearest_manager_who_did_not_write_it(project):
    ProjectAssignmentFactory(project=project)
    near = UserFactory(roles=[Role.MANAGER], roles__unit=project.unit)
    above = UserFactory(roles=[Role.MANAGER], roles__unit=project.unit.parent)
    UserFactory(roles=[Role.MANAGER])
    snapshot = StatusSnapshotFactory(project=project, state=SnapshotState.SUBMITTED)
    assert owed() == {near: [("approve", project.name, date(2017, 11, 24))]}
    snapshot.submitted_by = near
    snapshot.save()
    assert owed() == {above: [("approve", project.name, date(2017, 11, 24))]}


def test_nobody_owes_what_is_approved_or_in_a_closed_round(project, november):
    ProjectAssignmentFactory(project=project)
    snapshot = StatusSnapshotFactory(project=project)
    assert len(owed()) == 1
    november.closed_at = MOMENT
    november.save()
    assert owed() == {}
    november.closed_at = None
    november.save()
    approved(snapshot)
    assert owed() == {}


def test_a_stand_in_owes_it_while_the_caseworker_is_absent(project):
    absent = ProjectAssignmentFactory(project=project).user
    stand_in = UserFactory(roles=[Role.CASEWORKER])
    StandInFactory(absent=absent, stand_in=stand_in, valid_from=date(2017, 11, 20), valid_to=date(2017, 11, 27))
    assert set(owed()) == {stand_in}
    with time_machine.travel("2017-11-28T09:00+01:00", tick=False):
        assert set(owed()) == {absent}


def test_only_those_who_can_do_it_owe_it(project):
    ProjectAssignmentFactory(project=project, user=UserFactory())
    ProjectAssignmentFactory(project=project, user=UserFactory(roles=[Role.CASEWORKER], is_active=False))
    former = UserFactory()
    RoleAssignmentFactory(user=former, role=Role.CASEWORKER, valid_to=date(2017, 11, 26))
    ProjectAssignmentFactory(project=project, user=former)
    assert owed() == {}


@pytest.mark.parametrize("project_count", [1, 3])
def test_query_count(project_count, november, django_assert_num_queries):
    for _number in range(project_count):
        mine = ProjectFactory(pool=None, committee=november.committee)
        ProjectAssignmentFactory(project=mine)
        UserFactory(roles=[Role.MANAGER], roles__unit=mine.unit)
        sent = ProjectFactory(pool=None, committee=november.committee, unit=mine.unit)
        StatusSnapshotFactory(project=sent, state=SnapshotState.SUBMITTED)
    with django_assert_num_queries(9):
        assert sum(map(len, duties_by_person().values())) == 2 * project_count
