import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.crosses import (
    CrossColumn,
    CrossRow,
    ShareRow,
    cross_notices,
    cross_sums,
    share_notices,
    share_sum,
)
from projects.rules.notices import Notice

BENEFITS = (("udh", "Uddannelseshjælp", 18), ("kth", "Kontanthjælp", 78), ("int", "Integrationsydelse", 13))
COLUMNS = [CrossColumn(*each) for each in BENEFITS]
COUNTS = {"ingen": (6, 44, 5), "løntilskud": (None, 1, None), "vejledning": (1, 7, None)}
COUNTS |= {"mentor": (5, 10, 4), "praktik": (6, 15, 4), "nytte": (None, 1, None)}


def rows(counts=COUNTS, **parents):
    return [
        CrossRow(key, key.title(), dict(zip(("udh", "kth", "int"), numbers, strict=True)), parents.get(key))
        for key, numbers in counts.items()
    ]


def notices(found=None, columns=COLUMNS, **other):
    asked = {"name": "Ydelse og indsats", "total_label": "Borgere i alt", "total": 109, "field": "b"} | other
    return cross_notices(rows=rows() if found is None else found, columns=columns, **asked)


def test_a_cross_table_is_added_up_both_ways():
    sums = cross_sums(rows(), COLUMNS)
    assert sums.column_sums == {"udh": 18, "kth": 78, "int": 13}
    assert sums.rows == {"ingen": 55, "løntilskud": 1, "vejledning": 8, "mentor": 19, "praktik": 25, "nytte": 1}
    assert sums.total == 109
    assert notices() == []


def test_what_is_not_typed_is_not_counted_as_zero():
    empty = [CrossRow("a", "A", {}), CrossRow("b", "B", {"udh": None})]
    sums = cross_sums(empty, [CrossColumn("udh", "U")])
    assert (sums.rows, sums.column_sums, sums.total) == ({"a": None, "b": None}, {"udh": None}, None)
    assert notices(empty, [CrossColumn("udh", "U", 4)], total=4) == []


def test_a_column_that_misses_one_names_the_column_and_the_numbers():
    found = notices(rows({**COUNTS, "mentor": (5, 9, 4)}))
    assert found == [
        Notice("R2", "b.kth", "Under “Kontanthjælp” står 78 i alt, men rækkerne giver 77 – én mangler.", (78, 77))
    ]


def test_the_whole_is_held_against_the_indicator():
    assert notices(total=110) == [
        Notice(
            "R1", "b", "Rækkerne i “Ydelse og indsats” giver 109, men “Borgere i alt” er 110 – én mangler.", (109, 110)
        )
    ]
    assert notices(total=None) == []


def test_sub_rows_are_held_against_their_row_in_each_column():
    counts = {"mentor": (5, 5, 0), "rehab": (1, 2, 0), "praktik": (3, 3, 0)}
    found = notices(
        rows(counts, rehab="mentor", praktik="mentor"), [CrossColumn("udh", "U"), CrossColumn("kth", "K")], total=None
    )
    assert found == [
        Notice("R2", "b.mentor.udh", "Under “Mentor, U” står 5, men underrækkerne giver 4 – én mangler.", (5, 4))
    ]


def test_a_total_row_is_the_sum_of_the_rows_beneath_it_in_each_column():
    found = [CrossRow("all", "Aktive", {"udh": 99}, is_total=True), CrossRow("a", "A", {"udh": 2}, "all")]
    sums = cross_sums([*found, CrossRow("b", "B", {"udh": 3}, "all")], [CrossColumn("udh", "U")])
    assert (sums.cells["udh"], sums.total) == ({"all": 5, "a": 2, "b": 3}, 5)


def test_overlapping_places_have_no_sums_and_only_a_cell_larger_than_its_column_is_wrong():
    sums = cross_sums(rows(), COLUMNS, is_exclusive=False)
    assert (set(sums.rows.values()), set(sums.column_sums.values()), sums.total) == ({None}, {None}, None)
    assert notices(is_exclusive=False, total=3) == []
    found = notices(rows({"praktik": (19, 44, 5)}), is_exclusive=False)
    assert found == [
        Notice("R2", "b.praktik.udh", "Under “Praktik” står 19 af “Uddannelseshjælp”, som kun er 18 i alt.", (19, 18))
    ]


@given(st.lists(st.lists(st.none() | st.integers(0, 10**6), min_size=3, max_size=3), min_size=1, max_size=9))
def test_rows_and_columns_always_add_up_to_the_same_whole(table):
    columns = [CrossColumn(key, key) for key in ("udh", "kth", "int")]
    sums = cross_sums(rows({str(number): counts for number, counts in enumerate(table)}), columns)
    known = [count for counts in table for count in counts if count is not None]
    assert sums.total == (sum(known) if known else None)
    for way in (sums.rows.values(), sums.column_sums.values()):
        assert sum(value for value in way if value is not None) == sum(known)


def parts(*pairs):
    return [ShareRow(str(number), f"Række {number}", *pair) for number, pair in enumerate(pairs)]


def test_n_out_of_n_is_summed_where_both_are_known():
    assert share_sum(parts((78, 369), (18, 195), (13, 155))) == (109, 719)
    assert share_sum(parts((78, 369), (18, None), (None, 155))) == (78, 369)
    assert share_sum(parts((78, None), (18, None))) == (96, None)
    assert share_sum(parts((None, None))) == (None, None)


@pytest.mark.parametrize(
    ("pairs", "total", "messages"),
    [
        (((78, 369), (18, 195), (13, 155)), 109, []),
        (((78, 369), (18, 195)), None, []),
        (((0, 0), (5, 5)), 5, []),
        (((96, 69),), 96, ["Under “Række 0” står 96 ud af 69 – delen er større end helheden."]),
        (((78, 369), (30, 195)), 109, ["Rækkerne i “Andel” giver 108, men “I alt” er 109 – én mangler."]),
        (((78, None), (32, 195)), 109, ["Rækkerne i “Andel” giver 110, men “I alt” er 109 – én for mange."]),
        (((None, None),), 109, []),
    ],
)
def test_a_part_is_never_larger_than_its_whole(pairs, total, messages):
    found = share_notices(name="Andel", rows=parts(*pairs), total_label="I alt", total=total, field="b")
    assert [notice.message for notice in found] == messages
    assert {notice.rule for notice in found} <= {"R1", "R2"}


@given(st.lists(st.tuples(st.none() | st.integers(0, 999), st.none() | st.integers(0, 999)), max_size=9))
def test_overlapping_parts_are_only_held_against_their_own_whole(pairs):
    found = share_notices(name="A", rows=parts(*pairs), total_label="I", total=0, is_exclusive=False, field="b")
    wrong = [f"b.{n}" for n, (part, whole) in enumerate(pairs) if None not in (part, whole) and part > whole]
    assert [notice.field for notice in found] == wrong
