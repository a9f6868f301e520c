"""A project's whole story: collapsed, filtered, paged, with the notes that told of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from projects.enums import Role, Subject
from reports.queries.timeline import moments_of, read_moments
from tests import factories
from tests.projects.views.status_requests import page

pytestmark = pytest.mark.django_db
BEGUN = datetime(2017, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def project():
    return factories.ProjectFactory(code="housing-first")


@pytest.fixture
def november(project):
    return factories.StatusSnapshotFactory(project=project)


@pytest.fixture
def reader(client, project):
    client.force_login(factories.UserFactory(roles=[Role.MANAGER], roles__unit=project.unit))
    return client


def saved(snapshot, minutes, actor, *changes):
    return factories.EventFactory(
        subject=Subject.SNAPSHOT,
        subject_id=snapshot.pk,
        project=snapshot.project,
        verb="saved",
        actor=actor,
        summary="Status for november 2017 blev gemt",
        changes=[list(change) for change in changes],
        at=BEGUN + timedelta(minutes=minutes),
    )


def told(project):
    return [(moment.kind, entry.title, entry.changes) for moment, entry in read_moments(moments_of(project))]


def test_what_one_person_saved_in_a_row_is_one_moment(project, november):
    sara, karl = factories.UserFactory(), factories.UserFactory()
    saved(november, 0, sara, ("Tal", "40", "41"), ("Tekst", "", "A"))
    saved(november, 1, sara, ("Tal", "41", "42"), ("Tekst", "A", ""))
    saved(november, 2, karl, ("Tal", "42", "43"))
    saved(november, 3, sara, ("Tal", "43", "44"))
    assert told(project) == [
        ("status", "Status for november 2017 blev gemt", (("Tal", "43", "44"),)),
        ("status", "Status for november 2017 blev gemt", (("Tal", "42", "43"),)),
        ("status", "Status for november 2017 blev gemt (2 gange)", (("Tal", "40", "42"),)),
    ]


def test_saves_told_as_one_can_be_seen_one_by_one_on_the_project_too(project, november, reader):
    sara = factories.UserFactory()
    for minute, number in enumerate(("41", "42", "43")):
        saved(november, minute, sara, ("Tal", "40", number))
    response = reader.get("/projekter/housing-first/")
    (entry,) = response.context["events"]
    assert entry.changes == (("Tal", "40", "43"),)
    assert [part.changes[0][2] for part in entry.parts] == ["43", "42", "41"]
    for address in ("/projekter/housing-first/", "/projekter/housing-first/historik/"):
        assert "Hver gang der blev gemt" in reader.get(address).content.decode()


def test_the_notes_that_used_a_status_stand_in_the_story(project, november, reader):
    meeting = factories.MeetingFactory(committee=project.committee)
    version = factories.NoteVersionFactory(note__meeting=meeting)
    version.snapshots.add(november)
    ((kind, title, _changes),) = told(project)
    assert kind == "note"
    assert title == (
        f"Notatet til {meeting.committee.code} den 04.12.2017 (version 1) brugte november 2017, revision 1"
    )
    address = reverse("reports:note-version-show", args=[version.note_id, 1])
    assert f'href="{address}"' in reader.get("/projekter/housing-first/historik/").content.decode()


def test_the_story_is_filtered_by_kind_and_month_in_the_address(project, november, reader):
    october = factories.StatusSnapshotFactory(project=project, month="2017-10-01")
    saved(november, 0, factories.UserFactory())
    factories.EventFactory(
        subject=Subject.SNAPSHOT, subject_id=october.pk, project=project, verb="returned", summary="Oktober kom retur"
    )
    factories.EventFactory(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        project=project,
        verb="handed_over",
        summary="Projektet skiftede",
    )
    address = "/projekter/housing-first/historik/"
    assert "Oktober kom retur" in page(reader.get(address))
    assert "Oktober kom retur" not in page(reader.get(f"{address}?month=2017-11"))
    assert "Projektet skiftede" in page(reader.get(f"{address}?kind=people"))
    assert "Oktober kom retur" not in page(reader.get(f"{address}?kind=people"))
    assert "Intet i historikken passer" in page(reader.get(f"{address}?kind=money"))
    assert "Oktober kom retur" in page(reader.get(f"{address}?kind=nonsens&month=1&page=x"))


@pytest.mark.parametrize("events", [1, 60])
def test_a_long_story_is_paged_and_costs_no_more(project, november, reader, events, django_assert_num_queries):
    for number in range(events):
        saved(november, number, factories.UserFactory())
    with django_assert_num_queries(9):
        response = reader.get("/projekter/housing-first/historik/")
    assert len(response.context["moments"]) == min(events, 40)
