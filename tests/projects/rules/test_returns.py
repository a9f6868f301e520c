import pytest
from django.core.exceptions import ValidationError

from projects.enums import SnapshotState
from projects.rules.returns import ReturnReasons, SectionReason, check_return, withdrawn_state

TITLES = {"numbers": "Tal", "table_7": "Nationalitet", "text": "Status i ord"}


def test_reasons_stand_in_the_order_of_the_form_and_empty_ones_mark_nothing():
    found = check_return(
        overall=" Ellers fint. ",
        sections={"text": " Hvem er “de”? ", "numbers": "Én mangler", "table_7": "  "},
        titles=TITLES,
    )
    assert found == ReturnReasons(
        "Ellers fint.",
        (SectionReason("numbers", "Tal", "Én mangler"), SectionReason("text", "Status i ord", "Hvem er “de”?")),
    )
    assert found.in_words == "Ellers fint.\nTal: Én mangler\nStatus i ord: Hvem er “de”?"


def test_a_section_is_reason_enough():
    found = check_return(overall="", sections={"numbers": "Én mangler"}, titles=TITLES)
    assert found.in_words == "Tal: Én mangler"


@pytest.mark.parametrize(
    ("overall", "sections", "code"),
    [
        ("", {}, "reason_missing"),
        ("??", {}, "reason_missing"),
        ("", {"numbers": "?"}, "reason_missing"),
        ("?", {"numbers": "Én mangler"}, "reason_missing"),
        ("", {"table_8": "Er tabellen væk?"}, "unknown_section"),
        ("", {"text": "Borgeren 010190-1234 er nævnt"}, "cpr"),
        ("Borgeren 010190-1234 er nævnt", {}, "cpr"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(overall, sections, code):
    with pytest.raises(ValidationError) as refused:
        check_return(overall=overall, sections=sections, titles=TITLES)
    assert refused.value.code == code


@pytest.mark.parametrize(("was_returned", "state"), [(False, SnapshotState.DRAFT), (True, SnapshotState.RETURNED)])
def test_what_is_taken_back_is_what_it_was(was_returned, state):
    assert withdrawn_state(state=SnapshotState.SUBMITTED, was_returned=was_returned) == state


@pytest.mark.parametrize("state", [SnapshotState.DRAFT, SnapshotState.RETURNED, SnapshotState.APPROVED])
def test_only_what_waits_is_taken_back(state):
    with pytest.raises(ValidationError) as refused:
        withdrawn_state(state=state, was_returned=False)
    assert refused.value.code == "not_waiting"
