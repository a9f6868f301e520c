"""Statuses as plain facts."""

from datetime import date
from decimal import Decimal

import pytest

from projects.enums import BreakdownKind
from projects.queries.snapshots import (
    approved_snapshots,
    blank_content,
    current_snapshots,
    snapshot_content,
    snapshot_contents,
)
from tests.factories import (
    MONTH,
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProjectFactory,
    StatusSnapshotFactory,
    TargetFactory,
    approved,
)

pytestmark = pytest.mark.django_db

OCTOBER = date(2017, 10, 1)
JUNE = date(2017, 6, 1)


def full_status(*, count: int = 5):
    """A status with one indicator, and a split with a total row over a typed parent with one child."""
    project = ProjectFactory()
    indicator = IndicatorFactory(project=project)
    breakdown = BreakdownFactory(project=project, indicator=indicator)
    active = BreakdownCategoryFactory(breakdown=breakdown, code="aktive", is_total=True)
    mentor = BreakdownCategoryFactory(breakdown=breakdown, code="mentor", parent=active)
    rehab = BreakdownCategoryFactory(breakdown=breakdown, code="rehab", parent=mentor)
    for month, change in ((OCTOBER, -1), (MONTH, 0)):
        snapshot = StatusSnapshotFactory(project=project, month=month)
        MeasurementFactory(snapshot=snapshot, indicator=indicator, value=Decimal(count + change))
        BreakdownValueFactory(snapshot=snapshot, category=mentor, count=count + change)
        BreakdownValueFactory(snapshot=snapshot, category=rehab, count=1)
        if month == OCTOBER:
            approved(snapshot)
    return snapshot


def test_content_sums_total_rows_and_brings_last_month():
    content = snapshot_content(full_status())

    (breakdown,) = content.breakdowns
    assert [(row.code, row.depth, row.typed, row.value, row.previous) for row in breakdown.rows] == [
        ("aktive", 0, None, 5, 4),
        ("mentor", 1, 5, 5, 4),
        ("rehab", 2, 1, 1, 1),
    ]
    assert (breakdown.total, breakdown.previous_total, breakdown.total_expected) == (5, 4, Decimal(5))
    (indicator,) = content.indicators
    assert (indicator.value, indicator.previous, indicator.previous_month) == (Decimal(5), Decimal(4), OCTOBER)
    assert indicator.history == ((OCTOBER, Decimal(4)),)
    assert content.previous.month == OCTOBER


def test_content_keeps_the_unit_of_each_month():
    snapshot = StatusSnapshotFactory()
    indicator = IndicatorFactory(project=snapshot.project, unit="borgere")
    june = StatusSnapshotFactory(project=snapshot.project, month=JUNE)
    MeasurementFactory(snapshot=june, indicator=indicator, value=18, unit="borgere/familier")
    approved(june)
    MeasurementFactory(snapshot=snapshot, indicator=indicator, value=35)

    (fact,) = snapshot_content(snapshot).indicators

    assert (fact.unit, fact.previous_unit) == ("borgere", "borgere/familier")


def test_flow_rows_know_what_remains():
    snapshot = StatusSnapshotFactory()
    breakdown = BreakdownFactory(project=snapshot.project, kind=BreakdownKind.FLOW)
    for code, came, left in (("85", 8, 6), ("99", 6, 2), ("110", 9, 7)):
        category = BreakdownCategoryFactory(breakdown=breakdown, code=code)
        BreakdownValueFactory(snapshot=snapshot, category=category, count=came, count_out=left)

    (fact,) = snapshot_content(snapshot).breakdowns

    assert [(row.code, row.typed, row.count_out, row.remaining) for row in fact.rows] == [
        ("85", 8, 6, 2),
        ("99", 6, 2, 4),
        ("110", 9, 7, 2),
    ]


def test_an_earlier_draft_is_not_last_month():
    snapshot = StatusSnapshotFactory()
    StatusSnapshotFactory(project=snapshot.project, month=OCTOBER)
    assert snapshot_content(snapshot).previous is None


def test_a_correction_replaces_the_month_it_corrects():
    october = StatusSnapshotFactory(month=OCTOBER)
    indicator = IndicatorFactory(project=october.project)
    MeasurementFactory(snapshot=october, indicator=indicator, value=40)
    approved(october)
    second = StatusSnapshotFactory(
        project=october.project, month=OCTOBER, revision=2, correction_reason="Talt forkert."
    )
    MeasurementFactory(snapshot=second, indicator=indicator, value=39)
    approved(second)

    (fact,) = blank_content(october.project, MONTH).indicators

    assert (fact.value, fact.previous, fact.history) == (None, Decimal(39), ((OCTOBER, Decimal(39)),))


def test_schemes_follow_their_months():
    snapshot = StatusSnapshotFactory()
    BreakdownFactory(project=snapshot.project, code="gammel", to_month=OCTOBER)
    BreakdownFactory(project=snapshot.project, code="ny", from_month=MONTH)
    assert [fact.code for fact in snapshot_content(snapshot).breakdowns] == ["ny"]


def test_the_next_target_is_shown_and_the_last_when_all_are_past():
    snapshot = StatusSnapshotFactory()
    indicator = IndicatorFactory(project=snapshot.project)
    for due_on, value in ((date(2016, 12, 31), 10), (date(2017, 12, 31), 20), (date(2018, 12, 31), 30)):
        TargetFactory(indicator=indicator, due_on=due_on, value=value)
    (fact,) = snapshot_content(snapshot).indicators
    assert (fact.target, fact.target_on) == (Decimal(20), date(2017, 12, 31))

    later = StatusSnapshotFactory(project=snapshot.project, month=date(2019, 3, 1))
    (fact,) = snapshot_content(later).indicators
    assert (fact.target, fact.target_on) == (Decimal(30), date(2018, 12, 31))


@pytest.mark.parametrize("count", [1, 3])
def test_contents_take_eleven_queries(count, django_assert_num_queries):
    snapshots = [full_status() for _ in range(count)]
    with django_assert_num_queries(11):
        contents = snapshot_contents(snapshots)
        rows = [row.value for content in contents.values() for table in content.breakdowns for row in table.rows]
    assert rows == [5, 5, 1] * count


def test_newest_revision_counts_and_newest_approved_stands_until_the_next_is_approved(django_assert_num_queries):
    first = approved(StatusSnapshotFactory())
    correction = StatusSnapshotFactory(project=first.project, revision=2, correction_reason="Et tal manglede.")
    other = StatusSnapshotFactory(project=ProjectFactory())
    projects = [first.project, other.project]

    with django_assert_num_queries(1):
        assert current_snapshots(projects, MONTH) == {first.project_id: correction, other.project_id: other}
    with django_assert_num_queries(1):
        assert approved_snapshots(projects, MONTH) == {first.project_id: first}
