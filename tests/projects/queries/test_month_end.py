from datetime import date
from decimal import Decimal

import pytest

from projects.actions.month_end import explain_deviation
from projects.models import DeviationReason, Event
from projects.queries.month_end import month_end_rows, month_end_total
from projects.rules.month_end import Threshold
from tests.factories import (
    MONTH,
    BudgetLineFactory,
    PoolFactory,
    PostingFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

THRESHOLD = Threshold(Decimal(10), Decimal(10_000))


def make_project(pool, name="Mentor"):
    project = ProjectFactory(pool=pool, name=name, starts_on=date(2016, 1, 1))
    BudgetLineFactory(project=project, year=2016, amount=Decimal(100_000))
    BudgetLineFactory(project=project, year=2017, kind="supplementary", amount=Decimal(20_000))
    BudgetLineFactory(project=project, year=2018, amount=Decimal(7))
    for day, amount in ((date(2016, 12, 31), 1), (date(2017, 3, 1), 30_000), (date(2017, 12, 1), 9)):
        PostingFactory(project=project, posted_on=day, amount=Decimal(amount))
    approved(StatusSnapshotFactory(project=project, month=MONTH, forecast=Decimal(149_999)))
    return project


@pytest.mark.parametrize("projects", [1, 3])
def test_a_months_end_is_one_query(projects, django_assert_num_queries):
    pool = PoolFactory()
    for number in range(projects):
        make_project(pool, f"Mentor {number}")
    with django_assert_num_queries(1):
        rows = month_end_rows(pool, MONTH, THRESHOLD)
    assert len(rows) == projects
    row = rows[0]
    assert (row.original, row.budget, row.spent, row.rest) == (100_000, 120_000, 30_001, 89_999)
    assert (row.spent_in_year, row.forecast, row.forecast_month) == (30_000, 149_999, MONTH)
    assert (row.expected, row.deviation, row.share) == (150_000, 30_000, Decimal("0.25"))
    assert (row.must_explain, row.is_unexplained, row.warning.rule) == (True, True, "R22")


def test_a_reason_is_told_for_its_month_and_its_history_is_kept():
    project = make_project(PoolFactory())
    by = UserFactory()
    explain_deviation(project=project, month=MONTH, text="Holdet er større", by=by)
    explain_deviation(project=project, month=MONTH, text="Holdet er dobbelt så stort", by=by)
    [row] = month_end_rows(project.pool, MONTH, THRESHOLD)
    assert (row.reason, row.is_unexplained) == ("Holdet er dobbelt så stort", False)
    assert month_end_rows(project.pool, date(2017, 12, 1), THRESHOLD)[0].reason == ""
    assert (DeviationReason.objects.count(), Event.objects.count()) == (1, 2)


def test_all_projects_add_up_and_an_unknown_amount_is_not_zero():
    pool = PoolFactory()
    for number in range(2):
        make_project(pool, f"Mentor {number}")
    ProjectFactory(pool=pool, name="Uden penge", starts_on=date(2016, 1, 1))
    total = month_end_total(month_end_rows(pool, MONTH, THRESHOLD))
    assert (total.projects, total.with_forecast) == (3, 2)
    assert (total.original, total.budget, total.spent, total.rest) == (200_000, 240_000, 60_002, 179_998)
    assert (total.spent_in_year, total.committed) == (60_000, 0)
    assert (total.forecast, total.expected, total.deviation) == (299_998, 300_000, 60_000)
    nobody = month_end_total([])
    assert (nobody.budget, nobody.spent, nobody.rest, nobody.deviation) == (None, 0, None, None)
