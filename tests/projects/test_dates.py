from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.dates import format_date, format_date_long, parse_date

NOTE_DATE = date(2017, 11, 27)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27.11.2017", NOTE_DATE),
        ("27-11-2017", NOTE_DATE),
        ("27/11/2017", NOTE_DATE),
        ("27/11-2017", NOTE_DATE),
        ("27. 11. 2017", NOTE_DATE),
        ("27. november 2017", NOTE_DATE),
        ("den 27. november 2017", NOTE_DATE),
        ("27. nov. 2017", NOTE_DATE),
        ("27 nov 2017", NOTE_DATE),
        ("27.\u00a0november\u00a02017", NOTE_DATE),
        ("2017-11-27", NOTE_DATE),
        ("30-11-2017", date(2017, 11, 30)),
        ("01.10.2016", date(2016, 10, 1)),
        ("30/5-2016", date(2016, 5, 30)),
        ("06/04-2016", date(2016, 4, 6)),
        ("6. november 2017", date(2017, 11, 6)),
        ("1.1.2014", date(2014, 1, 1)),
        ("29.02.2016", date(2016, 2, 29)),
        ("3. september 2017", date(2017, 9, 3)),
        ("3. sept. 2017", date(2017, 9, 3)),
    ],
)
def test_parse_date_takes_the_ways_danish_papers_write_it(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", "empty", "Skriv en dato, for eksempel 27.11.2017."),
        ("01.11.17", "two_digit_year", "Skriv årstallet i “01.11.17” med fire cifre, for eksempel 01.11.2017."),
        ("31.10", "missing_year", "Årstallet mangler i “31.10”. Skriv for eksempel 31.10.2017."),
        ("den. 31.10", "missing_year", "Årstallet mangler i “den. 31.10”. Skriv for eksempel 31.10.2017."),
        ("30. juni", "missing_year", "Årstallet mangler i “30. juni”. Skriv for eksempel 31.10.2017."),
        ("30/5", "missing_year", "Årstallet mangler i “30/5”. Skriv for eksempel 31.10.2017."),
        (
            "d.d.",
            "relative_date",
            "“d.d.” betyder en anden dag i morgen. Skriv selve datoen, for eksempel 27.11.2017.",
        ),
        (
            "siden sidste registrering",
            "relative_date",
            "“siden sidste registrering” betyder en anden dag i morgen. Skriv selve datoen, for eksempel 27.11.2017.",
        ),
        (
            "31.02.2017",
            "no_such_date",
            "Datoen “31.02.2017” findes ikke. Skriv dag, måned og år, for eksempel 27.11.2017.",
        ),
        ("november 2017", "missing_day", "Dagen mangler i “november 2017”. Skriv for eksempel 27.11.2017."),
        ("snart", "not_a_date", "“snart” er ikke en dato. Skriv dag, måned og år, for eksempel 27.11.2017."),
    ],
)
def test_parse_date_refuses_each_with_its_own_sentence(text, code, sentence):
    with pytest.raises(ValidationError) as refused:
        parse_date(text)
    assert (refused.value.code, refused.value.messages) == (code, [sentence])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dags dato", "relative_date"),
        ("pr. d.d.", "relative_date"),
        ("dd.", "relative_date"),
        ("i dag", "relative_date"),
        ("til nu", "relative_date"),
        ("primo maj 2015", "relative_date"),
        ("29.02.2017", "no_such_date"),
        ("11/27/2017", "no_such_date"),
        ("00.11.2017", "no_such_date"),
        ("27.11.0217", "no_such_date"),
        ("11/2017", "missing_day"),
        ("2017-11", "missing_day"),
        ("27.11.20171", "not_a_date"),
        ("27112017", "not_a_date"),
        ("27. brumaire 2017", "not_a_date"),
        ("maj/juni", "not_a_date"),
        ("٢٧.١١.٢٠١٧", "not_a_date"),
    ],
)
def test_parse_date_refuses_the_rest(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_date(text)
    assert refused.value.code == code


def test_dates_are_shown_short_and_long():
    assert [format_date(date(2016, 4, 6)), format_date_long(date(2017, 11, 6))] == ["06.04.2016", "6. november 2017"]
    assert [format_date(None), format_date_long(None)] == ["–", "–"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_shown_can_be_typed_again(day):
    assert [parse_date(format_date(day)), parse_date(format_date_long(day)), parse_date(day.isoformat())] == [day] * 3


@given(st.text(max_size=30))
def test_parse_date_answers_or_refuses_and_never_breaks(text):
    try:
        assert isinstance(parse_date(text), date)
    except ValidationError as refused:
        assert refused.messages  # noqa: PT017 - either outcome is right, a third is not
