from datetime import date

import pytest

from projects.rules.benefits import Benefit, duration_notices, speaks_of_duration
from projects.rules.notices import Notice

BENEFITS = [
    Benefit("Kontanthjælp", date(1976, 4, 1)),
    Benefit("Uddannelseshjælp", date(2014, 1, 1)),
    Benefit("Integrationsydelse", date(2015, 9, 1)),
]
JUNE = date(2018, 6, 30)


def notices(text, **other):
    return duration_notices(text, BENEFITS, **{"day": JUNE, "field": "narrative"} | other)


def test_a_benefit_younger_than_the_duration_is_named_with_its_first_day():
    assert notices("Der er 18 borgere, som har fået uddannelseshjælp i over 5 år.") == [
        Notice(
            "R17",
            "narrative",
            "“over 5 år” på uddannelseshjælp kan ikke passe: Ydelsen er fra 01.01.2014, højst 4,4 år før 30.06.2018.",
            ("Uddannelseshjælp", date(2014, 1, 1), 60),
        )
    ]


@pytest.mark.parametrize(
    ("text", "benefits"),
    [
        ("78 på kontanthjælp i mere end fem år", []),
        ("13 på integrationsydelsen i mere end 3 år", ["Integrationsydelse"]),
        ("13 på integrationsydelse i mere end to år", []),
        ("Mindst 34 måneder på integrationsydelse", ["Integrationsydelse"]),
        ("Mindst 33 måneder på integrationsydelse", []),
        (">5 år på uddannelseshjælp og integrationsydelse", ["Uddannelseshjælp", "Integrationsydelse"]),
        ("Længere end 4,5 år på uddannelseshjælp", ["Uddannelseshjælp"]),
        ("Projektet har kørt i over 5 år. Uddannelseshjælp er en ydelse.", []),
        ("De unge på uddannelseshjælp er over 25 år gamle", ["Uddannelseshjælp"]),
        ("Uddannelseshjælp i 5 år", []),
    ],
)
def test_duration_and_benefit_belong_together_in_one_sentence(text, benefits):
    assert [notice.figures[0] for notice in notices(text)] == benefits


def test_a_tables_name_is_read_before_its_rows():
    found = notices("Uddannelseshjælp", context="Borgere over 5 år på ydelsen", field="breakdown.a.udh")
    assert [(notice.rule, notice.field) for notice in found] == [("R17", "breakdown.a.udh")]
    assert notices("Kontanthjælp", context="Borgere over 5 år på ydelsen") == []


def test_a_benefit_that_has_not_begun_says_nothing():
    assert notices("over 5 år på uddannelseshjælp", day=date(2013, 1, 1)) == []


def test_only_texts_with_a_duration_are_asked_about():
    assert (speaks_of_duration("i mere end fem år"), speaks_of_duration("i 2017 fik fem arbejde")) == (True, False)
