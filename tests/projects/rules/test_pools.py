from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import Severity
from projects.rules.notices import Notice
from projects.rules.pools import (
    PoolSums,
    carried_over,
    check_amount_positive,
    check_grant,
    check_window,
    over_granted_notice,
    restated,
    true_rest_notice,
)

FRAME = Decimal(4_300_000)
LISTED = Decimal(2_810_000)
NBSP = "\u00a0"


def test_the_rest_of_the_estimate_list():
    sums = PoolSums(frame=FRAME, granted=Decimal(0), proposed=LISTED, awaiting=LISTED)
    assert (sums.rest_after_granted, sums.rest_after_all) == (FRAME, Decimal(1_490_000))


def test_the_rest_is_negative_when_there_is_not_enough():
    assert PoolSums(LISTED, Decimal(0), FRAME, FRAME).rest_after_all == Decimal(-1_490_000)


def test_what_is_granted_of_the_list_is_not_taken_from_it_twice():
    sums = PoolSums(frame=FRAME, granted=LISTED, proposed=LISTED, awaiting=Decimal(0))
    assert (sums.rest_after_granted, sums.rest_after_all) == (Decimal(1_490_000), Decimal(1_490_000))


@pytest.mark.parametrize("amount", [Decimal(1), Decimal(1_490_000)])
def test_a_grant_may_take_the_last_krone(amount):
    assert check_grant(frame=FRAME, granted=LISTED, amount=amount) is None


def test_a_grant_may_not_take_more():
    with pytest.raises(ValidationError) as refused:
        check_grant(frame=FRAME, granted=LISTED, amount=Decimal(1_500_000))
    assert refused.value.code == "over_granted"
    assert refused.value.messages == [
        f"Puljen har 1.490.000{NBSP}kr. tilbage, men bevillingen er på 1.500.000{NBSP}kr.: Der mangler 10.000{NBSP}kr."
    ]


def test_a_grant_one_ore_too_large_names_the_ore():
    with pytest.raises(ValidationError) as refused:
        check_grant(frame=FRAME, granted=LISTED, amount=Decimal("1490000.01"))
    assert refused.value.messages[0].endswith(f"er på 1.490.000,01{NBSP}kr.: Der mangler 0,01{NBSP}kr.")


def test_a_pool_already_over_granted_has_nothing_left():
    with pytest.raises(ValidationError) as refused:
        check_grant(frame=FRAME, granted=FRAME + 1, amount=Decimal(5))
    assert refused.value.messages == [
        f"Puljen har 0{NBSP}kr. tilbage, men bevillingen er på 5{NBSP}kr.: Der mangler 6{NBSP}kr."
    ]


@pytest.mark.parametrize(
    ("amount", "code"),
    [(None, "amount_missing"), (Decimal(0), "amount_not_positive"), (Decimal(-5), "amount_not_positive")],
)
def test_an_amount_must_be_more_than_nothing(amount, code):
    with pytest.raises(ValidationError) as refused:
        check_amount_positive(amount)
    assert refused.value.code == code


def test_one_ore_is_an_amount():
    assert check_amount_positive(Decimal("0.01")) is None


def test_an_over_granted_pool_blocks():
    found = over_granted_notice(pool="GENINV-2016", frame=FRAME, granted=FRAME + 700_000, field="granted")
    assert found == Notice(
        "R8",
        "granted",
        f"GENINV-2016 har bevilget 5.000.000{NBSP}kr., og det er 700.000{NBSP}kr. mere end rammen på"
        f" 4.300.000{NBSP}kr.",
        (FRAME, Decimal(5_000_000)),
        Severity.BLOCKING,
    )
    assert over_granted_notice(pool="GENINV-2016", frame=FRAME, granted=FRAME) is None


def test_the_tenth_proposal_takes_from_the_rest_the_list_shows():
    found = true_rest_notice(
        pool="GENINV-2016",
        frame=FRAME,
        listed=LISTED,
        unlisted=[("Autisme og ADHD", Decimal(740_000))],
        field="rest",
    )
    assert found == Notice(
        "R8",
        "rest",
        f"GENINV-2016 har 750.000{NBSP}kr. tilbage og ikke 1.490.000{NBSP}kr., "
        f"når “Autisme og ADHD” (740.000{NBSP}kr.) regnes med.",
        (FRAME, LISTED, Decimal(750_000)),
    )


@pytest.mark.parametrize("unlisted", [[], [("Koordinator", Decimal(0))]])
def test_a_list_that_holds_everything_shows_the_true_rest(unlisted):
    assert true_rest_notice(pool="x", frame=FRAME, listed=LISTED, unlisted=unlisted) is None


@pytest.mark.parametrize(
    ("rule", "rest", "percent", "expected"),
    [
        ("none", 500, None, 0),
        ("all", 500, None, 500),
        ("all", -500, None, 0),
        ("limited", 500, Decimal("2.5"), 25),
        ("limited", 20, Decimal("2.5"), 20),
        ("limited", 500, None, None),
    ],
)
def test_what_goes_on_to_the_next_year(rule, rest, percent, expected):
    found = carried_over(rule=rule, frame=Decimal(1_000), rest=Decimal(rest), percent=percent)
    assert found == expected


def test_an_amount_is_restated_by_the_ratio_of_two_indexes():
    indexes = {2016: Decimal(100), 2018: Decimal("103.5")}
    amount = Decimal("1000.10")
    assert restated(amount, from_year=2016, to_year=2018, indexes=indexes) == Decimal("1035.1035")
    assert restated(amount, from_year=2018, to_year=2018, indexes={}) == amount
    assert restated(amount, from_year=2016, to_year=2017, indexes=indexes) is None


def test_the_window_is_open_on_its_first_and_last_day():
    days = {"opens_on": date(2016, 1, 4), "closes_on": date(2016, 1, 29)}
    for day in (date(2016, 1, 4), date(2016, 1, 29)):
        check_window(**days, today=day)
    for day, code in ((date(2016, 1, 3), "not_open_yet"), (date(2016, 1, 30), "closed")):
        with pytest.raises(ValidationError) as refused:
            check_window(**days, today=day)
        assert refused.value.code == code
    check_window(opens_on=None, closes_on=None, today=date(2030, 1, 1))
