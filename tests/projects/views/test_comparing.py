"""Two statuses side by side."""

import pytest
from django.test import Client

from tests import factories
from tests.integration_month import OCTOBER
from tests.projects.views.status_requests import EDIT, SHOW, form, page, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
COMPARE = "/projekter/integration/status/sammenlign/"


@pytest.fixture
def _november(world, sara):
    fields = {
        f"indicator_{world.citizens.pk}": "41",
        "narrative": "# Siden sommer\n\nHoldet er næsten samlet.",
        "light_overall": "green",
    }
    sara.post(EDIT, form(confirm="all", **fields, forecast="490.000"))


@pytest.mark.usefixtures("_november")
def test_two_months_differ_field_by_field(sara):
    shown = sara.get(f"{COMPARE}?from=2017-10.1&to=2017-11.1")
    text = page(shown)
    assert "Borgere i projektet 40 borgere 41 borgere +1" in text
    assert "480.000 kr. 490.000 kr. +10.000" in text
    assert '<ins><span class="sr-only">[tilføjet: </span>næsten <span class="sr-only"> slut]</span></ins>' in (
        shown.content.decode()
    )
    assert "Samlet Grøn" not in text
    assert "Samlet Grøn Grøn ens" in page(sara.get(f"{COMPARE}?from=2017-10.1&to=2017-11.1&all=1"))


@pytest.mark.usefixtures("_november")
def test_the_form_begins_with_what_has_changed(sara):
    """Read from the comparison itself when it is opened; without a script it is a link there."""
    shown = sara.get(EDIT).content.decode()
    address = f"{COMPARE}?from=2017-10.1&amp;to=2017-11.1"
    assert f'hx-get="{address}" hx-select="[data-compared]"' in shown
    assert f'<a href="{address}">Sammenlign med oktober 2017</a>' in shown
    assert "data-compared" in sara.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.usefixtures("_november")
@pytest.mark.parametrize("query", ["", "?from=1899-01.1&to=x", "?to=2017-11.1"])
def test_without_a_choice_the_two_newest_are_compared(sara, query):
    response = sara.get(COMPARE + query)
    assert (response.context["earlier"].month, response.context["later"].revision) == (OCTOBER, 1)


def test_a_single_status_is_the_same_twice(sara):
    assert "samme status to gange" in page(sara.get(COMPARE))


def test_a_project_without_statuses_says_what_to_do(world, sara):
    project = factories.ProjectFactory()
    factories.ProjectAssignmentFactory(project=project, user=world.caseworker)
    assert "Der er endnu ingen måned med status." in page(sara.get(f"/projekter/{project.code}/status/sammenlign/"))


def test_the_status_page_leads_to_it_and_drafts_stay_with_those_who_see_them(world, sara):
    submit(sara)
    assert "from=2017-10.1&amp;to=2017-11.1" in sara.get(SHOW).content.decode()
    reader = Client()
    reader.force_login(factories.UserFactory(roles=["controller"]))
    assert "2017-11.1" not in reader.get(COMPARE).content.decode()


@pytest.mark.usefixtures("_november")
@pytest.mark.parametrize("extra", [1, 3])
def test_query_count(world, sara, extra, django_assert_num_queries):
    for _number in range(extra):
        factories.BreakdownCategoryFactory(breakdown=factories.BreakdownFactory(project=world.project))
    with django_assert_num_queries(16):
        assert sara.get(COMPARE).status_code == 200
