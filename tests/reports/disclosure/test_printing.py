"""What the public may read of the note of November 2017, and of the month after it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.disclosure.choosing import hidden_cells
from reports.disclosure.collecting import Published, reader_knowledge
from reports.disclosure.edition import Choices, public_note
from reports.disclosure.printing import public_sections
from reports.facts.gathering import gather
from reports.facts.note import CountRow, NoteFacts
from reports.facts.parts import ChangeLine, ChangesFact, ProjectChanges
from reports.markup import note_markup
from tests.reports.disclosure.papers import paths, weakest
from tests.reports.note_cases import note_case

pytestmark = pytest.mark.django_db

DECEMBER = date(2017, 12, 1)


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker) -> NoteFacts:
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            facts = gather(note_case().note).facts
            transaction.set_rollback(True)
    return facts


def public(full: NoteFacts, *, threshold: int = 5, earlier: tuple[Published, ...] = ()):
    found = reader_knowledge(full, threshold=threshold, shows_zeros=True, earlier=earlier)
    hidden = hidden_cells(found, threshold=threshold)
    sections, audit = public_sections(full, found, hidden)
    return replace(full, sections=sections), audit, Published(full, hidden, threshold, shows_zeros=True)


def shown(rows: tuple[CountRow, ...]) -> dict[str, int | str | None]:
    return {path: "hidden" if row.masked else row.value for path, row in zip(paths(rows), rows, strict=True)}


def test_small_nationalities_become_others(full):
    note, _audit, _published = public(full)
    nationality = note.sections[0].tables[0]
    assert shown(nationality.rows) == {"Syrien": 22, "Øvrige": 19}
    assert (nationality.total, nationality.expected) == (41, Decimal(41))


def test_outcomes_keep_their_subtotals(full):
    note, _audit, _published = public(full)
    rows = shown(note.sections[0].tables[1].rows)
    assert (rows["Afsluttet"], rows["Aktive"], rows["Aktive/Løntilskud"]) == (23, 18, 0)
    assert rows["Afsluttet/Øvrige"] == 11, "everything but education and work"
    assert rows["Aktive/Mentor"] == "hidden", "its sub-rows are few, and one is missing"


def test_in_out_and_remaining_are_masked_where_few(full):
    note, _audit, _published = public(full)
    rows = {row.label: (row.value, row.count_out, row.remaining) for row in note.sections[1].tables[0].rows}
    assert rows == {"§ 85": (8, None, None), "§ 99": (6, None, None), "§ 110": (9, None, None)}


def test_a_figure_of_many_is_shown_whole(full):
    note, _audit, _published = public(full)
    assert [point.value for point in note.sections[2].figures[0].points] == [18, 35]


def test_a_figure_of_few_keeps_its_number_and_says_that_it_is_left_out(full):
    """Both editions number alike, so that what points to a figure points right in each."""
    section = full.sections[2]
    figure = section.figures[0]
    few = replace(figure, number=2, points=tuple(replace(point, value=Decimal(3)) for point in figure.points))
    note, _audit, _published = public(replace(full, sections=(replace(section, figures=(few,)),)))
    assert note.sections[0].figures == (replace(few, points=(), is_left_out=True),)
    paper = note_markup(note).html
    assert "Figur 2. Brug af rådgiveren, familier: udeladt i den offentlige udgave for at beskytte borgerne." in paper
    assert paper.count("<figure>") == 0


def test_remarks_are_left_out(full):
    """They tell in words what the tables hide."""
    assert full.sections[0].remarks
    assert all(section.remarks == () for section in public(full)[0].sections)


def test_the_audit_says_what_was_hidden_and_why(full):
    _note, audit, _published = public(full)
    lines = {
        line.row: (line.value, line.is_small, line.is_merged) for line in audit if line.table == "Nationalitet, borgere"
    }
    assert len(lines) == 10
    assert lines["Kuwait"] == (1, True, True)
    flow = [line for line in audit if line.row == "§ 85, ud"]
    assert [(line.value, line.is_small, line.is_merged) for line in flow] == [(6, False, False)]


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_nothing_hidden_can_be_worked_out(full, threshold):
    note, _audit, _published = public(full, threshold=threshold)
    assert weakest([(full, note)], enough=threshold)[0] == threshold


def test_another_world_behind_the_hidden_counts_prints_the_same(full):
    """Nothing that is printed depends on what is hidden: other counts behind it give the very same paper."""
    found = reader_knowledge(full, threshold=5, shows_zeros=True)
    hidden = hidden_cells(found, threshold=5)
    section, other = full.sections[0], {"Kuwait": 2, "Tunesien": 2, "Somalia": 3, "Iran": 2}
    rows = tuple(replace(row, value=other.get(row.label, row.value)) for row in section.tables[0].rows)
    table = replace(section.tables[0], rows=rows)
    behind = replace(full, sections=(replace(section, tables=(table, section.tables[1])), *full.sections[1:]))
    assert behind != full
    assert public_sections(behind, found, hidden)[0] == public_sections(full, found, hidden)[0]


def test_the_attacker_finds_what_is_badly_hidden(full):
    """The test above can fail: with only the small counts masked, he finds the remainders."""
    table = full.sections[1].tables[0]
    rows = tuple(
        replace(row, remaining=None, masked=("remaining",)) if (row.remaining or 0) < 5 else row for row in table.rows
    )
    section = replace(full.sections[1], tables=(replace(table, rows=rows),))
    bad = replace(full, sections=(full.sections[0], section, full.sections[2]))
    assert weakest([(full, bad)], enough=5)[0] == 1


def next_month(full: NoteFacts, changed: dict[str, int]) -> NoteFacts:
    """Return the note a month later, with some nationalities' counts changed and everything else as it was."""
    section = full.sections[0]
    nationality, outcome = section.tables
    rows = tuple(replace(row, value=changed.get(row.label, row.value)) for row in nationality.rows)
    total = sum(row.value for row in rows)
    tables = (
        replace(nationality, rows=rows, total=total, expected=Decimal(total)),
        replace(outcome, expected_label=""),
    )
    measure = replace(
        section.measures.measures[0], value=Decimal(total), previous=Decimal(41), previous_month=section.month
    )
    measures = replace(section.measures, measures=(measure,))
    return replace(full, month=DECEMBER, sections=(replace(section, month=DECEMBER, tables=tables, measures=measures),))


def test_a_row_that_gained_one_is_not_told(full):
    """Twenty-two was told in the last note: twenty-three would tell of one person."""
    first = public(full)
    later = next_month(full, {"Syrien": 23})
    note, _audit, _published = public(later, earlier=(first[2],))
    nationality = note.sections[0].tables[0]
    assert "Syrien" not in shown(nationality.rows)
    assert nationality.total == 42, "how many there are in all may be told"
    assert weakest([(full, first[0]), (later, note)], enough=5)[0] == 5


def test_an_unchanged_month_is_told_as_before(full):
    first = public(full)
    later = next_month(full, {})
    note, _audit, _published = public(later, earlier=(first[2],))
    assert shown(note.sections[0].tables[0].rows) == {"Syrien": 22, "Øvrige": 19}


def test_the_same_month_again_hides_what_it_hid(full):
    """A correction in another row must not open the table."""
    first = public(full)
    section = full.sections[0]
    rows = tuple(replace(row, value=9) if row.label == "Somalia" else row for row in section.tables[0].rows)
    table = replace(section.tables[0], rows=rows, total=46)
    corrected = replace(full, sections=(replace(section, tables=(table, section.tables[1])), *full.sections[1:]))
    note, _audit, _published = public(corrected, earlier=(first[2],))
    assert "Somalia" not in shown(note.sections[0].tables[0].rows)


def told_changes(full, line: ChangeLine, earlier: tuple[Published, ...] = ()) -> list[ChangeLine]:
    projects = (ProjectChanges("raadgiver", "Rådgiver", "changed", (line,)),)
    changes = ChangesFact(date(2017, 11, 6), 1, projects, ())
    choices = Choices(threshold=5, shows_zeros=True, removes_contacts=True, texts={})
    note = public_note(replace(full, changes=changes), choices, earlier).facts
    return list(note.changes.projects[0].lines)


@pytest.mark.parametrize(("before", "is_told"), [(18, True), (0, True), (None, False), (3, False)])
def test_a_change_is_not_told_from_a_count_that_is_hidden(full, before, is_told):
    line = ChangeLine(
        "number", "Brug af rådgiveren", "familier", None if before is None else Decimal(before), Decimal(35)
    )
    assert told_changes(full, line) == [line] * is_told


def test_a_change_is_not_told_from_what_an_earlier_note_hid(full):
    """Eighteen are not few, but were hidden to protect another count."""
    line = ChangeLine("number", "Brug af rådgiveren", "familier", Decimal(18), Decimal(35))
    before = Published(
        replace(full, sections=()), frozenset({"raadgiver|Brug af rådgiveren@2017-10"}), 5, shows_zeros=True
    )
    assert told_changes(full, line, (before,)) == []


@pytest.mark.parametrize("kind", [{}, {"is_flow": True, "is_exclusive": False}, {"is_share": True}])
def test_the_measure_a_table_must_sum_to_is_hidden_though_the_note_prints_no_measures(full, kind):
    """It stands in the file of facts that goes with the edition."""
    section = full.sections[0]
    rows = tuple(replace(row, value=40, out_of=80) for row in section.tables[0].rows[:1])
    table = replace(section.tables[0], rows=rows, total=40, expected=Decimal(3), **kind)
    alone = replace(section, measures=None, figures=(), tables=(table,))
    note, _audit, _published = public(replace(full, sections=(alone,)))
    assert note.sections[0].tables[0].expected is None
