"""Who sees which rows: roles, units, dates and stand-ins."""

from datetime import date

import pytest
import time_machine

from projects.enums import ProposalState, Role, SnapshotState
from projects.models import Project, Proposal, StatusSnapshot
from projects.permissions import can_approve_snapshot, can_decide_proposal, can_edit_snapshot
from tests.factories import (
    OrgUnitFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    ProposalFactory,
    RoleAssignmentFactory,
    StandInFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def november():
    with time_machine.travel(date(2017, 11, 20)):
        yield


def seen(user):
    return list(Project.objects.for_user(user))


def test_a_caseworker_sees_the_projects_they_are_on():
    assignment = ProjectAssignmentFactory()
    ProjectFactory()
    assert seen(assignment.user) == [assignment.project]


def test_an_assignment_begins_and_ends():
    assignment = ProjectAssignmentFactory(valid_from=date(2017, 1, 1), valid_to=date(2017, 11, 20))
    assert seen(assignment.user) == [assignment.project]
    with time_machine.travel(date(2017, 11, 21)):
        assert seen(assignment.user) == []


def test_a_stand_in_takes_over_while_the_colleague_is_away():
    assignment = ProjectAssignmentFactory()
    colleague = UserFactory(roles=[Role.CASEWORKER])
    StandInFactory(
        absent=assignment.user, stand_in=colleague, valid_from=date(2017, 11, 1), valid_to=date(2017, 11, 30)
    )
    assert (seen(colleague), can_edit_snapshot(colleague, assignment.project)) == ([assignment.project], True)
    with time_machine.travel(date(2017, 12, 1)):
        later = type(colleague).objects.get(pk=colleague.pk)
        assert (seen(later), can_edit_snapshot(later, assignment.project)) == ([], False)


def test_a_manager_sees_their_unit_and_all_below_but_not_beside():
    area = OrgUnitFactory()
    below = OrgUnitFactory(parent=OrgUnitFactory(parent=area))
    beside = OrgUnitFactory()
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=area)
    inside, outside = ProjectFactory(unit=below), ProjectFactory(unit=beside)

    assert seen(manager) == [inside]
    assert [can_approve_snapshot(manager, project) for project in (inside, outside)] == [True, False]


def test_a_manager_of_one_unit_who_is_caseworker_in_another_sees_both():
    unit = OrgUnitFactory()
    assignment = ProjectAssignmentFactory()
    RoleAssignmentFactory(user=assignment.user, role=Role.MANAGER, unit=unit)
    managed = ProjectFactory(unit=unit)
    ProjectFactory()
    assert set(seen(assignment.user)) == {assignment.project, managed}


@pytest.mark.parametrize(
    ("role", "count"),
    [
        (Role.CASEWORKER, 0),
        (Role.MANAGER, 2),
        (Role.SECRETARY, 2),
        (Role.CONTROLLER, 2),
        (Role.PROPOSER, 0),
        (Role.READER, 0),
        (Role.ADMINISTRATOR, 2),
    ],
)
def test_what_each_role_sees_of_projects(role, count):
    ProjectFactory.create_batch(2)
    assert len(seen(UserFactory(roles=[role]))) == count


def test_a_role_that_has_ended_opens_nothing():
    user = UserFactory()
    RoleAssignmentFactory(user=user, role=Role.SECRETARY, valid_to=date(2017, 11, 19))
    ProjectFactory()
    assert (user.role_set, seen(user)) == (frozenset(), [])


def test_controllers_read_what_is_approved_and_no_drafts():
    draft = StatusSnapshotFactory()
    done = approved(StatusSnapshotFactory())
    controller, secretary = (UserFactory(roles=[role]) for role in (Role.CONTROLLER, Role.SECRETARY))
    assert list(StatusSnapshot.objects.for_user(controller)) == [done]
    assert set(StatusSnapshot.objects.for_user(secretary)) == {draft, done}
    assert draft.state == SnapshotState.DRAFT


def test_a_proposer_sees_their_own_and_a_manager_what_was_sent():
    author = UserFactory(roles=[Role.PROPOSER])
    draft = ProposalFactory(author=author)
    sent = ProposalFactory(pool=draft.pool, state=ProposalState.SUBMITTED)
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=draft.unit)
    stranger = UserFactory(roles=[Role.MANAGER], roles__unit=OrgUnitFactory())

    rows = [list(Proposal.objects.for_user(user)) for user in (author, manager, stranger)]

    assert rows == [[draft], [sent], []]
    assert [can_decide_proposal(user, sent) for user in (author, manager, stranger)] == [False, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_seeing_takes_the_same_number_of_queries(count, django_assert_num_queries):
    unit = OrgUnitFactory()
    ProjectFactory.create_batch(count, unit=unit)
    manager = UserFactory(roles=[Role.MANAGER, Role.CASEWORKER], roles__unit=unit)
    # roles, units, projects
    with django_assert_num_queries(3):
        assert len(seen(manager)) == count
