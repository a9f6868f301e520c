from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects.rules.meetings import ReferenceFact, check_case_number, reference_notices
from projects.rules.notices import Notice

PATTERN = r"^\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-[1-9]\d{0,5}-\d{2}$"
NOTE_DATE = date(2017, 11, 27)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.00.00-A00-2-16", "15.00.00-A00-2-16"),
        (" 15.00.00–A00–2–16 ", "15.00.00-A00-2-16"),
        ("13.03.00-Ø60-7-25", "13.03.00-Ø60-7-25"),
        ("13.03.00-A\u030a60-7-25", "13.03.00-Å60-7-25"),
        ("00.00.00-P35-34-24", "00.00.00-P35-34-24"),
    ],
)
def test_a_case_number_comes_back_in_one_spelling(text, expected):
    assert check_case_number(text, PATTERN) == expected


@pytest.mark.parametrize(
    "text", ["", "15.00.00-A00-2", "15.00-A00-2-16", "15.00.00-a00-2-16", "15.00.00-A00-02-16", "15.00.00-A00-2-16\nx"]
)
def test_anything_else_is_no_case_number(text):
    with pytest.raises(ValidationError) as refused:
        check_case_number(text, PATTERN)
    assert refused.value.code == "case_number"
    assert refused.value.messages[0].endswith("er ikke et sagsnummer. Skriv det som 15.00.00-A00-2-16.")


def test_another_case_system_has_its_own_pattern_and_no_wrong_example():
    assert check_case_number("18/123", r"\d{2}/\d+") == "18/123"
    with pytest.raises(ValidationError) as refused:
        check_case_number("15.00.00-A00-2-16", r"\d{2}/\d+")
    assert refused.value.messages == [
        "“15.00.00-A00-2-16” er ikke et sagsnummer. Kopiér det fra sagssystemet, som det står dér."
    ]


def reference(**values):
    defaults = {
        "key": "1",
        "title": "Budgetaftale",
        "committee": "UFB",
        "meeting_date": date(2017, 11, 6),
        "item": "101",
        "has_attachment": False,
    }
    return ReferenceFact(**{**defaults, **values})


@pytest.mark.parametrize(
    "fact",
    [reference(), reference(item="", has_attachment=True), reference(meeting_date=NOTE_DATE)],
)
def test_a_reference_that_can_be_found_again_is_fine(fact):
    assert reference_notices([fact], note_date=NOTE_DATE) == []


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"meeting_date": None}, "mødedato"),
        ({"item": " "}, "punktnummer eller bilag"),
        ({"meeting_date": None, "item": ""}, "mødedato og punktnummer eller bilag"),
    ],
)
def test_a_reference_nobody_could_find_again(values, missing):
    (found,) = reference_notices([reference(**values)], note_date=NOTE_DATE)
    assert (found.rule, found.field, found.message) == (
        "R10",
        "references.1",
        f"Henvisningen “Budgetaftale” mangler {missing}.",
    )


def test_a_meeting_still_to_come_is_marked():
    fact = reference(title="Orientering", meeting_date=date(2017, 12, 4), has_attachment=True)
    assert reference_notices([fact], note_date=NOTE_DATE) == [
        Notice(
            "R10",
            "references.1",
            "“Orientering” henviser til UFB den 04.12.2017, som endnu ikke er holdt den 27.11.2017.",
            ("Orientering", date(2017, 12, 4)),
        )
    ]
