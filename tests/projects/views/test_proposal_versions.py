"""Versions of a proposal side by side, and the way to them."""

import pytest

from projects.actions.proposals import save_proposal, submit_proposal, withdraw_proposal
from projects.enums import Role
from projects.models import Proposal
from tests.factories import ProposalCostFactory, ProposalFactory, UserFactory
from tests.projects.views.test_proposals import FULL, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def rewritten(client):
    """A proposal that was sent, withdrawn and changed, opened by its author."""
    author = UserFactory(roles=[Role.PROPOSER])
    client.force_login(author)
    proposal = ProposalFactory(author=author, **FULL)
    ProposalCostFactory(proposal=proposal)
    proposal = withdraw_proposal(proposal=submit_proposal(proposal=proposal, by=author), by=author)
    values = {**FULL, "challenge": "Mange unge står alene."}
    return save_proposal(proposal=proposal, expected_version=proposal.version, values=values, costs=[], by=author)


def test_what_is_written_now_is_held_against_what_was_sent(client, rewritten):
    detail = client.get(url("proposal-detail", rewritten.pk))
    assert url("proposal-compare", rewritten.pk) in detail.content.decode()
    response = client.get(url("proposal-compare", rewritten.pk))
    assert (response.context["before"], response.context["after"], response.context["changes"]) == (
        "Version 1",
        "Nu",
        4,
    )
    shown = text(response)
    assert "[tilføjet: </span>Mange unge" in shown
    assert "100.000 kr." in shown
    assert "Motivering" not in shown
    assert "Kerneopgaven." in text(client.get(url("proposal-compare", rewritten.pk) + "?all=1"))


def test_a_proposal_sent_once_says_there_is_nothing_to_compare(client, rewritten):
    Proposal.objects.filter(pk=rewritten.pk).update(state="submitted")
    response = client.get(url("proposal-compare", rewritten.pk) + "?from=7&to=x")
    assert response.status_code == 200
    assert "Der er kun én version" in text(response)
    assert (
        url("proposal-compare", rewritten.pk) not in client.get(url("proposal-detail", rewritten.pk)).content.decode()
    )
