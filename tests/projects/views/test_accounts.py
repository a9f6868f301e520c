import pytest
from django.conf import settings
from django.urls import reverse

from projects.enums import Role
from projects.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/konto/log-ind/"
WRONG = "Brugernavn og adgangskode passer ikke sammen. Prøv igen."


def log_in(client, username: str, password: str = "demo", **more: str):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_login_opens_the_front_page(client):
    user = UserFactory(username="leder")
    response = log_in(client, "leder")
    assert (response.status_code, response.url) == (302, reverse("reports:home"))
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(("username", "password"), [("leder", "forkert"), ("ukendt", "demo"), ("fratraadt", "demo")])
def test_login_refuses_with_one_sentence_and_keeps_the_user_name(client, username: str, password: str):
    UserFactory(username="leder")
    UserFactory(username="fratraadt", is_active=False)
    response = log_in(client, username, password)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [WRONG]
    assert f'value="{username}"' in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wanted", "opened"), [("/hjaelp/", "/hjaelp/"), ("https://example.dk/", None), ("//example.dk", None), ("", None)]
)
def test_login_goes_on_to_our_own_pages_only(client, wanted: str, opened: str | None):
    UserFactory(username="leder")
    assert log_in(client, "leder", next=wanted).url == (opened or reverse("reports:home"))


def test_login_closes_after_too_many_attempts_and_says_for_how_long(client):
    UserFactory(username="leder")
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        response = log_in(client, "leder", "forkert")
    assert response.status_code == 429
    assert "lukket i 15 minutter" in response.content.decode()
    assert log_in(client, "leder").status_code == 429
    assert "_auth_user_id" not in client.session


def test_login_names_the_municipality(client):
    assert "Hedensted Kommune" in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(
    ("is_debug", "names", "offered"),
    [
        (True, ["leder", "sagsbehandler", "mette"], ["sagsbehandler", "leder"]),
        (True, ["mette"], []),
        (False, ["leder"], []),
    ],
)
def test_login_offers_the_demo_users_that_exist_in_development_only(
    client, settings, is_debug: bool, names: list[str], offered: list[str]
):
    settings.IS_TRIAL = is_debug
    for name in names:
        UserFactory(username=name)
    response = client.get(LOGIN)
    assert [user.username for user in response.context["demo_logins"]] == offered
    assert ("Demonstration" in response.content.decode()) == bool(offered)


def test_logout_is_a_post(client):
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/konto/log-ud/").status_code == 405
    assert client.post("/konto/log-ud/").url == LOGIN
    assert "_auth_user_id" not in client.session


def change(client, old: str, new: str, again: str):
    return client.post("/konto/adgangskode/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_password_is_changed_and_the_user_stays(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = change(client, "demo", "en-lang-adgangskode", "en-lang-adgangskode")
    assert (response.status_code, response.url) == (302, reverse("reports:home"))
    assert User.objects.get(pk=user.pk).check_password("en-lang-adgangskode")
    assert client.get("/hjaelp/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("forkert", "en-lang-adgangskode", "en-lang-adgangskode", "old_password"),
        ("demo", "en-lang-adgangskode", "en-anden-adgangskode", "new_password2"),
        ("demo", "kort", "kort", "new_password2"),
    ],
)
def test_password_is_refused_at_its_field(client, old: str, new: str, again: str, field: str):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = change(client, old, new, again)
    assert list(response.context["form"].errors) == [field]
    assert User.objects.get(pk=user.pk).check_password("demo")


def test_administration_has_no_login_of_its_own(client):
    response = client.get("/administration/login/?next=/administration/")
    assert (response.status_code, response.url) == (302, f"{LOGIN}?next=/administration/")
    client.force_login(UserFactory(roles=[Role.READER]), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/administration/login/?next=/administration/").status_code == 403
