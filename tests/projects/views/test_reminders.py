import pytest
import time_machine
from django.urls import reverse

from projects.enums import ReminderChoice, Role
from projects.models import CalendarKey
from tests.factories import (
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/konto/paamindelser/"


@pytest.fixture(autouse=True)
def _20_november():
    with time_machine.travel("2017-11-20T09:00+01:00", tick=False):
        yield


@pytest.fixture
def november():
    return StatusRoundFactory()


@pytest.fixture
def caseworker(november):
    user = UserFactory(username="asta", first_name="Asta", roles=[Role.CASEWORKER])
    project = ProjectFactory(pool=None, committee=november.committee, name="Mentor, æblehaven", code="mentor")
    ProjectAssignmentFactory(project=project, user=user)
    return user


@pytest.fixture
def own(client, caseworker):
    client.force_login(caseworker)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def test_strangers_are_sent_to_the_login(client):
    for name in ("reminders", "calendar-renew", "calendar-revoke"):
        assert client.post(reverse(f"account:{name}")).url.startswith(reverse("account:login"))


def test_the_page_shows_the_choice_todays_mail_and_the_deadlines(own, caseworker):
    page = text(own.get(PAGE))
    for words in (
        "asta@example.com",
        "Denne mail hører til i dag.",
        "Én ting venter på dig",
        "onsdag 22. november 2017",
    ):
        assert words in page
    with time_machine.travel("2017-11-21T09:00+01:00", tick=False):
        own.force_login(caseworker)
        assert "Der er ingen påmindelse til dig i dag." in text(own.get(PAGE))


def test_those_who_owe_nothing_are_told_so(client):
    client.force_login(UserFactory(roles=[Role.READER], email=""))
    page = text(client.get(PAGE))
    for words in ("Intet venter på dig", "Du har ingen kommende frister.", "Du har ingen mailadresse her"):
        assert words in page


def test_a_choice_is_stored_and_nonsense_is_not(own, caseworker):
    assert own.post(PAGE, {"reminders": "none"}).url == PAGE
    caseworker.refresh_from_db()
    assert caseworker.reminders == ReminderChoice.NONE
    assert own.post(PAGE, {"reminders": "hourly"}).status_code == 422
    caseworker.refresh_from_db()
    assert caseworker.reminders == ReminderChoice.NONE


def new_address(own):
    """Ask for an address, and return the path that the page shows once."""
    own.post(reverse("account:calendar-renew"))
    return own.get(PAGE).context["new_address"].removeprefix("http://127.0.0.1:8000")


def test_the_address_is_shown_once_and_read_without_login(own, client_class, november):
    path = new_address(own)
    assert own.get(PAGE).context["new_address"] == ""
    response = client_class().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = response.content.decode().split("\r\n")
    assert [line for line in lines if line.startswith(("UID", "DTSTART", "DTEND", "SUMMARY", "DESC"))] == [
        f"UID:round-{november.pk}-caseworker@127.0.0.1",
        "DTSTART;VALUE=DATE:20171122",
        "DTEND;VALUE=DATE:20171123",
        f"SUMMARY:Send status for november 2017 ({november.committee.code})",
        "DESCRIPTION:Mentor\\, æblehaven",
    ]


@pytest.fixture
def client_class(client):
    return type(client)


def test_renewing_or_closing_the_address_ends_the_old_one(own, client):
    first = new_address(own)
    second = new_address(own)
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    own.post(reverse("account:calendar-revoke"))
    assert (client.get(second).status_code, CalendarKey.objects.count()) == (404, 0)


def test_the_feed_is_read_only_and_unknown_tokens_are_not_found(own, client):
    path = new_address(own)
    assert client.post(path).status_code == 405
    assert client.get("/kalender/gaet.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_counts(own, caseworker, november, django_assert_num_queries, count):
    path = new_address(own)
    for _number in range(count):
        ProjectAssignmentFactory(project=ProjectFactory(pool=None, committee=november.committee), user=caseworker)
    # Session, user, roles; seven for what everybody owes; five for one's deadlines; the address.
    with django_assert_num_queries(16):
        own.get(PAGE)
    with django_assert_num_queries(6):
        type(own)().get(path)
