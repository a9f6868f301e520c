from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.months import (
    MonthConverter,
    current_month,
    first_of_month,
    format_month,
    format_month_short,
    last_day,
    month_range,
    next_month,
    parse_month,
    previous_month,
)

NOVEMBER = date(2017, 11, 1)
DAYS = st.dates(min_value=date(1900, 2, 1), max_value=date(2199, 11, 30))


@pytest.mark.parametrize(
    "text",
    [
        "2017-11",
        "november 2017",
        "November  2017",
        "nov. 2017",
        "nov 2017",
        "11/2017",
        "11-2017",
        "11.2017",
        "11 - 2017",
        "november\u00a02017",
    ],
)
def test_parse_month_takes_the_ways_of_writing_it(text):
    assert parse_month(text) == NOVEMBER


def test_parse_month_knows_september_by_both_its_short_names():
    assert parse_month("sept. 2017") == parse_month("sep. 2017") == date(2017, 9, 1)


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", "empty", "Skriv en måned, for eksempel november 2017."),
        ("maj", "missing_year", "Årstallet mangler i “maj”. Skriv for eksempel november 2017."),
        ("11/17", "two_digit_year", "Skriv årstallet i “11/17” med fire cifre, for eksempel 11/2017."),
        ("maj 17", "two_digit_year", "Skriv årstallet i “maj 17” med fire cifre, for eksempel 11/2017."),
        ("13/2017", "no_such_month", "Måneden “13/2017” findes ikke. Skriv for eksempel 11/2017."),
        ("0/2017", "no_such_month", "Måneden “0/2017” findes ikke. Skriv for eksempel 11/2017."),
        ("2017-13", "no_such_month", "Måneden “2017-13” findes ikke. Skriv for eksempel 11/2017."),
        ("11/0017", "no_such_month", "Måneden “11/0017” findes ikke. Skriv for eksempel 11/2017."),
        ("maj/juni", "not_a_month", "“maj/juni” er ikke en måned. Skriv for eksempel november 2017."),
        ("27.11.2017", "not_a_month", "“27.11.2017” er ikke en måned. Skriv for eksempel november 2017."),
        ("efterår 2017", "not_a_month", "“efterår 2017” er ikke en måned. Skriv for eksempel november 2017."),
    ],
)
def test_parse_month_refuses_and_says_how_to_write_it(text, code, sentence):
    with pytest.raises(ValidationError) as refused:
        parse_month(text)
    assert (refused.value.code, refused.value.messages) == (code, [sentence])


def test_months_are_named():
    assert [format_month(NOVEMBER), format_month(None)] == ["november 2017", "–"]
    assert [format_month_short(NOVEMBER), format_month_short(date(2017, 5, 1)), format_month_short(None)] == [
        "nov. 2017",
        "maj 2017",
        "–",
    ]


def test_months_follow_one_another_over_the_year():
    assert previous_month(date(2018, 1, 1)) == date(2017, 12, 1)
    assert next_month(date(2017, 12, 31)) == date(2018, 1, 1)
    assert first_of_month(date(2017, 11, 27)) == NOVEMBER
    assert [last_day(date(2016, 2, 1)), last_day(date(2017, 2, 1))] == [date(2016, 2, 29), date(2017, 2, 28)]


def test_month_range_holds_both_ends():
    assert month_range(date(2017, 11, 27), date(2018, 1, 1)) == [NOVEMBER, date(2017, 12, 1), date(2018, 1, 1)]
    assert month_range(NOVEMBER, NOVEMBER) == [NOVEMBER]
    assert month_range(NOVEMBER, date(2017, 10, 1)) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2017, 11, 30, 22, 59, tzinfo=UTC), NOVEMBER),
        (datetime(2017, 11, 30, 23, 0, tzinfo=UTC), date(2017, 12, 1)),
        (datetime(2018, 6, 30, 22, 0, tzinfo=UTC), date(2018, 7, 1)),
    ],
)
def test_current_month_turns_at_midnight_in_denmark(moment, expected):
    assert current_month(moment) == expected


def test_current_month_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        current_month(datetime(2017, 11, 30))


def test_month_in_an_address():
    converter = MonthConverter()
    assert converter.to_python("2017-11") == NOVEMBER
    assert converter.to_url(date(987, 3, 1)) == "0987-03"


@pytest.mark.parametrize("value", ["2017-13", "2017-00", "0000-01", "9999-12"])
def test_an_address_with_an_impossible_month_does_not_exist(value):
    with pytest.raises(ValueError, match=r"month|year"):
        MonthConverter().to_python(value)


@given(DAYS)
def test_a_month_shown_can_be_typed_again(day):
    month = first_of_month(day)
    converter = MonthConverter()
    assert parse_month(format_month(month)) == month
    assert parse_month(format_month_short(month)) == month
    assert converter.to_python(converter.to_url(month)) == month


@given(DAYS)
def test_next_and_previous_undo_each_other(day):
    assert previous_month(next_month(day)) == first_of_month(day) == next_month(previous_month(day))
