"""When a count may be of people, and which thresholds there are."""

import pytest
from django.core.exceptions import ValidationError

from projects.rules.disclosure import check_threshold, counts_people


@pytest.mark.parametrize("unit", ["borgere", "familier", "", "sager", "mentorer"])
def test_these_may_be_people(unit: str):
    assert counts_people(unit)


@pytest.mark.parametrize("unit", ["kr.", "Kr.", " pct. ", "timer", "årsværk"])
def test_these_are_not_people(unit: str):
    assert not counts_people(unit)


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_offered_thresholds(threshold: int):
    check_threshold(threshold)


@pytest.mark.parametrize("threshold", [0, 1, 4, 11])
def test_other_thresholds_are_refused(threshold: int):
    with pytest.raises(ValidationError) as refusal:
        check_threshold(threshold)
    assert refusal.value.code == "threshold"
