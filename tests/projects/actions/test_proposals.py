from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions.decisions import grant_proposal, reject_proposal
from projects.actions.proposal_money import CostValue
from projects.actions.proposals import (
    StaleProposal,
    create_proposal,
    save_proposal,
    submit_proposal,
    withdraw_proposal,
)
from projects.enums import BudgetKind, DecisionOutcome, ProjectState, ProposalState, Role, Subject
from projects.models import BudgetLine, Event, Project, Proposal, ProposalCost, ProposalDecision
from tests.factories import (
    BudgetLineFactory,
    MeetingFactory,
    PoolFactory,
    PoolYearFactory,
    ProposalCostFactory,
    ProposalFactory,
    StrategicGoalFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "challenge": "Borgere står alene.",
    "intervention": "Et korps af frivillige.",
    "expected_results": "Flere i job.",
    "motivation": "Kerneopgaven.",
    "target_group_text": "Langtidsledige",
    "economy": "Et halvt årsværk.",
}


def verbs(proposal):
    rows = Event.objects.filter(subject=Subject.PROPOSAL, subject_id=proposal.pk).order_by("pk")
    return [event.verb for event in rows]


def costs(proposal):
    return list(proposal.costs.values_list("year", "label", "fte", "amount", "basis"))


def test_create_proposal_takes_the_next_number_and_keeps_what_is_there():
    pool = PoolFactory()
    ProposalFactory(pool=pool, number=9)
    goal, group = StrategicGoalFactory(), TargetGroupFactory()
    by = UserFactory()
    proposal = create_proposal(
        pool=pool,
        values={"title": "Mentorkorps", "unit": pool.unit, "goals": [goal], "target_groups": [group]},
        costs=[CostValue(2016, "Koordinator", fte=Decimal("0.5"))],
        by=by,
    )
    assert (proposal.number, proposal.short_name, proposal.author, proposal.state, proposal.version) == (
        10,
        "Mentorkorps",
        by,
        ProposalState.DRAFT,
        1,
    )
    assert (list(proposal.goals.all()), list(proposal.target_groups.all())) == ([goal], [group])
    assert costs(proposal) == [(2016, "Koordinator", Decimal("0.500"), None, "")]
    assert verbs(proposal) == ["created"]


def test_create_proposal_without_a_title_stores_nothing():
    pool = PoolFactory()
    with pytest.raises(ValidationError) as refused:
        create_proposal(pool=pool, values={"title": "", "unit": pool.unit}, costs=[], by=UserFactory())
    assert "title" in refused.value.message_dict
    assert (Proposal.objects.count(), Event.objects.count()) == (0, 0)


def test_create_proposal_with_less_than_nobody_stores_nothing():
    pool = PoolFactory()
    values = {"title": "Mentorkorps", "unit": pool.unit}
    with pytest.raises(ValidationError):
        create_proposal(
            pool=pool, values=values, costs=[CostValue(2016, "Koordinator", fte=Decimal("-0.5"))], by=UserFactory()
        )
    assert (Proposal.objects.count(), ProposalCost.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_save_proposal_stores_what_changed_and_says_so():
    proposal = ProposalFactory(title="Mentorer", short_name="Mentorer")
    goal = StrategicGoalFactory(code="2", name="Færre langtidsledige")
    saved = save_proposal(
        proposal=proposal,
        expected_version=1,
        values={"title": "Mentorkorps", "goals": [goal]},
        costs=[
            CostValue(2016, "Løn", fte=Decimal("0.5")),
            CostValue(2017, "Møder", amount=Decimal(5_000), basis="tilbud"),
        ],
        by=proposal.author,
    )
    assert (saved.title, saved.version) == ("Mentorkorps", 2)
    assert Event.objects.get().changes == [
        ["titel", "Mentorer", "Mentorkorps"],
        ["strategiske mål", "", "2 Færre langtidsledige"],
        ["Økonomi pr. år", "", "2016 Løn: 0,5; 2017 Møder: 5.000\xa0kr."],
    ]


def test_save_proposal_of_what_stands_there_changes_nothing():
    cost = ProposalCostFactory()
    values = {"title": cost.proposal.title, "goals": []}
    same = [CostValue(cost.year, cost.label, cost.fte, cost.amount, cost.basis)]
    saved = save_proposal(proposal=cost.proposal, expected_version=1, values=values, costs=same, by=UserFactory())
    assert (saved.version, Event.objects.count()) == (1, 0)


def test_save_proposal_after_somebody_else_stores_nothing_and_hands_over_theirs():
    proposal = ProposalFactory(title="Først")
    save_proposal(proposal=proposal, expected_version=1, values={"title": "Deres"}, costs=[], by=UserFactory())
    with pytest.raises(StaleProposal) as stale:
        save_proposal(proposal=proposal, expected_version=1, values={"title": "Min"}, costs=[], by=UserFactory())
    assert stale.value.proposal.title == "Deres"
    assert Proposal.objects.get().title == "Deres"
    assert verbs(proposal) == ["changed"]


def test_save_proposal_in_another_pool_takes_that_pools_next_number():
    proposal, pool = ProposalFactory(number=4), PoolFactory()
    ProposalFactory(pool=pool, number=1)
    saved = save_proposal(proposal=proposal, expected_version=1, values={}, costs=[], pool=pool, by=UserFactory())
    assert (saved.pool, saved.number) == (pool, 2)


@pytest.mark.parametrize("state", [ProposalState.SUBMITTED, ProposalState.GRANTED, ProposalState.REJECTED])
def test_what_was_sent_is_not_changed(state):
    proposal = ProposalFactory(state=state)
    with pytest.raises(ValidationError) as refused:
        save_proposal(proposal=proposal, expected_version=1, values={"title": "Ny"}, costs=[], by=proposal.author)
    assert refused.value.code == "not_editable"
    assert (Proposal.objects.get().title, verbs(proposal)) == (proposal.title, [])


def test_submit_withdraw_and_submit_again():
    proposal = ProposalFactory(**WORDS)
    submit_proposal(proposal=proposal, by=proposal.author)
    withdraw_proposal(proposal=proposal, by=proposal.author, reason="Tallene skal regnes om")
    sent = submit_proposal(proposal=proposal, by=proposal.author)
    assert (sent.state, sent.submitted_at is not None, sent.version) == (ProposalState.SUBMITTED, True, 4)
    assert verbs(proposal) == ["submitted", "withdrawn", "submitted"]


def test_a_withdrawal_tells_no_cpr_number():
    proposal = ProposalFactory(state=ProposalState.SUBMITTED)
    with pytest.raises(ValidationError) as refused:
        withdraw_proposal(proposal=proposal, by=proposal.author, reason="Borgeren 010190-1234 er flyttet")
    assert (refused.value.code, verbs(proposal), Proposal.objects.get().state) == ("cpr", [], ProposalState.SUBMITTED)


def test_submit_says_everything_that_is_missing():
    proposal = ProposalFactory(challenge="Noget")
    with pytest.raises(ValidationError) as refused:
        submit_proposal(proposal=proposal, by=proposal.author)
    assert set(refused.value.message_dict) == {
        "intervention",
        "expected_results",
        "motivation",
        "target_groups",
        "costs",
    }
    assert (Proposal.objects.get().state, verbs(proposal)) == (ProposalState.DRAFT, [])


def test_a_proposal_that_came_on_paper_is_taken_with_its_gaps():
    sent = submit_proposal(proposal=ProposalFactory(), by=UserFactory(), on_paper="Modtaget på papir i januar 2016")
    assert sent.state == ProposalState.SUBMITTED
    assert Event.objects.get().reason == "Modtaget på papir i januar 2016"


def test_a_proposal_is_sent_once():
    proposal = ProposalFactory(state=ProposalState.SUBMITTED, **WORDS)
    with pytest.raises(ValidationError):
        submit_proposal(proposal=proposal, by=proposal.author)
    assert verbs(proposal) == []


@pytest.mark.parametrize("state", [ProposalState.DRAFT, ProposalState.GRANTED, ProposalState.WITHDRAWN])
def test_only_what_waits_is_withdrawn(state):
    proposal = ProposalFactory(state=state)
    with pytest.raises(ValidationError):
        withdraw_proposal(proposal=proposal, by=proposal.author)
    assert (Proposal.objects.get().state, verbs(proposal)) == (state, [])


@pytest.fixture
def year():
    return PoolYearFactory(frame=Decimal(1_000_000))


@pytest.fixture
def proposal(year):
    return ProposalFactory(pool=year.pool, state=ProposalState.SUBMITTED, title="Mentorkorps", **WORDS)


def project_values(proposal, **values):
    return {
        "name": "Frivillighed",
        "code": "frivillighed",
        "starts_on": date(2016, 4, 1),
        "unit": proposal.unit,
        "committee": proposal.pool.committee,
        **values,
    }


def grant(proposal, amounts, **values):
    values = {
        "reason": "Udvalget følger indstillingen.",
        "project_values": project_values(proposal),
        "by": UserFactory(),
        **values,
    }
    return grant_proposal(proposal=proposal, amounts=amounts, **values)


def test_grant_makes_decision_project_and_budget_lines_in_one(year, proposal):
    next_year = PoolYearFactory(pool=year.pool, year=2017, frame=Decimal(500_000))
    meeting, caseworker, by = MeetingFactory(), UserFactory(roles=[Role.CASEWORKER]), UserFactory()
    project = grant(
        proposal,
        {year: Decimal(185_000), next_year: Decimal(92_500)},
        meeting=meeting,
        item_number="101",
        project_values=project_values(proposal, caseworker=caseworker),
        by=by,
    )
    assert (project.proposal, project.pool, project.name, project.state) == (
        proposal,
        year.pool,
        "Frivillighed",
        ProjectState.RUNNING,
    )
    lines = project.budget_lines.values_list(
        "pool_year", "year", "kind", "amount", "price_level", "meeting", "item_number"
    )
    assert list(lines) == [
        (year.pk, 2016, BudgetKind.ORIGINAL, Decimal(185_000), 2016, meeting.pk, "101"),
        (next_year.pk, 2017, BudgetKind.ORIGINAL, Decimal(92_500), 2017, meeting.pk, "101"),
    ]
    decision = ProposalDecision.objects.get()
    assert (decision.outcome, decision.reason, decision.meeting, decision.decided_by) == (
        DecisionOutcome.GRANTED,
        "Udvalget følger indstillingen.",
        meeting,
        by,
    )
    assert [row.user for row in project.assignments.all()] == [caseworker]
    assert Proposal.objects.get().state == ProposalState.GRANTED
    stored = Event.objects.order_by("pk").values_list("subject", "verb")
    assert list(stored) == [
        (Subject.PROPOSAL, "granted"),
        (Subject.PROJECT, "created"),
        (Subject.BUDGET_LINE, "added"),
        (Subject.POOL, "granted"),
        (Subject.BUDGET_LINE, "added"),
        (Subject.POOL, "granted"),
        (Subject.PROJECT, "caseworker_assigned"),
    ]


def nothing_granted(proposal):
    proposal.refresh_from_db()
    return (
        proposal.state == ProposalState.SUBMITTED,
        Project.objects.filter(proposal=proposal).count(),
        ProposalDecision.objects.count(),
        Event.objects.count(),
    ) == (True, 0, 0, 0)


def test_grant_of_more_than_is_left_stores_nothing_and_says_what_is_left(year, proposal):
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(800_000))
    with pytest.raises(ValidationError) as refused:
        grant(proposal, {year: Decimal(200_001)})
    assert [message.replace("\xa0", " ") for message in refused.value.messages] == [
        "Puljen har 200.000 kr. tilbage, men bevillingen er på 200.001 kr.: Der mangler 1 kr."
    ]
    assert nothing_granted(proposal)


def test_grant_takes_the_last_krone(year, proposal):
    grant(proposal, {year: Decimal(1_000_000)})
    assert BudgetLine.objects.get().amount == Decimal(1_000_000)


@pytest.mark.parametrize(
    ("amount", "values", "code"),
    [
        (Decimal(0), {}, "amount_not_positive"),
        (Decimal(1), {"reason": ""}, "reason_missing"),
        (None, {}, "amount_missing"),
    ],
)
def test_grant_refuses(year, proposal, amount, values, code):
    with pytest.raises(ValidationError) as refused:
        grant(proposal, {} if amount is None else {year: amount}, **values)
    assert refused.value.code == code
    assert nothing_granted(proposal)


def test_grant_refuses_a_frame_of_another_pool(proposal):
    with pytest.raises(ValidationError) as refused:
        grant(proposal, {PoolYearFactory(): Decimal(1)})
    assert refused.value.code == "wrong_pool"
    assert nothing_granted(proposal)


def test_grant_with_a_project_that_cannot_be_stored_stores_nothing(year, proposal):
    values = project_values(proposal, ends_on=date(2016, 1, 1))
    with pytest.raises(ValidationError):
        grant(proposal, {year: Decimal(1)}, project_values=values)
    assert nothing_granted(proposal)


def test_grant_to_somebody_without_the_role_stores_nothing(year, proposal):
    with pytest.raises(ValidationError) as refused:
        grant(proposal, {year: Decimal(1)}, project_values=project_values(proposal, caseworker=UserFactory()))
    assert refused.value.code == "not_a_caseworker"
    assert nothing_granted(proposal)


def test_a_second_decision_is_refused(year, proposal):
    grant(proposal, {year: Decimal(185_000)})
    with pytest.raises(ValidationError) as refused:
        grant(proposal, {year: Decimal(185_000)})
    assert refused.value.code == "not_submitted"
    with pytest.raises(ValidationError):
        reject_proposal(proposal=proposal, reason="Fortrudt", by=UserFactory())
    assert (Project.objects.count(), BudgetLine.objects.count(), ProposalDecision.objects.count()) == (1, 1, 1)


def test_reject_stores_the_reason(proposal):
    decision = reject_proposal(proposal=proposal, reason=" Effekten er for usikker ", by=UserFactory())
    proposal.refresh_from_db()
    assert (decision.outcome, decision.reason, proposal.state) == (
        DecisionOutcome.REJECTED,
        "Effekten er for usikker",
        ProposalState.REJECTED,
    )
    assert verbs(proposal) == ["rejected"]


def test_reject_without_a_reason_stores_nothing(proposal):
    with pytest.raises(ValidationError):
        reject_proposal(proposal=proposal, reason="", by=UserFactory())
    assert nothing_granted(proposal)
