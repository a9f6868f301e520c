"""Moving a meeting and choosing reminders in a real browser: by keyboard and on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from projects.enums import Role
from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import (
    CommitteeFactory,
    MeetingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    UserFactory,
)


@pytest.fixture
def meeting(live_server):
    """UFB meets on 4 December with an open round whose deadlines follow it; Asta owes one status."""
    meeting = MeetingFactory(committee=CommitteeFactory(code="UFB", name="Udvalget for Beskæftigelse"))
    StatusRoundFactory(committee=meeting.committee, meeting=meeting, follows_meeting=True)
    UserFactory(username="udvalgssekretaer", roles=[Role.SECRETARY])
    caseworker = UserFactory(username="sagsbehandler", first_name="Asta", roles=[Role.CASEWORKER])
    ProjectAssignmentFactory(
        project=ProjectFactory(pool=None, committee=meeting.committee, name="Mentor"), user=caseworker
    )
    return meeting


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_meeting_is_moved_by_keyboard_after_its_new_deadlines_were_seen(page, login, meeting, axe):
    login(page, "udvalgssekretaer")
    page.goto("/runder/")
    assert overflow(page) == 0
    axe(page)
    page.get_by_role("link", name="Flyt mødet").press("Enter")
    page.get_by_label("Mødets nye dato").fill("18.12.2017")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fra mandag 4. december 2017 til mandag 18. december 2017")).to_be_visible()
    expect(page.get_by_text("fredag 8. december 2017")).to_be_visible()
    assert overflow(page) == 0
    axe(page)
    page.get_by_role("button", name="Flyt mødet").press("Enter")
    expect(page.get_by_text("Mødet er flyttet til 18. december 2017.")).to_be_visible()
    expect(page.get_by_role("heading", name="Møde mandag 18. december 2017")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_person_chooses_reminders_and_gets_a_calendar(page, login, meeting, axe):
    login(page, "sagsbehandler")
    page.goto("/konto/paamindelser/")
    assert overflow(page) == 0
    axe(page)
    page.get_by_label("Før fristen, og når den er overskredet").press("ArrowDown")
    page.get_by_role("button", name="Gem valget").press("Enter")
    expect(page.get_by_text("Dit valg er gemt.")).to_be_visible()
    expect(page.get_by_label("Kun på selve dagen")).to_be_checked()
    page.get_by_role("button", name="Lav en adresse").press("Enter")
    expect(page.locator(".calendar-address a")).to_have_attribute("href", re.compile(r"/kalender/[\w-]{43}\.ics$"))
    assert overflow(page) == 0
    axe(page)
