"""The pages of the notes: who sees what, what is typed and kept, and what is handed out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from projects.enums import Role
from projects.models import Meeting
from reports.actions import save_note
from reports.actions.issuing import issue_note
from reports.models import NoteVersion, StatusNote
from tests.factories import MeetingFactory, ProjectFactory, StatusRoundFactory, UserFactory
from tests.papers import issued_by_click, quick_papers, work_off
from tests.reports.note_cases import CASE_NUMBER, corrected, included, small_note
from tests.reports.test_note_actions import values

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    return client_of(case.secretary)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def posted(note, **changes):
    """Return what the page would post as it stands."""
    sections = list(note.sections.values_list("project_id", "is_included"))
    return {
        "title": note.title,
        "case_number": note.case_number,
        "case_officer": note.case_officer,
        "dated": "27.11.2017",
        "introduction": note.introduction,
        "version": str(note.version),
        "order": [str(pk) for pk, _included in sections],
        "include": [str(pk) for pk, is_included in sections if is_included],
        **changes,
    }


def compose(case):
    return address("note-compose", case.note.pk)


class TestRights:
    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROPOSER])
    def test_others_have_no_notes(self, case, role):
        version = issue_note(note=case.note, by=case.secretary, make=quick_papers)
        stranger = client_of(UserFactory(roles=[role]))
        addresses = [address("note-list"), address("note-create"), compose(case)]
        addresses += [address("note-version", case.note.pk, version.number)]
        assert [stranger.get(url).status_code for url in addresses] == [403] * 4

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.CONTROLLER, Role.READER])
    def test_readers_read_what_was_issued_and_nothing_else(self, case, role):
        reader = client_of(UserFactory(roles=[role]))
        version_page = address("note-version-show", case.note.pk, 1)
        assert reader.get(version_page).status_code == 404
        assert "Der er ikke udsendt notater endnu" in reader.get(address("note-list")).text
        issue_note(note=case.note, by=case.secretary, make=quick_papers)
        assert reader.get(version_page).status_code == 200
        assert version_page in reader.get(address("note-list")).text
        refused = [address("note-create"), compose(case)]
        assert [reader.get(url).status_code for url in refused] == [403] * 2
        refused = [address(name, case.note.pk) for name in ("note-issue", "note-preview")]
        assert [reader.post(url).status_code for url in refused] == [403] * 2

    def test_an_administrator_composes_too(self, case):
        assert client_of(UserFactory(roles=[Role.ADMINISTRATOR])).get(compose(case)).status_code == 200

    def test_strangers_log_in_first(self, case):
        assert Client().get(compose(case)).status_code == 302


class TestList:
    def test_meetings_stand_with_how_far_their_note_is(self, case, client):
        begun = MeetingFactory(committee=case.meeting.committee, date=date(2018, 1, 8))
        StatusRoundFactory(committee=begun.committee, meeting=begun, month=date(2017, 12, 1))
        text = client.get(address("note-list")).text
        assert text.index("8. januar 2018") < text.index("Ikke begyndt") < text.index("4. december 2017")
        assert "Kladde" in text
        issue_note(note=case.note, by=case.secretary, make=quick_papers)
        assert "Udsendt v1" in client.get(address("note-list")).text

    def test_an_empty_list_says_what_to_do(self):
        text = client_of(UserFactory(roles=[Role.SECRETARY])).get(address("note-list")).text
        assert "Ingen notater endnu" in text
        assert address("note-create") in text

    @pytest.mark.parametrize("count", [1, 3])
    def test_cost(self, count, django_assert_num_queries):
        case = small_note()
        for number in range(count):
            meeting = MeetingFactory(date=date(2018, 1, 1 + number), committee=case.meeting.committee)
            StatusRoundFactory(committee=meeting.committee, meeting=meeting, month=date(2018, 1 + number, 1))
        client = client_of(case.secretary)
        with django_assert_num_queries(5):
            client.get(address("note-list"))


class TestCreate:
    @pytest.fixture
    def meeting(self):
        meeting = MeetingFactory(committee__code="UFB")
        StatusRoundFactory(committee=meeting.committee, meeting=meeting)
        for code in "ab":
            ProjectFactory(code=code, name=code.upper(), pool__committee=meeting.committee)
        return meeting

    @pytest.fixture
    def client(self, meeting):
        return client_of(UserFactory(first_name="Sofie", last_name="Lind", roles=[Role.SECRETARY]))

    def typed(self, meeting, **changes):
        return {
            "meeting": meeting.pk,
            "title": "Status",
            "case_number": CASE_NUMBER,
            "case_officer": "Sofie Lind",
            "dated": "27/11-2017",
            "introduction": "",
            **changes,
        }

    def test_what_can_be_guessed_is_filled_in(self, meeting, client):
        initial = client.get(address("note-create") + f"?moede={meeting.pk}").context["form"].initial
        assert (initial["meeting"], initial["case_officer"]) == (meeting, "Sofie Lind")
        assert initial["title"] == "Status for geninvesteringsprojekterne, november 2017"

    @pytest.mark.parametrize("asked", ["?moede=999", "?moede=x", ""])
    def test_an_unknown_meeting_is_not_guessed(self, client, asked):
        assert "meeting" not in client.get(address("note-create") + asked).context["form"].initial

    def test_every_project_that_owes_a_status_comes_with_it(self, meeting, client):
        response = client.post(address("note-create"), self.typed(meeting))
        note = StatusNote.objects.get()
        assert response.url == address("note-compose", note.pk)
        assert (included(note), note.dated) == (["a", "b"], date(2017, 11, 27))

    def test_a_case_number_is_refused_with_a_sentence_that_says_how(self, meeting, client):
        text = client.post(address("note-create"), self.typed(meeting, case_number="17/46")).text
        assert "“17/46” er ikke et sagsnummer. Skriv det som 15.00.00-A00-2-16." in text
        assert 'value="17/46"' in text
        assert StatusNote.objects.count() == 0

    def test_a_meeting_that_got_its_note_meanwhile_is_refused(self, meeting, client):
        client.post(address("note-create"), self.typed(meeting))
        response = client.post(address("note-create"), self.typed(meeting))
        assert response.status_code == 200
        assert StatusNote.objects.count() == 1

    def test_text_typed_after_the_session_ended_is_there_after_login(self, meeting, client):
        user = UserFactory(roles=[Role.SECRETARY])
        stranger = Client()
        stranger.post(address("note-create"), self.typed(meeting, title="Tastet længe", writer=user.pk))
        stranger.force_login(user)
        assert "Tastet længe" in stranger.get(address("note-create")).text


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
class TestIssue:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch):
        monkeypatch.setattr("reports.actions.renderings.make_papers", quick_papers)

    def issue(self, client, case, **data):
        return client.post(address("note-issue", case.note.pk), {"version": case.note.version, **data})

    def test_a_note_that_is_ready_is_issued(self, client, case):
        assert issued_by_click(client, case.note).issued_by == case.secretary

    def test_a_double_click_issues_once(self, client, case):
        assert self.issue(client, case).url == self.issue(client, case).url
        work_off()
        response = client.post(address("note-issue", case.note.pk), {"version": case.note.version}, follow=True)
        assert "allerede udsendt som version 1" in response.text
        assert NoteVersion.objects.count() == 1

    def test_a_blocked_note_is_refused_with_the_list(self, client, case):
        StatusNote.objects.update(introduction="TODO")
        response = self.issue(client, case)
        assert response.status_code == 409
        assert "Notatet kan ikke udsendes endnu" in response.text
        assert "“TODO” ligner kladdetekst" in response.text
        assert NoteVersion.objects.count() == 0

    def test_a_note_without_projects_is_refused(self, client, case):
        case.note.sections.update(is_included=False)
        response = self.issue(client, case)
        assert (response.status_code, NoteVersion.objects.count()) == (409, 0)
        assert 'href="#projects"' in response.text

    def test_a_new_version_asks_why(self, client, case):
        issued_by_click(client, case.note)
        text = client.get(compose(case)).text
        assert "Intet har ændret sig siden." in text
        assert "Udsend version 2" not in text
        corrected(case.snapshots["projekt-1"])
        text = client.get(compose(case)).text
        assert "Data er ændret siden version 1: nyere godkendt status for Projekt 1." in text
        assert "Udsend version 2" in text
        assert "begrundelse" in self.issue(client, case).text
        second = issued_by_click(client, case.note, reason="Projekt 1 er rettet.")
        assert (second.number, second.reason) == (2, "Projekt 1 er rettet.")

    def test_a_page_from_before_anothers_save_issues_nothing(self, client, case):
        save_note(note=case.note, expected_version=1, values=values(case.note, title="Ny"), by=case.secretary)
        assert (self.issue(client, case).status_code, NoteVersion.objects.count()) == (409, 0)

    def test_looking_at_the_address_issues_nothing(self, client, case):
        assert client.get(address("note-issue", case.note.pk)).status_code == 405


def test_meetings_without_a_note_are_offered(client, case):
    other = MeetingFactory(date=date(2018, 2, 5), committee=case.meeting.committee)
    offered = client.get(address("note-create")).context["form"].fields["meeting"].queryset
    assert list(offered) == [other]
    assert Meeting.objects.count() == 2
