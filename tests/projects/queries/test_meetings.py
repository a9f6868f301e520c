from datetime import date

import pytest
import time_machine

from projects.queries.meetings import committee_meetings, meeting_deadlines, suggested_month
from projects.rules.calendar import Deadlines
from tests.factories import MOMENT, CommitteeFactory, MeetingFactory, StatusRoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


def test_meetings_ahead_or_with_an_open_round_come_first_and_the_others_last_first():
    committee = CommitteeFactory()
    days = [date(2017, 6, 12), date(2017, 9, 4), date(2017, 11, 6), date(2017, 12, 4), date(2018, 1, 8)]
    june, september, november, december, january = [MeetingFactory(committee=committee, date=day) for day in days]
    open_ = StatusRoundFactory(committee=committee, meeting=november, month=date(2017, 10, 1))
    closed = StatusRoundFactory(committee=committee, meeting=june, month=date(2017, 5, 1), closed_at=MOMENT)
    loose = StatusRoundFactory(committee=committee, month=date(2017, 3, 1))
    (found,) = committee_meetings()
    assert [(row.meeting, row.rounds) for row in found.current] == [
        (november, (open_,)),
        (december, ()),
        (january, ()),
        (None, (loose,)),
    ]
    assert [(row.meeting, row.rounds) for row in found.earlier] == [(september, ()), (june, (closed,))]


def test_deadlines_keep_to_the_committees_offsets_and_the_municipalitys_days_off(settings):
    committee = CommitteeFactory(caseworker_days=3, manager_days=2, secretary_days=1)
    tuesday = date(2018, 6, 5)
    assert meeting_deadlines(committee, date(2018, 6, 6)).secretary == date(2018, 6, 4)
    settings.CLOSED_DAYS = ["24.12"]
    assert meeting_deadlines(committee, date(2018, 6, 6)) == Deadlines(date(2018, 6, 1), date(2018, 6, 4), tuesday)


def test_a_meeting_is_told_of_the_month_before_it():
    assert suggested_month(MeetingFactory()) == date(2017, 11, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    for _number in range(count):
        meeting = MeetingFactory()
        StatusRoundFactory(committee=meeting.committee, meeting=meeting)
    with django_assert_num_queries(3):
        found = committee_meetings()
        assert [str(row.rounds[0]) + str(row.meeting) for item in found for row in item.current]
    assert len(found) == count
