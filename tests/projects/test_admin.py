"""The administration: who gets in, that every change is recorded, and that nothing decided can be changed there."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from projects.admin.base import LookupAdmin, RecordAdmin
from projects.admin.site import site
from projects.enums import ProjectState, Role, SnapshotState, Subject
from projects.models import (
    BudgetLine,
    Event,
    Meeting,
    Project,
    RoleAssignment,
    StatusSnapshot,
    TargetGroup,
    User,
)
from tests import factories

pytestmark = pytest.mark.django_db

LOOK_UP_ONLY = {
    *("pool", "proposal", "budgetline", "importbatch", "statussnapshot", "finding", "event"),
    *("statusnote", "noteversion"),
}
EDITABLE = {
    *("user", "standin", "projectassignment", "orgunit", "committee", "meeting", "statusround"),
    *("strategicgoal", "track", "targetgroup", "legalbasis", "fterate"),
    *("project", "indicator", "breakdown"),
}


@pytest.fixture
def administrator():
    return factories.UserFactory(first_name="Ada", last_name="Min", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def told(event):
    return event.summary, event.actor, event.changes


def test_anonymous_is_sent_to_the_one_login(client):
    response = client.get(reverse("admin:index"))
    assert (response.status_code, response.url) == (302, f"{reverse('account:login')}?next={reverse('admin:index')}")


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_other_roles_are_refused_even_with_djangos_staff_flag(client, role):
    client.force_login(factories.UserFactory(is_staff=True, roles=[role] if role else []))
    assert client.get(reverse("admin:index")).status_code == 403
    assert client.get(url(User, "add")).status_code == 403


def test_an_administrator_whose_role_has_ended_is_refused(client):
    user = factories.UserFactory()
    factories.RoleAssignmentFactory(user=user, role=Role.ADMINISTRATOR, valid_to=date(2020, 1, 1))
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 403


def test_superuser_gets_in_without_a_role(client):
    client.force_login(factories.UserFactory(is_superuser=True))
    assert client.get(reverse("admin:index")).status_code == 200


def test_pages_are_the_ones_agreed():
    by_kind = {LookupAdmin: set(), RecordAdmin: set()}
    for model, page in site._registry.items():
        by_kind[LookupAdmin if isinstance(page, LookupAdmin) else RecordAdmin].add(model._meta.model_name)
    assert by_kind == {LookupAdmin: LOOK_UP_ONLY, RecordAdmin: EDITABLE}


ENGLISH = re.compile(
    r"\b(Select|Change|View|Add|Delete|Save|Search|Filter|Yes|No|the|with|History|Home|Actor|Project"
    r"|Created|Updated|Submitted|Approved|Answered|Issued|Subject)\b"
)


def english_words(response):
    return ENGLISH.findall(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S))


def test_every_list_and_empty_form_opens_in_danish(admin_client):
    for model in site._registry:
        response = admin_client.get(url(model, "changelist"))
        assert (response.status_code, english_words(response)) == (200, []), model
        if model._meta.model_name in EDITABLE:
            response = admin_client.get(url(model, "add"))
            assert (response.status_code, english_words(response)) == (200, []), model


def test_every_record_and_its_history_opens_in_danish(admin_client):
    line = factories.BudgetLineFactory()
    factories.BreakdownCategoryFactory()
    factories.TargetFactory()
    factories.ProjectAssignmentFactory(project=line.project)
    factories.AgendaItemFactory()
    factories.NoteSectionFactory()
    factories.PoolYearFactory(pool=line.project.pool)
    kinds = (
        *(factories.StandInFactory, factories.StatusRoundFactory, factories.StrategicGoalFactory),
        *(factories.TrackFactory, factories.TargetGroupFactory, factories.LegalBasisFactory),
        *(factories.FteRateFactory, factories.ImportBatchFactory, factories.StatusSnapshotFactory),
        *(factories.FindingFactory, factories.ProposalFactory, factories.NoteVersionFactory),
        *(factories.EventFactory,),
    )
    for make in kinds:
        make()
    for model in site._registry:
        record = model._default_manager.first()
        for page in ("change", "history"):
            response = admin_client.get(url(record, page, record.pk))
            assert (response.status_code, english_words(response)) == (200, []), (model, page)


def test_header_names_the_municipality_and_links_back(admin_client, settings):
    settings.SITE_MUNICIPALITY = "Prøve Kommune"
    page = admin_client.get(reverse("admin:index")).content.decode()
    assert "Prøve Kommune · Administration" in page
    assert re.search(r'<a class="back-to-product" href="/">', page)


def test_new_role_is_recorded_as_a_change_of_the_users_rights(admin_client, administrator):
    user = factories.UserFactory(first_name="Bo", last_name="Ny")
    unit = factories.OrgUnitFactory(name="Integration")
    response = admin_client.post(
        url(User, "change", user.pk),
        {
            "username": user.username,
            "first_name": "Bo",
            "last_name": "Ny",
            "email": user.email,
            "is_active": "on",
            **management("role_assignments", 1),
            "role_assignments-0-user": user.pk,
            "role_assignments-0-role": "manager",
            "role_assignments-0-unit": unit.pk,
            "role_assignments-0-valid_from": "1. januar 2018",
            **management("stand_ins", 0),
        },
    )
    assert response.status_code == 302
    assert RoleAssignment.objects.get(user=user).valid_from == date(2018, 1, 1)
    (event,) = Event.objects.about(Subject.USER, user.pk)
    assert told(event) == (
        "Rolle oprettet: Bo Ny: Leder",
        administrator,
        [["Fra", "", "01.01.2018"], ["Bruger", "", "Bo Ny"], ["Rolle", "", "Leder"], ["Enhed", "", "Integration"]],
    )
    history = admin_client.get(url(User, "history", user.pk)).content.decode()
    assert all(word in history for word in ("Rolle oprettet: Bo Ny: Leder", "Ada Min", "Integration", "Hvornår"))


def no_inlines():
    return {**management("aliases", 0), **management("assignments", 0), **management("budget_lines", 0)}


def management(prefix, total, initial=0):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}


def test_ended_role_is_recorded_from_and_to(admin_client):
    role = factories.RoleAssignmentFactory(user__email="bo@example.com", role=Role.CASEWORKER)
    user = role.user
    admin_client.post(
        url(User, "change", user.pk),
        {
            "username": user.username,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "email": user.email,
            "is_active": "on",
            **management("role_assignments", 1, 1),
            "role_assignments-0-id": role.pk,
            "role_assignments-0-user": user.pk,
            "role_assignments-0-role": "caseworker",
            "role_assignments-0-valid_from": "01.01.2010",
            "role_assignments-0-valid_to": "31.12.2017",
            **management("stand_ins", 0),
        },
    )
    (event,) = Event.objects.about(Subject.USER, user.pk)
    assert event.changes == [["Til og med", "", "31.12.2017"]]


def test_new_user_gets_a_password_and_the_event_does_not_hold_it(admin_client):
    response = admin_client.post(
        url(User, "add"),
        {
            "username": "ny",
            "first_name": "Nora",
            "last_name": "Ny",
            "usable_password": "true",
            "password1": "lang-og-god-adgang",
            "password2": "lang-og-god-adgang",
        },
    )
    user = User.objects.get(username="ny")
    assert response.url == url(User, "change", user.pk)
    assert user.check_password("lang-og-god-adgang")
    (event,) = Event.objects.about(Subject.USER, user.pk)
    assert event.summary == "Bruger oprettet: Nora Ny"
    assert ["Fornavn", "", "Nora"] in event.changes
    assert user.password not in str(event.changes)


def test_short_password_is_refused_and_no_user_stored(admin_client):
    page = admin_client.post(
        url(User, "add"), {"username": "ny", "usable_password": "true", "password1": "kort", "password2": "kort"}
    )
    assert "mindst 12 tegn" in page.content.decode()
    assert not User.objects.filter(username="ny").exists()


def test_password_set_by_an_administrator_is_recorded_without_the_password(admin_client, administrator):
    user = factories.UserFactory()
    page = reverse("admin:auth_user_password_change", args=[user.pk])
    admin_client.post(
        page,
        {
            "usable_password": "true",
            "password1": "et-helt-nyt-ord-12",
            "password2": "et-helt-nyt-ord-12",
            "set-password": "",
        },
    )
    user.refresh_from_db()
    assert user.check_password("et-helt-nyt-ord-12")
    (event,) = Event.objects.about(Subject.USER, user.pk)
    assert told(event)[1:] == (administrator, [["Adgangskode", "", "ændret"]])


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


def test_nothing_decided_approved_or_issued_can_be_changed_or_deleted(admin_client):
    line = factories.BudgetLineFactory()
    snapshot = factories.approved(factories.StatusSnapshotFactory())
    rows = [line, snapshot, factories.ProposalFactory(), factories.EventFactory()]
    rows += [factories.FindingFactory(), factories.NoteVersionFactory(), factories.StatusNoteFactory()]
    for row in rows:
        assert admin_client.get(url(row, "change", row.pk)).status_code == 200, row
        assert admin_client.post(url(row, "change", row.pk), {"amount": "1", "state": "draft"}).status_code == 403
        assert admin_client.post(url(row, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert admin_client.get(url(row, "add")).status_code == 403
    assert BudgetLine.objects.get().amount == line.amount
    assert StatusSnapshot.objects.get(pk=snapshot.pk).state == SnapshotState.APPROVED


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


def test_an_administrator_never_sees_a_password_or_a_staff_flag_to_tick(admin_client):
    page = admin_client.get(url(User, "change", factories.UserFactory().pk)).content.decode()
    assert not re.search(r'name="(is_staff|is_superuser|groups|user_permissions)"', page)


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, {"width": 360, "height": 740}])
def test_pages_hold_the_content_security_policy(page, login, administrator):
    # The page fixture fails the test for any violation.
    meeting = factories.MeetingFactory()
    login(page, administrator)
    for path in (
        reverse("admin:index"),
        url(User, "changelist"),
        url(User, "change", administrator.pk),
        url(User, "add"),
        url(Meeting, "change", meeting.pk),
        url(Meeting, "changelist"),
        url(User, "history", administrator.pk),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(url(User, "change", administrator.pk))
    page.get_by_text("Tilføj endnu en Rolle").click()
    assert page.locator("[name=role_assignments-1-role]").is_visible()
