"""Who gets into the administration, what it shows, and that nothing decided can be changed there."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.admin.base import LookupAdmin, RecordAdmin
from projects.admin.site import site
from projects.enums import Role, SnapshotState, Subject
from projects.models import (
    BudgetLine,
    Meeting,
    Project,
    StatusSnapshot,
    User,
)
from reports.models import NoteTemplate
from tests import factories
from tests.chromium import overflow
from tests.projects.admin.cases import url

pytestmark = pytest.mark.django_db

LOOK_UP_ONLY = {
    *("pool", "proposal", "budgetline", "importbatch", "statussnapshot", "finding", "event"),
    *("statusnote", "noteversion", "mailmessage"),
}
EDITABLE = {
    *("user", "standin", "projectassignment", "orgunit", "committee", "meeting", "statusround"),
    *("strategicgoal", "track", "targetgroup", "benefit", "legalbasis", "fterate", "priceindex"),
    *("project", "indicator", "breakdown", "notetemplate"),
}


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
    NoteTemplate.objects.create(committee=line.project.committee)
    kinds = (
        *(factories.StandInFactory, factories.StatusRoundFactory, factories.StrategicGoalFactory),
        *(factories.TrackFactory, factories.TargetGroupFactory, factories.LegalBasisFactory, factories.BenefitFactory),
        *(factories.FteRateFactory, factories.ImportBatchFactory, factories.StatusSnapshotFactory),
        *(factories.FindingFactory, factories.ProposalFactory, factories.NoteVersionFactory),
        *(factories.EventFactory, factories.MailMessageFactory, factories.PriceIndexFactory),
        factories.NoteTemplateFactory,
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


SIZES = [{"width": 1280, "height": 900}, {"width": 360, "height": 740}]


def some_pages(user):
    meeting = factories.AgendaItemFactory().meeting
    return (
        reverse("admin:index"),
        url(User, "changelist"),
        url(User, "change", user.pk),
        url(User, "add"),
        url(Meeting, "change", meeting.pk),
        url(Meeting, "changelist"),
        url(
            User,
            "history",
            factories.EventFactory(subject=Subject.USER, subject_id=user.pk, changes=[["Navn", "", "Ada"]]).subject_id,
        ),
        url(Project, "change", factories.BudgetLineFactory().project_id),
    )


@pytest.mark.parametrize("viewport", SIZES)
def test_pages_hold_the_content_security_policy_and_fit(page, login, administrator):
    # The page fixture fails the test for any violation.
    login(page, administrator)
    for path in some_pages(administrator):
        page.goto(path)
        assert overflow(page) == 0, path
    page.goto(url(User, "change", administrator.pk))
    page.get_by_text("Tilføj endnu en Rolle").click()
    expect(page.locator("[name=role_assignments-1-role]")).to_be_visible()


@pytest.mark.parametrize("viewport", SIZES)
def test_pages_are_accessible(page, login, axe, watch, administrator):
    # The checker itself tries styles to measure contrast.
    watch.allow("inline")
    login(page, administrator)
    for path in some_pages(administrator):
        page.goto(path)
        axe(page)
