"""Few are not told: what is hidden cannot be worked out, and no more is hidden than that takes."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.disclosure.cells import Cell, Knowledge, Relation, kept, knowledge
from reports.disclosure.choosing import ProtectionError, hidden_cells
from reports.disclosure.reader import Reader
from tests.reports.disclosure.attacker import HIDDEN, Attacker
from tests.reports.note_cases import ACTIVE, ENDED, MENTOR, NATIONALITIES

THRESHOLD = 5


def cell(key: str, value: int, **values: object) -> Cell:
    return Cell(key, value, **{"keep": kept(value, THRESHOLD), **values})


def sum_of(parent: str, *children: str) -> Relation:
    return Relation(((parent, -1), *((child, 1) for child in children)))


def table(rows: Mapping[str, int]) -> Knowledge:
    cells = [cell(key, value) for key, value in rows.items()]
    return knowledge([*cells, cell("total", sum(rows.values()), cost=1000)], [sum_of("total", *rows)])


def worst(found: Knowledge, hidden: Iterable[str], *, enough: int) -> int:
    """Return the fewest counts that any hidden cell may hold, as the attacker sees it."""
    attacker = Attacker()
    for one in found.cells.values():
        if one.is_printed or one.is_public:
            attacker.sees(one.key, HIDDEN if one.key in hidden else one.value)
        else:
            attacker.supposes(one.key, -100 if one.lowest is None else one.lowest)
    for relation in found.relations:
        attacker.knows(dict(relation.terms))
    kept_keys = {one.key for one in found.cells.values() if one.keep and not (one.is_printed or one.is_public)}
    return min((attacker.candidates(key, enough=enough) for key in {*hidden, *kept_keys}), default=enough)


def test_nothing_is_hidden_where_many_are_told():
    assert hidden_cells(table({"a": 5, "b": 17, "c": 0}), threshold=THRESHOLD) == frozenset()


def test_one_small_count_takes_one_more_with_it():
    """Alone it would be the total less the others."""
    assert hidden_cells(table({"a": 2, "b": 17, "c": 8}), threshold=THRESHOLD) == {"a", "c"}


def test_two_small_counts_that_pin_each_other_take_a_third():
    """One and two sum to three: hidden together they could only be one and two."""
    assert hidden_cells(table({"a": 1, "b": 2, "c": 9, "d": 30}), threshold=THRESHOLD) == {"a", "b", "c"}


def test_the_total_goes_where_nothing_else_is_left():
    assert hidden_cells(table({"a": 2, "b": 0}), threshold=THRESHOLD) == {"a", "total"}


def test_a_nought_may_be_hidden_where_noughts_are_not_promised():
    """Four and nought can be five pairs; hiding the nought loses less than hiding the nine."""
    assert hidden_cells(table({"a": 9, "b": 0, "c": 4}), threshold=THRESHOLD, shows_zeros=False) == {"b", "c"}
    assert hidden_cells(table({"a": 9, "b": 0, "c": 4}), threshold=THRESHOLD) == {"a", "c"}


@pytest.mark.parametrize(("threshold", "shown"), [(3, 4), (5, 1), (10, 1)])
def test_the_nationalities_keep_what_can_be_kept(threshold: int, shown: int):
    rows = dict(NATIONALITIES)
    cells = [Cell(key, value, kept(value, threshold)) for key, value in rows.items()]
    found = knowledge([*cells, Cell("total", 41, cost=1000)], [sum_of("total", *rows)])
    hidden = hidden_cells(found, threshold=threshold)
    assert "total" not in hidden
    assert {key for key, value in rows.items() if 0 < value < threshold} <= hidden
    assert len(rows) - len(hidden) == shown
    assert worst(found, hidden, enough=threshold) == threshold


def integration() -> Knowledge:
    """The outcomes of 41 people: ended and active, and under one of the rows sub-rows that miss one."""
    ended, active, mentor = dict(ENDED), dict(ACTIVE), dict(MENTOR)
    cells = [cell(key, value) for rows in (ended, active, mentor) for key, value in rows.items()]
    cells += [cell("ended", 23, cost=300), cell("active", 18, cost=300), cell("total", 41, cost=1000)]
    cells.append(cell("left", 1, is_printed=False))
    sums = [sum_of("total", "ended", "active"), sum_of("ended", *ended), sum_of("active", *active)]
    return knowledge(cells, [*sums, sum_of("Mentor", *mentor, "left")])


def test_nested_outcomes_keep_their_sums():
    found = integration()
    hidden = hidden_cells(found, threshold=THRESHOLD)
    assert {"ended", "active", "total", "Løntilskud"}.isdisjoint(hidden)
    assert worst(found, hidden, enough=THRESHOLD) == THRESHOLD


def test_what_the_sub_rows_leave_over_is_protected_though_it_is_printed_nowhere():
    """Five, of whom 1 + 2 + 1 are told: the one who is left over could be found by subtraction."""
    cells = [cell("row", 15), *(cell(key, 7) for key in "ab"), cell("left", 1, is_printed=False)]
    found = knowledge(cells, [sum_of("row", "a", "b", "left")])
    hidden = hidden_cells(found, threshold=THRESHOLD)
    assert len(hidden) == 1
    assert worst(found, hidden, enough=THRESHOLD) == THRESHOLD


def test_in_out_and_remaining_do_not_tell_on_each_other():
    rows = {"§ 85": (8, 6), "§ 99": (6, 2), "§ 110": (9, 7)}
    cells, relations = [], []
    for name, (came, went) in rows.items():
        cells += [cell(f"{name} in", came), cell(f"{name} out", went), cell(f"{name} left", came - went)]
        relations.append(sum_of(f"{name} in", f"{name} out", f"{name} left"))
    found = knowledge(cells, relations)
    hidden = hidden_cells(found, threshold=THRESHOLD)
    assert len(hidden) == 6
    assert worst(found, hidden, enough=THRESHOLD) == THRESHOLD


def test_margins_of_a_cross_table_do_not_tell():
    values = {"a1": 2, "a2": 10, "a3": 12, "b1": 14, "b2": 9, "b3": 11, "c1": 6, "c2": 8, "c3": 20}
    cells = [cell(key, value) for key, value in values.items()]
    sums = {name: [key for key in values if name in key] for name in ("a", "b", "c", "1", "2", "3")}
    cells += [cell(name, sum(values[key] for key in keys), cost=300) for name, keys in sums.items()]
    found = knowledge(cells, [sum_of(name, *keys) for name, keys in sums.items()])
    hidden = hidden_cells(found, threshold=THRESHOLD)
    assert len(hidden) == 4, "a small count, one more in its row, one in its column, and their corner"
    assert worst(found, hidden, enough=THRESHOLD) == THRESHOLD


def test_an_earlier_paper_counts():
    """Last month's paper showed the row as 22: shown as 23, one person's arrival would be told."""
    cells = [cell("row", 23), cell("other", 40), cell("total", 63, cost=1000)]
    earlier = [cell("row before", 22, keep=0, is_printed=False, is_public=True)]
    change = cell("change", 1, is_printed=False, lowest=None)
    found = knowledge(
        [*cells, *earlier, change], [sum_of("total", "row", "other"), sum_of("row", "row before", "change")]
    )
    hidden = hidden_cells(found, threshold=THRESHOLD)
    assert hidden == {"row", "other"}
    assert worst(found, hidden, enough=THRESHOLD) == THRESHOLD


def test_what_an_earlier_paper_hid_stays_hidden():
    """The same month again, in a corrected paper: the other rows of then would now tell what was hidden."""
    cells = [cell("a", 7, keep=THRESHOLD), cell("b", 9), cell("total", 16, cost=1000)]
    hidden = hidden_cells(knowledge(cells, [sum_of("total", "a", "b")]), threshold=THRESHOLD)
    assert "a" in hidden
    assert len(hidden) == 2


def test_what_is_told_already_is_not_hidden_again():
    cells = [cell("a", 2, is_public=True), cell("b", 9), cell("total", 11)]
    assert hidden_cells(knowledge(cells, [sum_of("total", "a", "b")]), threshold=THRESHOLD) == frozenset()


def test_it_says_so_when_earlier_papers_have_told_too_much():
    cells = [cell("a", 2), cell("b", 9, is_public=True), cell("total", 11, is_public=True)]
    with pytest.raises(ProtectionError) as refusal:
        hidden_cells(knowledge(cells, [sum_of("total", "a", "b")]), threshold=THRESHOLD)
    assert refusal.value.keys == ("a",)


def test_a_sum_that_is_wrong_on_paper_tells_nothing():
    """The printed total is 12 where the rows give 11: the reader cannot subtract."""
    found = knowledge([cell("a", 2), cell("b", 9), cell("total", 12)], [sum_of("total", "a", "b")])
    assert found.relations == ()
    assert hidden_cells(found, threshold=THRESHOLD) == {"a"}


def test_the_reader_sees_through_a_bad_choice():
    """The check can fail: with only the small count hidden, it is the total less the other."""
    found = table({"a": 2, "b": 9})
    assert Reader(found, {"a"}, lowest_hidden=1).candidates("a", enough=THRESHOLD) == 1
    assert worst(found, {"a"}, enough=THRESHOLD) == 1
    assert Reader(found, {"a", "b"}, lowest_hidden=1).candidates("a", enough=THRESHOLD) == THRESHOLD


counts = st.integers(min_value=0, max_value=14)


@given(st.lists(st.lists(counts, min_size=1, max_size=5), min_size=1, max_size=3), st.sampled_from([3, 5]))
def test_no_table_tells(groups: list[list[int]], threshold: int):
    """Random nested tables: the attacker never finds a hidden count, and hiding one cell less would not do."""
    cells, relations, tops = [], [], []
    for number, group in enumerate(groups):
        keys = [f"{number}.{row}" for row in range(len(group))]
        cells += [Cell(key, value, kept(value, threshold)) for key, value in zip(keys, group, strict=True)]
        cells.append(Cell(f"g{number}", sum(group), kept(sum(group), threshold), cost=300))
        relations.append(sum_of(f"g{number}", *keys))
        tops.append(f"g{number}")
    total = sum(map(sum, groups))
    cells.append(Cell("total", total, kept(total, threshold), cost=1000))
    found = knowledge(cells, [*relations, sum_of("total", *tops)])
    hidden = hidden_cells(found, threshold=threshold)
    assert {one.key for one in cells if one.keep} <= hidden
    assert all(found.cells[key].value > 0 for key in hidden)
    assert worst(found, hidden, enough=threshold) == threshold
    spare = [key for key in hidden if not found.cells[key].keep]
    assert all(worst(found, hidden - {key}, enough=threshold) < threshold for key in spare)


def test_years_of_papers_stay_small_parts():
    """Five years of the same table: only this month's counts, and what ties them to the last, are looked at."""
    cells, relations = [], []
    for month in range(60):
        is_now = month == 59
        rows = {f"{row}@{month}": value for row, value in {"a": 2, "b": 9, "c": 30}.items()}
        for key, value in rows.items():
            is_hidden = key[0] in "ab"
            keep = THRESHOLD if is_hidden and not is_now else kept(value, THRESHOLD)
            cells.append(Cell(key, value, keep, is_printed=is_now, is_public=not is_now and not is_hidden, lowest=1))
        cells.append(Cell(f"total@{month}", 41, is_printed=is_now, is_public=not is_now, cost=1000))
        relations.append(sum_of(f"total@{month}", *rows))
    found = knowledge(cells, relations)
    assert max(len(part.cells) for part in found.parts()) == 4
    assert hidden_cells(found, threshold=THRESHOLD) == {"a@59", "b@59"}
