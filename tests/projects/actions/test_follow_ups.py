"""What the committee asked: stored, answered, closed, and printed until then."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from projects.actions.follow_ups import answer_follow_up, ask_follow_up, close_follow_up
from projects.enums import FollowUpKind, Role
from projects.models import Event, FollowUp
from projects.queries.follow_ups import owed_follow_ups, project_follow_ups
from reports.facts.gathering import gather
from reports.facts.home.follow_ups import follow_up_blocks
from reports.facts.parts import FollowUpFact
from reports.models import NotePart
from tests.factories import FollowUpFactory, MeetingFactory, ProjectAssignmentFactory, ProjectFactory, UserFactory
from tests.factories.follow_ups import meeting_of
from tests.reports.note_cases import small_note

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 11, 27, 11, 0, tzinfo=UTC)


@pytest.fixture
def project():
    return ProjectFactory(code="integration", name="Integration")


@pytest.fixture
def by():
    return UserFactory(roles=[Role.SECRETARY])


def ask(project, by, **changes):
    told = {
        "meeting": changes.pop("meeting", None) or meeting_of(project.committee),
        "kind": FollowUpKind.QUESTION,
        "text": "Hvor mange er kommet i job?",
        "responsible": None,
        "due_on": date(2018, 1, 5),
    }
    return ask_follow_up(project=project, by=by, **{**told, **changes})


def test_a_question_is_a_task_on_the_project_with_an_event(project, by):
    asked = ask(project, by)
    assert project_follow_ups(project) == [asked]
    event = Event.objects.get(project=project, verb="created")
    assert (event.actor, "Hvor mange er kommet i job?" in event.summary) == (by, True)


@pytest.mark.parametrize(("text", "code"), [("Hvad med 010180-1234?", "cpr"), ("", "blank")])
def test_what_cannot_be_stored_is_refused_at_its_field(project, by, text, code):
    with pytest.raises(ValidationError) as refused:
        ask(project, by, text=text)
    assert [error.code for error in refused.value.error_dict["text"]] == [code]
    assert (FollowUp.objects.count(), Event.objects.count()) == (0, 0)


def test_another_committees_meeting_is_refused(project, by):
    with pytest.raises(ValidationError) as refused:
        ask(project, by, meeting=MeetingFactory())
    assert refused.value.code == "foreign_meeting"
    assert FollowUp.objects.count() == 0


def test_it_waits_for_the_caseworkers_or_for_the_one_who_is_named(project, by):
    caseworker, named = (UserFactory(roles=[Role.CASEWORKER]) for _ in range(2))
    ProjectAssignmentFactory(project=project, user=caseworker)
    for_all = ask(project, by)
    for_one = ask(project, by, responsible=named, text="Hvad koster det?")
    assert (owed_follow_ups(caseworker), owed_follow_ups(named)) == ([for_all], [for_one])
    with time_machine.travel(datetime(2018, 1, 8, 12, tzinfo=UTC), tick=False):
        (block,) = follow_up_blocks(caseworker)
    assert block.heading == "Ét spørgsmål fra et udvalg venter på dit svar."
    assert (block.tasks[0].title, block.tasks[0].late) == ("Hvor mange er kommet i job?", "Tre dage forsinket.")
    answer_follow_up(follow_up=for_all, answer="Seks.", by=caseworker)
    assert follow_up_blocks(caseworker) == []


def test_only_what_is_answered_is_closed_and_then_it_stays(project, by):
    asked = ask(project, by)
    with pytest.raises(ValidationError) as refused:
        close_follow_up(follow_up=asked, by=by)
    assert refused.value.code == "not_answered"
    answer_follow_up(follow_up=asked, answer="Seks.", by=by)
    close_follow_up(follow_up=asked, by=by)
    with pytest.raises(ValidationError) as refused:
        answer_follow_up(follow_up=asked, answer="Syv.", by=by)
    assert refused.value.code == "closed"
    asked.refresh_from_db()
    assert (asked.answer, asked.closed_by) == ("Seks.", by)


def test_the_answer_stands_in_the_next_note_until_it_is_closed():
    case = small_note()
    NotePart.objects.create(note=case.note, position=1, kind="projects")
    NotePart.objects.create(note=case.note, position=2, kind="follow_up", heading="Udvalgets spørgsmål")
    earlier = MeetingFactory(committee=case.meeting.committee, date=date(2017, 11, 6))
    project = case.projects["projekt-1"]
    asked = FollowUpFactory(project=project, meeting=earlier, due_on=date(2017, 11, 20))
    # What is asked at the meeting itself belongs to the note after it.
    FollowUpFactory(project=project, meeting=case.meeting)
    with time_machine.travel(NOON, tick=False):
        answer_follow_up(follow_up=asked, answer="Seks.", by=case.secretary)
    fact = FollowUpFact(
        "projekt-1",
        "Projekt 1",
        "Spørgsmål",
        asked.text,
        date(2017, 11, 6),
        date(2017, 11, 20),
        "Seks.",
        date(2017, 11, 27),
    )
    assert gather(case.note).facts.follow_ups == (fact,)
    close_follow_up(follow_up=asked, by=case.secretary)
    assert gather(case.note).facts.follow_ups == ()


def test_it_is_noted_answered_and_closed_on_the_projects_page(project, by):
    caseworker = UserFactory(roles=[Role.CASEWORKER])
    ProjectAssignmentFactory(project=project, user=caseworker)
    meeting = MeetingFactory(committee=project.committee)
    secretary, writer = Client(), Client()
    secretary.force_login(by)
    writer.force_login(caseworker)
    create = reverse("projects:follow-up-create", args=[project.code])
    told = {"meeting": meeting.pk, "kind": "decision", "text": "Projektet forlænges.", "due_on": "5.1.2018"}
    assert secretary.post(create, {**told, "due_on": "i morgen"}).status_code == 422
    assert secretary.post(create, told).status_code == 302
    asked = FollowUp.objects.get()
    answer = reverse("projects:follow-up-answer", args=[project.code, asked.pk])
    assert answer in writer.get(reverse("projects:project-detail", args=[project.code])).text
    assert writer.post(answer, {"answer": ""}).status_code == 422
    writer.post(answer, {"answer": "Aftalen er forlænget til 2019."})
    page = secretary.get(reverse("projects:project-detail", args=[project.code])).text
    assert "Aftalen er forlænget til 2019." in page
    secretary.post(reverse("projects:follow-up-close", args=[project.code, asked.pk]))
    asked.refresh_from_db()
    assert asked.closed_by == by
