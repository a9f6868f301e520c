"""What a proposal said when it was sent is kept, and stays as it was."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from projects.actions.proposal_money import CostValue
from projects.actions.proposals import save_proposal, submit_proposal, withdraw_proposal
from projects.enums import ProposalState
from projects.models import ExpectedReturn, Proposal, ProposalVersion
from projects.queries.comparison import from_json
from projects.queries.proposal_versions import proposal_said, version_facts
from projects.rules.comparing import compared
from tests.factories import (
    MOMENT,
    FteRateFactory,
    ProposalCostFactory,
    ProposalFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WORDS = dict.fromkeys(("challenge", "intervention", "expected_results", "motivation", "economy"), "Står der.")


@pytest.fixture
def proposal():
    found = ProposalFactory(title="Mentorkorps", target_group_text="Unge", **WORDS)
    ProposalCostFactory(proposal=found, label="Koordinator", amount=Decimal(185_000))
    return found


def numbers(proposal):
    return list(proposal.versions.values_list("number", flat=True))


def test_each_time_it_is_sent_a_version_is_kept(proposal):
    first, second = UserFactory(), UserFactory()
    sent = submit_proposal(proposal=proposal, by=first)
    kept = proposal.versions.get()
    assert (kept.number, kept.sent_by, kept.sent_at) == (1, first, sent.submitted_at)
    assert from_json(kept.said) == proposal_said(sent)
    drawn = withdraw_proposal(proposal=sent, by=first)
    values = {"title": "Mentorer", **WORDS, "motivation": "Der står noget andet."}
    costs = [CostValue(2016, "Koordinator", amount=Decimal(200_000), basis="Overslag")]
    saved = save_proposal(proposal=drawn, expected_version=drawn.version, values=values, costs=costs, by=first)
    assert numbers(saved) == [1]
    submit_proposal(proposal=saved, by=second)
    newest, before = version_facts(Proposal.objects.get(pk=saved.pk))
    changed = [line for section in compared(before.said, newest.said) for line in section.changed]
    assert [(line.label, line.before, line.after, line.change) for line in changed] == [
        ("Titel", "Mentorkorps", "Mentorer", None),
        ("Motivering", "Står der.", "Der står noget andet.", None),
        ("2016 · Koordinator", "185.000\u00a0kr.", "200.000\u00a0kr.", Decimal(15_000)),
        ("2016 i alt", "185.000\u00a0kr.", "200.000\u00a0kr.", Decimal(15_000)),
    ]


def test_a_proposal_sent_before_versions_were_kept_has_its_first_when_it_is_withdrawn():
    sent = ProposalFactory(state=ProposalState.SUBMITTED, submitted_at=MOMENT)
    withdraw_proposal(proposal=sent, by=UserFactory())
    kept = sent.versions.get()
    assert (kept.number, kept.sent_by, kept.sent_at) == (1, sent.author, MOMENT)


def test_what_was_sent_cannot_be_changed_or_deleted(proposal):
    submit_proposal(proposal=proposal, by=proposal.author)
    kept = ProposalVersion.objects.filter(proposal=proposal)
    for change in (lambda: kept.update(said=[]), kept.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert from_json(kept.get().said) == proposal_said(proposal)


def test_proposal_said_tells_money_by_line_and_codes_one_to_a_line(proposal):
    FteRateFactory(year=2016, amount=Decimal(370_000))
    proposal.target_groups.set([TargetGroupFactory(code="2.2", name="Job"), TargetGroupFactory(code="2.3", name="Syg")])
    for position in (1, 2):
        ProposalCostFactory(
            proposal=proposal, label="Årsværk", fte=Decimal("0.5"), amount=None, basis="", position=position
        )
    place = {"proposal": proposal, "year": 2018, "falls_in": "Beskæftigelse"}
    ExpectedReturn.objects.create(**place, expected=Decimal(90_000), service_frame="outside", basis="Tre i job")
    ExpectedReturn.objects.create(**place, expected=Decimal(1))
    said = {(line.section, line.key): (line.label, line.kind, line.text) for line in proposal_said(proposal)}
    assert said["proposal", "target_groups"][2].splitlines() == [str(row) for row in proposal.target_groups.all()]
    assert [value for (section, _key), value in said.items() if section == "economy"] == [
        ("2016 · Koordinator", "kroner", "185.000\u00a0kr."),
        ("2016 · Koordinator, sådan er beløbet fundet", "word", "Overslag"),
        ("2016 · Årsværk", "kroner", "185.000\u00a0kr."),
        ("2016 · Årsværk, årsværk", "number", "0,5"),
        ("2016 · Årsværk", "kroner", "185.000\u00a0kr."),
        ("2016 · Årsværk, årsværk", "number", "0,5"),
        ("2016 i alt", "kroner", "555.000\u00a0kr."),
    ]
    assert said["returns", "2018 · Beskæftigelse"] == ("2018 · Beskæftigelse", "kroner", "90.000\u00a0kr.")
    assert said["returns", "2018 · Beskæftigelse/2"] == ("2018 · Beskæftigelse", "kroner", "1\u00a0kr.")
    assert said["returns", "2018 · Beskæftigelse.frame"][2] == "Uden for servicerammen"
    assert said["returns", "2018 · Beskæftigelse.basis"][2] == "Tre i job"
