"""Somebody is away, and somebody else has the duties, the rights and the mail meanwhile."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from projects.actions.absences import remove_absence, store_absence
from projects.actions.reminders import queue_reminders
from projects.enums import MailKind, Role
from projects.models import Absence, Event, MailMessage, Project, StandIn
from projects.queries.duties import duties_by_person
from projects.queries.silence import silence_notices
from tests.factories import (
    OrgUnitFactory,
    PoolFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2017, 11, 20), date(2018, 5, 31)


@pytest.fixture(autouse=True)
def _20_november():
    with time_machine.travel("2017-11-20T09:00+01:00", tick=False):
        yield


@pytest.fixture
def projects():
    pool = PoolFactory(committee=StatusRoundFactory().committee)
    return [ProjectFactory(name=name, pool=pool) for name in ("Housing First", "Mentor")]


@pytest.fixture
def absent(projects):
    person = UserFactory(first_name="Sara", last_name="Sag", roles=[Role.CASEWORKER])
    for project in projects:
        ProjectAssignmentFactory(project=project, user=person)
    return person


@pytest.fixture
def karl():
    return UserFactory(first_name="Karl", last_name="Kollega", roles=[Role.CASEWORKER])


@pytest.fixture
def mia():
    return UserFactory(first_name="Mia", last_name="Mod", roles=[Role.CASEWORKER])


def leave(absent, stand_ins=None, *, absence=None, by=None, **dates):
    values = {"kind": "parental", "valid_from": FIRST, "valid_to": LAST, **dates}
    return store_absence(user=absent, stand_ins=stand_ins or {}, absence=absence, by=by or absent, **values)


def owed():
    return {str(user): sorted(duty.row.project.name for duty in duties) for user, duties in duties_by_person().items()}


def may_write(user):
    fresh = type(user).objects.get(pk=user.pk)
    return set(Project.objects.responsible(fresh).values_list("name", flat=True))


def test_duties_rights_and_reminders_go_to_the_stand_ins_each_on_their_projects(absent, karl, mia, projects):
    leave(absent, {None: karl, projects[1]: mia})
    assert owed() == {"Karl Kollega": ["Housing First"], "Mia Mod": ["Mentor"]}
    assert may_write(mia) == {"Mentor"}
    queue_reminders(day=FIRST)
    assert set(MailMessage.objects.filter(kind=MailKind.DIGEST).values_list("recipient", flat=True)) == {
        karl.pk,
        mia.pk,
    }
    with time_machine.travel("2018-06-01T09:00+02:00", tick=False):
        assert set(owed()) == {"Sara Sag"}
        assert may_write(karl) == set()


def test_each_stand_in_is_told_once_with_their_own_projects(absent, karl, mia, projects):
    stored = leave(absent, {None: karl, projects[1]: mia})
    leave(absent, {None: karl, projects[1]: mia}, absence=stored, valid_to=None)
    mails = {mail.recipient: mail.body for mail in MailMessage.objects.filter(kind=MailKind.STAND_IN)}
    assert set(mails) == {karl, mia}
    assert "Du er stedfortræder for Sara Sag fra 20.11.2017 til 31.05.2018." in mails[karl]
    assert ("- Housing First" in mails[karl], "- Mentor" in mails[karl]) == (True, False)
    assert ("- Housing First" in mails[mia], "- Mentor" in mails[mia]) == (False, True)


def test_nobody_owes_and_r20_says_so_when_there_is_no_stand_in(absent, karl, projects):
    stored = leave(absent)
    assert owed() == {}
    notices = silence_notices(projects)
    assert [notices[project.pk].message for project in projects] == [
        "Sagsbehandleren på “Housing First” er på orlov og har ingen stedfortræder.",
        "Sagsbehandleren på “Mentor” er på orlov og har ingen stedfortræder.",
    ]
    leave(absent, {projects[0]: karl}, absence=stored)
    assert set(silence_notices(projects)) == {projects[1].pk}


def test_a_stand_in_who_is_away_too_attends_to_nothing(absent, karl, projects):
    leave(absent, {None: karl})
    Absence.objects.create(user=karl, valid_from=FIRST)
    assert owed() == {}
    assert set(silence_notices(projects)) == {project.pk for project in projects}


def test_the_same_absence_again_leaves_no_trace_and_a_change_says_what(absent, karl, projects):
    stored = leave(absent, {None: karl})
    leave(absent, {None: karl}, absence=stored)
    assert Event.objects.filter(project=None).count() == 1
    leave(absent, {}, absence=stored, valid_to=None)
    event = Event.objects.get(project=None, verb="absence_changed")
    assert event.changes == [["Til og med", "31.05.2018", "indtil videre"], ["Stedfortræder", "Karl Kollega", ""]]
    assert event.summary == "Fraværet for Sara Sag blev ændret: fra 20.11.2017 indtil videre"
    stories = Event.objects.filter(project__in=projects, verb="absence_added")
    assert stories.count() == len(projects)
    assert "Type" not in {label for story in stories for label, _before, _after in story.changes}


def test_an_absence_is_taken_back_with_its_stand_ins(absent, karl):
    remove_absence(absence=leave(absent, {None: karl}), by=absent)
    assert (Absence.objects.count(), StandIn.objects.count()) == (0, 0)
    assert set(owed()) == {"Sara Sag"}


def test_who_may_enter_an_absence(absent, karl, projects):
    over = UserFactory(roles=[Role.MANAGER], roles__unit=projects[0].unit)
    elsewhere = UserFactory(roles=[Role.MANAGER], roles__unit=OrgUnitFactory())
    for stranger in (karl, elsewhere):
        with pytest.raises(PermissionDenied):
            leave(absent, by=stranger)
    assert Absence.objects.count() == 0
    stored = leave(absent, by=over)
    with pytest.raises(PermissionDenied):
        remove_absence(absence=stored, by=elsewhere)
    remove_absence(absence=stored, by=UserFactory(roles=[Role.ADMINISTRATOR]))


def test_what_cannot_be_is_refused_and_nothing_is_stored(absent, karl):
    reader = UserFactory(roles=[Role.READER])
    for stand_ins, dates in [
        ({None: absent}, {}),
        ({None: reader}, {}),
        ({}, {"valid_to": date(2017, 11, 19)}),
    ]:
        with pytest.raises(ValidationError):
            leave(absent, stand_ins, **dates)
    assert (Absence.objects.count(), StandIn.objects.count(), Event.objects.count(), MailMessage.objects.count()) == (
        *(0, 0, 0, 0),
    )
    leave(absent)
    with pytest.raises(ValidationError):
        leave(absent, valid_from=LAST, valid_to=None)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_silence_is_found_in_as_many_queries_for_many_projects(count, karl, django_assert_num_queries):
    rounds = [StatusRoundFactory(month=date(2017, 9, 1), caseworker_due=date(2017, 9, 22)) for _n in range(count)]
    found = []
    for item in rounds:
        project = ProjectFactory(pool__committee=item.committee)
        found += [project, ProjectFactory(pool__committee=item.committee)]
        StatusSnapshotFactory(project=project, month=item.month)
        ProjectAssignmentFactory(project=project)
    with django_assert_num_queries(5):
        assert len(silence_notices(found)) == count
    assert silence_notices(found, except_for={(item.committee_id, item.month) for item in rounds}) == {}
