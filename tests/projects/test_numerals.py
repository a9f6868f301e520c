from decimal import Decimal

import pytest

from projects.numerals import grouped, round_half_up, split_sign, tidy


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "−1"),
        ("-0.4", 0, "0"),
        ("1234567.895", 2, "1.234.567,90"),
        ("2810000", 0, "2.810.000"),
        ("-1234.5", 2, "−1.234,50"),
    ],
)
def test_grouped_rounds_half_up_and_never_shows_minus_zero(value, decimals, expected):
    assert grouped(Decimal(value), decimals) == expected


def test_round_half_up_goes_away_from_zero():
    assert [round_half_up(Decimal(value)) for value in ("2.5", "3.5", "-2.5")] == [3, 4, -3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("−5", (True, "5")), ("5-", (True, "5")), ("( 5 )", (True, "5")), ("– 5", (True, "5")), ("5", (False, "5"))],
)
def test_split_sign_knows_the_ways_a_minus_is_written(text, expected):
    assert split_sign(tidy(text)) == expected
