from datetime import date
from decimal import Decimal

import pytest
import time_machine

from projects.enums import BudgetKind, Direction, Role, SnapshotState
from projects.models import Project
from projects.queries.projects import (
    budget_lines,
    example_notes,
    indicator_table,
    listed_projects,
    people_on,
    project_rows,
    years_of,
)
from tests.factories import (
    BudgetLineFactory,
    IndicatorFactory,
    MeasurementFactory,
    PostingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StandInFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2017, 10, 1), date(2017, 11, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(date(2017, 11, 20), tick=False):
        yield


@pytest.fixture
def manager():
    return UserFactory(roles=[Role.MANAGER])


@pytest.mark.parametrize("count", [1, 3])
def test_project_rows_query_count(count, manager, django_assert_num_queries):
    for _ in range(count):
        project = ProjectFactory()
        BudgetLineFactory(project=project)
        PostingFactory(project=project)
        approved(StatusSnapshotFactory(project=project, light_overall="red", forecast=Decimal(70_000)))
    projects = listed_projects(manager)
    with django_assert_num_queries(1):
        rows = project_rows(projects)
        assert [(row.project.unit.name, row.project.pool.name, row.project.committee.code) for row in rows]
    assert [(row.light, row.money.granted, row.money.spent, row.money.rest, row.money.forecast) for row in rows] == [
        ("red", Decimal(100_000), Decimal(10_000), Decimal(90_000), Decimal(70_000))
    ] * count


def test_the_light_is_the_newest_that_was_told(manager):
    project = ProjectFactory()
    approved(StatusSnapshotFactory(project=project, month=OCTOBER, light_overall="yellow"))
    StatusSnapshotFactory(project=project, month=NOVEMBER, light_overall="red", state=SnapshotState.SUBMITTED)
    StatusSnapshotFactory(project=project, month=date(2017, 12, 1), light_overall="green")
    controller = UserFactory(roles=[Role.CONTROLLER])
    assert [project_rows(listed_projects(user))[0].light for user in (manager, controller)] == ["red", "yellow"]


@pytest.mark.parametrize("count", [1, 3])
def test_years_of_a_project(count, django_assert_num_queries):
    project = ProjectFactory()
    for step in range(count):
        BudgetLineFactory(project=project, year=2016 + step)
    BudgetLineFactory(project=project, year=2016, amount=Decimal(-20_000), kind=BudgetKind.CORRECTION)
    PostingFactory(project=project, posted_on=date(2016, 12, 31), amount=Decimal(30_000))
    approved(StatusSnapshotFactory(project=project, month=date(2016, 10, 1), forecast=Decimal(70_000)))
    approved(StatusSnapshotFactory(project=project, month=date(2016, 11, 1), forecast=Decimal(85_000)))
    with django_assert_num_queries(4):
        years = years_of(project)
    first = years[0]
    assert [year.year for year in years] == list(range(2016, 2016 + count))
    assert (first.original, first.granted, first.spent, first.rest, first.forecast) == (
        Decimal(100_000),
        Decimal(80_000),
        Decimal(30_000),
        Decimal(50_000),
        Decimal(85_000),
    )


def test_a_year_with_spend_and_no_grant_has_no_rest():
    posting = PostingFactory()
    [year] = years_of(posting.project)
    assert (year.granted, year.spent, year.rest) == (None, Decimal(10_000), None)


@pytest.mark.parametrize("count", [1, 3])
def test_people_on_a_project(count, django_assert_num_queries):
    project = ProjectFactory()
    people = [ProjectAssignmentFactory(project=project) for _ in range(count)]
    ProjectAssignmentFactory(project=project, valid_to=date(2017, 11, 19))
    stand_in = StandInFactory(absent=people[0].user)
    StandInFactory(absent=people[0].user, valid_to=date(2017, 10, 31))
    with django_assert_num_queries(3):
        found = people_on(project)
    assert [(person.assignment, person.stand_ins) for person in found] == [
        (assignment, (str(stand_in.stand_in),) if number == 0 else ()) for number, assignment in enumerate(people)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_indicator_table(count, manager, django_assert_num_queries):
    project = ProjectFactory()
    indicators = [
        IndicatorFactory(project=project, baseline=Decimal(18), direction=Direction.UP, position=n)
        for n in range(count)
    ]
    TargetFactory(indicator=indicators[0], value=Decimal(52))
    for month, value in ((OCTOBER, 30), (NOVEMBER, 35)):
        snapshot = StatusSnapshotFactory(project=project, month=month)
        for indicator in indicators:
            MeasurementFactory(snapshot=snapshot, indicator=indicator, value=value)
        approved(snapshot)
    assert manager.role_set
    with django_assert_num_queries(10):
        table = indicator_table(project, manager)
    story, cells = table.rows[0]
    assert (table.months, len(table.rows), cells) == ((OCTOBER, NOVEMBER), count, (Decimal(30), Decimal(35)))
    assert (story.latest, story.latest_month, story.progress) == (Decimal(35), NOVEMBER, Decimal(50))


def test_a_controller_is_told_of_approved_months_only(manager):
    project = ProjectFactory()
    indicator = IndicatorFactory(project=project)
    MeasurementFactory(snapshot__project=project, indicator=indicator, snapshot__state=SnapshotState.SUBMITTED)
    controller = UserFactory(roles=[Role.CONTROLLER])
    assert [indicator_table(project, user).months for user in (manager, controller)] == [(NOVEMBER,), ()]


@pytest.mark.parametrize("count", [1, 3])
def test_budget_lines_query_count(count, django_assert_num_queries):
    project = ProjectFactory()
    for _ in range(count):
        BudgetLineFactory(project=project)
    with django_assert_num_queries(1):
        assert [(line.pool_year, line.meeting, str(line.created_by)) for line in budget_lines(project)]
    assert len(budget_lines(project)) == count


def test_example_notes_are_told_once():
    project = ProjectFactory()
    for _ in range(2):
        BudgetLineFactory(project=project, example_note="Beløbet er et eksempel")
    BudgetLineFactory(project=project)
    PostingFactory(project=project, batch__example_note="Posteringen er et eksempel")
    PostingFactory()
    assert example_notes(project) == ["Beløbet er et eksempel", "Posteringen er et eksempel"]
    assert example_notes(Project.objects.exclude(pk=project.pk).get()) == []
