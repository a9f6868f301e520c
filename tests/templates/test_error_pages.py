"""Error pages say what happened and what to do next, in Danish, also when almost nothing works."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from portfolio.urls import handler400 as handler400
from portfolio.urls import urlpatterns as real_urlpatterns
from tests.factories import UserFactory


def failing(error: type[Exception]):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("daarlig/", failing(SuspiciousOperation)),
    path("for-stort/", failing(RequestDataTooBig)),
    path("forbudt/", failing(PermissionDenied)),
    path("brudt/", failing(ZeroDivisionError)),
    *real_urlpatterns,
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("is_logged_in", [False, True])
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/daarlig/", 400, "Adressen blev ikke forstået"),
        ("/for-stort/", 413, "For meget på én gang"),
        ("/forbudt/", 403, "Det har du ikke adgang til"),
        ("/findes-ikke/", 404, "Siden findes ikke"),
        ("/brudt/", 500, "Noget gik galt hos os"),
    ],
)
def test_error_pages_say_what_happened_and_the_way_on(address: str, status: int, heading: str, is_logged_in: bool):
    client = Client(raise_request_exception=False)
    if is_logged_in:
        client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.content.decode()
    assert "Gå til forsiden" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "413.html", "500.html", "403_csrf.html"])
def test_error_pages_need_neither_request_nor_database(template: str):
    assert "Gå til forsiden" in render_to_string(template)


def test_a_form_from_an_old_page_is_refused_with_advice():
    response = Client(enforce_csrf_checks=True).post("/konto/log-ind/", {"username": "leder", "password": "demo"})
    assert response.status_code == 403
    assert "Siden var blevet for gammel" in response.content.decode()
