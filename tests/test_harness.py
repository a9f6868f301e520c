"""The tests' own ground: factories make rows that models accept, frozen tables can be emptied, browsers are watched."""

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from factory.django import DjangoModelFactory
from weasyprint import HTML

from projects.enums import Role
from projects.freezing import FROZEN, trigger_names
from projects.models import Event
from tests import factories, pdf
from tests.conftest import REAL

FACTORIES = sorted(
    (item for item in vars(factories).values() if isinstance(item, type) and issubclass(item, DjangoModelFactory)),
    key=lambda item: item.__name__,
)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES)
def test_two_rows_of_every_factory_pass_their_models_own_checks(factory: type[DjangoModelFactory]):
    unique_by_nature = {"FteRateFactory": [{}, {"year": 2017}]}
    for values in unique_by_nature.get(factory.__name__, [{}, {}]):
        factory(**values).full_clean()
    assert factory._meta.model.objects.count() >= 2


@pytest.mark.django_db
def test_user_factory_gives_roles_for_a_unit_or_for_all():
    unit = factories.OrgUnitFactory()
    manager = factories.UserFactory(roles=[Role.MANAGER], roles__unit=unit)
    reader = factories.UserFactory(roles=[Role.READER, Role.CONTROLLER])
    assert (manager.role_set, manager.unit_ids(Role.MANAGER)) == ({Role.MANAGER}, {unit.pk})
    assert (reader.role_set, reader.unit_ids(Role.READER)) == ({Role.READER, Role.CONTROLLER}, None)
    assert reader.check_password("demo")


PAPER = """<html lang="da"><title>Prøve</title>
<style>@page { @bottom-center { content: "Side " counter(page) } }</style>
<h1>Første <em>ord</em></h1><h2>An&shy;det ord</h2><table><tr><th>Borgere</th><td>41</td></tr></table>
<svg width="9" height="9"><title>Fra 18 til 35</title><rect width="9" height="9"/></svg><p>Slut</p>"""
STRICT = "default-src 'self'; img-src *"


def triggers() -> set[str]:
    source = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE true"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {source}")
        return {name for (name,) in cursor.fetchall() if name.startswith("frozen_")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_frozen_rows_are_gone_after_a_test_and_frozen_again_in_the_next(turn):
    assert Event.objects.count() == 0
    event = factories.EventFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()
    assert Event.objects.count() == 1
    assert triggers() == trigger_names(FROZEN)


def test_a_visitor_is_logged_in_past_the_form(page, login):
    user = factories.UserFactory(username="besøgende", roles=[Role.READER])
    login(page, "besøgende")
    assert page.goto("/hjaelp/").status == 200
    sessions = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    assert [Session.objects.get(pk=key).get_decoded()["_auth_user_id"] for key in sessions] == [str(user.pk)]


def test_what_goes_wrong_behind_a_visitors_back_is_seen(new_page, watch):
    page = new_page()
    page.route("**/*", lambda route: route.fulfill(body="<p>x</p>", headers={"content-security-policy": STRICT}))
    page.goto("/")
    with page.expect_event("console", lambda message: message.text.startswith("CSP: ")):
        page.evaluate("""() => {
            const script = document.createElement("script");
            script.textContent = "1";
            document.body.append(script);
        }""")
    with page.expect_request("http://other.invalid/picture.png"):
        page.evaluate("() => { new Image().src = 'http://other.invalid/picture.png'; }")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    kinds = {problem.split(":")[0] for problem in watch.unexpected()}
    watch.allow("")
    assert kinds == {"console", "script", "foreign host"}


def test_a_pdf_is_read_as_its_readers_read_it():
    paper = HTML(string=PAPER).write_pdf(pdf_variant="pdf/ua-1")
    assert pdf.text_of(paper) == "Første ord Andet ord Borgere 41 Slut Side 1"
    assert pdf.page_count(paper) == len(pdf.page_texts(paper)) == 1
    assert pdf.headings(paper) == [(1, "Første ord"), (2, "Andet ord")]
    assert pdf.table_headers(paper) == [(None, "Borgere")]
    assert pdf.alternatives(paper) == ["Fra 18 til 35"]
    assert set(pdf.fonts(paper).values()) == {True}


def test_the_developers_own_database_is_not_opened_however_it_is_asked_for(pytestconfig, django_db_blocker):
    own = connection.copy()
    own.settings_dict["NAME"] = pytestconfig.stash[REAL]
    with django_db_blocker.unblock(), pytest.raises(RuntimeError, match="tests do not open"):
        own.cursor()
