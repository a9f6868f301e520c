from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import Severity
from projects.rules.notices import Notice
from projects.rules.pools import (
    PoolSums,
    check_amount_positive,
    check_grant,
    over_granted_notice,
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
        f"GENINV-2016 har bevilget 5.000.000{NBSP}kr., det er 700.000{NBSP}kr. mere end rammen på 4.300.000{NBSP}kr.",
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
