"""Views kept under a name: one's own and shared ones."""

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.models import Event
from reports.actions.views import MOST
from reports.models import SavedView
from tests.factories import SavedViewFactory, UserFactory

pytestmark = pytest.mark.django_db
SAVE = "/overblik/visninger/ny/"


@pytest.fixture
def manager(client):
    user = UserFactory(roles=[Role.MANAGER])
    client.force_login(user)
    return user


def save(client, **values):
    return client.post(SAVE, {"name": "Røde projekter", "query": "light=red&state=&page=3", **values})


def test_a_view_keeps_the_choices_and_leads_back_to_them(client, manager):
    response = save(client)
    view = SavedView.objects.get()
    assert (view.owner, view.query, view.is_shared) == (manager, "light=red", False)
    assert response.url == "/overblik/?light=red"
    page = client.get(response.url).content.decode()
    assert 'href="/overblik/?light=red" aria-current="true">Røde projekter</a>' in page
    assert Event.objects.get(subject="saved_view").verb == "saved"


def test_the_form_brings_the_choices_along(client, manager):
    page = client.get(f"{SAVE}?light=red&sort=-deviation").content.decode()
    assert 'value="light=red&amp;sort=-deviation"' in page


def test_the_same_name_takes_the_new_choices(client, manager):
    save(client)
    save(client, query="light=green", is_shared="on")
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("light=green", True)


def test_only_shared_views_of_others_are_seen_and_none_of_them_deleted(client, manager):
    shared, secret = SavedViewFactory(name="Delt", is_shared=True), SavedViewFactory(name="Hemmelig")
    page = client.get(reverse("reports:overview")).content.decode()
    assert ("Delt" in page, "Hemmelig" in page) == (True, False)
    for view in (shared, secret):
        assert client.post(reverse("reports:view-delete", args=[view.pk])).status_code == 404
    assert SavedView.objects.count() == 2


def test_ones_own_view_is_deleted_and_the_choices_stay_on_screen(client, manager):
    view = SavedViewFactory(owner=manager)
    response = client.post(reverse("reports:view-delete", args=[view.pk]))
    assert response.url == "/overblik/?light=red"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "form-error-message"), ("   ", "form-error-message"), ("Sag 010180-1234", "CPR"), ("x" * 81, "80")],
)
def test_a_name_that_cannot_be_is_refused_beside_its_field(client, manager, name, says):
    response = save(client, name=name)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_them(client, manager):
    SavedViewFactory.create_batch(MOST, owner=manager)
    assert save(client).status_code == 422
    assert SavedView.objects.count() == MOST
