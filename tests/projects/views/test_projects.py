from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from projects.enums import ProjectState, Role
from projects.models import BudgetLine, Project, ProjectAssignment
from tests.factories import (
    BudgetLineFactory,
    IndicatorFactory,
    MeasurementFactory,
    OrgUnitFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectAliasFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

MONTH = date(2017, 11, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(date(2017, 11, 20), tick=False):
        yield


@pytest.fixture
def year():
    return PoolYearFactory(frame=Decimal(1_000_000))


@pytest.fixture
def project(year):
    return ProjectFactory(pool=year.pool, code="integration", name="Integration")


@pytest.fixture
def manager(client, project):
    user = UserFactory(roles=[Role.MANAGER], roles__unit=project.unit)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def names(client, query=""):
    response = client.get(url("project-list") + query)
    return [row.project.name for row in response.context["rows"]]


def test_my_projects_are_those_i_am_on_with_the_month_that_is_due(client, project):
    assignment = ProjectAssignmentFactory(project=project)
    ProjectFactory()
    StatusRoundFactory(committee=project.committee)
    client.force_login(assignment.user)
    page = client.get(url("project-list"))
    assert [row.project for row in page.context["rows"]] == [project]
    assert page.context["title"] == "Mine projekter"
    assert url("snapshot-edit", "integration", MONTH) in text(page)


def test_one_without_projects_is_told_why(client):
    client.force_login(UserFactory(roles=[Role.CASEWORKER]))
    assert "Du er ikke på noget projekt" in text(client.get(url("project-list")))


@pytest.fixture
def several(client, project):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    housing = ProjectFactory(name="Housing First", code="housing-first", unit=OrgUnitFactory(parent=project.unit))
    ProjectAliasFactory(project=housing, name="Houseing first")
    closed = ProjectFactory(name="Ældre", code="aeldre", state=ProjectState.CLOSED, pool=None, other_funding="Staten")
    approved(StatusSnapshotFactory(project=housing, light_overall="red"))
    BudgetLineFactory(project=housing, amount=Decimal(800_000))
    BudgetLineFactory(project=closed, amount=Decimal(5_000))
    return project, housing, closed


def test_the_list_narrows(client, several):
    project, housing, _closed = several
    assert names(client) == ["Housing First", "Integration", "Ældre"]
    for query, expected in (
        (f"?unit={project.unit.pk}", ["Housing First", "Integration"]),
        (f"?unit={housing.unit.pk}", ["Housing First"]),
        (f"?pool={project.pool.pk}", ["Integration"]),
        (f"?committee={project.committee.pk}", ["Integration"]),
        ("?state=closed", ["Ældre"]),
        ("?light=red", ["Housing First"]),
        ("?light=none", ["Integration", "Ældre"]),
        ("?search=houseing", ["Housing First"]),
        ("?search=findes+ikke", []),
    ):
        assert names(client, query) == expected, query


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-name", ["Ældre", "Integration", "Housing First"]),
        ("-granted", ["Housing First", "Ældre", "Integration"]),
        ("granted", ["Ældre", "Housing First", "Integration"]),
    ],
)
def test_the_list_sorts_and_puts_the_unknown_last(client, several, sort, expected):
    assert names(client, f"?sort={sort}") == expected


def test_the_list_has_fifty_to_a_page_and_keeps_the_choices(client):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    unit = ProjectFactory().unit
    for _ in range(50):
        ProjectFactory(unit=unit)
    response = client.get(url("project-list") + f"?unit={unit.pk}")
    assert (len(response.context["rows"]), response.context["count"]) == (50, 51)
    assert f"?unit={unit.pk}&amp;page=2" in text(response)
    assert len(client.get(url("project-list") + f"?unit={unit.pk}&page=2").context["rows"]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, count, django_assert_num_queries):
    round_ = StatusRoundFactory()
    for _ in range(count):
        project = ProjectFactory(committee=round_.committee)
        BudgetLineFactory(project=project)
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    with django_assert_num_queries(11):
        assert len(client.get(url("project-list")).context["rows"]) == count


def test_the_project_shows_its_money_months_and_indicators(client, manager, project, year):
    BudgetLineFactory(project=project, pool_year=year, amount=Decimal(500_000), example_note="Beløbet er et eksempel")
    PostingFactory(project=project, amount=Decimal(96_800))
    snapshot = StatusSnapshotFactory(project=project, light_overall="yellow", forecast=Decimal(395_000))
    MeasurementFactory(snapshot=snapshot, indicator=IndicatorFactory(project=project, name="Borgere i alt"))
    approved(snapshot)
    ProjectAliasFactory(project=project, name="En intensiv indsats")
    page = text(client.get(url("project-detail", "integration")))
    for part in (
        "500.000 kr.",
        "96.800 kr.",
        "403.200 kr.",
        "395.000 kr.",
        "November 2017",
        "Borgere i alt",
        "Eksempel",
    ):
        assert part in page, part
    assert "En intensiv indsats" in page


def test_a_project_without_any_money_says_so_and_does_not_say_nought(client, manager, project):
    response = client.get(url("project-detail", "integration"))
    assert response.context["money"].granted is None
    assert "intet besluttet endnu" in text(response)


def test_a_correction_under_way_leads_to_the_approved_revision_too(client, manager, project):
    approved(StatusSnapshotFactory(project=project))
    StatusSnapshotFactory(project=project, revision=2, correction_reason="Tastefejl")
    response = client.get(url("project-detail", "integration"))
    assert [(one.revision, other.revision) for one, other in response.context["months"]] == [(2, 1)]
    assert f"{url('snapshot-show', 'integration', MONTH)}?revision=1" in text(response)


def test_a_foreign_project_does_not_exist(client, project):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=OrgUnitFactory()))
    for name in ("project-detail", "budget-line-create", "caseworker-assign", "project-close"):
        assert client.get(url(name, "integration")).status_code == 404


def test_a_caseworker_sees_no_buttons_and_is_refused(client, project):
    client.force_login(ProjectAssignmentFactory(project=project).user)
    page = text(client.get(url("project-detail", "integration")))
    for name in ("budget-line-create", "caseworker-assign", "project-close"):
        assert url(name, "integration") not in page
        assert client.get(url(name, "integration")).status_code == 403


def line(frame, **values):
    return {
        "source": str(frame.pk),
        "year": "",
        "kind": "supplementary",
        "amount": "50.000",
        "reason": "Udvalget har bevilget mere.",
        "meeting": "",
        "item_number": "",
        **values,
    }


def test_a_budget_line_is_taken_from_the_frame(client, manager, project, year):
    response = client.post(url("budget-line-create", "integration"), line(year))
    assert response.url == url("project-detail", "integration")
    stored = BudgetLine.objects.get()
    assert (stored.pool_year, stored.year, stored.amount, stored.created_by) == (year, 2016, Decimal(50_000), manager)


def test_money_from_elsewhere_has_a_year_of_its_own(client, manager, project, year):
    response = client.post(url("budget-line-create", "integration"), line(year, source="elsewhere"))
    assert list(response.context["form"].errors) == ["year"]
    client.post(url("budget-line-create", "integration"), line(year, source="elsewhere", year="2018"))
    stored = BudgetLine.objects.get()
    assert (stored.pool_year, stored.year, stored.price_level) == (None, 2018, 2018)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "1.000.000,01"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"reason": ""}, "reason"),
        ({"source": "999"}, "source"),
    ],
)
def test_a_budget_line_that_cannot_be_is_refused_beside_its_field(client, manager, project, year, values, field):
    response = client.post(url("budget-line-create", "integration"), line(year, **values))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert BudgetLine.objects.count() == 0


def test_a_manager_below_the_pools_unit_takes_nothing_from_it(client, project, year):
    project.unit = OrgUnitFactory(parent=year.pool.unit)
    project.save()
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=project.unit))
    response = client.post(url("budget-line-create", "integration"), line(year))
    assert (list(response.context["form"].errors), BudgetLine.objects.count()) == (["source"], 0)


def test_put_a_caseworker_on_and_off(client, manager, project):
    user = UserFactory(roles=[Role.CASEWORKER])
    assign = url("caseworker-assign", "integration")
    client.post(assign, {"user": user.pk, "valid_from": "1.11.2017"})
    assignment = ProjectAssignment.objects.get()
    assert (assignment.user, assignment.valid_from) == (user, date(2017, 11, 1))
    again = client.post(assign, {"user": user.pk, "valid_from": "1.11.2017"})
    assert (list(again.context["form"].errors), ProjectAssignment.objects.count()) == (["user"], 1)
    end = url("caseworker-end", "integration", assignment.pk)
    client.post(end, {f"end{assignment.pk}-valid_to": "31.10.2017"})
    assignment.refresh_from_db()
    assert assignment.valid_to is None
    client.post(end, {f"end{assignment.pk}-valid_to": "31.12.2017"})
    assignment.refresh_from_db()
    assert assignment.valid_to == date(2017, 12, 31)


def test_close_asks_and_then_says_it_is_closed(client, manager, project):
    close = url("project-close", "integration")
    assert client.get(close).status_code == 200
    assert client.post(close, {"ends_on": "31.12.2017", "reason": ""}).status_code == 422
    assert client.post(close, {"ends_on": "31.12.2015", "reason": "Slut"}).status_code == 422
    assert Project.objects.get().state == ProjectState.RUNNING
    client.post(close, {"ends_on": "31.12.2017", "reason": "Bevillingen er udløbet"})
    assert Project.objects.get().state == ProjectState.CLOSED
    assert client.get(close).url == url("project-detail", "integration")
