from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from projects.enums import ApplicationDecision, PoolKind, Role
from projects.models import Effort, Event, StatePoolTerms
from projects.queries.state_pools import state_pool_orientation
from tests.factories import EffortFactory, PoolFactory, StatePoolTermsFactory, UserFactory

pytestmark = pytest.mark.django_db
CODE = "STATSPULJE"


@pytest.fixture
def pool():
    return PoolFactory(code=CODE, kind=PoolKind.STATE_POOL)


@pytest.fixture
def manager(client, pool):
    user = UserFactory(roles=[Role.MANAGER], roles__unit=pool.unit)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def typed(**values):
    return {"amount_reading": "unclear", "decision": "undecided", **values}


def test_terms_are_written_as_danes_type_them_and_checked(client, manager, pool):
    data = typed(
        amount="39,1 mio.",
        own_share_percent="50",
        minimum_participants="100",
        own_participants="244",
        application_deadline="1/9-2017",
        needs_auditor_statement="yes",
    )
    assert client.post(url("terms-edit", CODE), data).url == url("state-pool", CODE)
    terms = StatePoolTerms.objects.get()
    assert (terms.amount, terms.application_deadline, terms.needs_auditor_statement, terms.report_deadline) == (
        Decimal(39_100_000),
        date(2017, 9, 1),
        True,
        None,
    )
    with time_machine.travel(date(2017, 9, 2), tick=False):
        page = text(client.get(url("state-pool", CODE)))
    assert "Puljen kræver mindst 100; 244 kan høre til målgruppen." in page
    assert "Fristen var 1. september 2017; der blev ikke sendt noget." in page


def test_a_decision_without_a_reason_is_refused_beside_its_field(client, manager, pool):
    response = client.post(url("terms-edit", CODE), typed(decision="do_not_apply", issued_by="STAR"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["decision_reason"])
    assert 'value="STAR"' in text(response)
    assert (StatePoolTerms.objects.count(), Event.objects.count()) == (0, 0)
    data = typed(decision="do_not_apply", decision_reason="Indsatserne findes allerede.")
    client.post(url("terms-edit", CODE), data)
    assert StatePoolTerms.objects.get().decision == ApplicationDecision.DO_NOT_APPLY


def test_years_the_wrong_way_round_and_a_cpr_number_are_refused(client, manager, pool):
    response = client.post(
        url("terms-edit", CODE), typed(first_year="2020", last_year="2017", purpose="Borger 010190-1234 skal i job")
    )
    assert response.status_code == 422
    assert "purpose" in response.context["form"].errors
    assert client.post(url("terms-edit", CODE), typed(first_year="2020", last_year="2017")).status_code == 422
    assert StatePoolTerms.objects.count() == 0


def test_an_effort_is_added_changed_and_taken_out(client, manager, pool):
    data = {"title": "JobFirst", "unit": pool.unit.pk, "participants_low": "200", "participants_high": "100"}
    assert client.post(url("effort-create", CODE), data).status_code == 422
    assert Effort.objects.count() == 0
    client.post(url("effort-create", CODE), {**data, "participants_high": "200"})
    effort = Effort.objects.get()
    assert (effort.title, effort.participants_low, effort.position) == ("JobFirst", 200, 1)
    client.post(url("effort-edit", CODE, effort.pk), {**data, "participants_high": "", "goal": "Flere timer"})
    effort.refresh_from_db()
    assert (effort.goal, effort.participants_high) == ("Flere timer", None)
    client.post(url("effort-remove", CODE, effort.pk), {"reason": ""})
    assert Effort.objects.count() == 1
    client.post(url("effort-remove", CODE, effort.pk), {"reason": "Er slut"})
    assert Effort.objects.count() == 0


def test_another_kind_of_pool_has_no_such_page(client, manager, pool):
    other = PoolFactory(unit=pool.unit)
    assert client.get(url("state-pool", other.code)).status_code == 404
    assert client.get(url("terms-edit", other.code)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_whole_orientation_costs_two_queries(pool, count, django_assert_num_queries):
    StatePoolTermsFactory(pool=pool, own_participants=100)
    EffortFactory.create_batch(count, pool=pool, unit=pool.unit, participants_low=90)
    with django_assert_num_queries(2):
        paper = state_pool_orientation(pool, date(2017, 8, 1))
    assert [len(group.efforts) for group in paper.units] == [count]
    assert bool(paper.overlap_message) == (count > 1)
