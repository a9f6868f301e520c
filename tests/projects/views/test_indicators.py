"""The pages where it is decided what a project counts: what they show, store, refuse and keep."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import BreakdownKind, Role
from projects.models import Breakdown, Event, Indicator
from tests.factories import (
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

INDICATOR = {
    "name": "Borgere i alt",
    "unit": "borgere",
    "counting_rule": "since_start",
    "direction": "up",
    "baseline": "18",
    "baseline_on": "1.10.2016",
    "source": "Sagslisten",
    "is_figure": "on",
    "targets-TOTAL_FORMS": "2",
    "targets-INITIAL_FORMS": "0",
    "targets-0-value": "1.250,5",
    "targets-0-due_on": "31/12-2017",
    "targets-1-value": "",
    "targets-1-due_on": "",
}
TABLE = {"name": "Udfald", "kind": "split", "is_exclusive": "yes", "indicator": "", "unit": "borgere"}


@pytest.fixture
def project(client):
    project = ProjectFactory(code="integration", name="Integration")
    client.force_login(ProjectAssignmentFactory(project=project).user)
    return project


def url(name, *args):
    return reverse(f"projects:{name}", args=["integration", *args])


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def row(key, name, parent="", **more):
    fields = {"name": name, "parent": parent, **more}
    return {f"{key}-{field}": value for field, value in fields.items()}


def lines(response):
    return [(line.key, line.texts["name"], line.parent, line.depth) for line in response.context["scheme"].lines]


def test_a_new_project_is_told_where_to_begin(client, project):
    response = client.get(url("indicator-list"))
    assert url("indicator-create") in text(response)
    assert f"{url('breakdown-create')}?skabelon=udfald" in text(response)


def test_who_may_only_read_is_shown_no_buttons(client, project):
    IndicatorFactory(project=project)
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    response = client.get(url("indicator-list"))
    assert response.status_code == 200
    assert url("indicator-create") not in text(response)
    assert client.post(url("indicator-create"), INDICATOR).status_code == 403
    assert client.post(url("breakdown-create"), TABLE).status_code == 403
    assert (Indicator.objects.count(), Breakdown.objects.count()) == (1, 0)


def test_a_foreign_project_does_not_exist(client, project):
    client.force_login(ProjectAssignmentFactory().user)
    assert {client.get(url(name)).status_code for name in ("indicator-list", "breakdown-create")} == {404}


def test_another_projects_indicator_and_table_do_not_exist_here(client, project):
    assert client.get(url("indicator-edit", IndicatorFactory().pk)).status_code == 404
    assert client.get(url("breakdown-edit", BreakdownFactory().pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_reads_the_same_number_of_times(client, project, django_assert_num_queries, count):
    for _number in range(count):
        indicator = IndicatorFactory(project=project)
        TargetFactory(indicator=indicator)
        table = BreakdownFactory(project=project, indicator=indicator)
        BreakdownCategoryFactory.create_batch(count, breakdown=table)
    client.get(url("indicator-list"))
    with django_assert_num_queries(13):
        client.get(url("indicator-list"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_reads_the_same_number_of_times(client, project, django_assert_num_queries, count):
    table = BreakdownFactory(project=project, indicator=IndicatorFactory(project=project))
    BreakdownCategoryFactory.create_batch(count, breakdown=table)
    IndicatorFactory.create_batch(count, project=project)
    with django_assert_num_queries(13):
        client.get(url("breakdown-edit", table.pk))


def test_an_indicator_is_read_as_danes_write(client, project):
    response = client.post(url("indicator-create"), INDICATOR)
    assert (response.status_code, response.url) == (302, url("indicator-list"))
    indicator = project.indicators.get()
    assert (indicator.name, indicator.counting_rule, indicator.is_figure) == ("Borgere i alt", "since_start", True)
    assert (indicator.baseline, indicator.baseline_on) == (Decimal(18), date(2016, 10, 1))
    assert list(indicator.targets.values_list("value", "due_on")) == [(Decimal("1250.5"), date(2017, 12, 31))]
    shown = text(client.get(response.url))
    assert "1.250,5" in shown
    assert "Siden start" in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"baseline_on": ""}, "Hvilken dag gælder udgangspunktet for?"),
        ({"baseline": "mange"}, "mange"),
        ({"targets-1-value": "3"}, "Inden hvilken dag?"),
        ({"targets-1-value": "3", "targets-1-due_on": "31.12.2017"}, "Der er to mål for 31.12.2017"),
        ({"name": "010190-1234"}, "CPR-numre"),
    ],
)
def test_a_refused_indicator_keeps_what_was_typed(client, project, typed, sentence):
    response = client.post(url("indicator-create"), INDICATOR | typed)
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Sagslisten" in text(response)
    assert (Indicator.objects.count(), Event.objects.count()) == (0, 0)


def test_another_unit_asks_first(client, project):
    indicator = IndicatorFactory(project=project, unit="borgere", name="Borgere i alt")
    MeasurementFactory(indicator=indicator, snapshot__project=project)
    typed = {**INDICATOR, "unit": "familier", "is_active": "on"}
    asked = client.post(url("indicator-edit", indicator.pk), typed)
    assert asked.status_code == 422
    assert 'name="confirm_meaning"' in text(asked)
    indicator.refresh_from_db()
    assert indicator.unit == "borgere"

    assert client.post(url("indicator-edit", indicator.pk), typed | {"confirm_meaning": "on"}).status_code == 302
    indicator.refresh_from_db()
    assert indicator.unit == "familier"


def test_deleting_says_why_not(client, project):
    measured = MeasurementFactory(snapshot=StatusSnapshotFactory(project=project))
    response = client.post(url("indicator-delete", measured.indicator.pk), follow=True)
    assert "kan ikke slettes" in text(response)
    assert Indicator.objects.count() == 1

    unused = IndicatorFactory(project=project)
    client.post(url("indicator-delete", unused.pk))
    assert list(Indicator.objects.all()) == [measured.indicator]


def test_moving_is_a_button(client, project):
    first, second = IndicatorFactory.create_batch(2, project=project)
    client.post(url("indicator-move", first.pk), {"way": "down"})
    assert list(project.indicators.order_by("position")) == [second, first]
    above, below = BreakdownFactory.create_batch(2, project=project)
    client.post(url("breakdown-move", below.pk), {"way": "up"})
    assert list(project.breakdowns.order_by("position")) == [below, above]


@pytest.mark.parametrize(
    ("template", "kind", "names"),
    [
        ("udfald", "split", ["Afsluttet", "Ordinært arbejde", "Uddannelse", "Anden årsag", "Aktive"]),
        ("nationalitet", "split", [""] * 5),
        ("ind-ud", BreakdownKind.FLOW, [""] * 3),
        ("n-ud-af-n", BreakdownKind.SHARE, ["Uddannelseshjælp", "Kontanthjælp", "Integrationsydelse"]),
        ("ydelse-indsats", BreakdownKind.CROSS, ["Vejledning og opkvalificering", "Virksomhedspraktik"]),
        ("findes-ikke", "split", [""] * 3),
    ],
)
def test_a_table_begins_with_a_template_and_nothing_is_stored(client, project, template, kind, names):
    response = client.get(url("breakdown-create"), {"skabelon": template})
    assert response.context["form"]["kind"].value() == kind
    assert [name for _key, name, *_rest in lines(response)][: len(names)] == names
    assert Breakdown.objects.count() == 0


def test_a_new_table_of_a_running_project_begins_after_the_approved_months(client, project):
    approved(StatusSnapshotFactory(project=project, month=date(2017, 10, 1)))
    response = client.get(url("breakdown-create"), {"skabelon": "udfald"})
    assert 'value="november 2017"' in text(response)


def test_the_outcome_template_is_stored_as_it_stands(client, project):
    page = client.get(url("breakdown-create"), {"skabelon": "udfald"})
    typed = {**TABLE, "row": [line.key for line in page.context["scheme"].lines]}
    for line in page.context["scheme"].lines:
        typed |= {f"{line.key}-{name}": value for name, value in line.texts.items()}
    assert client.post(url("breakdown-create"), typed).status_code == 302
    stored = project.breakdowns.get().categories.order_by("position").values_list("name", "parent__name", "is_total")
    assert list(stored)[:5] == [
        ("Afsluttet", None, True),
        ("Ordinært arbejde", "Afsluttet", False),
        ("Uddannelse", "Afsluttet", False),
        ("Anden årsag", "Afsluttet", False),
        ("Aktive", None, True),
    ]


def test_buttons_of_the_rows_change_the_page_and_store_nothing(client, project):
    typed = {**TABLE, "row": ["n1", "n2", "n3"], **row("n1", "A"), **row("n2", "B"), **row("n3", "C", "n1")}
    moved = client.post(url("breakdown-create"), typed | {"do": "down:n1"})
    assert lines(moved) == [("n2", "B", "", 0), ("n1", "A", "", 0), ("n3", "C", "n1", 1)]
    assert "“A” er nummer 2 af 2" in text(moved)

    added = client.post(url("breakdown-create"), typed | {"do": "add"})
    assert lines(added)[-1] == ("n4", "", "", 0)

    pasted = typed | {"do": "paste", "paste": "Job\n  Fleksjob\n\n- Barsel\n", "paste_under": "n2"}
    assert lines(client.post(url("breakdown-create"), pasted))[2:] == [
        ("n2", "B", "", 0),
        ("n4", "Job", "n2", 1),
        ("n5", "Fleksjob", "n4", 2),
        ("n6", "Barsel", "n2", 1),
    ]
    assert (Breakdown.objects.count(), Event.objects.count()) == (0, 0)


def test_the_preview_follows_what_is_typed(client, project):
    rows = {**row("n1", "Aktive", is_total="on"), **row("n2", "Mentor", "n1")}
    typed = {**TABLE, "row": ["n1", "n2"], **rows, "do": "arrange"}
    drawn = client.post(url("breakdown-create"), typed).context["drawn"]
    assert [(line.fact.label, line.fact.depth, line.count is None) for line in drawn.rows] == [
        ("Aktive", 0, True),
        ("Mentor", 1, False),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (row("n1", ""), "En opgørelse skal have mindst én række."),
        (row("n1", "Afsluttet", is_total="on"), "men har ingen"),
        (row("n1", "010190-1234"), "CPR-numre"),
    ],
)
def test_a_refused_table_keeps_what_was_typed(client, project, rows, sentence):
    response = client.post(url("breakdown-create"), {**TABLE, "row": ["n1"], **rows})
    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="Udfald"' in text(response)
    assert (Breakdown.objects.count(), Event.objects.count()) == (0, 0)


def test_a_new_name_for_a_row_with_counts_asks_first(client, project):
    table = BreakdownFactory(project=project, name="Udfald")
    category = BreakdownCategoryFactory(breakdown=table, name="Praktik")
    BreakdownValueFactory(snapshot=StatusSnapshotFactory(project=project), category=category)
    key = str(category.pk)
    typed = {**TABLE, "row": [key], **row(key, "Virksomhedspraktik")}

    asked = client.post(url("breakdown-edit", table.pk), typed)
    assert asked.status_code == 422
    assert 'name="confirm_renames"' in text(asked)
    assert table.categories.get().name == "Praktik"

    assert client.post(url("breakdown-edit", table.pk), typed | {"confirm_renames": "on"}).status_code == 302
    assert table.categories.get().name == "Virksomhedspraktik"


def test_rows_of_another_table_are_not_taken_over(client, project):
    foreign = BreakdownCategoryFactory()
    table = BreakdownFactory(project=project, name="Udfald")
    typed = {**TABLE, "row": [str(foreign.pk), "n1"], **row(str(foreign.pk), "Stjålet"), **row("n1", "Egen")}
    client.post(url("breakdown-edit", table.pk), typed)
    foreign.refresh_from_db()
    assert foreign.name != "Stjålet"
    assert list(table.categories.values_list("name", flat=True)) == ["Egen"]


def test_a_status_without_anything_to_count_says_where_that_is_decided(client, project):
    month = reverse("projects:snapshot-edit", args=["integration", date(2017, 11, 1)])
    assert url("indicator-list") in text(client.get(month))
    IndicatorFactory(project=project)
    assert url("indicator-list") not in text(client.get(month))
