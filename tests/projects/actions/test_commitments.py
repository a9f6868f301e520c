"""Money bound before it is posted: taken from the rest everywhere, and let go once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from projects.actions.commitments import add_commitment, end_commitment
from projects.actions.fiscal_years import close_year
from projects.enums import CommitmentEnd, Role
from projects.models import Commitment, Event
from projects.models.rollups import ProjectStanding
from projects.queries.money import kept_money, project_money
from projects.queries.month_end import month_end_rows
from projects.queries.projects import years_of
from projects.queries.rollups import rollup_differences
from projects.rules.month_end import Threshold
from reports.facts.figures import pool_chart
from tests.factories import BudgetLineFactory, PoolYearFactory, PostingFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
VALUES = {"amount": Decimal(200), "text": "Kursus", "expected_on": date(2016, 9, 1)}


@pytest.fixture
def project():
    frame = PoolYearFactory(year=2016)
    project = ProjectFactory(pool=frame.pool)
    BudgetLineFactory(project=project, pool_year=frame, amount=Decimal(1000))
    PostingFactory(project=project, amount=Decimal(300))
    return project


def test_what_is_committed_is_taken_from_the_rest_wherever_it_stands(client, project):
    add_commitment(project=project, by=UserFactory(), **VALUES)
    every, one = project_money([project.pk])[project.pk], project_money([project.pk], 2016)[project.pk]
    (year,) = years_of(project)
    (month,) = month_end_rows(project.pool, date(2016, 8, 1), Threshold(Decimal(0), Decimal(0)))
    for money in (every, one, year, month, ProjectStanding.objects.get(project=project)):
        assert (money.spent, money.committed, money.rest) == (Decimal(300), Decimal(200), Decimal(500))
    assert kept_money(ProjectStanding.objects.get(project=project)) == every
    assert list(rollup_differences()) == []
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    facts = client.get(reverse("reports:overview")).context["facts"]
    assert (facts.total.committed, facts.total.rest) == (Decimal(200), Decimal(500))
    parts = {series.name: series.values for series in pool_chart(facts.pools).series}
    assert (parts["Disponeret"], parts["Bevilget, ikke brugt"]) == ((Decimal(200),), (Decimal(500),))


@pytest.mark.parametrize("end", CommitmentEnd.values)
def test_it_is_let_go_once(project, end):
    by = UserFactory()
    commitment = end_commitment(commitment=add_commitment(project=project, by=by, **VALUES), end=end, by=by)
    assert project_money([project.pk])[project.pk].rest == Decimal(700)
    with pytest.raises(ValidationError) as refused:
        end_commitment(commitment=commitment, end=end, by=by)
    assert refused.value.code == "already_ended"
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["committed", "commitment_ended"]


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1)])
def test_nothing_and_less_is_no_commitment(project, amount):
    with pytest.raises(ValidationError) as refused:
        add_commitment(project=project, by=UserFactory(), **{**VALUES, "amount": amount})
    assert (refused.value.code, Commitment.objects.count()) == ("amount_not_positive", 0)


def test_nothing_is_committed_in_a_closed_year(project):
    close_year(year=2016, reason="Regnskabet er godkendt", by=UserFactory())
    with pytest.raises(ValidationError) as refused:
        add_commitment(project=project, by=UserFactory(), **VALUES)
    assert (refused.value.code, Commitment.objects.count()) == ("year_closed", 0)


def test_a_manager_commits_and_releases_on_the_project_page(client, project):
    client.force_login(UserFactory(roles=[Role.MANAGER]))
    address = reverse("projects:commitment-create", args=[project.code])
    wrong = client.post(address, {"text": "Kursus", "amount": "", "expected_on": "31.02.2016"})
    assert (wrong.status_code, Commitment.objects.count()) == (422, 0)
    client.post(address, {"text": "Kursus", "amount": "200", "expected_on": "1.9.2016"})
    page = reverse("projects:project-detail", args=[project.code])
    assert "Kursus" in client.get(page).content.decode()
    client.post(reverse("projects:commitment-end", args=[project.code, Commitment.objects.get().pk]), {"release": "1"})
    assert Commitment.objects.get().end == CommitmentEnd.RELEASED
    assert client.get(page).context["money"].rest == Decimal(700)
