from projects.alphabet import alphabetical


def test_danish_letters_come_last_and_double_a_is_the_very_last():
    names = ["Århus", "Ældre", "Zoo", "økonomi", "Aabenraa", "Allerød", "unge"]
    assert sorted(names, key=alphabetical) == ["Allerød", "unge", "Zoo", "Ældre", "økonomi", "Aabenraa", "Århus"]
