from datetime import date

import pytest
import time_machine

from projects.actions.reminders import renew_calendar_key, token_hash
from projects.enums import Role
from projects.queries.calendar import calendar_entries, calendar_owner
from tests.factories import (
    MOMENT,
    OrgUnitFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StandInFactory,
    StatusRoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def november():
    return StatusRoundFactory()


def entries(user):
    return [(entry.part, entry.day, entry.projects) for entry in calendar_entries(user)]


def test_everybody_has_their_own_deadlines(november):
    unit = OrgUnitFactory()
    project = ProjectFactory(pool=None, committee=november.committee, unit=unit, name="Mentor")
    ProjectFactory(pool=None, committee=november.committee, name="Et andet")
    caseworker = ProjectAssignmentFactory(project=project).user
    stand_in = UserFactory(roles=[Role.CASEWORKER])
    StandInFactory(absent=caseworker, stand_in=stand_in)
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=unit)
    secretary = UserFactory(roles=[Role.SECRETARY])
    assert entries(caseworker) == entries(stand_in) == [("caseworker", date(2017, 11, 22), ("Mentor",))]
    assert entries(manager) == [("manager", date(2017, 11, 24), ("Mentor",))]
    assert entries(secretary) == [("secretary", date(2017, 11, 27), ())]
    assert entries(UserFactory(roles=[Role.READER])) == []
    assert entries(UserFactory(roles=[Role.CASEWORKER])) == []


def test_closed_rounds_stay_two_months(november):
    secretary = UserFactory(roles=[Role.SECRETARY])
    november.closed_at = MOMENT
    november.save()
    with time_machine.travel("2018-01-26T09:00+01:00", tick=False):
        assert len(entries(secretary)) == 1
    with time_machine.travel("2018-01-27T09:00+01:00", tick=False):
        assert entries(secretary) == []


def test_a_token_opens_one_persons_calendar_while_they_are_here():
    user = UserFactory()
    token = renew_calendar_key(user=user)
    assert calendar_owner(token_hash(token)) == user
    assert calendar_owner(token_hash(token + "x")) is None
    user.is_active = False
    user.save()
    assert calendar_owner(token_hash(token)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, november, django_assert_num_queries):
    user = UserFactory(roles=[Role.CASEWORKER, Role.MANAGER, Role.SECRETARY])
    for _number in range(count):
        ProjectAssignmentFactory(project=ProjectFactory(pool=None, committee=november.committee), user=user)
    with django_assert_num_queries(8):
        assert len(calendar_entries(user)) == 3
