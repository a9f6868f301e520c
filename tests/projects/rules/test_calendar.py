from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.enums import ReminderChoice, ReminderKind
from projects.rules.calendar import (
    CLOSED_DAYS,
    Deadlines,
    Offsets,
    check_month_before_meeting,
    check_move,
    check_round_month,
    closed_days,
    deadlines,
    is_wanted,
    is_working_day,
    reminder_kind,
    working_days_before,
    working_days_between,
)

NOVEMBER, DECEMBER = date(2017, 11, 1), date(2017, 12, 1)
MEETING = date(2017, 12, 4)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2017, 12, 4), 4, date(2017, 11, 28)),
        (date(2017, 12, 4), 6, date(2017, 11, 24)),
        # Maundy Thursday to Easter Monday are five days off with the weekend.
        (date(2018, 4, 4), 1, date(2018, 4, 3)),
        (date(2018, 4, 4), 2, date(2018, 3, 28)),
        # From Christmas Eve to 26 December, and New Year's Eve.
        (date(2018, 1, 2), 1, date(2017, 12, 29)),
        (date(2017, 12, 28), 2, date(2017, 12, 22)),
        # Store bededag was the fourth Friday after Easter, until 2023.
        (date(2023, 5, 8), 1, date(2023, 5, 4)),
        (date(2024, 4, 29), 1, date(2024, 4, 26)),
        (date(2023, 6, 6), 1, date(2023, 6, 2)),
        (date(2017, 5, 2), 1, date(2017, 5, 1)),
        (date(2017, 12, 4), 0, date(2017, 12, 4)),
        (date(2017, 12, 3), 0, date(2017, 12, 1)),
    ],
)
def test_working_days_are_counted_back_without_weekends_holidays_and_days_off(day, count, expected):
    assert working_days_before(day, count) == expected


def test_store_bededag_is_a_day_off_in_2023_and_a_working_day_in_2024():
    assert (is_working_day(date(2023, 5, 5)), is_working_day(date(2024, 4, 26))) == (False, True)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2017, 5, 1), True),
        (date(2018, 6, 5), False),
        (date(2018, 12, 24), False),
        (date(2018, 12, 31), False),
        (date(2018, 12, 27), True),
        (date(2018, 5, 10), False),
        (date(2018, 5, 11), True),
    ],
)
def test_which_days_town_halls_are_closed(day, works):
    assert is_working_day(day) is works


def test_a_municipality_chooses_its_own_days_off():
    own = closed_days(["1.5", " 24.12. "])
    assert own == {(5, 1), (12, 24)}
    assert (is_working_day(date(2018, 5, 1), closed=own), is_working_day(date(2018, 6, 5), closed=own)) == (False, True)
    assert closed_days(["5.6", "24.12", "31.12"]) == CLOSED_DAYS


@pytest.mark.parametrize("text", ["", "juledag", "32.1", "24-12"])
def test_what_is_no_day_of_a_year_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        closed_days([text])


def test_deadlines_of_the_meeting_in_december_2017():
    assert deadlines(MEETING, Offsets(6, 5, 4)) == Deadlines(date(2017, 11, 24), date(2017, 11, 27), date(2017, 11, 28))


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 40))
def test_counting_back_and_counting_between_agree(day, count):
    found = working_days_before(day, count)
    assert is_working_day(found)
    assert working_days_between(found - timedelta(days=1), day - timedelta(days=1)) == count


DUE = date(2017, 11, 24)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2017, 11, 21), None),
        (date(2017, 11, 22), ReminderKind.BEFORE),
        (date(2017, 11, 23), None),
        (date(2017, 11, 24), ReminderKind.ON_THE_DAY),
        (date(2017, 11, 25), None),
        (date(2017, 11, 27), ReminderKind.AFTER),
        (date(2017, 11, 28), None),
        (date(2017, 12, 3), None),
        (date(2017, 12, 4), ReminderKind.AFTER),
        (date(2017, 12, 11), ReminderKind.AFTER),
    ],
)
def test_which_reminder_belongs_to_which_day(today, kind):
    assert reminder_kind(DUE, today) == kind


def test_a_deadline_on_a_day_off_is_reminded_of_on_the_working_day_before():
    assert reminder_kind(date(2017, 11, 26), DUE) == ReminderKind.ON_THE_DAY
    assert reminder_kind(date(2017, 11, 26), date(2017, 11, 26)) is None


def test_everybody_gets_the_reminders_they_chose():
    wanted = {choice: [kind for kind in (*ReminderKind, None) if is_wanted(kind, choice)] for choice in ReminderChoice}
    assert wanted == {
        ReminderChoice.BEFORE_AND_AFTER: [ReminderKind.BEFORE, ReminderKind.AFTER],
        ReminderChoice.ON_THE_DAY: [ReminderKind.ON_THE_DAY],
        ReminderChoice.NONE: [],
    }


def refusal(check, **values):
    with pytest.raises(ValidationError) as refused:
        check(**values)
    return refused.value.code, refused.value.messages[0]


def test_a_month_has_one_round():
    values = {"month": NOVEMBER, "meeting_date": MEETING, "committee": "UFB"}
    check_round_month(**values, is_taken=False, is_closed=False)
    assert refusal(check_round_month, **values, is_taken=True, is_closed=False) == (
        "round_open",
        "UFB har allerede en åben runde for november 2017.",
    )
    assert refusal(check_round_month, **values, is_taken=True, is_closed=True) == (
        "round_closed",
        "Runden for november 2017 i UFB er lukket. Åbn den igen i stedet.",
    )


def test_a_meeting_is_not_told_of_a_month_after_it():
    check_month_before_meeting(months=[DECEMBER], meeting_date=MEETING)
    assert refusal(check_month_before_meeting, months=[NOVEMBER, date(2018, 1, 1)], meeting_date=MEETING) == (
        "month_after_meeting",
        "Mødet er den 04.12.2017, før januar 2018 begynder. Vælg en tidligere måned eller et senere møde.",
    )


def test_a_meeting_is_moved_to_another_free_day_that_its_rounds_can_live_with():
    values = {"committee": "UFB", "old": MEETING, "taken": {date(2017, 12, 18)}, "months": [NOVEMBER]}
    check_move(**values, new=date(2017, 12, 11))
    assert refusal(check_move, **values, new=MEETING) == ("same_date", "Mødet er allerede den 04.12.2017.")
    assert refusal(check_move, **values, new=date(2017, 12, 18)) == (
        "meeting_taken",
        "UFB har allerede et møde den 18.12.2017.",
    )
    assert refusal(check_move, **values, new=date(2017, 10, 30))[0] == "month_after_meeting"
