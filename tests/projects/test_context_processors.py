import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

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
