"""The pages of absence and stand-ins."""

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.models import Absence
from tests.factories import AbsenceFactory, RoleAssignmentFactory, UserFactory
from tests.projects.views.status_requests import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
LIST, NEW = "/fravaer/", "/fravaer/nyt/"


def test_one_enters_ones_own_leave_with_somebody_to_write(world, sara, karl):
    assert "Ingen er væk" in page(sara.get(LIST))
    values = {"kind": "parental", "valid_from": "20.11.2017", "valid_to": "31. maj 2018"}
    values |= {"stand_in": world.colleague.pk, f"project-{world.project.pk}": ""}
    assert sara.post(NEW, values).url == LIST
    text = page(sara.get(LIST))
    assert "Sara Sag Barsel 20.11.2017 31.05.2018 Karl Kollega" in text
    assert "stedfortræder: Karl Kollega" in page(sara.get(f"/projekter/{world.project.code}/"))


def test_what_was_typed_comes_back_with_what_is_wrong(world, sara):
    response = sara.post(NEW, {"kind": "holiday", "valid_from": "24.12.2017", "valid_to": "23.12.2017"})
    assert response.status_code == 422
    assert "Den sidste dag ligger før den første." in page(response)
    assert 'value="24.12.2017"' in response.content.decode()
    assert not Absence.objects.exists()


def test_a_manager_enters_for_the_caseworkers_and_for_nobody_else(world, manager):
    assert "Sara Sag" in page(manager.get(LIST))
    chosen = manager.get(NEW, {"person": world.caseworker.pk})
    assert world.project.name in page(chosen)
    for stranger in (world.outsider.pk, "x", "9" * 40):
        assert manager.get(NEW, {"person": stranger}).status_code == 404


def test_an_absence_is_changed_and_taken_back(world, sara):
    absence = AbsenceFactory(user=world.caseworker)
    address = reverse("projects:absence-edit", args=[absence.pk])
    assert "Ret fraværet" in page(sara.get(address))
    assert sara.post(address, {"kind": "other", "valid_from": "1.11.2017"}).url == LIST
    assert "Andet fravær 01.11.2017 indtil videre Ingen" in page(sara.get(LIST))
    assert sara.post(f"{address}fjern/").url == LIST
    assert not Absence.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, client, django_assert_num_queries):
    manager = UserFactory(roles=[Role.MANAGER, Role.ADMINISTRATOR])
    client.force_login(manager)
    for _number in range(count):
        person = AbsenceFactory().user
        RoleAssignmentFactory(user=person)
    with django_assert_num_queries(6):
        assert client.get(LIST).status_code == 200
