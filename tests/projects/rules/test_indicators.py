from datetime import date
from decimal import Decimal

import pytest

from projects.enums import Direction
from projects.rules.indicators import (
    Flow,
    Row,
    breakdown_notices,
    breakdown_sum,
    falling_notice,
    flow_notices,
    flow_remaining,
    jump_notice,
    overlap_notices,
    progress,
    row_values,
    unit_notice,
)
from projects.rules.notices import Notice

COUNTRIES = (
    ("syrien", 22),
    ("somalia", 4),
    ("iran", 3),
    ("rusland", 3),
    ("afghanistan", 2),
    ("bhutan", 2),
    ("belarus", 1),
    ("egypten", 1),
    ("elfenbenskysten", 1),
    ("kuwait", 1),
    ("tunesien", 1),
)
NATIONALITY = [Row(key, key.title(), count) for key, count in COUNTRIES]

ENDED = (2, 3, 2, 2, 6, 6, 1, 1)
ACTIVE = (0, 5, 5, 1, 2)
OUTCOMES = [
    Row("ended", "Afsluttet", None, is_total=True),
    *(Row(f"ended-{number}", f"Udfald {number}", count, "ended") for number, count in enumerate(ENDED)),
    Row("active", "Aktive", None, is_total=True),
    *(Row(f"active-{number}", f"Indsats {number}", count, "active") for number, count in enumerate(ACTIVE)),
    Row("mentor", "mentor", 5, "active"),
    Row("rehab", "rehabiliteringsteam", 1, "mentor"),
    Row("practice", "praktik", 2, "mentor"),
    Row("psychiatry", "psykiatrisk behandling", 1, "mentor"),
]


def notices(rows, total=41, **options):
    return breakdown_notices(
        name="Nationalitet", rows=rows, total_label="Borgere i alt", total=total, field="nationality", **options
    )


def test_eleven_nationalities_sum_to_the_cohort():
    assert breakdown_sum(NATIONALITY) == 41
    assert notices(NATIONALITY) == []


def test_a_citizen_without_nationality_is_missing():
    assert notices(NATIONALITY[:-1]) == [
        Notice(
            "R1",
            "nationality",
            "Rækkerne i “Nationalitet” giver 40, men “Borgere i alt” er 41 – én mangler.",
            (40, 41),
        )
    ]


def test_more_rows_than_citizens_are_too_many():
    (found,) = notices([*NATIONALITY, Row("andre", "Andre", 1250)])
    assert found.message == "Rækkerne i “Nationalitet” giver 1.291, men “Borgere i alt” er 41 – 1.250 for mange."


def test_totals_are_the_sums_of_their_rows():
    values = row_values(OUTCOMES)
    assert (values["ended"], values["active"], values["mentor"]) == (23, 18, 5)
    assert breakdown_sum(OUTCOMES) == 41


def test_five_with_a_mentor_are_only_four_below():
    found = breakdown_notices(name="Udfald", rows=OUTCOMES, total_label="Borgere i alt", total=41, field="outcome")
    assert found == [
        Notice("R2", "outcome.mentor", "Under “mentor” står 5, men underrækkerne giver 4 – én mangler.", (5, 4))
    ]


def test_mended_rows_leave_nothing_to_say():
    mended = [Row("psychiatry", row.label, 2, row.parent) if row.key == "psychiatry" else row for row in OUTCOMES]
    assert breakdown_notices(name="Udfald", rows=mended, total_label="Borgere i alt", total=41) == []


@pytest.mark.parametrize(
    ("count", "ending"),
    [(3, "3, men underrækkerne giver 4 – én for mange."), (14, "14, men underrækkerne giver 4 – ti mangler.")],
)
def test_the_difference_is_said_in_words_up_to_ten(count, ending):
    rows = [Row("mentor", "mentor", count), Row("a", "a", 4, "mentor")]
    (found,) = breakdown_notices(name="x", rows=rows, total_label=None, total=None)
    assert (found.field, found.message) == ("mentor", f"Under “mentor” står {ending}")


def test_sub_rows_nobody_has_typed_are_no_remark():
    rows = [Row("mentor", "mentor", 5), Row("a", "a", None, "mentor"), Row("b", "b", None, "mentor")]
    assert breakdown_notices(name="x", rows=rows, total_label="I alt", total=5) == []


@pytest.mark.parametrize(("label", "total"), [(None, 41), ("I alt", None)])
def test_without_a_total_there_is_nothing_to_sum_to(label, total):
    assert breakdown_notices(name="x", rows=NATIONALITY[:2], total_label=label, total=total) == []


def test_an_empty_table_says_nothing():
    rows = [Row("a", "a", None), Row("b", "b", None)]
    assert (breakdown_sum(rows), breakdown_sum([]), notices(rows)) == (None, None, [])


def test_a_total_of_half_typed_rows_is_what_is_known():
    rows = [
        Row("ended", "Afsluttet", None, is_total=True),
        Row("a", "a", 2, "ended"),
        Row("b", "b", None, "ended"),
        Row("active", "Aktive", None, is_total=True),
        Row("c", "c", None, "active"),
    ]
    assert row_values(rows) == {"ended": 2, "a": 2, "b": None, "active": None, "c": None}


def test_totals_may_stand_in_totals():
    rows = [
        Row("all", "I alt", None, is_total=True),
        Row("ended", "Afsluttet", None, "all", is_total=True),
        Row("a", "a", 23, "ended"),
        Row("active", "Aktive", 18, "all"),
    ]
    assert row_values(rows) == {"all": 41, "ended": 23, "a": 23, "active": 18}


def test_rows_in_a_ring_do_not_go_on_for_ever():
    rows = [Row("a", "a", None, "b", is_total=True), Row("b", "b", None, "a", is_total=True)]
    assert row_values(rows) == {"a": None, "b": None}


def test_declared_overlapping_categories_may_sum_to_more():
    targets = [
        Row("work", "ordinært arbejde", 12),
        Row("flex", "afklaret til fleksjob", 8),
        Row("education", "uddannelse", 5),
        Row("practice", "virksomhedspraktik", 25),
    ]
    assert notices(targets, 30, is_exclusive=False) == []
    assert [found.rule for found in notices(targets, 30)] == ["R1"]


def test_overlapping_sub_rows_may_not_each_be_larger_than_their_row():
    rows = [Row("work", "arbejde", 12), Row("flex", "fleksjob", 8, "work"), Row("wage", "løn", 9, "work")]
    assert notices(rows, 12, is_exclusive=False) == []
    larger = [*rows[:2], Row("wage", "løn", 13, "work")]
    (found,) = notices(larger, 12, is_exclusive=False)
    assert found.message == "Under “arbejde” står 12, men underrækkerne giver 13 – én for mange."


FLOWS = [
    Flow("85", "§ 85", 8, 6, date(2016, 5, 30), "30/5-2016"),
    Flow("99", "§ 99", 6, 2, date(2016, 4, 6), "06/04-2016"),
    Flow("110", "§ 110", 9, 7, None, "siden sidste registrering"),
]


def test_two_four_and_two_are_still_in():
    assert [flow_remaining(flow) for flow in FLOWS] == [2, 4, 2]


def test_a_count_since_no_known_day_is_noticed():
    assert flow_notices(FLOWS, "flow") == [
        Notice(
            "R4",
            "flow.110",
            "“§ 110” er talt fra “siden sidste registrering”. Skriv datoen med årstal, så andre kan tælle videre.",
            ("siden sidste registrering",),
        )
    ]


def test_a_count_without_any_start_is_noticed():
    (found,) = flow_notices([Flow("110", "§ 110", 9, 7, None)])
    assert (found.rule, found.field, found.message) == (
        "R4",
        "110",
        "“§ 110” siger ikke, fra hvilken dato der er talt.",
    )


def test_more_out_than_in_is_noticed_and_leaves_no_remainder():
    flow = Flow("85", "§ 85", 8, 10, date(2016, 5, 30))
    assert flow_notices([flow]) == [Notice("R2", "85", "“§ 85” har 10 ud, men kun 8 ind – to for mange.", (8, 10))]
    assert flow_remaining(flow) is None


@pytest.mark.parametrize(("count_in", "count_out"), [(None, 2), (8, None), (None, None)])
def test_a_flow_half_known_has_no_remainder(count_in, count_out):
    flow = Flow("85", "§ 85", count_in, count_out, date(2016, 5, 30))
    assert (flow_remaining(flow), flow_notices([flow])) == (None, [])


def test_a_flow_nobody_has_typed_is_not_asked_for_its_start():
    assert flow_notices([Flow("85", "§ 85", None, None, None)]) == []


def test_families_one_month_and_citizens_the_next():
    assert unit_notice(label="Rådgivning", previous="borgere/familier", current="borgere", field="advice") == Notice(
        "R13",
        "advice",
        "“Rådgivning” var opgjort i borgere/familier sidst og i borgere nu. Er det det samme?",
        ("borgere/familier", "borgere"),
    )


@pytest.mark.parametrize(("previous", "current"), [("borgere", "Borgere "), ("", "borgere"), ("borgere", "")])
def test_the_same_unit_is_no_drift(previous, current):
    assert unit_notice(label="x", previous=previous, current=current) is None


@pytest.mark.parametrize(
    ("previous", "current", "is_noticed"),
    [
        (42, 420, True),
        (420, 42, True),
        (42, 0, True),
        (18, 35, False),
        (2, 10, False),
        (2, 11, False),
        (2, 12, True),
        (12, 2, True),
        (0, 41, False),
        (None, 41, False),
        (41, None, False),
        (41, 41, False),
    ],
)
def test_a_value_far_from_last_months(previous, current, is_noticed):
    found = jump_notice(label="Borgere", previous=decimal(previous), current=decimal(current), field="value")
    assert (found is not None) == is_noticed


def decimal(value):
    return None if value is None else Decimal(value)


def test_a_jump_asks_with_both_numbers():
    assert jump_notice(label="Borgere", previous=Decimal(42), current=Decimal(420), field="value") == Notice(
        "R21", "value", "“Borgere”: 42 sidst, 420 nu?", (42, 420)
    )


def test_a_figure_since_the_start_cannot_fall():
    assert falling_notice(label="Overdraget", previous=Decimal(41), current=Decimal(40), field="value") == Notice(
        "R21", "value", "“Overdraget” er talt siden start og kan ikke falde: 41 sidst, 40 nu?", (41, 40)
    )


@pytest.mark.parametrize(("previous", "current"), [(40, 41), (41, 41), (None, 41), (41, None)])
def test_a_figure_that_does_not_fall_is_fine(previous, current):
    assert falling_notice(label="x", previous=decimal(previous), current=decimal(current)) is None


@pytest.mark.parametrize(
    ("baseline", "target", "value", "direction", "expected"),
    [
        (18, 52, 35, Direction.UP, 50),
        (0, 12, 12, Direction.UP, 100),
        (0, 12, 15, Direction.UP, 125),
        (10, 20, 5, Direction.UP, -50),
        (9, 0, 6, Direction.DOWN, Decimal(3) * 100 / 9),
        (9, 0, 12, Direction.NEUTRAL, Decimal(3) * 100 / -9),
        (9, 0, 6, Direction.UP, None),
        (0, 9, 6, Direction.DOWN, None),
        (None, 12, 5, Direction.UP, None),
        (0, None, 5, Direction.UP, None),
        (0, 12, None, Direction.UP, None),
        (9, 9, 10, Direction.UP, 100),
        (9, 9, 8, Direction.UP, 0),
        (9, 9, 8, Direction.DOWN, 100),
        (9, 9, 8, Direction.NEUTRAL, 0),
    ],
)
def test_progress_is_the_part_of_the_way(baseline, target, value, direction, expected):
    assert progress(decimal(baseline), decimal(target), decimal(value), direction) == expected


JOBS = [Row("job", "Ordinært arbejde (inkl. fleksjob)", 12), Row("fleks", "Fleksjob", 8), Row("udd", "Uddannelse", 5)]


def test_a_row_that_says_it_counts_anothers_people_is_asked_about_unless_rows_overlap():
    words = "tæller også borgere fra “Fleksjob”. Skriv, at rækkerne overlapper, eller tæl hver én gang."
    message = f"“{JOBS[0].label}” {words}"
    assert overlap_notices(JOBS, is_exclusive=True, field="b") == [Notice("R18", "b.job", message, (JOBS[0].label,))]
    assert overlap_notices(JOBS, is_exclusive=False, field="b") == []


@pytest.mark.parametrize(
    ("label", "parent", "is_asked"),
    [
        ("Heraf i praktik", None, True),
        ("Heraf i praktik", "udd", False),
        ("Løntilskud, herunder offentligt", None, True),
        ("Inklusion", None, False),
        ("Fleksjob", None, False),
    ],
)
def test_a_sub_row_and_an_ordinary_word_say_nothing_of_overlap(label, parent, is_asked):
    rows = [Row("udd", "Uddannelse", 5), Row("a", label, 1, parent)]
    assert bool(overlap_notices(rows, is_exclusive=True)) == is_asked
