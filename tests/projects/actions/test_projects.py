from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions.projects import (
    add_alias,
    add_budget_line,
    assign_caseworker,
    close_project,
    create_project,
    end_assignment,
)
from projects.enums import BudgetKind, ProjectState, Role, Subject
from projects.models import BudgetLine, Event, Project, ProjectAlias, ProjectAssignment
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    OrgUnitFactory,
    PoolYearFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    RoleAssignmentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

START = date(2016, 4, 1)


def story(project):
    return list(project.events.order_by("pk").values_list("subject", "verb", "reason"))


def test_create_project_without_a_pool():
    by = UserFactory()
    project = create_project(
        code="aftentelefonen",
        name="Aftentelefonen",
        other_funding="Budgetaftale 2018",
        unit=OrgUnitFactory(),
        committee=CommitteeFactory(),
        starts_on=START,
        by=by,
    )
    assert (project.pool, project.other_funding, project.state) == (None, "Budgetaftale 2018", ProjectState.RUNNING)
    assert story(project) == [(Subject.PROJECT, "created", "")]


def test_create_project_with_a_code_in_use_stores_nothing():
    other = ProjectFactory(code="integration")
    with pytest.raises(ValidationError) as refused:
        create_project(
            code="integration",
            name="En til",
            unit=other.unit,
            committee=other.committee,
            starts_on=START,
            by=UserFactory(),
        )
    assert set(refused.value.message_dict) == {"code"}
    assert (Project.objects.count(), Event.objects.count()) == (1, 0)


def test_add_alias_twice_stores_it_once():
    project, by = ProjectFactory(), UserFactory()
    first = add_alias(project=project, name="Houseing  first", source="Notat 27.11.2017", by=by)
    again = add_alias(project=project, name=" Houseing first ", by=by)
    assert (first.pk, first.name) == (again.pk, "Houseing first")
    assert (ProjectAlias.objects.count(), len(story(project))) == (1, 1)


def test_assign_caseworker():
    project, user = ProjectFactory(), UserFactory(roles=[Role.CASEWORKER])
    assignment = assign_caseworker(project=project, user=user, valid_from=START, by=UserFactory())
    assert (assignment.user, assignment.valid_from, assignment.valid_to) == (user, START, None)
    assert story(project) == [(Subject.PROJECT, "caseworker_assigned", "")]


def test_assign_needs_the_role_on_that_day():
    project, user = ProjectFactory(), UserFactory()
    RoleAssignmentFactory(user=user, valid_from=date(2017, 1, 1))
    with pytest.raises(ValidationError) as refused:
        assign_caseworker(project=project, user=user, valid_from=START, by=UserFactory())
    assert refused.value.code == "not_a_caseworker"
    assert (ProjectAssignment.objects.count(), story(project)) == (0, [])


def test_nobody_is_on_a_project_twice():
    assignment = ProjectAssignmentFactory()
    with pytest.raises(ValidationError) as refused:
        assign_caseworker(project=assignment.project, user=assignment.user, valid_from=START, by=UserFactory())
    assert refused.value.code == "already_assigned"
    assert ProjectAssignment.objects.count() == 1


def test_one_who_was_on_it_before_can_come_back():
    assignment = ProjectAssignmentFactory(valid_to=date(2016, 3, 31))
    assign_caseworker(project=assignment.project, user=assignment.user, valid_from=START, by=UserFactory())
    assert ProjectAssignment.objects.count() == 2


def test_end_assignment():
    assignment = ProjectAssignmentFactory(valid_from=START)
    end_assignment(assignment=assignment, valid_to=date(2017, 1, 31), by=UserFactory())
    assignment.refresh_from_db()
    assert assignment.valid_to == date(2017, 1, 31)
    with pytest.raises(ValidationError):
        end_assignment(assignment=assignment, valid_to=date(2016, 3, 1), by=UserFactory())
    assignment.refresh_from_db()
    assert assignment.valid_to == date(2017, 1, 31)
    assert len(story(assignment.project)) == 1


@pytest.fixture
def year():
    return PoolYearFactory(frame=Decimal(1_000_000))


@pytest.fixture
def project(year):
    return ProjectFactory(pool=year.pool)


def add(project, **values):
    values = {
        "year": 2016,
        "kind": BudgetKind.SUPPLEMENTARY,
        "amount": Decimal(100_000),
        "price_level": 2016,
        "reason": "Udvalget har bevilget mere.",
        "by": UserFactory(),
        **values,
    }
    return add_budget_line(project=project, **values)


def test_add_budget_line_tells_the_project_and_the_pool(project, year):
    line = add(project, pool_year=year, reason=" Udvalget har bevilget mere. ")
    assert (line.amount, line.reason, line.pool_year) == (Decimal(100_000), "Udvalget har bevilget mere.", year)
    assert story(project) == [(Subject.BUDGET_LINE, "added", "Udvalget har bevilget mere.")]
    pool_event = Event.objects.get(subject=Subject.POOL)
    assert (pool_event.subject_id, pool_event.verb) == (year.pool_id, "granted")


def test_money_from_elsewhere_takes_nothing_from_a_pool(project):
    add(project, amount=Decimal(5_000_000))
    assert not Event.objects.filter(subject=Subject.POOL).exists()


def test_a_correction_gives_back_to_the_pool(project, year):
    add(project, pool_year=year, amount=Decimal(1_000_000))
    add(project, pool_year=year, amount=Decimal(-400_000), kind=BudgetKind.CORRECTION, reason="Startede senere")
    add(ProjectFactory(pool=year.pool), pool_year=year, amount=Decimal(400_000))
    assert sum(line.amount for line in BudgetLine.objects.all()) == year.frame


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"amount": Decimal(0)}, "amount_zero"),
        ({"amount": Decimal(-100_001), "kind": BudgetKind.CORRECTION}, "below_zero"),
        ({"amount": Decimal(-1), "kind": BudgetKind.ORIGINAL}, "amount_not_positive"),
        ({"amount": Decimal(-1), "kind": BudgetKind.CORRECTION, "reason": ""}, "reason_missing"),
        ({"amount": Decimal("900000.01")}, "over_granted"),
        ({"year": 2017}, "wrong_year"),
    ],
)
def test_add_budget_line_refuses(project, year, values, code):
    BudgetLineFactory(project=project, pool_year=year, amount=Decimal(100_000))
    with pytest.raises(ValidationError) as refused:
        add(project, pool_year=year, **values)
    assert refused.value.code == code
    assert (BudgetLine.objects.count(), Event.objects.count()) == (1, 0)


def test_money_from_elsewhere_is_not_given_back_to_the_pool(project, year):
    BudgetLineFactory(project=project, pool_year=None, amount=Decimal(100_000))
    with pytest.raises(ValidationError) as refused:
        add(project, pool_year=year, amount=Decimal(-50_000), kind=BudgetKind.CORRECTION)
    assert refused.value.code == "below_zero"


def test_close_project(project):
    closed = close_project(project=project, ends_on=date(2017, 12, 31), reason="Målene er nået", by=UserFactory())
    closed.refresh_from_db()
    assert (closed.state, closed.ends_on) == (ProjectState.CLOSED, date(2017, 12, 31))
    assert story(project) == [(Subject.PROJECT, "closed", "Målene er nået")]
    with pytest.raises(ValidationError) as refused:
        close_project(project=project, ends_on=date(2017, 12, 31), reason="Igen", by=UserFactory())
    assert refused.value.code == "already_closed"


@pytest.mark.parametrize(
    ("ends_on", "reason", "code"),
    [(date(2016, 3, 31), "Målene er nået", "ends_before_start"), (date(2017, 1, 1), " ", "reason_missing")],
)
def test_close_project_refuses(project, ends_on, reason, code):
    with pytest.raises(ValidationError) as refused:
        close_project(project=project, ends_on=ends_on, reason=reason, by=UserFactory())
    assert refused.value.code == code
    project.refresh_from_db()
    assert (project.state, story(project)) == (ProjectState.RUNNING, [])
