"""A long month-end: early warnings folded, pages, and those that lack a reason alone."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.models import DeviationReason
from projects.views import month_end
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


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setattr(month_end, "PER_PAGE", 2)
    monkeypatch.setattr(month_end, "WARNINGS_SHOWN", 1)
    pool = PoolFactory()
    for name in ("Café", "Hestehold", "Mentor"):
        project = ProjectFactory(pool=pool, name=name, starts_on=date(2016, 1, 1))
        BudgetLineFactory(project=project, year=2016, amount=Decimal(100_000))
        PostingFactory(project=project, posted_on=date(2017, 3, 1), amount=Decimal(1))
        approved(StatusSnapshotFactory(project=project, month=MONTH, forecast=Decimal(150_000)))
    return pool


@pytest.fixture
def read(client, pool):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    url = reverse("projects:month-end", args=[pool.code, MONTH])
    return lambda query="": client.get(f"{url}{query}")


def test_the_second_page_has_the_total_of_all_and_no_warnings(read):
    first, second = read(), read("?page=2")
    assert [row.project.name for row in first.context["page"]] == ["Café", "Hestehold"]
    assert (len(first.context["warnings"]), len(first.context["more_warnings"])) == (1, 2)
    assert "Vis 2 flere" in first.content.decode()
    assert [row.project.name for row in second.context["page"]] == ["Mentor"]
    assert second.context["warnings"] == []
    assert second.context["total"].budget == first.context["total"].budget == 300_000
    assert "3 projekter i alt" in second.content.decode()


def test_a_reason_is_written_where_the_list_stood(client, read, pool):
    reply = client.post(
        reverse("projects:deviation-explain", args=[pool.code, MONTH, pool.projects.get(name="Mentor").code])
        + "?unexplained=1",
        {"reason": "Holdet er større"},
    )
    assert reply.url == reverse("projects:month-end", args=[pool.code, MONTH]) + "?unexplained=1"
    assert DeviationReason.objects.count() == 1
    left = client.get(reply.url)
    assert [row.project.name for row in left.context["page"]] == ["Café", "Hestehold"]
    assert "2 afvigelser mangler en begrundelse." in left.content.decode()
