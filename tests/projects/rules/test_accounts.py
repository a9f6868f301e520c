"""Accounts written in different ways, held against a chart."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects.rules.accounts import account_digits, chart_of, check_account, is_in_chart

DAY = date(2017, 6, 30)
CHART = chart_of([("5.68.98", date(2007, 1, 1), None), ("5.57.73", date(2007, 1, 1), date(2016, 12, 31))])


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("5.68.98", "56898"),
        ("05.68.98", "56898"),
        ("568981106", "568981106"),
        (" 5 68 98 ", "56898"),
        ("løn", ""),
        ("", ""),
    ],
)
def test_an_account_is_the_same_however_it_is_written(text, digits):
    assert account_digits(text) == digits


@pytest.mark.parametrize(
    ("account", "found"),
    [("5.68.98", True), ("05.68.98", True), ("568981106", True), ("5.68", False), ("5.57.73", False), ("løn", False)],
)
def test_an_account_stands_in_the_chart_by_itself_or_by_what_it_begins_with(account, found):
    assert is_in_chart(account, DAY, CHART) is found


def test_an_account_is_held_against_the_years_chart():
    check_account("5.57.73", year=2016, chart=CHART)
    check_account("", year=2017, chart=CHART)
    check_account("9.99.99", year=2017, chart={})
    with pytest.raises(ValidationError, match=r"5\.57\.73") as refused:
        check_account("5.57.73", year=2017, chart=CHART)
    assert refused.value.code == "unknown_account"
