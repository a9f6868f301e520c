import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.comparing import Difference, Piece, Said, compared, word_diff


def line(section, key, text, number=None):
    return Said(section, section.title(), key, key, "word" if number is None else "number", text, number)


def test_fields_are_held_against_each_other_in_the_order_of_the_later():
    before = [line("numbers", "borgere", "40 borgere", Decimal(40)), line("tables", "gone", "3", Decimal(3))]
    after = [line("numbers", "borgere", "41 borgere", Decimal(41)), line("numbers", "new", "1", Decimal(1))]
    found = compared(before, after)
    assert [(item.section, item.title, item.lines) for item in found] == [
        (
            "numbers",
            "Numbers",
            (
                Difference("numbers", "Numbers", "borgere", "number", "40 borgere", "41 borgere", Decimal(1)),
                Difference("numbers", "Numbers", "new", "number", "", "1", None),
            ),
        ),
        ("tables", "Tables", (Difference("tables", "Tables", "gone", "number", "3", "", None),)),
    ]


def test_unknown_is_not_zero():
    (section,) = compared([line("n", "a", "", None)], [line("n", "a", "0", Decimal(0))])
    assert (section.lines[0].change, section.lines[0].is_changed) == (None, True)


def test_the_same_twice_has_no_changes():
    lines = [line("n", "a", "1", Decimal(1)), line("t", "b", "Tekst")]
    assert [section.changed for section in compared(lines, lines)] == [(), ()]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", ()),
        ("Holdet er samlet.", "Holdet er samlet.", (Piece("same", "Holdet er samlet."),)),
        (
            "Holdet er samlet.",
            "Holdet er næsten samlet.",
            (Piece("same", "Holdet er "), Piece("ins", "næsten "), Piece("same", "samlet.")),
        ),
        (
            "18 familier\nAlt vel",
            "35 familier\nAlt vel",
            (Piece("del", "18"), Piece("ins", "35"), Piece("same", " familier\nAlt vel")),
        ),
        ("Væk", "", (Piece("del", "Væk"),)),
        (
            "Der er god kontakt.",
            "Tallene kommer senere.",
            (Piece("del", "Der er god kontakt."), Piece("ins", "Tallene kommer senere.")),
        ),
    ],
)
def test_words_that_came_and_went(before, after, pieces):
    assert word_diff(before, after) == pieces


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.op != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.op != "del") == after


def test_a_long_text_is_compared_while_one_waits():
    before = "\n".join(f"Afsnit {number} om borgere, praktik og timer i måneden." for number in range(2000))
    after = before.replace("Afsnit 1000 ", "Afsnittet 1000 ")
    begun = time.process_time()
    assert [piece.op for piece in word_diff(before, after)] == ["same", "del", "ins", "same"]
    assert time.process_time() - begun < 5
