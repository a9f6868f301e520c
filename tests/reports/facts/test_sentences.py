from collections import Counter

import pytest

from reports.facts.sentences import counts_sentence, days_late_words, in_days_words, shown_sentence
from tests.factories import MONTH


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, ""),
        (0, ""),
        (1, "Én dag forsinket."),
        (5, "Fem dage forsinket."),
        (11, "11 dage forsinket."),
        (59, "59 dage forsinket."),
        (60, "To måneder forsinket."),
        (400, "13 måneder forsinket."),
        (3287, "Ni år forsinket."),
    ],
)
def test_lateness_is_said_in_days_and_later_in_months_and_years(days, words):
    assert days_late_words(days) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "i dag"), (1, "i morgen"), (2, "om to dage"), (-1, "for én dag siden"), (-3275, "for ni år siden")],
)
def test_a_day_is_told_from_today(days, words):
    assert in_days_words(days) == words


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], ""),
        (["missing"], "Én status for november 2017: én mangler."),
        (["draft", "draft"], "To statusser for november 2017: to er kladder."),
        (
            ["missing", "returned", "submitted", "approved", "approved"],
            "Fem statusser for november 2017: to er godkendt, én venter på godkendelse, én er returneret"
            " og én mangler.",
        ),
    ],
)
def test_a_months_statuses_are_told_in_one_sentence(states, words):
    assert counts_sentence(Counter(states), MONTH) == words


@pytest.mark.parametrize(
    ("shown", "total", "words"),
    [
        (8, 8, "Viser alle 8 projekter."),
        (1, 1, "Viser det eneste projekt."),
        (3, 8, "Viser 3 af 8 projekter."),
        (0, 1, "Viser 0 af ét projekt."),
        (0, 0, ""),
    ],
)
def test_it_is_said_how_many_are_shown(shown, total, words):
    assert shown_sentence(shown, total) == words
