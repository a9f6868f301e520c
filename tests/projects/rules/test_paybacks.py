"""What an investment gives back, to the øre."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.enums import ServiceFrame
from projects.rules.paybacks import (
    Expectation,
    Place,
    check_expectation,
    flows_back,
    net_present_value,
    payback_year,
    places,
    sensitivity,
)

INVESTED = {2016: Decimal(800_000)}


def kroner(**years):
    return {int(year[1:]): Decimal(amount) for year, amount in years.items()}


def test_net_present_value_is_added_exactly_and_rounded_once():
    flows = kroner(y2016=-800_000, y2017=370_000, y2018=740_000)
    # 370.000 / 1,035 + 740.000 / 1,035² = 357.487,92 + 690.797,92
    assert net_present_value(flows, rate=Decimal("3.5"), base_year=2016) == Decimal("248285.84")
    assert net_present_value(flows, rate=Decimal(0), base_year=2016) == Decimal(310_000)
    assert net_present_value({2017: Decimal("0.01")}, rate=Decimal(100), base_year=2016) == Decimal("0.01")
    assert net_present_value({2017: Decimal("-0.01")}, rate=Decimal(100), base_year=2016) == Decimal("-0.01")


def test_the_payback_year_is_the_first_that_stays_covered():
    returned = kroner(y2017=800_000, y2019=100_000)
    assert payback_year(INVESTED, returned) == 2017
    assert payback_year({**INVESTED, 2018: Decimal(50_000)}, returned) == 2019
    assert payback_year(INVESTED, kroner(y2017=799_999)) is None
    assert payback_year({}, returned) is None


def lines(*amounts):
    return [
        Expectation(year, "Beskæftigelse", ServiceFrame.INSIDE, Decimal(expected), low, high)
        for year, expected, low, high in amounts
    ]


def test_sensitivity_counts_each_case_for_itself():
    found = sensitivity(
        lines((2017, 400_000, Decimal(0), Decimal(800_000)), (2018, 600_000, Decimal(400_000), Decimal(600_000))),
        invested=INVESTED,
        rate=Decimal(0),
    )
    assert (found.low.net, found.low.payback_year) == (Decimal(-400_000), None)
    assert (found.expected.net, found.expected.payback_year) == (Decimal(200_000), 2018)
    assert (found.high.net, found.high.payback_year) == (Decimal(600_000), 2017)
    assert found.break_even_percent == Decimal("80.0")


def test_a_line_without_low_leaves_low_unknown_rather_than_nought():
    found = sensitivity(lines((2017, 1, None, Decimal(2)), (2018, 1, Decimal(0), Decimal(2))), invested={}, rate=None)
    assert (found.low, found.expected.returned, found.high.returned) == (None, Decimal(2), Decimal(4))
    assert (found.expected.net_present_value, found.break_even_percent) == (None, None)


def test_the_return_is_told_by_where_it_falls():
    expected = [
        Expectation(2017, "Social Omsorg", ServiceFrame.INSIDE, Decimal(100)),
        Expectation(2018, "Social Omsorg", ServiceFrame.INSIDE, Decimal(50)),
        Expectation(2018, "Regionen", ServiceFrame.OUTSIDE, Decimal(7)),
    ]
    realised = [Expectation(2018, "Staten", ServiceFrame.OUTSIDE, Decimal(3)), expected[0]]
    assert places(expected, realised) == [
        Place("Social Omsorg", "inside", Decimal(150), Decimal(100)),
        Place("Regionen", "outside", Decimal(7), None),
        Place("Staten", "outside", None, Decimal(3)),
    ]


def test_what_flows_back_is_rounded_to_the_ore_and_unknown_until_decided():
    assert flows_back(Decimal("100.01"), Decimal(50)) == Decimal("50.01")
    assert flows_back(Decimal(100), Decimal(0)) == Decimal(0)
    assert flows_back(Decimal(100), None) is None


@pytest.mark.parametrize(
    ("low", "expected", "high", "field"), [(2, 1, None, "low"), (None, 2, 1, "high"), (None, None, 1, "expected")]
)
def test_low_expected_and_high_stand_in_order(low, expected, high, field):
    with pytest.raises(ValidationError) as refused:
        check_expectation(
            low=low and Decimal(low), expected=expected and Decimal(expected), high=high and Decimal(high)
        )
    assert list(refused.value.message_dict) == [field]
