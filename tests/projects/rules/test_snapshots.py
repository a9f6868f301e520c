from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects.enums import Dimension, Light, SnapshotState
from projects.rules.notices import Notice
from projects.rules.snapshots import (
    TRANSITIONS,
    NoteDay,
    check_approver,
    check_month,
    check_reason,
    check_transition,
    light_errors,
    missing_status_notice,
    status_date_notice,
)

NOVEMBER = date(2017, 11, 1)
TODAY = date(2017, 11, 27)
NOTE_DATE = TODAY
ALL_GREEN = dict.fromkeys(Dimension, Light.GREEN)


def refusal(function, *args, **options):
    with pytest.raises(ValidationError) as refused:
        function(*args, **options)
    return refused.value


@pytest.mark.parametrize(
    ("month", "start"),
    [(NOVEMBER, None), (NOVEMBER, date(2017, 11, 20)), (date(2016, 10, 1), date(2016, 10, 1))],
)
def test_a_month_in_the_projects_life_is_open(month, start):
    assert check_month(month=month, project_start=start, today=TODAY) is None


def test_a_month_in_the_future_is_refused():
    error = refusal(check_month, month=date(2017, 12, 1), project_start=None, today=TODAY)
    assert (error.code, error.messages) == (
        "month_in_future",
        ["December 2017 er ikke begyndt endnu. Den nyeste måned, du kan indberette, er november 2017."],
    )


def test_a_month_before_the_project_is_refused():
    error = refusal(check_month, month=date(2016, 9, 1), project_start=date(2016, 10, 1), today=TODAY)
    assert (error.code, error.messages) == (
        "month_before_project",
        ["Projektet begyndte i oktober 2016, så der er ingen status for september 2016."],
    )


def test_green_lights_need_no_comment():
    assert light_errors(ALL_GREEN, {}) == {}


def test_every_dimension_needs_a_light():
    assert light_errors({}, {}).keys() == {"light_overall", "light_economy", "light_schedule", "light_results"}


@pytest.mark.parametrize("light", [Light.YELLOW, Light.RED])
@pytest.mark.parametrize("comment", ["", "  \n"])
def test_a_light_that_is_not_green_needs_a_comment(light, comment):
    lights = {**ALL_GREEN, Dimension.ECONOMY: light}
    assert light_errors(lights, {Dimension.ECONOMY: comment}).keys() == {"comment_economy"}
    assert light_errors(lights, {Dimension.ECONOMY: "Forbruget er over bevillingen."}) == {}


@pytest.mark.parametrize("state", SnapshotState)
@pytest.mark.parametrize("target", SnapshotState)
def test_only_the_listed_ways_are_open(state, target):
    if target in TRANSITIONS[state]:
        assert check_transition(state=state, target=target) is None
    else:
        assert refusal(check_transition, state=state, target=target).code == "transition"


def test_what_may_follow_what():
    assert {state.value: sorted(targets) for state, targets in TRANSITIONS.items()} == {
        "draft": ["submitted"],
        "submitted": ["approved", "returned"],
        "returned": ["submitted"],
        "approved": [],
    }


def test_an_approved_status_points_to_a_correction():
    error = refusal(check_transition, state=SnapshotState.APPROVED, target=SnapshotState.SUBMITTED)
    assert error.messages == ["Statussen er godkendt og låst. Lav i stedet en rettelse med en begrundelse."]


def test_nobody_approves_what_they_wrote():
    error = refusal(check_approver, author_ids={1, 2}, approver_id=2)
    assert (error.code, error.messages) == (
        "own_snapshot",
        ["Du har selv skrevet i denne status. En anden skal godkende den."],
    )
    assert check_approver(author_ids={1, 2}, approver_id=3) is None


@pytest.mark.parametrize("text", ["", "   ", "ok", "...", "123", "a 1 b"])
def test_a_reason_needs_words(text):
    error = refusal(check_reason, text)
    assert (error.code, error.messages) == ("reason_missing", ["Skriv en begrundelse, så de andre kan se hvorfor."])


def test_a_reason_comes_back_trimmed():
    assert check_reason("  Økonomien mangler\n") == "Økonomien mangler"


def test_figures_from_after_the_note():
    found = status_date_notice(as_of=date(2017, 11, 30), note=NoteDay(NOTE_DATE), label="Integration")
    assert found == Notice(
        "R3",
        "as_of",
        "“Integration” er opgjort pr. 30.11.2017, tre dage efter notatets dato 27.11.2017.",
        (date(2017, 11, 30), NOTE_DATE),
    )


def test_until_there_is_a_note_the_day_it_is_to_be_ready_counts():
    found = status_date_notice(as_of=date(2017, 11, 30), note=NoteDay(NOTE_DATE, is_planned=True), label="Integration")
    assert (
        found.message == "“Integration” er opgjort pr. 30.11.2017, tre dage efter at notatet skal være klar 27.11.2017."
    )
    assert found.figures == (date(2017, 11, 30), NOTE_DATE)


@pytest.mark.parametrize(
    ("as_of", "words"), [(date(2017, 11, 28), "én dag efter"), (date(2017, 12, 27), "30 dage efter")]
)
def test_days_after_the_note_are_counted(as_of, words):
    assert words in status_date_notice(as_of=as_of, note=NoteDay(NOTE_DATE), label="x").message


@pytest.mark.parametrize("as_of", [None, NOTE_DATE, date(2017, 10, 31)])
def test_figures_from_before_the_note_are_fine(as_of):
    assert status_date_notice(as_of=as_of, note=NoteDay(NOTE_DATE), label="x") is None


@pytest.mark.parametrize(
    ("months", "sentence"),
    [
        ([NOVEMBER], "“Sund i job” mangler status for november 2017."),
        ([date(2017, 10, 1), NOVEMBER], "“Sund i job” mangler status for oktober 2017 og november 2017."),
        (
            [date(2017, month, 1) for month in range(6, 12)],
            "“Sund i job” mangler status for seks måneder, fra juni 2017 til november 2017.",
        ),
    ],
)
def test_months_without_a_status(months, sentence):
    found = missing_status_notice(project="Sund i job", missing=months)
    assert found == Notice("R20", "", sentence, (*months, ""))


def test_a_caseworker_on_leave_without_a_stand_in():
    found = missing_status_notice(project="Housing First", missing=[], is_on_leave=True)
    assert found.message == "Sagsbehandleren på “Housing First” er på orlov og har ingen stedfortræder."
    assert missing_status_notice(project="Housing First", missing=[], is_on_leave=True, has_stand_in=True) is None


def test_nothing_missing_says_nothing():
    assert missing_status_notice(project="x", missing=[]) is None
