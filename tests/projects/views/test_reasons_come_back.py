"""A reason that cannot be stored stands beside its field with what was typed, and nothing is stored."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.models import DeviationReason, EstimateLine, Event, FiscalYear
from tests.factories import (
    BudgetLineFactory,
    EstimateLineFactory,
    PoolYearFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

CPR = "Aftalt med 010190-1234"
BAD = [("", "Skriv en begrundelse"), (CPR, "CPR-numre må ikke skrives her"), ("x" * 3000, "Teksten er på 3.000 tegn")]


@pytest.fixture
def frame(client):
    client.force_login(UserFactory(roles=[Role.CONTROLLER, Role.MANAGER]))
    return PoolYearFactory(year=2016, pool__code="PULJE")


def refused(response, typed, sentence):
    page = response.content.decode()
    return response.status_code == 422 and "form-error-message" in page and sentence in page and typed in page


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_why_a_forecast_deviates(client, frame, typed, sentence):
    project = ProjectFactory(code="mentor", pool=frame.pool)
    BudgetLineFactory(project=project, pool_year=frame, year=2016, amount=Decimal(100_000))
    month = date(2016, 5, 1)
    approved(StatusSnapshotFactory(project=project, month=month, forecast=Decimal(300_000)))
    address = reverse("projects:deviation-explain", args=[frame.pool.code, month, "mentor"])
    assert refused(client.post(address, {"reason": typed}), typed, sentence)
    assert not DeviationReason.objects.exists()


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_why_a_year_is_closed(client, frame, typed, sentence):
    BudgetLineFactory(pool_year=frame, year=2016)
    events = Event.objects.count()
    assert refused(client.post(reverse("projects:fiscal-year-change", args=[2016]), {"reason": typed}), typed, sentence)
    assert not FiscalYear.objects.filter(closed_at__isnull=False).exists()
    assert Event.objects.count() == events


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_why_a_line_is_taken_off_the_list(client, frame, typed, sentence):
    client.force_login(UserFactory(roles=[Role.MANAGER]))
    line = EstimateLineFactory(pool_year=frame)
    address = reverse("projects:estimate-remove", args=["PULJE", line.pk])
    response = client.post(address, {"reason": typed})
    assert refused(response, typed, sentence)
    assert "data-dialog-again" in response.content.decode()
    assert EstimateLine.objects.filter(pk=line.pk).exists()
