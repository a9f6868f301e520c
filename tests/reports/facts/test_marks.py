"""Marks at the figures that are not as they were: each leads to the line that tells what it was."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from projects.actions.snapshots import save_snapshot
from projects.counts import format_count
from projects.money import format_amount
from reports.facts.changes import changes_since
from reports.facts.gathering import gather
from reports.facts.marks import Mark, marks
from tests.cross_tables import cross_world
from tests.factories import NoteSectionFactory, StatusSnapshotFactory, approved
from tests.reports.note_cases import AS_OF, note_case

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'([\d.–]+)(?:</strong>)? <a class="corrected-mark" href="#siden-[\w-]+?-(\d+)">')


def more(section):
    """Return the section with one more of every figure it prints, and other lights."""
    tables = (
        replace(
            table,
            rows=tuple(
                replace(
                    row,
                    **{name: getattr(row, name) + 1 for name in ("value", "count_out", "out_of") if getattr(row, name)},
                    cells=tuple(count + 1 if count else count for count in row.cells),
                )
                for row in table.rows
            ),
        )
        for table in section.tables
    )
    measures = section.measures and replace(
        section.measures, measures=tuple(replace(one, value=one.value + 1) for one in section.measures.measures)
    )
    money = {
        name: (getattr(section.money, name) or 0) + Decimal(1) for name in ("granted", "spent", "rest", "forecast")
    }
    lights = tuple(replace(light, light="red", word="Rød") for light in section.lights)
    money_now = replace(section.money, **money)
    return replace(section, tables=tuple(tables), measures=measures, money=money_now, lights=lights)


@pytest.fixture
def facts():
    """A note with nested counts, in and out, n out of N, a cross-table, measures, money and lights."""
    case, world = note_case(), cross_world()
    snapshot = StatusSnapshotFactory(project=world.project, as_of=AS_OF)
    saved = save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=world.values(), by=world.by)
    approved(saved)
    NoteSectionFactory(note=case.note, project=world.project, position=9)
    return gather(case.note).facts


def test_every_figure_that_is_another_now_leads_to_its_own_line(facts):
    seen = set()
    for section in facts.sections:
        (changes,) = changes_since(replace(facts, sections=(section,)), 1, [more(section)], {}).projects
        found = marks(section, changes, anchor="siden", words="rettet")
        page = render_to_string("reports/pdf/_section.html", {"section": section, "charts": [], "marks": found})
        told = [line for line in changes.lines if line.kind != "money" or section.economy]
        assert {mark.href for mark in found.values()} == {
            f"#siden-{section.project_code}-{changes.lines.index(line) + 1}" for line in told
        }
        numbers = [(value, changes.lines[int(number) - 1]) for value, number in MARKED.findall(page)]
        assert [value for value, _line in numbers] == [
            format_amount(line.before) if line.kind == "money" else format_count(line.before)
            for _value, line in numbers
        ]
        assert page.count("corrected-mark") == len(found)
        seen |= {place.partition(".")[0] for place in found}
    assert seen == {"light", "money", "measure", "table"}


def test_nothing_is_marked_on_paper(facts):
    assert "corrected-mark" not in render_to_string("reports/pdf/_section.html", {"section": facts.sections[0]})


def test_a_mark_is_read_aloud(facts):
    section = facts.sections[0]
    (changes,) = changes_since(replace(facts, sections=(section,)), 1, [more(section)], {}).projects
    found = marks(section, changes, anchor="siden", words="rettet efter udsendelsen")
    place = next(key for key in found if key.startswith("money"))
    assert found[place] == Mark(found[place].href, "rettet efter udsendelsen")
    page = render_to_string("reports/pdf/_section.html", {"section": section, "marks": found})
    assert '<span aria-hidden="true">*</span><span class="sr-only">(rettet efter udsendelsen)</span>' in page
