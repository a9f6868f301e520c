"""What a project may count, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import BreakdownKind
from projects.rules.codes import code_from, free_code
from projects.rules.schemes import (
    SchemeRow,
    Use,
    check_baseline,
    check_deletion,
    check_meaning,
    check_name_free,
    check_row_changes,
    check_scheme,
    check_table_changes,
    check_taken_out,
    check_targets,
    use_with_rows_below,
)

SEPTEMBER, OCTOBER, NOVEMBER = (date(2017, month, 1) for month in (9, 10, 11))
ENDED = SchemeRow("1", "Afsluttet", is_total=True)
WORK = SchemeRow("2", "Arbejde", "1")
ACTIVE = SchemeRow("3", "Aktive")


def refused(check, /, **values):
    """Return (code, row, field) of each error, and nothing when the rule is content."""
    try:
        check(**values)
    except ValidationError as error:
        return [
            (each.code, (each.params or {}).get("row"), (each.params or {}).get("field")) for each in error.error_list
        ]
    return []


def scheme(*rows, kind=BreakdownKind.SPLIT):
    return refused(check_scheme, kind=kind, rows=rows)


def test_totals_with_rows_beneath_are_a_scheme():
    assert scheme(ENDED, WORK, ACTIVE) == []


def test_a_scheme_without_rows_is_none():
    assert scheme() == [("rows_missing", None, None)]


def test_every_row_has_a_name():
    assert scheme(SchemeRow("n1", "  ")) == [("row_name_missing", "n1", "name")]


def test_a_name_stands_once_in_its_place():
    twin, elsewhere = SchemeRow("n1", " arbejde ", "1"), SchemeRow("n2", "Arbejde")
    assert scheme(ENDED, WORK, twin, elsewhere) == [("same_name", "n1", "name")]


def test_a_name_may_come_back_after_its_row_has_ended():
    first = SchemeRow("1", "Mentor", to_month=OCTOBER)
    assert scheme(first, SchemeRow("2", "Mentor", from_month=NOVEMBER)) == []
    assert scheme(first, SchemeRow("2", "Mentor", from_month=OCTOBER)) == [("same_name", "2", "name")]


def test_rows_do_not_stand_under_themselves():
    first, second = SchemeRow("1", "A", "2"), SchemeRow("2", "B", "1")
    assert scheme(first, second) == [("parent_ring", "1", "parent"), ("parent_ring", "2", "parent")]
    assert scheme(SchemeRow("1", "A", "1")) == [("parent_ring", "1", "parent")]


def test_a_row_under_one_that_is_gone():
    assert scheme(SchemeRow("1", "A", "9")) == [("unknown_parent", "1", "parent")]


def test_a_total_has_rows_beneath_it():
    assert scheme(ENDED, ACTIVE) == [("total_without_rows", "1", "is_total")]


def test_a_row_ends_after_it_begins():
    row = SchemeRow("1", "A", from_month=NOVEMBER, to_month=OCTOBER)
    assert scheme(row) == [("months_in_order", "1", "to_month")]


def test_a_table_of_in_and_out_is_flat():
    assert scheme(SchemeRow("1", "§ 85"), kind=BreakdownKind.FLOW) == []
    assert scheme(ENDED, WORK, kind=BreakdownKind.FLOW) == [
        ("nested_flow", "1", "parent"),
        ("nested_flow", "2", "parent"),
    ]


def test_a_row_is_used_when_one_beneath_it_is():
    below = SchemeRow("4", "Fleksjob", "2")
    own = {"4": Use(SEPTEMBER, OCTOBER), "2": Use(OCTOBER, NOVEMBER)}
    assert use_with_rows_below([ENDED, WORK, ACTIVE, below], own) == {
        "4": Use(SEPTEMBER, OCTOBER),
        "2": Use(SEPTEMBER, NOVEMBER),
        "1": Use(SEPTEMBER, NOVEMBER),
    }


def test_a_ring_in_old_data_ends():
    ring = [SchemeRow("1", "A", "2"), SchemeRow("2", "B", "1")]
    assert use_with_rows_below(ring, {"1": Use(OCTOBER, OCTOBER)}).keys() == {"1", "2"}


@pytest.mark.parametrize(
    ("after", "errors"),
    [
        ([ENDED, WORK, ACTIVE], []),
        ([ENDED, WORK], []),
        ([ENDED, ACTIVE], [("row_in_use", "2", "name")]),
        ([ENDED, SchemeRow("2", "Arbejde"), ACTIVE], [("row_moved", "2", "parent")]),
        ([ENDED, SchemeRow("2", "Arbejde", "1", True), ACTIVE], [("total_changed", "2", "is_total")]),
        ([ENDED, SchemeRow("2", "Job", "1"), ACTIVE], [("row_renamed", "2", "name")]),
        ([ENDED, SchemeRow("2", "Arbejde", "1", to_month=SEPTEMBER)], [("ends_before_counts", "2", "to_month")]),
        ([ENDED, SchemeRow("2", "Arbejde", "1", to_month=OCTOBER)], []),
    ],
)
def test_what_is_told_already_stays(after, errors):
    used = {"2": Use(OCTOBER, OCTOBER)}
    assert refused(check_row_changes, before=[ENDED, WORK, ACTIVE], after=after, used=used) == errors


def test_a_confirmed_name_is_a_new_name():
    after = [SchemeRow("2", "Job", "1")]
    used = {"2": Use(OCTOBER, OCTOBER)}
    assert refused(check_row_changes, before=[WORK], after=after, used=used, renames_confirmed=True) == []


@pytest.mark.parametrize(
    ("kinds", "months", "code"),
    [
        (("split", "split"), (None, None), None),
        (("split", "flow"), (None, None), "kind_in_use"),
        (("split", "split"), (NOVEMBER, OCTOBER), "months_in_order"),
        (("split", "split"), (NOVEMBER, None), "starts_after_counts"),
        (("split", "split"), (None, SEPTEMBER), "ends_before_counts"),
        (("split", "split"), (SEPTEMBER, OCTOBER), None),
    ],
)
def test_a_table_with_counts(kinds, months, code):
    values = {"kinds": kinds, "from_month": months[0], "to_month": months[1]}
    assert code_of(check_table_changes, **values, used=Use(OCTOBER, OCTOBER)) == code


def code_of(check, /, *values, **named):
    try:
        check(*values, **named)
    except ValidationError as error:
        errors = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
        return next(each.code for group in errors for each in group)
    return None


def test_a_table_without_counts_may_become_another_kind():
    assert code_of(check_table_changes, kinds=("split", "flow"), from_month=NOVEMBER, to_month=None, used=None) is None


@pytest.mark.parametrize(
    ("after", "has_figures", "is_confirmed", "code"),
    [
        (("Borgere ", "at_date"), True, False, None),
        (("familier", "at_date"), True, False, "meaning_changes"),
        (("borgere", "since_start"), True, False, "meaning_changes"),
        (("familier", "at_date"), True, True, None),
        (("familier", "at_date"), False, False, None),
    ],
)
def test_figures_keep_their_meaning_until_it_is_confirmed(after, has_figures, is_confirmed, code):
    found = code_of(
        check_meaning,
        before=("borgere", "at_date"),
        after=after,
        labels=("På en dato", "Siden start"),
        has_figures=has_figures,
        is_confirmed=is_confirmed,
    )
    assert found == code


@pytest.mark.parametrize(
    ("name", "code"), [("Familier", None), (" borgere  i alt ", "same_name"), ("  ", "name_missing")]
)
def test_a_project_has_each_name_once(name, code):
    assert code_of(check_name_free, name, ["Borgere i alt"]) == code


@pytest.mark.parametrize(
    ("baseline", "day", "code"),
    [
        (None, None, None),
        (Decimal(18), OCTOBER, None),
        (Decimal(18), None, "baseline_undated"),
        (None, OCTOBER, "baseline_missing"),
    ],
)
def test_a_baseline_has_its_day(baseline, day, code):
    assert code_of(check_baseline, baseline, day) == code


def test_one_target_per_day():
    assert code_of(check_targets, [OCTOBER, NOVEMBER]) is None
    assert code_of(check_targets, [OCTOBER, NOVEMBER, OCTOBER]) == "same_date"


def test_what_tables_sum_to_is_not_taken_out():
    assert code_of(check_taken_out, []) is None
    assert code_of(check_taken_out, ["Nationalitet"]) == "tied"


def test_what_has_figures_is_not_deleted():
    assert code_of(check_deletion, None) is None
    assert code_of(check_deletion, Use(OCTOBER, NOVEMBER)) == "in_use"


def test_codes_are_made_of_names():
    assert code_from("§ 85 Bostøtte") == "par-85-bostoette"
    assert free_code("Syrien", ["syrien", "syrien-2"]) == "syrien-3"
    assert free_code("!", []) == "nr"
    assert len(free_code("a" * 60, ["a" * 40])) == 40
