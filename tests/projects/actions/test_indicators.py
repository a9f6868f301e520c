"""Indicators and targets: what is stored, what is told of it, and that a refusal stores nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions.indicators import (
    TargetValue,
    create_indicator,
    delete_indicator,
    move_indicator,
    save_indicator,
)
from projects.models import Event, Indicator, Target
from tests.factories import (
    BreakdownFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

VALUES = {
    "name": "Borgere i alt",
    "unit": "borgere",
    "direction": "up",
    "counting_rule": "since_start",
    "baseline": Decimal(18),
    "baseline_on": date(2016, 10, 1),
    "source": "Sagslisten",
    "is_figure": True,
}
GOAL = TargetValue(date(2017, 12, 31), Decimal(45))


def stored(indicator):
    fields = ("name", "unit", "direction", "counting_rule", "baseline", "baseline_on", "source", "is_figure")
    return Indicator.objects.values(*fields).get(pk=indicator.pk)


def targets(indicator):
    return list(indicator.targets.order_by("due_on").values_list("due_on", "value"))


def events(project):
    return list(project.events.order_by("pk").values_list("verb", "changes"))


def test_an_indicator_is_stored_with_its_targets_and_told():
    project, by = ProjectFactory(), UserFactory()
    indicator = create_indicator(project=project, values=VALUES, targets=[GOAL], by=by)

    assert stored(indicator) == VALUES
    assert (indicator.code, indicator.position, indicator.is_active) == ("borgere-i-alt", 1, True)
    assert targets(indicator) == [(date(2017, 12, 31), Decimal(45))]
    ((verb, changes),) = events(project)
    assert verb == "indicator_created"
    assert ["Mål", "", "45 (31.12.2017)"] in changes
    assert ["Navn", "", "Borgere i alt"] in changes


def test_codes_never_meet():
    project, by = ProjectFactory(), UserFactory()
    IndicatorFactory(project=project, code="borgere-i-alt", name="Omdøbt", position=7)
    indicator = create_indicator(project=project, values=VALUES, targets=[], by=by)
    assert (indicator.code, indicator.position) == ("borgere-i-alt-2", 8)


@pytest.mark.parametrize(
    ("changed", "goals"),
    [
        ({"name": "måltal a"}, []),
        ({"baseline_on": None}, []),
        ({"name": "010190-1234"}, []),
        ({}, [GOAL, GOAL]),
        ({"unit": ""}, []),
    ],
)
def test_a_refused_indicator_stores_nothing(changed, goals):
    project = IndicatorFactory(name="Måltal A").project
    with pytest.raises(ValidationError):
        create_indicator(project=project, values=VALUES | changed, targets=goals, by=UserFactory())
    assert (Indicator.objects.count(), Target.objects.count(), Event.objects.count()) == (1, 0, 0)


def test_changes_are_told_from_and_to_and_the_code_stays():
    indicator = IndicatorFactory(name="Borgere", code="borgere")
    TargetFactory(indicator=indicator, due_on=date(2017, 6, 30), value=Decimal(30))
    values = {"name": "Borgere i alt", "direction": "up"}
    saved = save_indicator(indicator=indicator, values=values, targets=[GOAL], by=UserFactory())

    assert (saved.name, saved.direction, saved.code) == ("Borgere i alt", "up", "borgere")
    assert targets(saved) == [(date(2017, 12, 31), Decimal(45))]
    assert events(indicator.project) == [
        (
            "indicator_changed",
            [
                ["Navn", "Borgere", "Borgere i alt"],
                ["Retning", "Hverken eller", "Højere er bedre"],
                ["Mål", "30 (30.06.2017)", "45 (31.12.2017)"],
            ],
        )
    ]


def test_saving_the_same_again_changes_nothing():
    indicator = IndicatorFactory()
    save_indicator(indicator=indicator, values={"name": indicator.name}, targets=[], by=UserFactory())
    assert Event.objects.count() == 0


def test_another_unit_is_confirmed_and_earlier_figures_keep_theirs():
    indicator = IndicatorFactory(unit="borgere")
    measured = MeasurementFactory(indicator=indicator, snapshot__project=indicator.project)
    change = {"indicator": indicator, "values": {"unit": "familier"}, "targets": [], "by": UserFactory()}

    with pytest.raises(ValidationError) as refused:
        save_indicator(**change)
    assert refused.value.code == "meaning_changes"
    indicator.refresh_from_db()
    assert (indicator.unit, Event.objects.count()) == ("borgere", 0)

    save_indicator(**change, is_confirmed=True)
    indicator.refresh_from_db()
    measured.refresh_from_db()
    assert (indicator.unit, measured.unit) == ("familier", "borgere")


def test_an_indicator_a_table_must_sum_to_stays_in_use():
    indicator = IndicatorFactory()
    table = BreakdownFactory(project=indicator.project, indicator=indicator, name="Nationalitet")
    change = {"indicator": indicator, "values": {"is_active": False}, "targets": [], "by": UserFactory()}
    with pytest.raises(ValidationError) as refused:
        save_indicator(**change)
    assert refused.value.code == "tied"
    assert Indicator.objects.get().is_active

    table.delete()
    assert not save_indicator(**change).is_active


def test_an_unused_indicator_is_deleted():
    indicator = IndicatorFactory(name="Fejl")
    delete_indicator(indicator=indicator, by=UserFactory())
    assert (Indicator.objects.count(), list(Event.objects.values_list("verb", flat=True))) == (0, ["indicator_deleted"])


def test_an_indicator_with_figures_is_not_deleted():
    measured = MeasurementFactory(snapshot=StatusSnapshotFactory())
    with pytest.raises(ValidationError) as refused:
        delete_indicator(indicator=measured.indicator, by=UserFactory())
    assert (refused.value.code, Indicator.objects.count(), Event.objects.count()) == ("in_use", 1, 0)


def test_indicators_are_moved_one_place_and_no_further():
    project, by = ProjectFactory(), UserFactory()
    first, second, third = IndicatorFactory.create_batch(3, project=project)
    move_indicator(indicator=third, step=-1, by=by)
    move_indicator(indicator=first, step=-1, by=by)
    assert list(project.indicators.order_by("position")) == [first, third, second]
    assert [verb for verb, _changes in events(project)] == ["indicator_moved"]
