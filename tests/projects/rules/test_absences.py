from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects.rules.absences import Period, check_absence, check_stand_in, silent_months

NOVEMBER = Period(date(2017, 11, 1), date(2017, 11, 30))
MONTHS = [date(2017, 9, 1), date(2017, 10, 1), date(2017, 11, 1)]


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2017, 10, 1), date(2017, 10, 31), False),
        (date(2017, 10, 1), date(2017, 11, 1), True),
        (date(2017, 11, 30), None, True),
        (date(2017, 12, 1), None, False),
        (date(2017, 10, 1), None, True),
    ],
)
def test_periods_share_a_day_or_not(first, last, overlaps):
    other = Period(first, last)
    assert (NOVEMBER.overlaps(other), other.overlaps(NOVEMBER)) == (overlaps, overlaps)


def test_an_absence_has_its_days_in_order_and_is_entered_once():
    check_absence(NOVEMBER, others=[Period(date(2017, 12, 1), None)])
    with pytest.raises(ValidationError) as refused:
        check_absence(Period(date(2017, 11, 2), date(2017, 11, 1)), others=[])
    assert refused.value.code == "dates_in_order"
    with pytest.raises(ValidationError) as refused:
        check_absence(Period(date(2017, 11, 30), None), others=[NOVEMBER])
    assert refused.value.messages == [
        "Der er allerede et fravær fra 01.11.2017 til 30.11.2017. Ret det i stedet.",
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_the_absent": True}, "self_stand_in"),
        ({"is_caseworker": False}, "not_a_caseworker"),
        ({"away": [Period(date(2017, 11, 30), None)]}, "stand_in_away"),
    ],
)
def test_who_cannot_stand_in(changes, code):
    able = {"name": "Karl", "is_the_absent": False, "is_caseworker": True, "period": NOVEMBER, "away": []}
    check_stand_in(**able)
    with pytest.raises(ValidationError) as refused:
        check_stand_in(**{**able, **changes})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("told", "fewest", "silent"),
    [
        (MONTHS, 1, []),
        (MONTHS[:1], 1, MONTHS[1:]),
        (MONTHS[:1], 2, MONTHS[1:]),
        (MONTHS[:1], 3, []),
        ([], 3, MONTHS),
    ],
)
def test_silence_is_so_many_months_without_a_status(told, fewest, silent):
    assert silent_months(MONTHS, told, fewest=fewest) == silent
