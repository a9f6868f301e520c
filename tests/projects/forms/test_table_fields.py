"""Tables in two directions and parts of a whole as fields: carried from last month, typed, read, found on the page."""

import pytest
from django.http import QueryDict

from projects.actions.snapshots import save_snapshot, start_snapshot
from projects.forms.entry_page import finding_lines, places, shown_content, tables
from projects.forms.field_places import form_anchors
from projects.forms.snapshot_entry import SnapshotEntry
from projects.forms.table_fields import cell_field, count_field, whole_field
from projects.queries.findings import snapshot_notices
from projects.queries.snapshot_values import CountValue
from projects.queries.snapshots import blank_content
from tests import factories
from tests.cross_tables import BENEFITS, INTERVENTIONS, cross_world
from tests.projects.actions.test_cross_tables import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = cross_world()
    snapshot = start_snapshot(project=world.project, month=OCTOBER, by=world.by)
    factories.approved(
        save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=world.values(), by=world.by)
    )
    return world


def entry_of(world, **typed):
    post = QueryDict(mutable=True)
    post.update(typed)
    return SnapshotEntry.posted(blank_content(world.project, NOVEMBER), None, post)


def place(world, row, column):
    return cell_field(world.place(world.cross, row).pk, world.place(world.cross, column).pk)


def test_last_month_stands_in_every_field_and_is_stored_only_when_confirmed(world):
    opened = SnapshotEntry.opened(blank_content(world.project, NOVEMBER), None)
    assert opened.texts[place(world, "Mentor", "Kontanthjælp")] == "10"
    assert opened.texts[count_field(world.place(world.cross, "Kontanthjælp").pk)] == "78"
    assert opened.texts[whole_field(world.place(world.share, "Kontanthjælp").pk)] == "369"
    assert (opened.values().cells, opened.values().counts) == ({}, {})
    confirmed = entry_of(world, confirm="all").values()
    assert (confirmed.cells, confirmed.counts) == (world.values().normalised().cells, world.values().counts)


def test_a_section_is_confirmed_alone(world):
    values = entry_of(world, confirm=f"table_{world.share.pk}").values()
    assert (values.cells, len(values.counts)) == ({}, len(BENEFITS))


def test_the_page_adds_up_what_stands_on_it_and_says_where_it_is_wrong(world):
    name = place(world, "Mentor", "Kontanthjælp")
    entry = entry_of(world, **{name: "9"})
    cross, share = tables(entry)
    assert [column.check.text for column in cross.columns] == [
        "18 af 18",
        "77 af 78 – én mangler",
        "13 af 13",
    ]
    assert (cross.sum.text, share.sum.text) == ("I alt 109 af 109", "I alt 109 af 109")
    assert cross.carried == sum(count is not None for row in INTERVENTIONS.values() for count in row) + 3 - 1
    shown = shown_content(entry)
    (line,) = finding_lines(entry, snapshot_notices(shown))
    assert line.anchor == f"id_{count_field(world.place(world.cross, 'Kontanthjælp').pk)}"


def test_a_rules_place_is_found_without_the_form_where_it_is_on_the_form(world):
    content = blank_content(world.project, NOVEMBER)
    on_the_form = {place: anchor for place, (anchor, _label) in places(SnapshotEntry.opened(content, None)).items()}
    found = form_anchors(content)
    assert found == {place: on_the_form[place] for place in found}
    assert {f"breakdown.{table.code}" for table in (world.cross, world.share)} < set(found)


def test_text_among_the_numbers_is_kept_as_typed(world):
    name, whole = place(world, "Mentor", "Kontanthjælp"), whole_field(world.place(world.share, "Kontanthjælp").pk)
    values = entry_of(world, **{name: "ti", whole: "1,250"}).values()
    assert {key: values.unparsed[key] for key in (name, whole)} == {name: "ti", whole: "1,250"}
    assert CountValue(out_of=1250) not in values.counts.values()
