"""Tables in two directions through the actions: stored, carried, corrected, found wrong, refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.actions.breakdowns import create_breakdown, save_breakdown
from projects.actions.snapshots import correct_snapshot, save_snapshot, start_snapshot
from projects.models import Breakdown, BreakdownValue, Event
from projects.queries.comparison import said
from projects.queries.findings import snapshot_notices
from projects.queries.schemes import row_use, scheme_rows
from projects.queries.snapshot_values import CountValue, SnapshotValues, stored_values
from projects.queries.snapshots import blank_content, snapshot_content
from projects.rules.schemes import SchemeRow
from tests import factories
from tests.cross_tables import BENEFITS, INTERVENTIONS, cross_world

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2017, 10, 1), date(2017, 11, 1)


@pytest.fixture
def world():
    return cross_world()


def saved(world, values=None, month=OCTOBER):
    snapshot = start_snapshot(project=world.project, month=month, by=world.by)
    version = snapshot.version
    return save_snapshot(snapshot=snapshot, expected_version=version, values=values or world.values(), by=world.by)


def tables(content):
    return {table.name: table for table in content.breakdowns}


def test_what_is_stored_is_what_is_told_with_every_sum(world):
    snapshot = saved(world)
    cross, share = tables(snapshot_content(snapshot)).values()
    assert [(column.label, column.typed, column.sum) for column in cross.columns] == [
        (name, n, n) for name, (n, _whole) in BENEFITS.items()
    ]
    assert {row.label: tuple(cell.value for cell in row.cells) for row in cross.rows} == INTERVENTIONS
    assert [row.value for row in cross.rows] == [55, 1, 8, 19, 25, 1]
    assert (cross.total, cross.total_expected) == (109, 109)
    assert {row.label: (row.value, row.out_of) for row in share.rows} == BENEFITS
    assert [f"{row.share:.1f}" for row in share.rows] == ["9.2", "21.1", "8.4"]
    assert (share.total, share.total_out_of, f"{share.total_share:.1f}") == (109, 719, "15.2")
    assert snapshot_notices(snapshot_content(snapshot)) == []
    assert stored_values(snapshot).same_content(world.values())


def test_a_cell_one_short_is_found_in_its_column(world):
    snapshot = saved(world, world.values(changed={("Mentor", "Kontanthjælp"): 9}))
    assert [
        (found.rule, found.notice.field, found.message) for found in snapshot_notices(snapshot_content(snapshot))
    ] == [
        (
            "R2",
            "breakdown.ydelse-og-indsats.kontanthjaelp",
            "Under “Kontanthjælp” står 78 i alt, men rækkerne giver 77 – én mangler.",
        )
    ]


def test_a_changed_cell_is_told_with_its_row_and_column_and_the_same_again_changes_nothing(world):
    snapshot = saved(world)
    events = Event.objects.count()
    assert saved(world).version == snapshot.version
    assert Event.objects.count() == events
    save_snapshot(
        snapshot=snapshot,
        expected_version=snapshot.version,
        values=world.values(changed={("Mentor", "Kontanthjælp"): 9}),
        by=world.by,
    )
    assert Event.objects.latest("pk").changes == [["Ydelse og indsats: Mentor, Kontanthjælp", "10", "9"]]
    counts = {**world.values().counts, world.place(world.share, "Kontanthjælp").pk: CountValue(78, out_of=370)}
    values = SnapshotValues(measurements=world.values().measurements, counts=counts, cells=world.values().cells)
    snapshot.refresh_from_db()
    save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=world.by)
    assert ["Andel på ydelsen: Kontanthjælp", "78 ud af 369", "78 ud af 370"] in Event.objects.latest("pk").changes


def test_next_month_has_the_last_beside_it_and_a_correction_the_same_cells(world):
    approved = factories.approved(saved(world))
    cross, share = tables(blank_content(world.project, NOVEMBER)).values()
    assert {row.label: tuple(cell.previous for cell in row.cells) for row in cross.rows} == INTERVENTIONS
    assert [column.previous for column in cross.columns] == [18, 78, 13]
    assert (cross.previous_total, share.previous_total) == (109, 109)
    assert [row.previous_out_of for row in share.rows] == [195, 369, 155]
    draft = correct_snapshot(snapshot=approved, reason="Et tal var forkert", by=world.by)
    assert stored_values(draft) == stored_values(approved)


def test_two_months_are_held_against_each_other_place_by_place(world):
    before = {line.key: line.text for line in said(snapshot_content(saved(world)))}
    changed = {
        line.key: line.text
        for line in said(snapshot_content(saved(world, world.values(changed={("Mentor", "Kontanthjælp"): 9}))))
    }
    mentor, cash = world.place(world.cross, "Mentor").pk, world.place(world.cross, "Kontanthjælp").pk
    assert {key for key in before if before[key] != changed[key]} == {f"row.{mentor}.{cash}"}
    assert (before[f"column.{cash}"], before[f"row.{world.place(world.share, 'Kontanthjælp').pk}.whole"]) == (
        "78",
        "369",
    )


def other_place(world, key):
    row, column = world.place(world.cross, "Mentor").pk, world.place(world.cross, "Kontanthjælp").pk
    foreign = world.place(world.share, "Kontanthjælp").pk
    return {
        "a row of another table": (foreign, column),
        "two rows": (row, world.place(world.cross, "Løntilskud").pk),
        "two columns": (column, column),
        "turned round": (column, row),
    }[key]


@pytest.mark.parametrize("key", ["a row of another table", "two rows", "two columns", "turned round"])
def test_a_place_that_is_none_is_refused(world, key):
    snapshot = saved(world)
    before = stored_values(snapshot)
    values = SnapshotValues(cells={other_place(world, key): 1})
    with pytest.raises(ValidationError) as refused:
        save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=world.by)
    assert (refused.value.code, stored_values(snapshot)) == ("unknown_row", before)


def test_the_database_holds_one_count_per_place_and_freezes_it(world):
    approved = factories.approved(saved(world))
    value = approved.breakdown_values.filter(column__isnull=False)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakdownValue.objects.filter(pk=value.pk).update(count=99)
    draft = saved(world, month=NOVEMBER)
    twin = draft.breakdown_values.filter(column__isnull=False)[0]
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_column_in_use_is_ended_and_never_taken_away(world):
    factories.approved(saved(world))
    stored = scheme_rows(world.cross)
    assert row_use(world.cross).keys() == {row.key for row in stored}
    column = next(row for row in stored if row.is_column)
    kept = [row for row in stored if row.key != column.key]
    with pytest.raises(ValidationError) as refused:
        save_breakdown(breakdown=world.cross, values={}, rows=kept, removed=[column.key], by=world.by)
    assert [error.code for error in refused.value.error_list] == ["row_in_use"]
    new = SchemeRow("k9", "Sygedagpenge", is_column=True)
    save_breakdown(breakdown=world.cross, values={}, rows=[*stored, new], by=world.by)
    labels = [
        [column.label for column in tables(blank_content(world.project, month))["Ydelse og indsats"].columns]
        for month in (OCTOBER, NOVEMBER)
    ]
    assert labels == [list(BENEFITS), [*BENEFITS, "Sygedagpenge"]]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([SchemeRow("n1", "Mentor")], "columns_missing"),
        ([SchemeRow("k1", "Kontanthjælp", is_column=True)], "rows_missing"),
        (
            [SchemeRow("n1", "A"), SchemeRow("k1", "A", is_column=True), SchemeRow("k2", "a", is_column=True)],
            "same_name",
        ),
        ([SchemeRow("n1", "A"), SchemeRow("k1", "B", "n1", is_column=True)], "nested_flow"),
        ([SchemeRow("n1", "A"), SchemeRow("k1", " ", is_column=True)], "row_name_missing"),
        ([SchemeRow("n1", "A"), SchemeRow("k1", "010190-1234", is_column=True)], "cpr"),
    ],
)
def test_a_scheme_that_cannot_be_a_cross_table_is_refused(world, rows, code):
    before = Breakdown.objects.count()
    with pytest.raises(ValidationError) as refused:
        create_breakdown(project=world.project, values={"name": "Ny", "kind": "cross"}, rows=rows, by=world.by)
    assert (refused.value.error_list[0].code, Breakdown.objects.count()) == (code, before)
