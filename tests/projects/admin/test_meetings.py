"""Meetings and rounds kept in the administration follow the same rules as on their own pages."""

from datetime import date

import pytest

from projects.models import Meeting, StatusRound
from tests import factories
from tests.projects.admin.cases import management, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return factories.MeetingFactory()


@pytest.fixture
def november(meeting):
    return factories.StatusRoundFactory(committee=meeting.committee, meeting=meeting, follows_meeting=True)


def test_a_meeting_moved_here_takes_its_deadlines_along(admin_client, meeting, november):
    page = url(Meeting, "change", meeting.pk)
    assert admin_client.post(page, {"date": "18.12.2017", **management("items", 0)}).status_code == 302
    november.refresh_from_db()
    meeting.refresh_from_db()
    assert (meeting.date, november.caseworker_due) == (date(2017, 12, 18), date(2017, 12, 8))


def test_a_move_that_the_pages_refuse_is_refused_here(admin_client, meeting, november):
    page = admin_client.post(url(Meeting, "change", meeting.pk), {"date": "30.10.2017", **management("items", 0)})
    assert "før november 2017 begynder" in page.content.decode()
    meeting.refresh_from_db()
    assert meeting.date == date(2017, 12, 4)


def test_a_new_meeting_is_stored(admin_client, meeting):
    values = {"committee": meeting.committee_id, "date": "15.01.2018", **management("items", 0)}
    assert admin_client.post(url(Meeting, "add"), values).status_code == 302
    assert Meeting.objects.filter(committee=meeting.committee, date=date(2018, 1, 15)).exists()


def test_deadlines_typed_here_no_longer_follow_the_meeting(admin_client, meeting, november):
    values = {
        "committee": november.committee_id,
        "month": "november 2017",
        "meeting": meeting.pk,
        "caseworker_due": "21.11.2017",
        "manager_due": "24.11.2017",
        "secretary_due": "27.11.2017",
        "follows_meeting": "on",
    }
    assert admin_client.post(url(StatusRound, "change", november.pk), values).status_code == 302
    november.refresh_from_db()
    assert (november.caseworker_due, november.follows_meeting) == (date(2017, 11, 21), False)
