"""When a count may be of people, and which thresholds there are."""

import pytest
from django.core.exceptions import ValidationError

from projects.rules.disclosure import check_threshold, counts_people, few_people_notices


@pytest.mark.parametrize("unit", ["borgere", "familier", "", "sager", "mentorer"])
def test_these_may_be_people(unit: str):
    assert counts_people(unit)


@pytest.mark.parametrize("unit", ["kr.", "Kr.", " pct. ", "timer", "årsværk"])
def test_these_are_not_people(unit: str):
    assert not counts_people(unit)


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_offered_thresholds(threshold: int):
    check_threshold(threshold)


@pytest.mark.parametrize("threshold", [0, 1, 4, 11])
def test_other_thresholds_are_refused(threshold: int):
    with pytest.raises(ValidationError) as refusal:
        check_threshold(threshold)
    assert refusal.value.code == "threshold"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("To borgere er kommet i job.", ["To borgere"]),
        ("Heraf er 3 unge i praktik og 12 borgere i job.", ["3 unge"]),
        ("Der er tale om fire nye familier.", ["fire nye familier"]),
        ("Én er flyttet til en anden kommune.", ["Én er flyttet til en anden kommune"]),
        ("En kvinde fortæller om sit forløb.", ["En kvinde"]),
        ("Kun 1 sag er åben.", ["1 sag"]),
    ],
)
def test_few_people_in_words_are_asked_about(text: str, words: list[str]):
    notices = few_people_notices(text, threshold=5, field="text")
    assert [(notice.rule, notice.field, notice.figures) for notice in notices] == [
        ("R14", "text", (word.casefold(),)) for word in words
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Syv borgere er i praktik.",
        "41 borgere, heraf 23 afsluttede.",
        "Indsatsen følger planen i 3 måneder, og to møder er holdt.",
        "De 4.300.000 kr. og § 5 om personer; afsnit 2.3 borgere.",
        "Møder én gang om ugen med borgere.",
    ],
)
def test_many_people_and_few_things_are_not(text: str):
    assert few_people_notices(text, threshold=5) == []


def test_a_text_may_not_tell_what_a_table_hides():
    """The row says “hidden” because its sub-rows are few; the text would say five."""
    assert few_people_notices("Fem borgere har fået en mentor.", threshold=5) == []
    (notice,) = few_people_notices("Fem borgere har fået en mentor.", threshold=5, hidden={5, 11})
    assert notice.figures == ("fem borgere",)


def test_the_threshold_decides():
    assert len(few_people_notices("Seks borgere er i job.", threshold=10)) == 1
    assert few_people_notices("Seks borgere er i job.", threshold=5) == []
