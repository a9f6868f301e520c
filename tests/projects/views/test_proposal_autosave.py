"""A draft saves itself: what is stored, what is told of it, and what two people on it are asked."""

import json

import pytest
import time_machine
from django.test import Client

from projects.actions.co_authors import add_co_author
from projects.enums import ProposalState, Role, Subject
from projects.models import Event, Pool, Proposal
from tests.factories import MOMENT, PoolYearFactory, ProposalFactory, UserFactory
from tests.projects.views.test_proposals import FULL, text, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def pool() -> Pool:
    return PoolYearFactory(pool__code="GENINV-2016").pool


@pytest.fixture
def anna():
    return UserFactory(first_name="Anna", last_name="Holm", roles=[Role.PROPOSER])


@pytest.fixture
def bo():
    return UserFactory(first_name="Bo", last_name="Krog", roles=[Role.PROPOSER])


@pytest.fixture
def proposal(pool, anna, bo) -> Proposal:
    made = ProposalFactory(pool=pool, unit=pool.unit, author=anna, title="Mentorkorps", short_name="Mentorkorps")
    add_co_author(proposal=made, user=bo, by=anna)
    return made


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(client, proposal) -> dict:
    """Return what the page holds as somebody opens it."""
    context = client.get(url("proposal-edit", proposal.pk)).context
    return {"base": context["base"], "version": context["form"]["version"].value()}


def page(pool, at: dict, *rows, **values) -> dict:
    return typed(pool, *rows) | {"title": "Mentorkorps", "short_name": "Mentorkorps", **at, **values}


def save(client, proposal, data: dict):
    return client.post(url("proposal-autosave", proposal.pk), data)


def told(proposal) -> list[tuple[str, list]]:
    events = Event.objects.filter(subject=Subject.PROPOSAL, subject_id=proposal.pk, verb="changed").order_by("pk")
    return [(event.actor.first_name, [tuple(change) for change in event.changes]) for event in events]


def test_a_stretch_of_writing_is_stored_each_time_and_told_once(proposal, pool, anna):
    client = browser(anna)
    at = opened(client, proposal)
    for challenge in ("Unge", "Unge står", "Unge står alene."):
        answer = save(client, proposal, page(pool, at, ("Løn", "2016", "1", "", ""), challenge=challenge))
        assert (answer.status_code, answer.json()["saved"]) == (200, "Gemt kl. 10.00")
        at = {key: answer.json()[key] for key in ("base", "version")}
    proposal.refresh_from_db()
    assert (proposal.challenge, proposal.costs.get().label, told(proposal)) == ("Unge står alene.", "Løn", [])
    client.post(url("proposal-edit", proposal.pk), page(pool, at, ("Løn", "2016", "1", "", ""), challenge="Unge."))
    assert [(who, [change for change in changes if change[0] == "udfordring"]) for who, changes in told(proposal)] == [
        ("Anna", [("udfordring", "", "Unge.")])
    ]
    assert Proposal.objects.get().versions.count() == 0


def test_the_very_same_once_more_is_no_conflict(proposal, pool, anna):
    client = browser(anna)
    data = page(pool, opened(client, proposal), challenge="Mine ord", short_name="")
    first, again = (save(client, proposal, data) for _time in range(2))
    assert (again.status_code, again.json()["version"]) == (200, first.json()["version"])


def test_two_people_choose_field_by_field(proposal, pool, anna, bo):
    """Anna's challenge and cost stand in the page, Bo's meanwhile; Anna keeps her challenge and takes his cost."""
    hers, his = browser(anna), browser(bo)
    at = opened(hers, proposal)
    save(his, proposal, page(pool, opened(his, proposal), ("Bos løn", "2016", "2", "", ""), motivation="Bos motiv"))
    data = page(pool, at, ("Annas løn", "2016", "1", "", ""), challenge="Annas ord")
    answer = save(hers, proposal, data)
    assert (answer.status_code, answer.json()["reason"]) == (409, "conflict")
    assert answer.json()["message"].startswith("Bo Krog har gemt forslaget imens.")
    shown = hers.post(url("proposal-edit", proposal.pk), data)
    assert (shown.status_code, Proposal.objects.get().challenge) == (409, "")
    assert "Bo Krog gemte forslaget, mens du skrev" in text(shown)
    differences = {each.name: (each.mine, each.theirs, each.is_mine_chosen) for each in shown.context["differences"]}
    assert differences == {
        "challenge": ("Annas ord", "", True),
        "motivation": ("", "Bos motiv", False),
        "costs": ("Annas løn · 2016 · 1", "Bos løn · 2016 · 2", True),
    }
    now = {"version": shown.context["form"]["version"].value(), "base": shown.context["base"]}
    choices = {"choose-challenge": "mine", "choose-motivation": "theirs", "choose-costs": "theirs"}
    hers.post(url("proposal-edit", proposal.pk), data | now | choices)
    proposal.refresh_from_db()
    assert (proposal.challenge, proposal.motivation, proposal.costs.get().label) == (
        "Annas ord",
        "Bos motiv",
        "Bos løn",
    )
    assert [(who, [change[0] for change in changes]) for who, changes in told(proposal)] == [
        ("Bo", ["motivering", "Økonomi pr. år"]),
        ("Anna", ["udfordring"]),
    ]


@pytest.mark.parametrize(
    ("values", "anchor"),
    [({"title": ""}, "id_title"), ({"challenge": "Ringede til 010190-1234"}, "id_challenge")],
)
def test_what_cannot_be_stored_is_said_at_its_field(proposal, pool, anna, values, anchor):
    client = browser(anna)
    answer = save(client, proposal, page(pool, opened(client, proposal), **values))
    assert (answer.status_code, [line["anchor"] for line in answer.json()["fields"]]) == (422, [anchor])
    assert (Proposal.objects.get().title, Proposal.objects.get().version) == ("Mentorkorps", 1)


def test_the_pool_is_changed_by_the_button_only(proposal, pool, anna):
    other = PoolYearFactory(pool__code="GENINV-2017").pool
    client = browser(anna)
    data = page(pool, opened(client, proposal), challenge="Mine ord") | {"pool": other.pk}
    answer = save(client, proposal, data)
    assert (answer.status_code, answer.json()["fields"][0]["label"]) == (422, "Pulje")
    assert Proposal.objects.get().pool == pool
    client.post(url("proposal-edit", proposal.pk), data)
    assert (Proposal.objects.get().pool, Proposal.objects.get().challenge) == (other, "Mine ord")


def test_what_has_been_sent_meanwhile_takes_nothing(proposal, pool, anna):
    client = browser(anna)
    at = opened(client, proposal)
    Proposal.objects.update(state=ProposalState.SUBMITTED)
    answer = save(client, proposal, page(pool, at, challenge="For sent"))
    assert (answer.status_code, answer.json()["reason"], Proposal.objects.get().challenge) == (409, "closed", "")


def test_another_writer_at_the_same_machine_stores_nothing(proposal, pool, anna, bo):
    client = browser(bo)
    answer = save(client, proposal, page(pool, opened(client, proposal), challenge="Ikke mine", writer=anna.pk))
    assert (answer.status_code, Proposal.objects.get().challenge) == (403, "")


def test_sending_tells_of_what_saved_itself_and_keeps_one_version(proposal, pool, anna):
    client = browser(anna)
    save(client, proposal, page(pool, opened(client, proposal), ("Løn", "2016", "1", "", ""), **FULL))
    client.post(url("proposal-submit", proposal.pk))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.versions.count(), proposal.untold) == (ProposalState.SUBMITTED, 1, {})
    assert [who for who, _changes in told(proposal)] == ["Anna"]
    assert json.dumps(proposal.versions.get().said).count("Unge st") == 1
