"""Two people, or a session that ran out, at the pages where it is decided what a project counts: nothing is lost."""

import pytest

from projects.models import Breakdown, Event, Indicator
from projects.views.kept_forms import KEPT
from tests.factories import BreakdownCategoryFactory, BreakdownFactory, IndicatorFactory, ProjectAssignmentFactory
from tests.projects.views.test_indicators import INDICATOR, TABLE, project, row, text, url

__all__ = ["project"]
pytestmark = pytest.mark.django_db
SAVED = INDICATOR | {"is_active": "on", "source": ""}


@pytest.fixture
def colleague(client, project):
    """Return a function that posts as another caseworker of the project, and then lets the first one go on."""
    mine = client.session["_auth_user_id"]
    theirs = ProjectAssignmentFactory(project=project).user

    def post(address, data):
        client.force_login(theirs)
        assert client.post(address, data).status_code == 302
        client.force_login(type(theirs).objects.get(pk=mine))

    return post


def conflict(response):
    assert response.status_code == 409
    return [(label, mine, theirs) for label, mine, theirs in response.context["differences"]]


def test_two_people_on_one_indicator_the_second_is_shown_the_first_ones_and_loses_nothing(client, project, colleague):
    edit = url("indicator-edit", IndicatorFactory(project=project, name="Borgere i alt", unit="borgere").pk)
    seen = client.get(edit).context["seen"]
    colleague(edit, SAVED | {"source": "Deres kilde", "seen": seen})
    mine = SAVED | {"source": "Min kilde", "targets-0-value": "30", "seen": seen}
    refused = client.post(edit, mine)
    assert conflict(refused) == [
        ("Kilde", "Min kilde", "Deres kilde"),
        ("Mål", "30 (31.12.2017)", "1.250,5 (31.12.2017)"),
    ]
    assert (Indicator.objects.get().source, Event.objects.count()) == ("Deres kilde", 1)
    for words in ("En anden har ændret måltallet", 'value="Min kilde"'):
        assert words in text(refused)
    assert client.post(edit, mine | {"seen": refused.context["seen"]}).status_code == 302
    assert Indicator.objects.get().source == "Min kilde"


def test_two_people_on_one_table_see_the_rows_that_differ(client, project, colleague):
    table = BreakdownFactory(project=project, name="Udfald", unit="borgere")
    key = str(BreakdownCategoryFactory(breakdown=table, name="Job").pk)
    edit = url("breakdown-edit", table.pk)
    seen = client.get(edit).context["seen"]
    colleague(edit, {**TABLE, "row": [key, "n1"], **row(key, "Job"), **row("n1", "Barsel"), "seen": seen})
    mine = {**TABLE, "row": [key, "n1"], **row(key, "Job"), **row("n1", "Fleksjob"), "seen": seen}
    refused = client.post(edit, mine)
    assert conflict(refused) == [("Rækker", "Fleksjob", "")]
    assert list(table.categories.values_list("name", flat=True)) == ["Job", "Barsel"]
    assert 'value="Fleksjob"' in text(refused)
    again = client.post(edit, mine | {"do": "arrange", "seen": refused.context["seen"]})
    assert client.post(edit, mine | {"seen": again.context["seen"]}).status_code == 302
    assert list(table.categories.order_by("position").values_list("name", flat=True)) == ["Job", "Fleksjob", "Barsel"]


def test_the_same_change_by_both_is_no_conflict(client, project, colleague):
    edit = url("indicator-edit", IndicatorFactory(project=project, name="Borgere i alt", unit="borgere").pk)
    seen = client.get(edit).context["seen"]
    colleague(edit, SAVED | {"seen": seen})
    assert client.post(edit, SAVED | {"seen": seen}).status_code == 302
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("indicator-create", INDICATOR, 'value="Sagslisten"'),
        ("breakdown-create", {**TABLE, "row": ["n1"], **row("n1", "Fleksjob")}, 'value="Fleksjob"'),
    ],
)
def test_what_was_typed_before_a_session_ran_out_stands_there_again(client, project, name, data, words):
    writer = project.assignments.get().user
    client.logout()
    client.post(url(name), data | {"writer": writer.pk})
    client.force_login(writer)
    page = client.get(url(name))
    for expected in ("Du blev logget ud, mens du skrev", words):
        assert expected in text(page)
    assert (Indicator.objects.count(), Breakdown.objects.count()) == (0, 0)
    assert client.post(url(name), data | {"writer": writer.pk}).status_code == 302
    assert client.session[KEPT] == {}
