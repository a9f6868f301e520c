"""A project changes hands with everything that is open in it."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from projects.actions.handover import hand_over
from projects.enums import MailKind, ProjectState, Role
from projects.models import Event, MailMessage, ProjectAssignment
from projects.queries.duties import duties_by_person
from tests.factories import ProjectAssignmentFactory, ProjectFactory, StatusRoundFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2017, 11, 27)
NOTE = "Udvalget venter på tal fra boligforeningen."


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel("2017-11-27T09:00+01:00", tick=False):
        yield


@pytest.fixture
def project():
    return ProjectFactory(name="Housing First", pool__committee=StatusRoundFactory().committee)


@pytest.fixture
def sara(project):
    person = UserFactory(first_name="Sara", last_name="Sag", roles=[Role.CASEWORKER])
    ProjectAssignmentFactory(project=project, user=person)
    return person


@pytest.fixture
def karl():
    return UserFactory(first_name="Karl", last_name="Kollega", roles=[Role.CASEWORKER])


@pytest.fixture
def lone():
    return UserFactory(first_name="Lone", last_name="Leder", roles=[Role.MANAGER])


def dates():
    return {str(row.user): (row.valid_from, row.valid_to) for row in ProjectAssignment.objects.select_related("user")}


def test_the_receiver_has_the_project_and_its_duties_from_the_day(project, sara, karl, lone):
    hand_over(project=project, giver=sara, receiver=karl, on=TODAY, note=NOTE, by=lone)
    assert dates() == {"Sara Sag": (date(2010, 1, 1), date(2017, 11, 26)), "Karl Kollega": (TODAY, None)}
    assert set(duties_by_person()) == {karl}
    event = Event.objects.get(verb="handed_over", project=project)
    assert (event.reason, event.changes, event.actor) == (NOTE, [["Sagsbehandler", "Sara Sag", "Karl Kollega"]], lone)


def test_a_handover_to_come_leaves_the_giver_the_duties_until_then(project, sara, karl, lone):
    hand_over(project=project, giver=sara, receiver=karl, on=date(2017, 12, 1), note=NOTE, by=lone)
    assert set(duties_by_person()) == {sara}
    with time_machine.travel("2017-12-01T09:00+01:00", tick=False):
        assert set(duties_by_person()) == {karl}


def test_a_receiver_who_was_there_for_a_while_has_it_until_further_notice(project, sara, karl, lone):
    ProjectAssignmentFactory(project=project, user=karl, valid_to=date(2017, 12, 31))
    hand_over(project=project, giver=sara, receiver=karl, on=date(2017, 12, 1), note=NOTE, by=lone)
    assert dates() == {"Sara Sag": (date(2010, 1, 1), date(2017, 11, 30)), "Karl Kollega": (date(2010, 1, 1), None)}


def test_the_receiver_is_told_with_the_note_and_the_way_to_the_story(project, sara, karl, lone):
    hand_over(project=project, giver=sara, receiver=karl, on=TODAY, note=NOTE, by=lone)
    mail = MailMessage.objects.get(kind=MailKind.HANDOVER)
    assert (mail.recipient, mail.subject) == (karl, "Du overtager “Housing First”")
    for words in ("Du overtager “Housing First” fra Sara Sag den 27. november 2017.", NOTE, "/overdragelse/"):
        assert words in mail.body


def test_a_project_nobody_has_and_a_giver_who_never_began(project, sara, karl, lone):
    ProjectAssignment.objects.update(valid_from=date(2018, 1, 1))
    hand_over(project=project, giver=sara, receiver=karl, on=TODAY, note=NOTE, by=lone)
    assert dates() == {"Karl Kollega": (TODAY, None)}
    other = ProjectFactory()
    hand_over(project=other, giver=None, receiver=karl, on=TODAY, note=NOTE, by=lone)
    hand_over(project=other, giver=None, receiver=karl, on=TODAY, note=NOTE, by=lone)
    assert other.assignments.get().user == karl


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"note": " "}, "reason_missing"),
        ({"note": "Borgeren 010190-1234 ringer"}, "cpr"),
        ({"receiver": "sara"}, "same_person"),
        ({"receiver": "lone"}, "not_a_caseworker"),
        ({"state": ProjectState.CLOSED}, "project_closed"),
    ],
)
def test_what_is_refused_stores_nothing(project, sara, karl, lone, changes, code):
    people = {"sara": sara, "lone": lone, "karl": karl}
    project.state = changes.get("state", project.state)
    project.save()
    before = dates()
    with pytest.raises(ValidationError) as refused:
        hand_over(
            project=project,
            giver=sara,
            receiver=people[changes.get("receiver", "karl")],
            on=TODAY,
            note=changes.get("note", NOTE),
            by=lone,
        )
    assert refused.value.error_list[0].code == code
    assert (dates(), Event.objects.count(), MailMessage.objects.count()) == (before, 0, 0)
