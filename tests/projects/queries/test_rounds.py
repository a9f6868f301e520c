from datetime import date

import pytest
import time_machine

from projects.enums import ProjectState, Role, SnapshotState
from projects.models import Project, StatusRound, User
from projects.queries.rounds import MISSING, RoundRow, open_rounds, rows_of, steps_due
from tests.factories import (
    MOMENT,
    MONTH,
    OrgUnitFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

OCTOBER = date(2017, 10, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def secretary() -> User:
    return UserFactory(roles=[Role.SECRETARY])


@pytest.fixture
def november() -> StatusRound:
    """Statuses due on the 22nd, approvals on the 24th."""
    return StatusRoundFactory()


def project_of(round_: StatusRound, **values) -> Project:
    return ProjectFactory(pool=None, committee=round_.committee, **values)


def round_rows(user: User) -> list[RoundRow]:
    return rows_of(open_rounds(), Project.objects.for_user(user))


def seen(rows: list[RoundRow]) -> list[tuple[str, str, int]]:
    return [(row.project.name, row.state, row.days_late) for row in rows]


def test_every_running_project_of_the_committee_is_in_the_round_with_its_state_and_what_is_late(november, secretary):
    StatusSnapshotFactory(project=project_of(november, name="Kladde"))
    project_of(november, name="Mangler")
    approved(StatusSnapshotFactory(project=project_of(november, name="Godkendt")))
    StatusSnapshotFactory(project=project_of(november, name="Indsendt"), state=SnapshotState.SUBMITTED)
    ProjectFactory(name="Et andet udvalgs")
    assert seen(round_rows(secretary)) == [
        ("Godkendt", "approved", 0),
        ("Indsendt", "submitted", 3),
        ("Kladde", "draft", 5),
        ("Mangler", MISSING, 5),
    ]


def test_projects_that_have_not_begun_or_are_over_owe_nothing_but_what_was_written_is_shown(november, secretary):
    project_of(november, name="Begynder i december", starts_on=date(2017, 12, 1))
    project_of(november, name="Sluttede i oktober", ends_on=date(2017, 10, 31))
    project_of(november, name="Slutter i november", ends_on=date(2017, 11, 1))
    project_of(november, name="Lukket", state=ProjectState.CLOSED)
    closed = project_of(november, name="Lukket med status", state=ProjectState.CLOSED)
    StatusSnapshotFactory(project=closed, state=SnapshotState.SUBMITTED)
    assert [row.project.name for row in round_rows(secretary)] == ["Lukket med status", "Slutter i november"]


def test_a_correction_under_way_is_the_state_and_the_approval_still_stands(november, secretary):
    project = project_of(november)
    approved(StatusSnapshotFactory(project=project))
    second = StatusSnapshotFactory(project=project, revision=2, correction_reason="Tallet var forkert.")
    (row,) = round_rows(secretary)
    assert (row.snapshot, row.state, row.is_approved, row.is_unsent) == (second, "draft", True, True)


def test_the_managers_reason_is_there_while_the_status_is_returned(november, secretary):
    snapshot = StatusSnapshotFactory(
        project=project_of(november), state=SnapshotState.RETURNED, return_reason="Tabellen mangler en borger."
    )
    (row,) = round_rows(secretary)
    assert (row.return_reason, row.is_unsent, row.due) == ("Tabellen mangler en borger.", True, november.caseworker_due)
    snapshot.state = SnapshotState.SUBMITTED
    snapshot.save()
    (row,) = round_rows(secretary)
    assert (row.return_reason, row.is_waiting, row.due) == ("", True, november.manager_due)


def test_nothing_is_late_on_the_day_it_is_due(november, secretary):
    project_of(november)
    with time_machine.travel("2017-11-22T23:30+01:00", tick=False):
        assert [row.is_overdue for row in round_rows(secretary)] == [False]
    with time_machine.travel("2017-11-23T00:30+01:00", tick=False):
        assert [row.days_late for row in round_rows(secretary)] == [1]


def test_closed_rounds_are_only_shown_when_asked_for(november, secretary):
    project_of(november)
    october = StatusRoundFactory(committee=november.committee, month=date(2017, 10, 1), closed_at=MOMENT)
    assert open_rounds() == [november]
    assert [row.month for row in round_rows(secretary)] == [MONTH]
    assert [row.month for row in rows_of([october], Project.objects.all())] == [date(2017, 10, 1)]


def test_rows_are_those_the_user_may_see_and_can_be_narrowed(november):
    unit = OrgUnitFactory()
    own = project_of(november, name="Egen", unit=unit)
    mine = ProjectAssignmentFactory(project=project_of(november, name="Min"))
    assert [row.project for row in round_rows(UserFactory(roles=[Role.MANAGER], roles__unit=unit))] == [own]
    assert [row.project for row in round_rows(mine.user)] == [mine.project]
    controller = UserFactory(roles=[Role.CONTROLLER])
    assert len(round_rows(controller)) == 2
    assert rows_of(open_rounds(), Project.objects.responsible(controller)) == []


def test_a_row_names_todays_caseworkers(november, secretary):
    project = project_of(november)
    user = UserFactory(first_name="Asta", last_name="Berg", roles=[Role.CASEWORKER])
    ProjectAssignmentFactory(project=project, user=user)
    ProjectAssignmentFactory(project=project, valid_from=date(2016, 1, 1), valid_to=date(2017, 11, 26))
    (row,) = round_rows(secretary)
    assert row.caseworkers == ("Asta Berg",)


@pytest.mark.parametrize("project_count", [1, 3])
def test_query_count(project_count, november, secretary, django_assert_num_queries):
    for _number in range(project_count):
        StatusSnapshotFactory(project=project_of(november))
    assert secretary.role_set
    with django_assert_num_queries(4):
        assert len(round_rows(secretary)) == project_count


@pytest.mark.parametrize("count", [1, 3])
def test_steps_due_query_count(count, django_assert_num_queries):
    round_ = StatusRoundFactory(month=MONTH)
    projects = [ProjectFactory(committee=round_.committee) for _ in range(count)]
    with django_assert_num_queries(2):
        due = steps_due(projects)
    assert {pk: row.month for pk, row in due.items()} == {project.pk: MONTH for project in projects}


def test_the_month_due_is_the_oldest_that_was_not_sent_else_the_newest():
    newest = StatusRoundFactory(month=MONTH)
    StatusRoundFactory(month=OCTOBER, committee=newest.committee)
    behind, on_time = (ProjectFactory(committee=newest.committee) for _ in range(2))
    for month in (OCTOBER, MONTH):
        approved(StatusSnapshotFactory(project=on_time, month=month))
    approved(StatusSnapshotFactory(project=behind, month=MONTH))
    due = steps_due([behind, on_time])
    assert {pk: (row.month, row.state) for pk, row in due.items()} == {
        behind.pk: (OCTOBER, "missing"),
        on_time.pk: (MONTH, "approved"),
    }
