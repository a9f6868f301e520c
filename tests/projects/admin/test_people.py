"""Users, their roles and their passwords: every change of rights is recorded."""

import re
from datetime import date

import pytest
from django.urls import reverse

from projects.enums import Role, Subject
from projects.models import (
    Event,
    RoleAssignment,
    User,
)
from tests import factories
from tests.projects.admin.cases import management, told, url

pytestmark = pytest.mark.django_db


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


def test_an_administrator_never_sees_a_password_or_a_staff_flag_to_tick(admin_client):
    page = admin_client.get(url(User, "change", factories.UserFactory().pk)).content.decode()
    assert not re.search(r'name="(is_staff|is_superuser|groups|user_permissions)"', page)


def test_the_list_says_in_danish_who_is_active(admin_client):
    factories.UserFactory(is_active=False)
    page = admin_client.get(url(User, "changelist")).content.decode()
    cells = re.findall(r'<td class="field-active_in_words">(\w+)</td>', page)
    assert (set(cells), 'alt="True"' in page) == ({"Ja", "Nej"}, False)
