from datetime import date
from decimal import Decimal

import pytest

from projects.enums import SnapshotState
from projects.models import Project, StatusSnapshot
from projects.queries.money import NO_MONEY, ProjectMoney, money_by_year, project_money
from projects.queries.month_end import month_end_rows
from projects.queries.projects import years_of
from projects.rules.month_end import Threshold
from tests.factories import BudgetLineFactory, PostingFactory, ProjectFactory, StatusSnapshotFactory, approved

pytestmark = pytest.mark.django_db

NOVEMBER = date(2017, 11, 1)


def money_of(project: Project, year: int | None = None) -> ProjectMoney:
    return project_money([project.pk], year)[project.pk]


def kroner(thousands: int) -> Decimal:
    return Decimal(thousands) * 1000


@pytest.fixture
def project() -> Project:
    """Granted 500.000 in 2016 and 100.000 in 2017; spent 200.000 and 300.000; expects 450.000 in 2017."""
    project = ProjectFactory()
    for year, granted, spent in ((2016, 500, 200), (2017, 100, 300)):
        BudgetLineFactory(project=project, year=year, amount=kroner(granted))
        PostingFactory(project=project, posted_on=date(year, 12, 31), amount=kroner(spent))
    StatusSnapshotFactory(project=project, month=NOVEMBER, state=SnapshotState.SUBMITTED, forecast=kroner(450))
    return project


def test_money_of_all_years(project):
    money = money_of(project)
    assert money == ProjectMoney(kroner(600), kroner(500), kroner(450), NOVEMBER, kroner(650), kroner(50))
    assert money.rest == kroner(100)


def test_money_of_one_year_holds_the_forecast_against_all_that_was_granted_by_then(project):
    assert money_of(project, 2017) == ProjectMoney(
        kroner(100), kroner(300), kroner(450), NOVEMBER, kroner(650), kroner(50)
    )
    assert money_of(project, 2016) == ProjectMoney(kroner(500), kroner(200))


def test_what_is_granted_for_later_years_does_not_cover_this_one(project):
    BudgetLineFactory(project=project, year=2018, amount=kroner(400))
    money = money_of(project)
    assert (money.granted, money.deviation) == (kroner(1000), kroner(50))


def test_unknown_is_not_zero():
    assert money_of(ProjectFactory()) == NO_MONEY
    forecast_only = StatusSnapshotFactory(state=SnapshotState.SUBMITTED, forecast=kroner(10)).project
    money = money_of(forecast_only)
    assert (money.granted, money.rest, money.expected, money.deviation) == (None, None, kroner(10), None)


def test_the_newest_forecast_that_was_sent_counts(project):
    later = StatusSnapshotFactory(project=project, month=date(2017, 12, 1), forecast=kroner(999))
    assert money_of(project).forecast == kroner(450)
    later.state = SnapshotState.SUBMITTED
    later.save()
    assert money_of(project).forecast == kroner(999)


def test_a_correction_that_takes_the_forecast_back_leaves_none_of_that_month(project):
    StatusSnapshotFactory(project=project, month=date(2017, 10, 1), state=SnapshotState.SUBMITTED, forecast=kroner(400))
    approved(StatusSnapshot.objects.get(month=NOVEMBER))
    correction = StatusSnapshotFactory(project=project, month=NOVEMBER, revision=2, correction_reason="Forkert beløb")
    assert money_of(project).forecast == kroner(450)
    correction.state = SnapshotState.SUBMITTED
    correction.save()
    money = money_of(project)
    assert (money.forecast, money.forecast_month) == (kroner(400), date(2017, 10, 1))
    assert money_by_year([project.pk])[project.pk][None] == money
    [row] = month_end_rows(project.pool, NOVEMBER, Threshold(Decimal(10), kroner(10)))
    assert (row.forecast, years_of(project)[-1].forecast) == (kroner(400), kroner(400))


@pytest.mark.parametrize("project_count", [1, 3])
def test_query_count(project_count, django_assert_num_queries):
    projects = [PostingFactory().project for _number in range(project_count)]
    with django_assert_num_queries(4):
        assert len(project_money([project.pk for project in projects])) == project_count
