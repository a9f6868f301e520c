from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from projects.actions import rounds as actions
from projects.enums import Role, Subject
from projects.models import Event, MailMessage, Meeting, StatusRound
from tests.factories import (
    MOMENT,
    MONTH,
    CommitteeFactory,
    MeetingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]
LATER = date(2017, 12, 18)


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def secretary():
    return UserFactory(first_name="Siv", last_name="Kær", roles=[Role.SECRETARY])


@pytest.fixture
def meeting():
    return MeetingFactory(committee=CommitteeFactory(code="UFB", name="Udvalget"))


def stored():
    return [
        (item.month, item.caseworker_due, item.manager_due, item.secretary_due, item.closed_at)
        for item in StatusRound.objects.order_by("month")
    ]


def told(subject):
    events = Event.objects.filter(subject=subject)
    return [(event.summary, event.actor, event.reason, [change[1:] for change in event.changes]) for event in events]


def refused(action, **values):
    with pytest.raises(ValidationError) as error:
        action(**values)
    return error.value.code


def test_a_round_is_opened_with_the_committees_own_deadlines(meeting, secretary):
    meeting.committee.caseworker_days = 8
    meeting.committee.save()
    opened = actions.open_round(meeting=meeting, month=date(2017, 11, 17), by=secretary)
    assert (opened.meeting, opened.follows_meeting) == (meeting, True)
    assert stored() == [(MONTH, date(2017, 11, 22), date(2017, 11, 27), date(2017, 11, 28), None)]
    changes = [["", "UFB 04.12.2017"], ["", "22.11.2017"], ["", "27.11.2017"], ["", "28.11.2017"]]
    assert told(Subject.ROUND) == [("Runden for november 2017 blev åbnet", secretary, "", changes)]


@pytest.mark.parametrize(("closed_at", "code"), [(None, "round_open"), (MOMENT, "round_closed")])
def test_a_month_is_opened_once(meeting, secretary, closed_at, code):
    StatusRoundFactory(committee=meeting.committee, closed_at=closed_at)
    before = stored()
    assert refused(actions.open_round, meeting=meeting, month=MONTH, by=secretary) == code
    assert (stored(), told(Subject.ROUND)) == (before, [])


def test_a_month_after_the_meeting_is_refused(meeting, secretary):
    assert refused(actions.open_round, meeting=meeting, month=date(2018, 1, 1), by=secretary) == "month_after_meeting"
    assert stored() == []


def test_moving_a_meeting_moves_the_computed_deadlines_of_its_open_rounds(meeting, secretary):
    actions.open_round(meeting=meeting, month=MONTH, by=secretary)
    by_hand = StatusRoundFactory(committee=meeting.committee, meeting=meeting, month=date(2017, 10, 1))
    closed = StatusRoundFactory(
        committee=meeting.committee, meeting=meeting, month=date(2017, 9, 1), follows_meeting=True, closed_at=MOMENT
    )
    moved = actions.move_meeting(meeting=meeting, date=LATER, by=secretary)
    assert (moved.date, Meeting.objects.get().date) == (LATER, LATER)
    due = (by_hand.caseworker_due, by_hand.manager_due, by_hand.secretary_due)
    assert stored() == [
        (closed.month, *due, MOMENT),
        (by_hand.month, *due, None),
        (MONTH, date(2017, 12, 8), date(2017, 12, 11), date(2017, 12, 12), None),
    ]
    assert told(Subject.MEETING)[0][:2] == ("Mødet blev flyttet fra 04.12.2017 til 18.12.2017", secretary)
    summary, _actor, _reason, changes = told(Subject.ROUND)[0]
    assert summary == "Fristerne for november 2017 fulgte mødet"
    assert changes == [
        ["24.11.2017", "08.12.2017"],
        ["27.11.2017", "11.12.2017"],
        ["28.11.2017", "12.12.2017"],
    ]


def test_those_concerned_are_told_once_of_each_move_and_the_mover_is_not(meeting, secretary):
    project = ProjectFactory(pool=None, committee=meeting.committee)
    caseworker = ProjectAssignmentFactory(project=project).user
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=project.unit)
    other_secretary = UserFactory(roles=[Role.SECRETARY])
    ProjectAssignmentFactory()
    actions.open_round(meeting=meeting, month=MONTH, by=secretary)
    actions.move_meeting(meeting=meeting, date=LATER, by=secretary)
    mails = list(MailMessage.objects.order_by("recipient_id"))
    assert {mail.recipient for mail in mails} == {caseworker, manager, other_secretary}
    assert {mail.subject for mail in mails} == {"UFB mødes nu den 18. december 2017"}
    assert "fredag 8. december 2017" in mails[0].body
    assert "Det er flyttet af Siv Kær." in mails[0].body
    actions.move_meeting(meeting=meeting, date=date(2017, 12, 4), by=secretary)
    assert MailMessage.objects.count() == 6


def test_a_meeting_without_open_rounds_is_moved_without_mail(meeting, secretary):
    UserFactory(roles=[Role.SECRETARY])
    actions.move_meeting(meeting=meeting, date=LATER, by=secretary)
    assert MailMessage.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 12, 4), "same_date"),
        (date(2017, 12, 11), "meeting_taken"),
        (date(2017, 10, 30), "month_after_meeting"),
    ],
)
def test_a_refused_move_changes_nothing(meeting, secretary, day, code):
    MeetingFactory(committee=meeting.committee, date=date(2017, 12, 11))
    actions.open_round(meeting=meeting, month=MONTH, by=secretary)
    before = stored()
    assert refused(actions.move_meeting, meeting=meeting, date=day, by=secretary) == code
    meeting.refresh_from_db()
    assert (meeting.date, stored(), MailMessage.objects.count()) == (date(2017, 12, 4), before, 0)
    assert told(Subject.MEETING) == []


def test_a_round_is_closed_once_and_opened_again_with_a_reason(meeting, secretary):
    item = actions.open_round(meeting=meeting, month=MONTH, by=secretary)
    assert actions.close_round(round=item, by=secretary).closed_at == MOMENT
    assert refused(actions.close_round, round=item, by=secretary) == "round_closed"
    assert refused(actions.reopen_round, round=item, reason="", by=secretary) == "reason_missing"
    assert StatusRound.objects.get().closed_at == MOMENT
    actions.reopen_round(round=item, reason="Et projekt mangler.", by=secretary)
    assert StatusRound.objects.get().closed_at is None
    assert refused(actions.reopen_round, round=item, reason="Igen", by=secretary) == "round_open"
    assert [event[0] for event in told(Subject.ROUND)] == [
        "Runden for november 2017 blev åbnet igen",
        "Runden for november 2017 blev lukket",
        "Runden for november 2017 blev åbnet",
    ]
    assert told(Subject.ROUND)[0][2] == "Et projekt mangler."


def test_a_committee_has_one_meeting_a_day(meeting, secretary):
    new = actions.create_meeting(committee=meeting.committee, day=LATER, by=secretary)
    assert (new.date, new.committee) == (LATER, meeting.committee)
    assert refused(actions.create_meeting, committee=meeting.committee, day=LATER, by=secretary) == "meeting_taken"
    assert Meeting.objects.count() == 2
