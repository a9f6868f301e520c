"""A project without a proposal is begun on a page of its own, by those who are over it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from projects.enums import Role
from projects.models import Event, Project, ProjectAssignment
from tests.factories import CommitteeFactory, OrgUnitFactory, PoolFactory, ProjectAliasFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/projekter/nyt/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2017-11-27T09:00+01:00", tick=False):
        yield


@pytest.fixture
def unit():
    return OrgUnitFactory()


@pytest.fixture
def manager(client, unit):
    user = UserFactory(roles=[Role.MANAGER], roles__unit=unit)
    client.force_login(user)
    return user


@pytest.fixture
def typed(unit):
    return {
        "name": "Aftentelefonen",
        "unit": unit.pk,
        "committee": CommitteeFactory().pk,
        "starts_on": "6. november 2017",
        "other_funding": "Budgetaftalen for 2018",
    }


def text(response):
    return " ".join(response.content.decode().split())


def test_a_manager_begins_a_project_and_its_caseworker_is_on_it(client, manager, typed, unit):
    assert PAGE in text(client.get("/projekter/"))
    caseworker = UserFactory(roles=[Role.CASEWORKER])
    pool = PoolFactory(unit=unit)
    response = client.post(PAGE, typed | {"caseworker": caseworker.pk, "pool": pool.pk})
    assert response.url == "/projekter/aftentelefonen/"
    project = Project.objects.get()
    assert (project.code, project.starts_on, project.pool) == ("aftentelefonen", date(2017, 11, 6), pool)
    on_it = ProjectAssignment.objects.values_list("user", "valid_from", "valid_to")
    assert list(on_it) == [(caseworker.pk, project.starts_on, None)]
    assert [event.verb for event in Event.objects.order_by("pk")] == ["created", "caseworker_assigned"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "natklubben "}, "er allerede projektet “Aftentelefonen”"),
        ({"name": "Telefon for 010190-1234"}, "CPR"),
        ({"other_funding": ""}, "Vælg en pulje, eller skriv, hvem der betaler."),
        ({"ends_on": "1.11.2017"}, "Projektet slutter, før det starter. Ret en af datoerne."),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_stored(client, manager, typed, changed, sentence):
    ProjectAliasFactory(project__name="Aftentelefonen", project__code="telefon", name="Natklubben")
    response = client.post(PAGE, typed | {"name": "Morgentelefonen"} | changed)
    assert response.status_code == 422
    assert sentence in text(response)
    assert (Project.objects.count(), Event.objects.count()) == (1, 0)


def test_units_and_pools_of_others_are_no_choice_but_an_administrator_has_all(client, manager, typed):
    foreign = typed | {"unit": OrgUnitFactory().pk}
    assert client.post(PAGE, foreign).status_code == 422
    assert client.post(PAGE, typed | {"pool": PoolFactory().pk}).status_code == 422
    assert Project.objects.count() == 0
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert client.post(PAGE, foreign).status_code == 302
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert reverse("projects:project-create") not in text(client.get("/projekter/"))


def test_a_name_that_is_an_address_of_its_own_gets_another_code(client, manager, typed):
    client.post(PAGE, typed | {"name": "Nyt"})
    assert Project.objects.get().code == "nyt-2"
