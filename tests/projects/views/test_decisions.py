from decimal import Decimal

import pytest
from django.urls import reverse

from projects.actions.decisions import grant_proposal
from projects.enums import ProposalState, Role
from projects.models import BudgetLine, Project, ProposalDecision
from tests.factories import (
    BudgetLineFactory,
    EstimateLineFactory,
    MeetingFactory,
    OrgUnitFactory,
    PoolYearFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return PoolYearFactory(frame=Decimal(1_000_000))


@pytest.fixture
def manager(client, year):
    user = UserFactory(first_name="Birgit", last_name="Leder", roles=[Role.MANAGER], roles__unit=year.pool.unit)
    client.force_login(user)
    return user


@pytest.fixture
def proposal(year):
    return ProposalFactory(
        pool=year.pool, state=ProposalState.SUBMITTED, title="Økonomisk rådgiver", short_name="Økonomisk rådgiver"
    )


def url(name, proposal):
    return reverse(f"projects:{name}", args=[proposal.pk])


def typed(proposal, year, **values):
    return {
        f"amount_{year.pk}": "185.000",
        "reason": "Udvalget følger indstillingen.",
        "meeting": "",
        "item_number": "",
        "name": "Økonomisk rådgiver",
        "code": "oekonomisk-raadgiver",
        "starts_on": "1/4-2016",
        "ends_on": "",
        "unit": proposal.unit.pk,
        "committee": proposal.pool.committee.pk,
        "caseworker": "",
        **values,
    }


def messages(response):
    return [str(message) for message in response.context["messages"]]


def stored():
    return Project.objects.count(), BudgetLine.objects.count(), ProposalDecision.objects.count()


def test_the_form_comes_filled_in_from_the_list(client, manager, proposal, year):
    EstimateLineFactory(proposal=proposal, pool_year=year, amount=Decimal(150_000))
    form = client.get(url("proposal-decide", proposal)).context["form"]
    [amount] = form.amount_fields
    assert amount.value() == "150.000"
    assert "1.000.000\xa0kr." in amount.help_text
    assert (form["name"].value(), form["code"].value()) == ("Økonomisk rådgiver", "oekonomisk-raadgiver")


def test_a_grant_makes_the_project_and_leads_to_it(client, manager, proposal, year):
    meeting = MeetingFactory(committee=proposal.pool.committee)
    caseworker = UserFactory(roles=[Role.CASEWORKER])
    data = typed(proposal, year, meeting=meeting.pk, item_number="101", caseworker=caseworker.pk)
    response = client.post(url("proposal-decide", proposal), data, follow=True)
    project = Project.objects.get()
    assert response.redirect_chain[-1][0] == reverse("projects:project-detail", args=["oekonomisk-raadgiver"])
    assert [line.amount for line in project.budget_lines.all()] == [Decimal(185_000)]
    assert (project.budget_lines.get().meeting, project.assignments.get().user) == (meeting, caseworker)
    assert messages(response) == ["185.000\xa0kr. er bevilget, og projektet er oprettet."]


def test_an_over_grant_says_beside_the_amount_what_is_left(client, manager, proposal, year):
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(900_000))
    before = stored()
    response = client.post(url("proposal-decide", proposal), typed(proposal, year))
    assert (response.status_code, stored()) == (422, before)
    assert response.context["form"].errors == {
        f"amount_{year.pk}": [
            "Puljen har 100.000\xa0kr. tilbage, men bevillingen er på 185.000\xa0kr.: Der mangler 85.000\xa0kr."
        ]
    }
    assert response.context["form"]["reason"].value() == "Udvalget følger indstillingen."


def test_money_a_colleague_took_meanwhile_is_gone_from_the_hint_too(client, manager, proposal, year, monkeypatch):
    def one_came_first(**decision):
        BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(900_000))
        grant_proposal(**decision)

    monkeypatch.setattr("projects.views.decisions.grant_proposal", one_came_first)
    response = client.post(url("proposal-decide", proposal), typed(proposal, year))
    assert response.status_code == 422
    assert response.context["form"][f"amount_{year.pk}"].help_text.startswith("Tilbage af rammen: 100.000\xa0kr.")
    assert not Project.objects.filter(code="oekonomisk-raadgiver").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "--"}, "reason"),
        ({"starts_on": "1. april"}, "starts_on"),
        ({"ends_on": "01.01.2015"}, None),
        ({"code": "med mellemrum"}, "code"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_granted_comes_back_and_stores_nothing(client, manager, proposal, year, values, field):
    response = client.post(url("proposal-decide", proposal), typed(proposal, year, **values))
    assert (response.status_code, stored()) == (422, (0, 0, 0))
    assert list(response.context["form"].errors) == [field or "__all__"]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SUBMITTED


@pytest.mark.parametrize("amount", ["", "0", "1,2,3", "-5"])
def test_an_amount_that_is_none_is_refused(client, manager, proposal, year, amount):
    response = client.post(url("proposal-decide", proposal), typed(proposal, year, **{f"amount_{year.pk}": amount}))
    assert (response.status_code, stored()) == (422, (0, 0, 0))
    assert list(response.context["form"].errors) == [f"amount_{year.pk}"]


def test_a_code_in_use_is_said_beside_the_code(client, manager, proposal, year):
    BudgetLineFactory(project__code="oekonomisk-raadgiver")
    before = stored()
    response = client.post(url("proposal-decide", proposal), typed(proposal, year))
    assert (list(response.context["form"].errors), stored()) == (["code"], before)


def test_a_double_click_grants_once(client, manager, proposal, year):
    client.post(url("proposal-decide", proposal), typed(proposal, year))
    response = client.post(url("proposal-decide", proposal), typed(proposal, year), follow=True)
    assert response.redirect_chain[-1][0] == url("proposal-detail", proposal)
    assert messages(response)[-1] == "Du har allerede afgjort forslaget. Det er gemt én gang."
    assert stored() == (1, 1, 1)


def test_a_second_manager_is_told_who_decided(client, manager, proposal, year):
    client.post(url("proposal-decide", proposal), typed(proposal, year))
    client.force_login(UserFactory(roles=[Role.MANAGER]))
    for name in ("proposal-decide", "proposal-reject"):
        response = client.post(url(name, proposal), typed(proposal, year), follow=True)
        assert messages(response)[-1:] == [
            "Birgit Leder har allerede afgjort forslaget. Du kan se afgørelsen herunder."
        ]
    assert stored() == (1, 1, 1)


def test_reject_keeps_the_reason_on_the_paper(client, manager, proposal):
    response = client.post(url("proposal-reject", proposal), {"reason": "Effekten er for usikker"}, follow=True)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REJECTED
    assert "Effekten er for usikker" in response.content.decode()
    assert stored() == (0, 0, 1)


def test_a_pool_without_a_frame_says_what_to_do_first(client, manager, proposal, year):
    year.delete()
    page = client.get(url("proposal-decide", proposal)).content.decode()
    assert reverse("projects:pool-detail", args=[proposal.pool.code]) in page
    assert "<legend>" not in page


def test_a_manager_of_the_proposals_unit_only_does_not_decide(client, proposal, year):
    proposal.unit = OrgUnitFactory()
    proposal.save()
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=proposal.unit))
    assert client.get(url("proposal-detail", proposal)).status_code == 200
    for name in ("proposal-decide", "proposal-reject"):
        assert client.post(url(name, proposal), typed(proposal, year)).status_code == 403
    assert stored() == (0, 0, 0)


def test_a_project_outside_the_managers_units_leads_back_to_the_proposal(client, manager, proposal, year):
    data = typed(proposal, year, unit=OrgUnitFactory().pk)
    response = client.post(url("proposal-decide", proposal), data)
    assert (response.url, stored()) == (url("proposal-detail", proposal), (1, 1, 1))
