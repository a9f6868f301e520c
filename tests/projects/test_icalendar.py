from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.icalendar import AllDay, calendar_text, escaped, folded

NOW = datetime(2017, 11, 20, 8, 30, tzinfo=UTC)
EVENT = AllDay(
    "round-1-manager@example.com", date(2017, 12, 31), "Godkend; nu, tak", "Æblehaven\nMentor", "https://x.dk/"
)


def test_a_calendar_is_written_as_the_standard_wants_it():
    assert calendar_text("Frister, prøve", [EVENT], now=NOW) == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Geninvestering//Frister//DA\r\nCALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\nX-WR-CALNAME:Frister\\, prøve\r\n"
        "BEGIN:VEVENT\r\nUID:round-1-manager@example.com\r\nDTSTAMP:20171120T083000Z\r\n"
        "DTSTART;VALUE=DATE:20171231\r\nDTEND;VALUE=DATE:20180101\r\n"
        "SUMMARY:Godkend\\; nu\\, tak\r\nDESCRIPTION:Æblehaven\\nMentor\r\nURL:https://x.dk/\r\n"
        "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("a\\b", "a\\\\b"), ("a;b,c", "a\\;b\\,c"), ("a\r\nb", "a\\nb"), ("plain: ok", "plain: ok")]
)
def test_text_is_escaped(text, expected):
    assert escaped(text) == expected


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=300))
def test_folded_lines_are_short_whole_letters_and_unfold_again(line):
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(line).replace("\r\n ", "") == line
