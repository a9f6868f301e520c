from decimal import Decimal

import pytest

from projects.enums import PoolKind, ProjectState
from projects.rules.notices import Notice
from projects.rules.projects import (
    closed_without_results_notice,
    deviation,
    funding_notice,
    negative_forecast_notice,
)


@pytest.mark.parametrize(
    ("granted", "forecast", "expected"),
    [(185_000, 200_000, 15_000), (185_000, 150_000, -35_000), (0, 0, 0), (185_000, None, None), (None, 5, None)],
)
def test_deviation_is_positive_when_it_costs_more(granted, forecast, expected):
    decimals = [None if value is None else Decimal(value) for value in (granted, forecast)]
    assert deviation(*decimals) == expected


def test_a_project_of_the_reinvestment_pool_is_fine():
    assert funding_notice(project="Integration", pool_kind=PoolKind.REINVESTMENT) is None


def test_a_project_without_a_pool_is_noticed():
    assert funding_notice(project="Sund i job", pool_kind=None) == Notice(
        "R15", "pool", "“Sund i job” har ingen pulje, og det fremgår ikke, hvor pengene kommer fra.", ("", "")
    )


@pytest.mark.parametrize("pool_kind", [None, PoolKind.BUDGET_AGREEMENT])
def test_a_project_paid_from_elsewhere_says_from_where(pool_kind):
    found = funding_notice(project="Aftentelefonen", pool_kind=pool_kind, other_source="budgetaftalen for 2018")
    assert found.message == (
        "“Aftentelefonen” er ikke betalt af geninvesteringspuljen, men af: budgetaftalen for 2018."
    )


def test_another_pool_is_named_by_its_kind_when_nothing_else_is_known():
    found = funding_notice(project="Aftentelefonen", pool_kind=PoolKind.STATE_POOL)
    assert found.message.endswith(f"men af: {PoolKind.STATE_POOL.label}.")
    assert found.figures == ("state_pool", "")


TARGETS = ("ordinært arbejde", "afklaret til fleksjob", "uddannelse")


def closed(**values):
    defaults = {"project": "Rum", "state": ProjectState.CLOSED, "targets": TARGETS, "without_result": ()}
    return closed_without_results_notice(**{**defaults, **values})


def test_a_closed_project_without_results_is_noticed():
    assert closed(without_result=TARGETS[:2]) == Notice(
        "R16",
        "results",
        "“Rum” er afsluttet uden resultater for “ordinært arbejde” og “afklaret til fleksjob”.",
        TARGETS[:2],
    )


def test_a_closed_project_without_targets_is_noticed():
    assert closed(targets=()).message == "“Rum” er afsluttet og har ingen mål at holde resultaterne op mod."


def test_a_closed_project_with_results_and_a_running_one_are_fine():
    assert closed() is None
    assert closed(state=ProjectState.RUNNING, without_result=TARGETS) is None


def test_a_forecast_below_zero_is_asked_about():
    asked = negative_forecast_notice(Decimal("-50000.00"))
    words = "Prognosen er −50.000\xa0kr. Kommer der flere penge ind, end der bliver brugt i år?"
    assert asked == Notice("R21", "forecast", words, ("−50.000\xa0kr.",))
    assert [negative_forecast_notice(amount) for amount in (None, Decimal(0), Decimal(1))] == [None, None, None]
