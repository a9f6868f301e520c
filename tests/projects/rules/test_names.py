import pytest

from projects.rules.names import alias_notice, other_name_notices
from projects.rules.notices import Notice

KNOWN = ["Houseing first", "Tilbud § 85 rusmiddel"]


def said(text: str, project: str = "Housing First", aliases=KNOWN) -> list[str]:
    return [str(found.figures[0]) for found in other_name_notices(text, "narrative", project=project, aliases=aliases)]


@pytest.mark.parametrize("name", ["Housing First", "HOUSEING  first", "Tilbud § 85 rusmiddel ", "Om HOUSING FIRST"])
def test_a_known_name_is_fine_however_it_is_written(name):
    assert alias_notice(project="Housing First", name=name, aliases=KNOWN) is None


def test_an_unknown_name_is_noticed():
    found = alias_notice(project="Fleksjob Jobspor", name="Fleksjob  ambassadører", aliases=[])
    assert found == Notice(
        "R19",
        "name",
        "“Fleksjob ambassadører” er ikke et kendt navn for “Fleksjob Jobspor”. "
        "Tilføj det som et andet navn, eller brug det kendte.",
        ("fleksjob ambassadører",),
    )


def test_a_text_that_uses_another_name_is_told_both():
    text = "I Houseing  First er der færre på forsorgshjem. Houseing first fortsætter."
    assert other_name_notices(text, "narrative", project="Housing First", aliases=KNOWN) == [
        Notice(
            "R19",
            "narrative",
            "“Houseing First” er et andet navn for “Housing First”. Skriv “Housing First”, så ingen tror, det er to.",
            ("houseing first", "Housing First"),
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tilbud § 85 rusmiddel og Houseing first", ["tilbud § 85 rusmiddel", "houseing first"]),
        ("Houseing Firsts borgere", ["houseing first"]),
        ("Houseing first-projektet", ["houseing first"]),
        ("Housing First går godt.", []),
        ("Housing First, som før hed Houseing first, går godt.", []),
        ("Housing First (også kaldt “Houseing first”) går godt.", []),
        ("Det gik godt før. Houseing first fortsætter.", ["houseing first"]),
        ("Warehouseing firsthand", []),
        ("", []),
    ],
)
def test_only_another_name_that_stands_for_todays_is_noticed(text, found):
    assert said(text) == found


def test_a_part_of_todays_name_and_a_plain_word_are_no_other_names():
    assert said("Fleksjob Jobspor går godt.", "Fleksjob Jobspor", ["Fleksjob"]) == []
    assert said("Borgere i fleksjob trives.", "Jobspor", ["Fleksjob"]) == []
    assert said("I Fleksjob trives borgerne.", "Jobspor", ["Fleksjob", "jobspor"]) == ["fleksjob"]
