"""The terms of a state pool, with the figures of the pool Ishøj and Vallensbæk looked at in 2017."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import AmountReading, ApplicationDecision, TermState
from projects.rules.state_pools import (
    Participants,
    PerCitizen,
    Terms,
    check_application_decision,
    citizens_message,
    overlap_message,
    own_share,
    per_citizen,
    term_checks,
)

AUGUST = date(2017, 8, 22)
POOL = {
    "amount": Decimal(39_100_000),
    "own_share_percent": Decimal(50),
    "municipalities": 7,
    "citizens": 750,
    "minimum_participants": 100,
    "first_year": 2017,
    "last_year": 2020,
    "application_deadline": date(2017, 9, 1),
    "own_participants": 244,
}


def states(today: date = AUGUST, **terms) -> dict[str, TermState]:
    return {check.key: check.state for check in term_checks(Terms(**terms), today=today)}


def test_before_the_deadline_the_participants_are_met_and_the_rest_is_not_known():
    assert states(**POOL) == {
        "participants": TermState.MET,
        "own_share": TermState.UNKNOWN,
        "period": TermState.UNKNOWN,
        "application": TermState.UNKNOWN,
        "report": TermState.UNKNOWN,
        "auditor": TermState.UNKNOWN,
    }


def test_an_application_that_keeps_every_term_is_met_everywhere():
    done = {
        **POOL,
        "planned_budget": Decimal(10_000_000),
        "own_funding": Decimal(5_000_000),
        "planned_from": 2017,
        "planned_to": 2020,
        "applied_on": date(2017, 9, 1),
        "report_deadline": date(2021, 3, 1),
        "reported_on": date(2021, 2, 28),
        "needs_auditor_statement": True,
        "auditor_statement_on": date(2021, 2, 20),
    }
    assert set(states(**done).values()) == {TermState.MET}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"own_participants": 99}, "participants"),
        ({"planned_budget": Decimal(10_000_000), "own_funding": Decimal(4_999_999)}, "own_share"),
        ({"planned_from": 2016, "planned_to": 2019}, "period"),
        ({"planned_from": 2017, "planned_to": 2021}, "period"),
        ({"applied_on": date(2017, 9, 2)}, "application"),
        ({"report_deadline": date(2017, 8, 21)}, "report"),
        ({"report_deadline": date(2017, 8, 21), "needs_auditor_statement": True}, "auditor"),
    ],
)
def test_what_breaks_a_term_is_not_met(change, key):
    assert states(**{**POOL, **change})[key] == TermState.NOT_MET


def test_the_day_of_the_deadline_is_in_time_and_the_day_after_is_late():
    assert states(date(2017, 9, 1), **POOL)["application"] == TermState.UNKNOWN
    assert states(date(2017, 9, 2), **POOL)["application"] == TermState.NOT_MET


def test_the_message_counts_what_is_missing():
    terms = Terms(own_share_percent=Decimal(50), planned_budget=Decimal(3_000_000), own_funding=Decimal(1_000_000))
    message = term_checks(terms, today=AUGUST)[1].message
    assert message.replace("\xa0", " ") == (
        "50 procent er 1.500.000 kr.; der er sat 1.000.000 kr. af, så der mangler 500.000 kr."
    )
    assert own_share(terms) == Decimal(1_500_000)


def test_the_amount_per_citizen_depends_on_what_the_amount_covers():
    found = per_citizen(Terms(**POOL))
    assert found is not None
    assert (round(found.if_total), round(found.if_state_share), found.chosen) == (52_133, 104_267, None)
    state = per_citizen(Terms(**POOL, amount_reading=AmountReading.STATE_SHARE))
    assert state is not None
    assert state.chosen == state.if_state_share
    whole = Terms(amount=Decimal(100), citizens=2, amount_reading=AmountReading.TOTAL)
    assert per_citizen(whole) == PerCitizen(Decimal(50), None, Decimal(50))
    assert per_citizen(Terms(amount=Decimal(100))) is None


def test_the_pools_own_numbers_are_held_against_each_other():
    assert citizens_message(Terms(**POOL)) == (
        "Med 7 kommuner og mindst 100 deltagere i hver bliver det mindst 700 af omkring 750 borgere, i gennemsnit 107"
        " pr. kommune."
    )
    assert "flere end de 600 borgere" in citizens_message(Terms(**{**POOL, "citizens": 600}))
    assert citizens_message(Terms()) == ""


def test_efforts_that_reach_more_than_there_are_overlap():
    efforts = [
        Participants("Flere skal med", 160, 160),
        Participants("JobFirst", 200, 200),
        Participants("Empowerment", 200, 200),
        Participants("Særlig indsats", 10, 15),
        Participants("Gruppevejledning", None, None),
    ]
    assert "når 570–575 tilsammen, men der er omkring 244 borgere" in overlap_message(efforts, 244)
    assert overlap_message(efforts[:1], 244) == ""
    assert overlap_message(efforts, None) == ""


def test_a_decision_needs_a_reason():
    check_application_decision(decision=ApplicationDecision.UNDECIDED, reason="")
    check_application_decision(decision=ApplicationDecision.APPLY, reason="Pengene passer til planen.")
    with pytest.raises(ValidationError):
        check_application_decision(decision=ApplicationDecision.DO_NOT_APPLY, reason=" ")
