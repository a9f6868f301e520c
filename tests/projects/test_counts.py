from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.counts import format_count, format_percent, format_signed, parse_count, parse_measure, share


@pytest.mark.parametrize(
    ("text", "expected"),
    [("41", 41), ("1.250", 1250), ("1 250", 1250), ("1\u00a0250", 1250), (" 0 ", 0), ("-0", 0), ("007", 7)],
)
def test_parse_count_takes_whole_numbers(text, expected):
    assert parse_count(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("(5)", "negative"),
        ("5,5", "has_decimals"),
        ("41,0", "has_decimals"),
        ("5.5", "ambiguous_dot"),
        ("1.25", "ambiguous_dot"),
        ("1 25", "grouping"),
        ("1,2,3", "two_commas"),
        ("fem", "not_a_number"),
        ("ca. 40", "not_a_number"),
        ("3-6", "not_a_number"),
        ("5 borgere", "not_a_number"),
        ("1.000.000.000", "too_large"),
    ],
)
def test_parse_count_refuses_the_rest(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_count(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-5", "“-5” er negativt. Skriv 0 eller mere."),
        ("5,5", "“5,5” er ikke et helt tal. Skriv et helt antal, for eksempel 41."),
        ("fem", "“fem” er ikke et tal. Skriv kun cifre, for eksempel 1.250."),
    ],
)
def test_parse_count_says_how_to_write_it(text, sentence):
    with pytest.raises(ValidationError) as refused:
        parse_count(text)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"), [("21,1", "21.1"), ("0,25", "0.25"), ("1.250,5", "1250.5"), ("35", "35")]
)
def test_parse_measure_takes_two_decimals(text, expected):
    assert parse_measure(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [("-1", "negative"), ("1,255", "too_many_decimals"), ("2.5", "ambiguous_dot"), ("en", "not_a_number")],
)
def test_parse_measure_refuses_the_rest(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_measure(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1250, "1.250"),
        (0, "0"),
        (Decimal("1.5"), "1,5"),
        (Decimal("0.25"), "0,25"),
        (Decimal("35.00"), "35"),
        (Decimal("1.50"), "1,5"),
        (-3, "−3"),
        (None, "–"),
    ],
)
def test_format_count(value, expected):
    assert format_count(value) == expected


def test_format_signed_shows_the_direction():
    assert [format_signed(value) for value in (17, -3, 0, Decimal("1.5"), None)] == ["+17", "−3", "0", "+1,5", "–"]


def test_format_percent():
    assert format_percent(Decimal("21.1382")) == "21,1\u00a0%"
    assert format_percent(Decimal("59.6"), 0) == "60\u00a0%"
    assert format_percent(None) == "–"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (78, 369, "21,1\u00a0%"),
        (18, 195, "9,2\u00a0%"),
        (13, 155, "8,4\u00a0%"),
        (109, 719, "15,2\u00a0%"),
        (0, 5, "0,0\u00a0%"),
    ],
)
def test_share_gives_the_percentages_of_the_letter(part, whole, shown):
    assert format_percent(share(part, whole)) == shown


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (5, None), (5, 0), (0, 0)])
def test_share_of_nothing_is_unknown(part, whole):
    assert share(part, whole) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_count_shown_can_be_typed_again(value):
    assert parse_count(format_count(value)) == value


@given(st.decimals(min_value=0, max_value=999_999, places=2))
def test_a_measure_shown_can_be_typed_again(value):
    assert parse_measure(format_count(value)) == value
