from decimal import Decimal

import pytest

from projects.rules.wording import joined, number_word, place


def test_numbers_up_to_ten_are_words():
    assert [number_word(value) for value in range(12)] == [
        "0",
        *("én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"),
        "11",
    ]


def test_a_part_of_one_is_digits():
    assert [number_word(Decimal("1.5")), number_word(Decimal("2.00"))] == ["1,5", "to"]


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_joined(parts, expected):
    assert joined(parts) == expected


def test_place():
    assert [place("", "row"), place("field", "row"), place("costs", 0)] == ["row", "field.row", "costs.0"]
