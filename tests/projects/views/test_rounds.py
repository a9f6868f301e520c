from datetime import date

import pytest
import time_machine
from django.urls import reverse

from projects.enums import Role, SnapshotState
from projects.models import MailMessage, Meeting, StatusRound
from tests.factories import (
    MOMENT,
    MONTH,
    CommitteeFactory,
    MeetingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db
LIST = "/runder/"


@pytest.fixture(autouse=True)
def _20_november():
    with time_machine.travel("2017-11-20T09:00+01:00", tick=False):
        yield


@pytest.fixture
def meeting():
    return MeetingFactory(committee=CommitteeFactory(code="UFB", name="Udvalget for Beskæftigelse"))


@pytest.fixture
def november(meeting):
    return StatusRoundFactory(committee=meeting.committee, meeting=meeting, follows_meeting=True)


@pytest.fixture
def secretary(client):
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def own_pages(meeting, item):
    return [
        reverse("projects:meeting-create"),
        reverse("projects:round-open", args=[meeting.pk]),
        reverse("projects:meeting-move", args=[meeting.pk]),
        reverse("projects:round-close", args=[item.pk]),
        reverse("projects:round-reopen", args=[item.pk]),
    ]


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        (Role.SECRETARY, 200, 200),
        (Role.ADMINISTRATOR, 200, 200),
        (Role.MANAGER, 200, 403),
        (Role.CASEWORKER, 200, 403),
        (Role.CONTROLLER, 200, 403),
        (Role.PROPOSER, 403, 403),
        (Role.READER, 403, 403),
    ],
)
def test_who_reads_and_who_keeps(client, meeting, november, role, reads, keeps):
    client.force_login(UserFactory(roles=[role]))
    assert client.get(LIST).status_code == reads
    assert {client.get(page).status_code for page in own_pages(meeting, november)} == {keeps}
    assert ("Flyt mødet" in text(client.get(LIST))) is (keeps == 200)


def test_strangers_are_sent_to_the_login(client, meeting, november):
    for page in [LIST, *own_pages(meeting, november)]:
        assert client.get(page).url == f"{reverse('account:login')}?next={page}"


def test_the_list_shows_deadlines_with_weekdays(secretary, november):
    page = text(secretary.get(LIST))
    for words in ("Møde mandag 4. december 2017", "onsdag 22. november 2017", "fredag 24. november 2017"):
        assert words in page
    assert "6 for sagsbehandlere, 5 for ledere og 4 for notatet" in page


def test_empty_lists_say_what_to_do(secretary):
    assert "Der er ingen udvalg endnu" in text(secretary.get(LIST))
    CommitteeFactory()
    assert "Intet kommende møde" in text(secretary.get(LIST))


def test_a_meeting_is_made_and_leads_to_its_round(secretary, meeting):
    values = {"committee": meeting.committee.pk, "date": "15. januar 2018"}
    response = secretary.post("/runder/moede/nyt/", values)
    new = Meeting.objects.get(date=date(2018, 1, 15))
    assert response.url == reverse("projects:round-open", args=[new.pk])
    page = text(secretary.get(response.url))
    assert 'value="december 2017"' in page
    assert "fredag 5. januar 2018" in page
    refused = secretary.post("/runder/moede/nyt/", values)
    assert (refused.status_code, Meeting.objects.count()) == (422, 2)
    assert "UFB har allerede et møde den 15.01.2018." in text(refused)


def test_a_round_is_opened_and_not_opened_twice(secretary, meeting):
    page = reverse("projects:round-open", args=[meeting.pk])
    assert secretary.post(page, {"month": "11/2017"}).url == LIST
    assert StatusRound.objects.get().month == MONTH
    refused = secretary.post(page, {"month": "november 2017"})
    assert (refused.status_code, StatusRound.objects.count()) == (422, 1)
    assert "UFB har allerede en åben runde for november 2017." in text(refused)


def test_a_move_is_shown_before_it_is_made(secretary, meeting, november):
    page = reverse("projects:meeting-move", args=[meeting.pk])
    preview = text(secretary.get(page, {"date": "18.12.2017"}))
    for words in ("Fra mandag 4. december 2017 til mandag 18. december 2017", "fredag 8. december 2017"):
        assert words in preview
    assert Meeting.objects.get().date == date(2017, 12, 4)
    assert secretary.post(page, {"date": "18.12.2017"}).url == LIST
    assert Meeting.objects.get().date == date(2017, 12, 18)
    assert StatusRound.objects.get().caseworker_due == date(2017, 12, 8)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("4.12.2017", "Mødet er allerede den 04.12.2017."),
        ("30.10.2017", "før november 2017 begynder"),
        ("i morgen", "en anden dag i morgen"),
        ("", "Dette felt er påkrævet"),
    ],
)
def test_a_date_that_cannot_be_is_refused_before_and_after_the_preview(
    secretary, meeting, november, method, typed, sentence
):
    response = getattr(secretary, method)(reverse("projects:meeting-move", args=[meeting.pk]), {"date": typed})
    assert response.status_code == 422
    assert Meeting.objects.get().date == date(2017, 12, 4)
    assert MailMessage.objects.count() == 0
    assert sentence in text(response) or typed == ""


def test_closing_says_what_is_missing_and_reopening_wants_a_reason(secretary, november):
    project = ProjectFactory(pool=None, committee=november.committee, name="Mentorkorps")
    approved(StatusSnapshotFactory(project=ProjectFactory(pool=None, committee=november.committee, name="Færdig")))
    close, reopen = (reverse(f"projects:round-{what}", args=[november.pk]) for what in ("close", "reopen"))
    page = text(secretary.get(close))
    assert "1 status er ikke godkendt" in page
    assert (project.name in page, "Færdig" in page) == (True, False)
    assert StatusRound.objects.get().closed_at is None
    assert secretary.post(close).url == LIST
    assert StatusRound.objects.get().closed_at is not None
    assert "Runden for november 2017 er allerede lukket." in text(secretary.post(close, follow=True))
    assert secretary.post(reopen, {"reason": ""}).status_code == 422
    assert secretary.post(reopen, {"reason": "Et projekt mangler."}).url == LIST
    assert StatusRound.objects.get().closed_at is None


def test_a_meeting_that_is_not_there_is_not_found(secretary):
    assert secretary.get("/runder/moede/7/flyt/").status_code == 404
    assert secretary.get("/runder/7/luk/").status_code == 404


def test_the_status_list_counts_for_a_committee_a_unit_and_a_person(secretary, november):
    mine = ProjectAssignmentFactory(project=ProjectFactory(pool=None, committee=november.committee))
    sent = StatusSnapshotFactory(
        project=ProjectFactory(pool=None, committee=november.committee), state=SnapshotState.SUBMITTED
    )
    StatusSnapshotFactory(project=ProjectFactory(pool=None, committee=november.committee), state=SnapshotState.RETURNED)
    with time_machine.travel(MOMENT, tick=False):
        secretary.force_login(UserFactory(roles=[Role.SECRETARY]))
        counts = {
            query: [getattr(secretary.get("/status/" + query).context["counts"], name) for name in COUNTED]
            for query in (
                "",
                f"?person={mine.user.pk}",
                f"?unit={sent.project.unit_id}",
                f"?committee={november.committee_id}",
                "?committee=nonsense",
            )
        }
    assert list(counts.values()) == [
        [0, 2, 1, 1, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 2, 1, 1, 0],
        [0, 2, 1, 1, 0],
    ]


COUNTED = ("due", "overdue", "returned", "submitted", "approved")


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(secretary, django_assert_num_queries, count):
    for _number in range(count):
        meeting = MeetingFactory()
        StatusRoundFactory(committee=meeting.committee, meeting=meeting)
    # Session, user and roles; the committees, their meetings and rounds.
    with django_assert_num_queries(6):
        secretary.get(LIST)
