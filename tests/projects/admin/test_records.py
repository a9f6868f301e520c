"""Code lists, meetings and projects are stored through one action that says who, when, from and to."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry

from projects.enums import ProjectState, Subject
from projects.models import (
    Event,
    FteRate,
    Meeting,
    PriceIndex,
    Project,
    TargetGroup,
)
from tests import factories
from tests.projects.admin.cases import management, no_inlines, told, url

pytestmark = pytest.mark.django_db


def test_code_is_ended_with_its_last_day(admin_client, administrator):
    group = factories.TargetGroupFactory(code="2.12", name="Uddannelsesparate", valid_from=date(2014, 1, 1))
    admin_client.post(
        url(TargetGroup, "change", group.pk),
        {"code": "2.12", "name": "Uddannelsesparate", "valid_from": "01.01.2014", "valid_to": "31/12-2019"},
    )
    group.refresh_from_db()
    assert group.valid_to == date(2019, 12, 31)
    (event,) = Event.objects.about(Subject.TARGET_GROUP, group.pk)
    assert told(event) == (
        "Målgruppe ændret: 2.12 Uddannelsesparate",
        administrator,
        [["Til og med", "", "31.12.2019"]],
    )
    assert "31.12.2019" in admin_client.get(url(TargetGroup, "history", group.pk)).content.decode()


def test_saving_without_a_change_records_nothing(admin_client):
    group = factories.TargetGroupFactory(code="2.1", name="Dagpenge")
    admin_client.post(
        url(TargetGroup, "change", group.pk), {"code": "2.1", "name": "Dagpenge", "valid_from": "01.01.2010"}
    )
    assert not Event.objects.exists()
    assert not LogEntry.objects.exists()


def test_last_day_before_the_first_is_refused_in_danish(admin_client):
    page = admin_client.post(
        url(TargetGroup, "add"), {"code": "9", "name": "Ny", "valid_from": "01.01.2020", "valid_to": "01.01.2019"}
    )
    assert "Den sidste dag ligger før den første." in page.content.decode()
    assert not TargetGroup.objects.exists()


def test_code_that_a_proposal_uses_cannot_be_deleted(admin_client):
    group = factories.TargetGroupFactory()
    factories.ProposalFactory(short_name="Mentorkorps").target_groups.add(group)
    page = admin_client.post(url(TargetGroup, "delete", group.pk), {"post": "yes"})
    assert "Mentorkorps" in page.content.decode()
    assert TargetGroup.objects.filter(pk=group.pk).exists()
    assert not Event.objects.exists()


def test_unused_code_is_deleted_and_what_it_said_is_kept(admin_client):
    group = factories.TargetGroupFactory(code="9.9", name="Fejl")
    admin_client.post(url(TargetGroup, "delete", group.pk), {"post": "yes"})
    assert not TargetGroup.objects.exists()
    (event,) = Event.objects.about(Subject.TARGET_GROUP, group.pk)
    assert event.summary == "Målgruppe slettet: 9.9 Fejl"
    assert ["Kode", "9.9", ""] in event.changes


def test_several_are_deleted_through_the_same_action(admin_client):
    groups = [factories.TargetGroupFactory() for _number in range(2)]
    admin_client.post(
        url(TargetGroup, "changelist"),
        {"action": "delete_selected", "_selected_action": [group.pk for group in groups], "post": "yes"},
    )
    assert not TargetGroup.objects.exists()
    assert Event.objects.filter(subject=Subject.TARGET_GROUP).count() == 2


def test_agenda_items_are_kept_with_their_meeting(admin_client):
    meeting = factories.MeetingFactory()
    admin_client.post(
        url(Meeting, "change", meeting.pk),
        {
            "committee": meeting.committee_id,
            "date": "04.12.2017",
            **management("items", 1),
            "items-0-meeting": meeting.pk,
            "items-0-number": "101",
            "items-0-title": "Prioritering",
        },
    )
    assert meeting.items.get().number == "101"
    (event,) = Event.objects.about(Subject.MEETING, meeting.pk)
    assert event.summary.startswith("Dagsordenspunkt oprettet")


def test_project_without_a_proposal_is_created_and_moved_to_the_pool_that_pays(admin_client, administrator):
    pool = factories.PoolFactory()
    values = {
        "name": "Sund i job",
        "code": "sund-i-job",
        "unit": pool.unit_id,
        "committee": pool.committee_id,
        "starts_on": "1.1.2016",
    }
    admin_client.post(url(Project, "add"), values)
    project = Project.objects.get()
    assert (project.code, project.pool, project.state) == ("sund-i-job", None, ProjectState.RUNNING)
    admin_client.post(url(Project, "change", project.pk), {**values, "pool": pool.pk, **no_inlines()})
    project.refresh_from_db()
    assert project.pool == pool
    changed, created = Event.objects.about(Subject.PROJECT, project.pk)
    assert told(created)[1] == administrator
    assert told(changed) == ("Projektet blev ændret", administrator, [["pulje", "", str(pool)]])


def test_project_with_money_keeps_its_pool_code_and_state(admin_client):
    year = factories.PoolYearFactory()
    line = factories.BudgetLineFactory(project__pool=year.pool, pool_year=year)
    project = line.project
    other = factories.PoolFactory()
    admin_client.post(
        url(Project, "change", project.pk),
        {
            "name": "Nyt navn",
            "code": "nyt",
            "pool": other.pk,
            "state": "closed",
            "unit": project.unit_id,
            "committee": project.committee_id,
            "starts_on": "1.4.2016",
            **no_inlines(),
        },
    )
    stored = Project.objects.get()
    assert (stored.name, stored.code, stored.pool, stored.state) == (
        "Nyt navn",
        project.code,
        year.pool,
        ProjectState.RUNNING,
    )
    assert admin_client.post(url(Project, "delete", project.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("model", "name", "typed", "sentence"),
    [
        (FteRate, "amount", "-5", "Satsen skal være større end nul."),
        (FteRate, "year", "31.02.2017", "Skriv året med fire cifre, for eksempel 2016."),
        (PriceIndex, "index", "-5", "“-5” er negativt. Skriv 0 eller mere."),
        (PriceIndex, "index", "0", "Indekset skal være større end nul."),
        (PriceIndex, "index", "101,8123", "“101,8123” har mere end tre decimaler."),
        (PriceIndex, "index", "1000000000000000", "er større end noget"),
    ],
)
def test_a_rate_or_an_index_that_cannot_be_is_told_beside_its_field(admin_client, model, name, typed, sentence):
    data = {"year": "2030", "amount": "370.000", "index": "101,8", name: typed}
    page = admin_client.post(url(model, "add"), data).content.decode()
    assert sentence in page
    assert f'value="{typed}"' in page
    assert not model.objects.exists()


def test_an_index_is_written_the_danish_way_and_shown_so_again(admin_client):
    admin_client.post(url(PriceIndex, "add"), {"year": "2017", "index": "101,812"})
    index = PriceIndex.objects.get()
    assert index.index == Decimal("101.812")
    assert 'value="101,812"' in admin_client.get(url(PriceIndex, "change", index.pk)).content.decode()
