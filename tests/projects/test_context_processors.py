import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from projects.context_processors import site
from projects.enums import Role
from tests.factories import UserFactory

ALL = ["Forside", "Projekter", "Puljer", "Forslag", "Overblik", "Udvalg", "Notater", "Runder", "Administration"]


def menu(user: object, path: str = "/") -> list[str]:
    request = RequestFactory().get(path)
    request.user = user
    return [item.label for item in site(request)["site"].nav]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], []),
        ([Role.CASEWORKER], ["Forside", "Mine projekter"]),
        ([Role.MANAGER], ["Forside", "Projekter", "Puljer", "Forslag", "Overblik"]),
        ([Role.SECRETARY], ["Forside", "Projekter", "Overblik", "Notater", "Runder"]),
        ([Role.CONTROLLER], ["Forside", "Projekter", "Puljer", "Overblik"]),
        ([Role.PROPOSER], ["Forside", "Forslag"]),
        ([Role.READER], ["Forside", "Udvalg", "Notater"]),
        ([Role.ADMINISTRATOR], ALL),
        ([Role.CASEWORKER, Role.PROPOSER], ["Forside", "Projekter", "Forslag"]),
    ],
)
def test_nav_shows_each_role_its_own_pages(roles: list[Role], expected: list[str]):
    assert menu(UserFactory(roles=roles)) == expected


def test_nav_is_empty_for_a_stranger():
    assert menu(AnonymousUser()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Forside"]),
        ("/projekter/7/", ["Projekter"]),
        ("/hjaelp/", []),
        ("/puljer/", ["Puljer"]),
        ("/papirer/catalogue/geninv-2016/", ["Notater"]),
    ],
)
def test_nav_marks_where_the_user_is(path: str, current: list[str]):
    request = RequestFactory().get(path)
    request.user = UserFactory(roles=[Role.ADMINISTRATOR])
    assert [item.label for item in site(request)["site"].nav if item.is_current] == current


@pytest.mark.django_db
def test_site_asks_the_database_once_and_only_when_asked(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = UserFactory(roles=[Role.MANAGER, Role.CONTROLLER])
    with django_assert_num_queries(0):
        found = site(request)["site"]
        assert found.municipality == "Hedensted Kommune"
    with django_assert_num_queries(1):
        assert (found.roles, len(found.nav), found.home_url) == (["Leder", "Økonom"], 5, "/")


# The top of the page is written once for each way it looks, and still is each visitor's own.


def visitor(role, **names):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(roles=[role], **names), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_each_sees_their_own_name_roles_and_menu_and_where_they_are():
    jens = visitor(Role.MANAGER, first_name="Jens", last_name="<Bo>")
    lise = visitor(Role.READER, first_name="Lise", last_name="Fjord")
    for _again in range(2):
        pages = [
            client.get(reverse(name)).text for client, name in ((jens, "projects:pool-list"), (lise, "projects:help"))
        ]
        assert ["Jens &lt;Bo&gt;" in page for page in pages] == [True, False]
        assert ["Lise Fjord" in page for page in pages] == [False, True]
        assert [f'href="{reverse("projects:pool-list")}"' in page for page in pages] == [True, False]
        assert ['aria-current="page"><span>Puljer' in page for page in pages] == [True, False]


@pytest.mark.django_db
def test_each_logs_out_with_a_token_of_their_own():
    pages = [
        (client, client.get(reverse("projects:help")).text) for client in (visitor(Role.MANAGER), visitor(Role.MANAGER))
    ]
    form = re.compile(rf'action="{reverse("account:logout")}" data-forget-all><input [^>]*value="([^"]+)"')
    tokens = [form.findall(page) for _client, page in pages]
    assert [len(found) for found in tokens] == [2, 2]
    (first, _page), (_second, _other) = pages
    assert first.post(reverse("account:logout"), {"csrfmiddlewaretoken": tokens[1][0]}).status_code == 403
    assert first.post(reverse("account:logout"), {"csrfmiddlewaretoken": tokens[0][0]}).status_code == 302


@pytest.mark.django_db
def test_nobody_has_no_menu():
    page = Client().get(reverse("account:login")).text
    assert ("user-menu" in page, "mainmenu" in page) == (False, False)
