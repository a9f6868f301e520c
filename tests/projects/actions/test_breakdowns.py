"""Tables and their rows: what is stored, what months keep, and that a refusal stores nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects.actions.breakdowns import create_breakdown, delete_breakdown, move_breakdown, save_breakdown
from projects.actions.snapshots import save_snapshot
from projects.models import Breakdown, BreakdownCategory, BreakdownValue, Event
from projects.queries.schemes import scheme_rows
from projects.queries.snapshot_values import CountValue, SnapshotValues
from projects.queries.snapshots import blank_content, snapshot_content
from projects.rules.schemes import SchemeRow
from tests.factories import (
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    IndicatorFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = (date(2017, month, 1) for month in (10, 11, 12))
# Beneath before above: a row may be stored before the one it stands under.
OUTCOMES = [SchemeRow("n2", "Arbejde", "n1"), SchemeRow("n1", "Afsluttet", is_total=True), SchemeRow("n3", "Aktive")]


def rows(table):
    found = table.categories.order_by("position").select_related("parent")
    return [(row.code, row.name, row.parent.code if row.parent else None, row.is_total) for row in found]


def names(content):
    return [row.label for table in content.breakdowns for row in table.rows]


@pytest.fixture
def used():
    """A table with Mentor and Praktik, both counted in an approved October."""
    table = BreakdownFactory(name="Aktive")
    october = StatusSnapshotFactory(project=table.project, month=OCTOBER)
    for position, (name, count) in enumerate((("Mentor", 5), ("Praktik", 3)), start=1):
        category = BreakdownCategoryFactory(breakdown=table, name=name, code=name.lower(), position=position)
        BreakdownValueFactory(snapshot=october, category=category, count=count)
    approved(october)
    return table


def changed(table, **new):
    """Return the stored rows with other values for those named."""
    return [SchemeRow(**{**vars(row), **new.get(row.name, {})}) for row in scheme_rows(table)]


def test_a_table_is_stored_with_its_rows_in_order_and_told():
    project, by = ProjectFactory(), UserFactory()
    tied = IndicatorFactory(project=project)
    values = {"name": "Hvor er de nu?", "kind": "split", "indicator": tied, "is_exclusive": True, "unit": ""}
    table = create_breakdown(project=project, values=values, rows=OUTCOMES, by=by)

    assert (table.code, table.position, table.indicator) == ("hvor-er-de-nu", 1, tied)
    assert rows(table) == [
        ("arbejde", "Arbejde", "afsluttet", False),
        ("afsluttet", "Afsluttet", None, True),
        ("aktive", "Aktive", None, False),
    ]
    event = project.events.get()
    assert event.verb == "breakdown_created"
    assert ["Rækker", "", "Arbejde (under Afsluttet); Afsluttet (sum); Aktive"] in event.changes


def test_rows_of_one_name_in_two_places_have_two_codes():
    twice = [SchemeRow("n1", "A"), SchemeRow("n2", "B"), SchemeRow("n3", "Andet", "n1"), SchemeRow("n4", "Andet", "n2")]
    table = create_breakdown(project=ProjectFactory(), values={"name": "T"}, rows=twice, by=UserFactory())
    assert [code for code, *_rest in rows(table)] == ["a", "b", "andet", "andet-2"]


@pytest.mark.parametrize(
    ("values", "scheme"),
    [
        ({}, []),
        ({}, [SchemeRow("n1", "Afsluttet", is_total=True)]),
        ({"name": "aktive"}, OUTCOMES),
        ({"kind": "flow"}, OUTCOMES),
        ({}, [SchemeRow("n1", "010190-1234")]),
    ],
)
def test_a_refused_table_stores_nothing(values, scheme):
    project = BreakdownFactory(name="Aktive").project
    with pytest.raises(ValidationError):
        create_breakdown(project=project, values={"name": "Ny"} | values, rows=scheme, by=UserFactory())
    assert (Breakdown.objects.count(), BreakdownCategory.objects.count(), Event.objects.count()) == (1, 0, 0)


def test_a_table_sums_to_an_indicator_of_its_own_project():
    values = {"name": "T", "indicator": IndicatorFactory()}
    with pytest.raises(ValidationError) as refused:
        create_breakdown(project=ProjectFactory(), values=values, rows=[SchemeRow("n1", "A")], by=UserFactory())
    assert set(refused.value.message_dict) == {"indicator"}
    assert Breakdown.objects.count() == 0


def test_unused_rows_move_nest_and_go():
    by = UserFactory()
    table = create_breakdown(project=ProjectFactory(), values={"name": "T"}, rows=OUTCOMES, by=by)
    work, ended, active = scheme_rows(table)
    wanted = [active, SchemeRow(ended.key, "Slut"), SchemeRow("n1", "Fleksjob", ended.key)]
    save_breakdown(breakdown=table, values={}, rows=wanted, removed={work.key}, by=by)

    assert rows(table) == [
        ("aktive", "Aktive", None, False),
        ("afsluttet", "Slut", None, False),
        ("fleksjob", "Fleksjob", "afsluttet", False),
    ]


def test_a_row_somebody_else_added_meanwhile_is_not_lost():
    table = create_breakdown(project=ProjectFactory(), values={"name": "T"}, rows=OUTCOMES, by=UserFactory())
    mine = scheme_rows(table)
    BreakdownCategoryFactory(breakdown=table, code="ny", name="Ny", position=9)
    save_breakdown(breakdown=table, values={"name": "U"}, rows=mine, by=UserFactory())
    assert [name for _code, name, *_rest in rows(table)] == ["Arbejde", "Afsluttet", "Aktive", "Ny"]


def test_an_ended_row_stands_in_its_months_and_no_later(used):
    save_breakdown(breakdown=used, values={}, rows=changed(used, Praktik={"to_month": OCTOBER}), by=UserFactory())
    october = used.project.snapshots.get()
    told, ahead = snapshot_content(october), blank_content(used.project, NOVEMBER)

    assert (names(told), told.breakdowns[0].total) == (["Mentor", "Praktik"], 8)
    # Last month's sum still counts the row that has ended since.
    assert (names(ahead), ahead.breakdowns[0].previous_total) == (["Mentor"], 8)


def test_what_stands_under_an_ended_row_ends_with_it(used):
    mentor = scheme_rows(used)[0]
    below = SchemeRow("n1", "Mentor på vej", mentor.key)
    save_breakdown(breakdown=used, values={}, rows=[*scheme_rows(used), below], by=UserFactory())
    assert names(blank_content(used.project, NOVEMBER)) == ["Mentor", "Mentor på vej", "Praktik"]

    save_breakdown(breakdown=used, values={}, rows=changed(used, Mentor={"to_month": NOVEMBER}), by=UserFactory())
    assert names(blank_content(used.project, DECEMBER)) == ["Praktik"]


def test_a_new_row_does_not_reach_back_into_approved_months(used):
    save_breakdown(breakdown=used, values={}, rows=[*scheme_rows(used), SchemeRow("n1", "Barsel")], by=UserFactory())

    assert names(snapshot_content(used.project.snapshots.get())) == ["Mentor", "Praktik"]
    assert names(blank_content(used.project, NOVEMBER)) == ["Mentor", "Praktik", "Barsel"]
    assert used.categories.get(code="barsel").from_month == NOVEMBER


def test_counts_are_not_stored_in_a_row_of_other_months(used):
    save_breakdown(breakdown=used, values={}, rows=changed(used, Praktik={"to_month": OCTOBER}), by=UserFactory())
    by = UserFactory()
    draft = StatusSnapshotFactory(project=used.project, month=NOVEMBER)
    counts = {used.categories.get(code="praktik").pk: CountValue(4)}
    with pytest.raises(ValidationError) as refused:
        save_snapshot(snapshot=draft, expected_version=draft.version, values=SnapshotValues(counts=counts), by=by)
    assert (refused.value.code, BreakdownValue.objects.filter(snapshot=draft).count()) == ("unknown_row", 0)


@pytest.mark.parametrize(
    ("new", "removed", "code"),
    [
        ({"Praktik": {"to_month": date(2017, 9, 1)}}, set(), "ends_before_counts"),
        ({"Praktik": {"is_total": True}}, set(), "total_without_rows"),
        ({"Praktik": {"name": "Virksomhedspraktik"}}, set(), "row_renamed"),
        ({}, {"Praktik"}, "row_in_use"),
    ],
)
def test_what_is_told_is_not_changed_behind_its_back(used, new, removed, code):
    before = rows(used)
    keys = {row.name: row.key for row in scheme_rows(used)}
    wanted = [row for row in changed(used, **new) if row.name not in removed]
    with pytest.raises(ValidationError) as refused:
        save_breakdown(
            breakdown=used, values={}, rows=wanted, removed={keys[name] for name in removed}, by=UserFactory()
        )
    assert [error.code for error in refused.value.error_list] == [code]
    assert (rows(used), Event.objects.count()) == (before, 0)


def test_a_confirmed_name_keeps_the_code(used):
    wanted = changed(used, Praktik={"name": "Virksomhedspraktik"})
    save_breakdown(breakdown=used, values={}, rows=wanted, renames_confirmed=True, by=UserFactory())
    assert rows(used)[1] == ("praktik", "Virksomhedspraktik", None, False)
    assert used.project.events.get().changes == [["Rækker", "Mentor; Praktik", "Mentor; Virksomhedspraktik"]]


def test_saving_the_same_again_changes_nothing(used):
    save_breakdown(breakdown=used, values={"name": "Aktive"}, rows=scheme_rows(used), by=UserFactory())
    assert Event.objects.count() == 0


def test_a_table_with_counts_ends_and_is_not_deleted(used):
    with pytest.raises(ValidationError) as refused:
        delete_breakdown(breakdown=used, by=UserFactory())
    assert (refused.value.code, Breakdown.objects.count(), Event.objects.count()) == ("in_use", 1, 0)

    save_breakdown(breakdown=used, values={"to_month": OCTOBER}, rows=scheme_rows(used), by=UserFactory())
    assert names(snapshot_content(used.project.snapshots.get())) == ["Mentor", "Praktik"]
    assert names(blank_content(used.project, NOVEMBER)) == []


def test_an_unused_table_is_deleted_with_its_rows():
    table = create_breakdown(project=ProjectFactory(), values={"name": "T"}, rows=OUTCOMES, by=UserFactory())
    delete_breakdown(breakdown=table, by=UserFactory())
    assert (Breakdown.objects.count(), BreakdownCategory.objects.count()) == (0, 0)
    assert Event.objects.order_by("-pk").first().verb == "breakdown_deleted"


def test_tables_are_moved():
    project = ProjectFactory()
    first, second = BreakdownFactory.create_batch(2, project=project)
    move_breakdown(breakdown=first, step=1, by=UserFactory())
    assert list(project.breakdowns.order_by("position")) == [second, first]
