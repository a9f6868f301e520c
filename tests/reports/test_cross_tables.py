"""Tables in two directions and parts of a whole in the note: as facts, on paper, on screen, and in older versions."""

import json
import re
from dataclasses import replace

import pytest

from projects.actions.snapshots import correct_snapshot, save_snapshot
from reports import pdf as paper
from reports.disclosure.choosing import hidden_cells
from reports.disclosure.collecting import reader_knowledge
from reports.disclosure.printing import public_sections
from reports.facts.canonical import from_json, to_json
from reports.facts.gathering import gather
from reports.facts.note import CountColumn, CountTable, NoteFacts
from tests import factories, pdf
from tests.cross_tables import BENEFITS, INTERVENTIONS, cross_world
from tests.reports.disclosure.papers import weakest
from tests.reports.note_cases import small_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    case = small_note()
    (snapshot,) = case.snapshots.values()
    world = cross_world(snapshot.project)
    draft = correct_snapshot(snapshot=snapshot, reason="To tabeller mere", by=world.by)
    values = world.values(changed={("Mentor", "Kontanthjælp"): 9})
    factories.approved(save_snapshot(snapshot=draft, expected_version=draft.version, values=values, by=world.by))
    return gather(case.note).facts


def tables(facts):
    return [table for section in facts.sections for table in section.tables]


def test_the_facts_hold_every_cell_and_total(facts):
    cross, share = tables(facts)
    assert cross.columns == tuple(CountColumn(name, n) for name, (n, _whole) in BENEFITS.items())
    assert {row.label: row.cells for row in cross.rows} == INTERVENTIONS | {"Mentor": (5, 9, 4)}
    assert (cross.total, share.total, share.total_out_of, f"{share.total_share:.1f}") == (109, 109, 719, "15.2")
    assert [(row.value, row.out_of) for row in share.rows] == list(BENEFITS.values())
    assert from_json(NoteFacts, to_json(facts)) == facts


def test_a_version_from_before_there_were_columns_is_read_as_it_was(facts):
    older = json.loads(to_json(replace(tables(facts)[1], is_share=False)))
    for name in ("columns", "is_share", "total_out_of"):
        del older[name]
    for row in older["rows"]:
        del row["out_of"], row["cells"]
    table = from_json(CountTable, json.dumps(older))
    assert (table.columns, table.is_share, table.rows[0].cells, table.rows[0].out_of) == ((), False, (), None)
    del older["rows"][0]["value"]
    with pytest.raises(KeyError):
        from_json(CountTable, json.dumps(older))


def test_the_paper_has_scoped_heads_totals_and_percentages(facts):
    made = paper.render_note(facts).content
    text = re.sub(r" +", " ", pdf.text_of(made))
    for line in (
        "Mentor 5 9 4 18",
        "I alt 18 78 13 109",
        "Kontanthjælp 78 369 21,1\u00a0%",
        "I alt 109 719 15,2\u00a0%",
    ):
        assert line.replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert "Under “Kontanthjælp” står 78 i alt, men rækkerne giver 77 – én mangler." in re.sub(r"\s+", " ", text)
    heads = pdf.table_headers(made)
    assert {("Column", name) for name in BENEFITS} <= set(heads)
    assert {("Row", name) for name in INTERVENTIONS} <= set(heads)


def test_the_public_reads_no_small_cell_and_can_work_none_out(facts):
    found = reader_knowledge(facts, threshold=5, shows_zeros=True, earlier=())
    sections, _audit = public_sections(facts, found, hidden_cells(found, threshold=5))
    cross, share = [table for section in sections for table in section.tables]
    shown = [count for row in cross.rows for count, is_hidden in row.told_cells if not is_hidden and count]
    assert shown
    assert min(shown) >= 5
    assert [(row.value, row.out_of) for row in share.rows] == list(BENEFITS.values()), "nothing small in these"
    assert weakest([(facts, replace(facts, sections=sections))], enough=5)[0] == 5
