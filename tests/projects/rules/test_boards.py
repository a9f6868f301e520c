"""Prioritising: the 2016 round's own figures, several years, and what may be adopted."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.boards import Line, Room, Stamp, changes_since, check_adoption, tally, weighted_score

ROUND_2016 = (185_000, 300_000, 425_000, 0, 150_000, 500_000, 450_000, 800_000, 0)
FRAME = Room(2016, Decimal(4_300_000), Decimal(0))


def lines(*amounts, included=True):
    return [Line(key, f"Forslag {key}", included, (Decimal(amount),)) for key, amount in enumerate(amounts)]


def test_the_2016_round_leaves_what_the_paper_says():
    [year] = tally(lines(*ROUND_2016), [FRAME]).years
    assert (year.taken, year.rest) == (Decimal(2_810_000), Decimal(1_490_000))
    [year] = tally(lines(*ROUND_2016, 740_000), [FRAME]).years
    assert (year.taken, year.rest) == (Decimal(3_550_000), Decimal(750_000))


def test_the_cut_stands_before_the_first_line_the_frame_cannot_pay():
    found = tally(lines(4_000_000, 300_000, 1, 0), [FRAME])
    assert [line.rest for line in found.lines] == [(300_000,), (0,), (-1,), (-1,)]
    assert ([line.is_over for line in found.lines], found.cut) == ([False, False, True, True], 2)


def test_one_year_without_room_is_enough_and_what_is_out_takes_nothing():
    rooms = [Room(2016, Decimal(100), Decimal(40)), Room(2017, Decimal(10), Decimal(0))]
    both = [
        Line(1, "A", True, (Decimal(60), Decimal(10))),
        Line(2, "B", False, (Decimal(60), Decimal(60))),
        Line(3, "C", True, (None, Decimal("0.01"))),
    ]
    found = tally(both, rooms)
    assert [line.running for line in found.lines] == [(60, 10), (60, 10), (60, Decimal("10.01"))]
    assert ([year.rest for year in found.years], found.cut) == ([Decimal(0), Decimal("-0.01")], 2)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**9)), max_size=30), st.integers(0, 10**10))
def test_what_is_taken_and_what_is_left_are_always_the_frame(rows, frame):
    order = [Line(key, "", is_in, (Decimal(ore) / 100,)) for key, (is_in, ore) in enumerate(rows)]
    found = tally(order, [Room(2016, Decimal(frame) / 100, Decimal(0))])
    [year] = found.years
    assert year.taken + year.rest == Decimal(frame) / 100
    assert (found.cut is None) == (year.rest >= 0)


def test_a_score_is_weighed_and_unknown_until_every_criterion_is_judged():
    assert weighted_score([(3, 4), (2, 5), (2, 3)]) == Decimal("4.0")
    assert weighted_score([(3, 0), (1, 5)]) == Decimal("1.2")
    assert weighted_score([(3, 4), (2, None)]) is None
    assert weighted_score([]) is None


def refusal(order, reason="Bedst samlet virkning", rooms=(FRAME,)):
    with pytest.raises(ValidationError) as refused:
        check_adoption(lines=order, rooms=rooms, reason=reason)
    return refused.value.code, refused.value.messages[0].replace("\xa0", " ")


def test_an_adoption_within_the_frame_is_allowed():
    check_adoption(lines=lines(4_300_000), rooms=[FRAME], reason="Bedst samlet virkning")


def test_what_stands_in_the_way_of_an_adoption():
    assert refusal(lines(1), reason=" ")[0] == "reason_missing"
    assert refusal(lines(1, included=False))[0] == "nothing_in"
    assert refusal([Line(1, "A", True, (Decimal(5),), is_decided=True)])[0] == "nothing_in"
    assert refusal(lines(5, 0)) == (
        "amount_missing",
        "“Forslag 1” er med uden et beløb. Skriv et beløb, eller tag forslaget ud.",
    )
    assert refusal(lines(4_300_001)) == (
        "over_granted",
        "Rammen er overskredet (2016 med 1 kr.). Intet er bevilget.",
    )


def test_every_change_since_is_told():
    seen = Stamp(1, {2016: (500_00, 100_00), 2017: (10_00, 0)}, {1: 4, 2: 1})
    assert changes_since(seen, seen, {}) == []
    now = Stamp(2, {2016: (500_00, 300_00), 2017: (20_00, 0)}, {1: 5, 2: 1, 3: 1})
    told = [text.replace("\xa0", " ") for text in changes_since(seen, now, {1: "Mentorkorps", 3: "Nyt forslag"})]
    assert told == [
        "Alternativet er gemt igen.",
        "Der er bevilget penge af 2016 imens; der er 200 kr. tilbage.",
        "Rammen for 2017 er ændret.",
        "Sendt, ændret eller afgjort siden: “Mentorkorps” og “Nyt forslag”.",
    ]
