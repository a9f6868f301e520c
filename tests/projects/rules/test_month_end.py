from datetime import date
from decimal import Decimal

import pytest

from projects.rules.month_end import Threshold, drift_notice, elapsed_share, needs_reason, straight_line

THRESHOLD = Threshold(Decimal(10), Decimal(10_000))


@pytest.mark.parametrize(
    ("starts", "ends", "month", "share"),
    [
        (date(2016, 4, 1), None, date(2017, 12, 1), Decimal(1)),
        (date(2016, 4, 1), None, date(2017, 6, 1), Decimal(181) / 365),
        (date(2017, 7, 1), date(2017, 12, 31), date(2017, 9, 1), Decimal(92) / 184),
        (date(2017, 7, 1), None, date(2017, 6, 1), Decimal(0)),
        (date(2018, 1, 1), None, date(2017, 6, 1), None),
        (date(2016, 1, 1), date(2016, 12, 31), date(2017, 6, 1), None),
    ],
)
def test_elapsed_share_counts_the_projects_own_days_of_the_year(starts, ends, month, share):
    assert elapsed_share(month=month, starts_on=starts, ends_on=ends, this_year=True) == share


def test_elapsed_share_from_the_first_day_counts_earlier_years_too():
    share = elapsed_share(month=date(2017, 6, 1), starts_on=date(2016, 1, 1), ends_on=None, this_year=False)
    assert share == Decimal(366 + 181) / (366 + 365)


def test_straight_line_goes_on_as_it_went():
    assert straight_line(spent=Decimal(50_000), elapsed=Decimal("0.5")) == Decimal(100_000)
    assert straight_line(spent=Decimal(0), elapsed=Decimal(0)) is None
    assert straight_line(spent=Decimal(0), elapsed=None) is None


@pytest.mark.parametrize(
    ("deviation", "budget", "needed"),
    [
        *((None, 100_000, False), (9_999, 50_000, False), (10_000, 100_000, True), (-10_000, 100_000, True)),
        *((10_000, 100_001, False), (10_000, None, True), (0, 100_000, False)),
    ],
)
def test_a_reason_is_needed_from_both_thresholds_on(deviation, budget, needed):
    values = [None if amount is None else Decimal(amount) for amount in (deviation, budget)]
    assert needs_reason(deviation=values[0], budget=values[1], threshold=THRESHOLD) is needed


@pytest.mark.parametrize(
    ("spent", "budget", "elapsed", "is_told"),
    [
        *(("75000", "100000", "0.5", True), ("74999", "100000", "0.5", False), ("25000", "100000", "0.5", True)),
        *(("1000", "2000", "0", False), ("5", None, "0.5", False), ("90000", "100000", None, False)),
    ],
)
def test_spend_far_from_time_is_told(spent, budget, elapsed, is_told):
    notice = drift_notice(
        project="Mentor",
        year=2017,
        spent=Decimal(spent),
        budget=budget and Decimal(budget),
        elapsed=elapsed and Decimal(elapsed),
        least=Decimal(10_000),
    )
    assert (notice is not None) is is_told
    assert notice is None or notice.rule == "R22"
