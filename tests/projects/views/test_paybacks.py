from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from projects.enums import ProposalState, Role
from projects.models import Event, ExpectedReturn, Pool, Proposal, RealisedReturn
from projects.queries.paybacks import pool_payback, project_payback
from tests.factories import (
    BudgetLineFactory,
    PoolFactory,
    PoolYearFactory,
    ProjectFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def rows(*lines):
    """Return the posted rows of returns, each a dict."""
    posted = {"returns-TOTAL_FORMS": str(len(lines)), "returns-INITIAL_FORMS": "0"}
    return posted | {f"returns-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}


LINE = {
    "year": "2017",
    "falls_in": "Social Omsorg",
    "service_frame": "inside",
    "expected": "370.000",
    "basis": "1 stilling",
}


@pytest.fixture
def proposal(client):
    author = UserFactory(roles=[Role.PROPOSER])
    client.force_login(author)
    return ProposalFactory(author=author, pool__discount_rate=Decimal("3.5"))


def typed(proposal, *lines, **values):
    """Return the proposal's whole form as posted, with these rows of returns."""
    own = {
        "title": proposal.title,
        "short_name": proposal.short_name,
        "pool": proposal.pool_id,
        "unit": proposal.unit_id,
        "version": proposal.version,
    }
    return {**own, "costs-TOTAL_FORMS": "0", "costs-INITIAL_FORMS": "0", **rows(*lines), **values}


def test_an_expected_return_is_written_shown_and_changed(client, proposal):
    lines = ({**LINE, "low": "0", "high": "740.000"}, {"year": "2018"})
    client.post(url("proposal-edit", proposal.pk), typed(proposal, *lines, challenge="Mange"))
    stored = proposal.returns.get()
    assert (stored.year, stored.low, stored.expected, stored.high) == (2017, 0, Decimal(370_000), Decimal(740_000))
    page = text(client.get(url("proposal-detail", proposal.pk)))
    assert "370.000 kr." in page
    assert "Social Omsorg" in page
    proposal.refresh_from_db()
    assert (proposal.challenge, proposal.version) == ("Mange", 2)
    client.post(url("proposal-edit", proposal.pk), typed(proposal, {**LINE, "expected": "1"}, challenge="Mange"))
    proposal.refresh_from_db()
    assert (proposal.returns.get().expected, proposal.version) == (Decimal(1), 3)
    assert Event.objects.latest("pk").changes == [
        ["Forventet afkast", "2017 Social Omsorg: 370.000\xa0kr.", "2017 Social Omsorg: 1\xa0kr."]
    ]


def test_returns_somebody_else_changed_meanwhile_stand_beside_the_typed_ones(client, proposal):
    ExpectedReturn.objects.create(proposal=proposal, year=2016, falls_in="Regionen", expected=Decimal(1))
    Proposal.objects.update(version=2)
    response = client.post(url("proposal-edit", proposal.pk), typed(proposal, LINE))
    told = {each.label: (each.mine, each.theirs) for each in response.context["differences"]}
    assert (response.status_code, proposal.returns.get().falls_in) == (409, "Regionen")
    mine = "2017 · Social Omsorg · Inden for servicerammen · 370.000 · 1 stilling"
    assert told["Forventet afkast"] == (mine, "2016 · Regionen · Vides ikke · 1")


@pytest.mark.parametrize(
    "change",
    [{"expected": ""}, {"expected": "1,2,3"}, {"year": ""}, {"falls_in": ""}, {"low": "370.001"}, {"high": "1"}],
)
def test_a_return_that_does_not_hold_is_refused_and_comes_back(client, proposal, change):
    response = client.post(url("proposal-edit", proposal.pk), typed(proposal, {**LINE, **change}, challenge="Mange"))
    assert (response.status_code, ExpectedReturn.objects.count(), Event.objects.count()) == (422, 0, 0)
    assert ">\nMange</textarea>" in response.content.decode()
    assert 'value="1 stilling"' in text(response)


def test_what_has_been_sent_keeps_its_return(client, proposal):
    Proposal.objects.update(state=ProposalState.SUBMITTED)
    assert client.post(url("proposal-edit", proposal.pk), typed(proposal, LINE)).status_code == 422
    assert ExpectedReturn.objects.count() == 0


def test_a_realised_return_is_entered_and_ties_on_project_and_pool(client, django_assert_num_queries):
    frame = PoolYearFactory(pool__returned_percent=Decimal(50))
    project = ProjectFactory(pool=frame.pool, proposal=ProposalFactory(pool=frame.pool))
    BudgetLineFactory(project=project, pool_year=frame, amount=Decimal(100_000))
    ExpectedReturn.objects.create(proposal=project.proposal, year=2017, falls_in="Regionen", expected=Decimal(90_000))
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    line = {"year": "2017", "falls_in": "Regionen", "amount": "60.000,10", "source": "Regnskab 2017"}
    assert client.post(url("realised-returns", project.code), rows(line, line)).status_code == 422
    assert client.post(url("realised-returns", project.code), rows({**line, "source": ""})).status_code == 422
    assert RealisedReturn.objects.count() == 0
    client.post(url("realised-returns", project.code), rows(line))
    with django_assert_num_queries(3):
        own = project_payback(project)
    with django_assert_num_queries(4):
        whole = pool_payback(frame.pool)
    assert own == whole
    assert (own.invested, own.sensitivity.expected.net, own.realised) == (100_000, -10_000, Decimal("60000.10"))
    assert (own.back_expected, own.back_realised) == (Decimal(45_000), Decimal("30000.05"))
    assert "60.000" in text(client.get(url("project-detail", project.code)))


@pytest.fixture
def pool(client):
    pool = PoolFactory()
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=pool.unit))
    return pool


def settings(**values):
    return {"service_frame": "inside", "carry_over": "none", "form_variant": "long", **values}


def test_settings_are_stored_and_told_in_words(client, pool):
    data = settings(closes_on="31/1-2016", carry_over="limited", carry_over_percent="2,5", discount_rate="3,5")
    data |= {"discount_rate_basis": "Byrådet, budget 2016", "form_variant": "short"}
    assert client.post(url("pool-settings", pool.code), data).status_code == 302
    pool.refresh_from_db()
    assert (pool.closes_on, pool.carry_over_percent, pool.discount_rate) == (
        date(2016, 1, 31),
        Decimal("2.5"),
        Decimal("3.5"),
    )
    assert (pool.discount_rate_basis, pool.form_variant) == ("Byrådet, budget 2016", "short")
    assert ["Servicerammen", "Vides ikke", "Inden for servicerammen"] in [
        [label.capitalize(), before, after] for label, before, after in Event.objects.get().changes
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"opens_on": "1/2-2016", "closes_on": "31/1-2016"}, "closes_on"),
        ({"carry_over": "limited"}, "carry_over_percent"),
        ({"discount_rate": "101"}, "discount_rate"),
        ({"discount_rate": "-1"}, "discount_rate"),
        ({"discount_rate": "3,5"}, "discount_rate_basis"),
        ({"form_variant": "middle"}, "form_variant"),
        ({"opens_on": "31.02.2016"}, "opens_on"),
    ],
)
def test_settings_that_do_not_hold_are_refused_beside_their_field(client, pool, values, field):
    response = client.post(url("pool-settings", pool.code), settings(**values))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2015, 12, 31), "Puljen åbner for forslag den 1. januar 2016. Din kladde bliver gemt til da."),
        (date(2016, 2, 1), "Puljen lukkede for forslag den 31. januar 2016. Puljens leder kan forlænge fristen."),
        (date(2016, 1, 31), ""),
    ],
)
def test_a_proposal_is_sent_while_the_pool_is_open(client, proposal, day, told):
    Pool.objects.update(opens_on=date(2016, 1, 1), closes_on=date(2016, 1, 31))
    names = ("challenge", "intervention", "expected_results", "motivation", "target_group_text", "economy")
    Proposal.objects.update(**dict.fromkeys(names, "Skrevet"))
    with time_machine.travel(day, tick=False):
        client.force_login(proposal.author)
        page = text(client.post(url("proposal-submit", proposal.pk), follow=True))
    proposal.refresh_from_db()
    assert proposal.state == (ProposalState.DRAFT if told else ProposalState.SUBMITTED)
    assert told in page
