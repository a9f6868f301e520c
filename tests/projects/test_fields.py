"""Amounts are exact to the øre and months are first days, whatever the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum

from projects.fields import MoneyField
from projects.models import BudgetLine, EstimateLine, StatusSnapshot
from tests.factories import BudgetLineFactory, EstimateLineFactory, PoolYearFactory, StatusSnapshotFactory

pytestmark = pytest.mark.django_db


def test_an_amount_is_stored_as_whole_oere_and_read_as_kroner():
    line = BudgetLineFactory(amount=Decimal("1250.50"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM projects_budgetline")
        assert cursor.fetchone() == (125050,)
    line.refresh_from_db()
    assert line.amount == Decimal("1250.50")


def test_sums_are_exact_where_floats_are_not():
    project = BudgetLineFactory(amount=Decimal("0.10")).project
    for _ in range(2):
        BudgetLineFactory(project=project, amount=Decimal("0.10"))
    assert BudgetLine.objects.aggregate(total=Sum("amount")) == {"total": Decimal("0.30")}


def test_amounts_are_compared_in_kroner():
    frame = PoolYearFactory(frame=Decimal(4_300_000))
    EstimateLineFactory(pool_year=frame, proposal=None, label="Under", amount=Decimal("99.99"))
    EstimateLineFactory(pool_year=frame, proposal=None, label="Over", amount=Decimal(100))
    assert [line.label for line in EstimateLine.objects.filter(amount__gte=Decimal(100))] == ["Over"]


def test_arithmetic_between_columns_says_its_field():
    line = EstimateLineFactory(proposal=None, label="Linje", pool_year=PoolYearFactory(), amount=Decimal("0.25"))
    rest = EstimateLine.objects.annotate(rest=F("pool_year__frame") - F("amount")).values_list("rest", flat=True)
    rest.query.annotations["rest"].output_field = MoneyField()
    assert list(rest) == [line.pool_year.frame - Decimal("0.25")]


@pytest.mark.parametrize("amount", [1.5, "0.005", "en million", Decimal("NaN")])
def test_an_amount_that_is_not_kroner_and_oere_is_refused(amount):
    with pytest.raises(ValidationError), transaction.atomic():
        BudgetLineFactory(amount=amount)
    assert BudgetLine.objects.count() == 0


def test_a_month_is_its_first_day():
    with pytest.raises(ValidationError), transaction.atomic():
        StatusSnapshotFactory(month=date(2017, 11, 2))
    assert StatusSnapshot.objects.count() == 0


def test_there_is_one_status_per_project_month_and_revision():
    snapshot = StatusSnapshotFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusSnapshotFactory(project=snapshot.project)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusSnapshotFactory(project=snapshot.project, revision=2, correction_reason="To kladder på én gang.")
    assert StatusSnapshot.objects.count() == 1
