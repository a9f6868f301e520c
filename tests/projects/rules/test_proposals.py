from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import DecisionOutcome, ProposalState
from projects.rules.notices import Notice
from projects.rules.proposals import (
    CostFact,
    EstimateFact,
    ProposalFact,
    asked_amount,
    check_decision,
    check_submittable,
    cost_amount,
    cost_notices,
    estimate_notices,
)

RATE = Decimal(370_000)
HALF = Decimal("0.5")
NBSP = "\u00a0"

# What the ten forms of January 2016 say themselves, and what the list prices them at (None: not in the list).
FORMS = (
    ("1", "Autisme og ADHD", 740_000, None),
    ("2", "Mentorkorps", 185_000, 185_000),
    ("3", "Gruppeforløb", None, 300_000),
    ("4", "Langtidssyge", None, 425_000),
    ("5", "Myndighed", None, 0),
    ("6", "Økonomisk rådgiver", 185_000, 150_000),
    ("7", "Ikke-vestlige", None, 500_000),
    ("8", "Fleksjob", None, 450_000),
    ("9", "§ 85", 740_000, 800_000),
    ("10", "Koordinator", 185_000, 0),
)


def decimal(value):
    return None if value is None else Decimal(value)


PROPOSALS = [ProposalFact(key, f"{title} (fuld titel)", title, decimal(form)) for key, title, form, _listed in FORMS]
ESTIMATES = [
    EstimateFact(key, title, decimal(listed), key) for key, title, _form, listed in FORMS if listed is not None
]


def test_half_a_full_time_equivalent_costs_185_000():
    assert cost_amount(CostFact("koordinator", HALF, RATE, None)) == Decimal(185_000)


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (CostFact("a", HALF, RATE, Decimal(150_000)), Decimal(150_000)),
        (CostFact("a", None, RATE, None), None),
        (CostFact("a", HALF, None, None), None),
        (CostFact("a", None, None, Decimal(0)), Decimal(0)),
    ],
)
def test_cost_amount(cost, expected):
    assert cost_amount(cost) == expected


def test_what_a_form_asks_for_is_the_sum_of_what_is_known():
    known, unknown = CostFact("løn", HALF, RATE, None), CostFact("lokaler", None, None, None)
    assert asked_amount([known, unknown, CostFact("kørsel", None, None, Decimal(500), "3 ture")]) == Decimal(185_500)
    assert asked_amount([unknown]) is None
    assert asked_amount([]) is None


def test_costs_with_a_basis_are_fine():
    costs = [
        CostFact("to årsværk", Decimal(2), RATE, Decimal(740_000)),
        CostFact("½ årsværk", HALF, RATE, None),
        CostFact("indskud", None, None, Decimal(60_000), "Tilbud fra boligforening"),
        CostFact("ikke kendt", None, None, None),
        CostFact("gratis", None, None, Decimal(0)),
    ]
    assert cost_notices(costs) == []


def test_an_amount_without_a_basis_is_noticed():
    assert cost_notices([CostFact("Gruppeforløb", None, RATE, Decimal(300_000), " ")]) == [
        Notice(
            "R7",
            "costs.0",
            f"“Gruppeforløb” er sat til 300.000{NBSP}kr., men det fremgår ikke, hvordan beløbet er fundet.",
            (Decimal(300_000),),
        )
    ]


def test_an_amount_that_is_not_its_full_time_equivalents_is_noticed():
    costs = [CostFact("a", None, None, None), CostFact("Rådgiver", HALF, RATE, Decimal(150_000), "skøn")]
    assert cost_notices(costs) == [
        Notice(
            "R7",
            "costs.1",
            f"“Rådgiver” er sat til 150.000{NBSP}kr., men 0,5 årsværk à 370.000{NBSP}kr. giver 185.000{NBSP}kr.",
            (Decimal(150_000), HALF, RATE),
        )
    ]


def test_the_list_of_2016_is_held_against_its_ten_forms():
    found = estimate_notices(proposals=PROPOSALS, estimates=ESTIMATES)
    assert [(notice.rule, notice.field) for notice in found] == [
        ("R6", "proposal.1"),
        ("R7", "estimate.3"),
        ("R7", "estimate.4"),
        ("R7", "estimate.6"),
        ("R7", "estimate.7"),
        ("R7", "estimate.8"),
        ("R7", "estimate.9"),
        ("R7", "estimate.10"),
    ]


def test_what_lies_without_a_basis_in_the_forms_is_1_675_000():
    found = estimate_notices(proposals=PROPOSALS, estimates=ESTIMATES)
    assert sum(notice.figures[0] for notice in found if notice.rule == "R7" and notice.figures[1] is None) == 1_675_000


def test_the_sentences_name_proposal_and_amounts():
    found = {notice.field: notice.message for notice in estimate_notices(proposals=PROPOSALS, estimates=ESTIMATES)}
    assert found["proposal.1"] == (
        f"“Autisme og ADHD” mangler på økonomilisten, selv om skemaet nævner 740.000{NBSP}kr."
    )
    assert found["estimate.3"] == f"“Gruppeforløb” er 300.000{NBSP}kr. på økonomilisten, men skemaet har intet beløb."
    assert found["estimate.6"] == (
        f"“Økonomisk rådgiver” er 150.000{NBSP}kr. på økonomilisten, men 185.000{NBSP}kr. i skemaet."
    )


def test_a_proposal_without_line_or_amount_says_both():
    (found,) = estimate_notices(proposals=[ProposalFact("5", "Myndighed", "", None)], estimates=[])
    assert found == Notice(
        "R6", "proposal.5", "“Myndighed” mangler på økonomilisten, og skemaet har intet beløb.", ("5", None)
    )


@pytest.mark.parametrize("proposal_key", [None, "99"])
def test_a_line_without_a_proposal_is_noticed(proposal_key):
    line = EstimateFact("a", "Sund i job", Decimal(100_000), proposal_key)
    assert estimate_notices(proposals=[], estimates=[line], field="pool") == [
        Notice(
            "R6",
            "pool.estimate.a",
            f"Linjen “Sund i job” på økonomilisten (100.000{NBSP}kr.) hører ikke til noget forslag.",
            ("a", Decimal(100_000)),
        )
    ]


def test_a_line_without_an_amount_yet_is_not_compared():
    assert (
        estimate_notices(
            proposals=[ProposalFact("2", "Mentorkorps", "", Decimal(185_000))],
            estimates=[EstimateFact("2", "Mentorkorps", None, "2")],
        )
        == []
    )


def test_a_filled_proposal_can_be_sent():
    assert check_submittable({"challenge": "tekst"}, has_target_group=True, has_cost_or_reason=True) is None


def test_a_proposal_with_holes_is_refused_field_by_field():
    with pytest.raises(ValidationError) as refused:
        check_submittable({"challenge": "tekst", "effort": " \n"}, has_target_group=False, has_cost_or_reason=False)
    assert refused.value.message_dict == {
        "effort": ["Udfyld feltet, før du sender forslaget."],
        "target_groups": ["Vælg mindst én målgruppe."],
        "costs": ["Skriv, hvad forslaget koster, eller hvorfor det ikke er kendt endnu."],
    }


def test_a_line_of_unknown_size_and_a_code_out_of_force_hold_the_proposal_back():
    with pytest.raises(ValidationError) as refused:
        check_submittable(
            {"challenge": "tekst"},
            has_target_group=True,
            has_cost_or_reason=True,
            unsized=["Kurser", "Kørsel"],
            expired=["2.12 Uddannelsesparate"],
        )
    assert refused.value.message_dict == {
        "costs": ["Skriv årsværk eller et beløb for “Kurser” og “Kørsel”, eller tøm linjen."],
        "target_groups": ["Gælder ikke længere: 2.12 Uddannelsesparate. Vælg koder, der gælder i dag."],
    }


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_a_sent_proposal_is_decided_with_a_reason(outcome):
    assert check_decision(state=ProposalState.SUBMITTED, outcome=outcome, reason="Passer til sporet") is None


@pytest.mark.parametrize(
    ("state", "outcome", "reason", "code", "sentence"),
    [
        ("draft", "granted", "god idé", "not_submitted", "Forslaget er ikke sendt endnu og kan ikke afgøres."),
        ("withdrawn", "granted", "god idé", "not_submitted", "Forslaget er trukket tilbage og kan ikke afgøres."),
        ("granted", "rejected", "fortrudt", "not_submitted", "Forslaget er allerede afgjort."),
        ("rejected", "granted", "fortrudt", "not_submitted", "Forslaget er allerede afgjort."),
        ("submitted", "maybe", "god idé", "unknown_outcome", "Vælg, om forslaget skal bevilges eller have afslag."),
        ("submitted", "granted", " . ", "reason_missing", "Skriv en begrundelse, så de andre kan se hvorfor."),
    ],
)
def test_a_decision_is_refused(state, outcome, reason, code, sentence):
    with pytest.raises(ValidationError) as refused:
        check_decision(state=ProposalState(state), outcome=outcome, reason=reason)
    assert (refused.value.code, refused.value.messages) == (code, [sentence])
