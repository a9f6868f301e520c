"""R22 is one warning, whether it is read at month-end, on the project, in the overview or by check_portfolio."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import ProjectState, Role
from projects.queries.drift import newest_drift_notices
from projects.queries.findings import one_project_notices, portfolio_notices
from projects.queries.month_end import month_end_rows
from projects.rules.month_end import Threshold
from tests.factories import (
    BudgetLineFactory,
    PoolFactory,
    PostingFactory,
    ProjectFactory,
    StatusRoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOVEMBER = date(2017, 11, 1)


@pytest.fixture
def slow():
    project = ProjectFactory(pool=PoolFactory(), starts_on=date(2017, 1, 1))
    BudgetLineFactory(project=project, year=2017, amount=Decimal(100_000))
    PostingFactory(project=project, posted_on=date(2017, 11, 3), amount=Decimal(20_000))
    return project


def drift(notices):
    return [item.message for item in notices if item.rule == "R22"]


def test_the_same_warning_stands_wherever_the_project_is_read(client, slow):
    (row,) = month_end_rows(slow.pool, NOVEMBER, Threshold(Decimal(10), Decimal(10_000)))
    message = row.warning.message
    assert drift(portfolio_notices()) == drift(one_project_notices(slow)) == [message]
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    StatusRoundFactory(committee=slow.committee, month=NOVEMBER)
    findings = client.get(reverse("reports:overview"), {"month": "2017-11"}).context["facts"].findings
    assert drift(fact.notice for fact in findings) == [message]
    assert message in client.get(reverse("projects:project-detail", args=[slow.code])).content.decode()


def test_a_closed_project_has_no_time_left_to_be_warned_of(slow):
    slow.state = ProjectState.CLOSED
    slow.save(update_fields=["state"])
    assert drift(portfolio_notices()) == drift(one_project_notices(slow)) == []


def test_without_a_posting_in_the_pool_there_is_nothing_to_hold_time_against():
    project = ProjectFactory(pool=PoolFactory(), starts_on=date(2017, 1, 1))
    BudgetLineFactory(project=project, year=2017, amount=Decimal(100_000))
    assert newest_drift_notices([project]) == {}


def test_each_pool_is_read_at_the_end_of_its_own_ledger(slow, django_assert_num_queries):
    # Nothing is spent in the first quarter of the year: three months of twelve have passed.
    early = ProjectFactory(pool=PoolFactory(), starts_on=date(2017, 1, 1))
    BudgetLineFactory(project=early, year=2017, amount=Decimal(100_000))
    other = ProjectFactory(pool=early.pool, starts_on=date(2017, 1, 1))
    PostingFactory(project=other, posted_on=date(2017, 2, 1), amount=Decimal(1))
    with django_assert_num_queries(3):
        assert set(newest_drift_notices([slow, early, other])) == {slow.pk}
