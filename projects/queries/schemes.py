"""What a project counts, as the page where it is set up shows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from projects.enums import BreakdownKind, SnapshotState
from projects.models import (
    Breakdown,
    BreakdownCategory,
    BreakdownValue,
    Indicator,
    Measurement,
    Project,
    StatusSnapshot,
    Target,
)
from projects.months import first_of_month, next_month
from projects.queries.breakdowns import BreakdownFact, breakdown_fact
from projects.rules.schemes import SchemeRow, Use


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with its targets, when it has figures, and the tables in use that must sum to it."""

    indicator: Indicator
    targets: tuple[Target, ...]
    used: Use | None
    tables: tuple[str, ...]


@dataclass(frozen=True)
class TableLine:
    """A table as it looks in `month`. `is_over`: it has ended; `is_ahead`: it has not begun."""

    breakdown: Breakdown
    fact: BreakdownFact
    month: date
    used: Use | None
    is_over: bool
    is_ahead: bool


@dataclass(frozen=True)
class Setup:
    """Everything a project counts. `month` is the one the next status is for, `told` the newest with figures in it."""

    month: date
    told: date
    indicators: tuple[IndicatorLine, ...]
    tables: tuple[TableLine, ...]


def first_open_month(project: Project) -> date | None:
    """Return the month after the newest approved status; None when nothing is approved. One query."""
    approved = StatusSnapshot.objects.filter(project=project, state=SnapshotState.APPROVED)
    newest = approved.aggregate(newest=Max("month"))["newest"]
    return next_month(newest) if newest else None


def next_status_month(project: Project) -> date:
    """Return the month the next status is for: after the last approved, else this month. One query."""
    this_month = max(first_of_month(timezone.localdate()), first_of_month(project.starts_on))
    return first_open_month(project) or this_month


def project_setup(project: Project) -> Setup:
    """Return what the project counts. Seven queries, however many indicators, tables and rows."""
    month = next_status_month(project)
    indicators = list(project.indicators.order_by("position", "pk"))
    targets = _grouped(Target.objects.filter(indicator__project=project).order_by("due_on"), "indicator_id")
    measured = indicator_use(project)
    breakdowns = list(project.breakdowns.select_related("indicator").order_by("position", "pk"))
    rows = _grouped(BreakdownCategory.objects.filter(breakdown__project=project), "breakdown_id")
    counted = table_use(project)
    tied: dict[int | None, list[str]] = defaultdict(list)
    for table in breakdowns:
        if table.to_month is None or table.to_month >= month:
            tied[table.indicator_id].append(table.name)
    told = max((use.last for use in (*measured.values(), *counted.values())), default=month)
    return Setup(
        month,
        told,
        tuple(
            IndicatorLine(each, tuple(targets[each.pk]), measured.get(each.pk), tuple(tied[each.pk]))
            for each in indicators
        ),
        tuple(_table_line(table, rows[table.pk], counted.get(table.pk), month) for table in breakdowns),
    )


def _table_line(table: Breakdown, rows: Sequence[BreakdownCategory], used: Use | None, month: date) -> TableLine:
    is_over = table.to_month is not None and table.to_month < month
    is_ahead = table.from_month is not None and table.from_month > month
    shown = (table.to_month if is_over else table.from_month if is_ahead else month) or month
    return TableLine(table, breakdown_fact(table, rows, month=shown), shown, used, is_over, is_ahead)


def indicator_use(project: Project) -> dict[int, Use]:
    """Return, by indicator, the first and last month with a figure. One query."""
    return _uses(Measurement.objects.filter(indicator__project=project), "indicator_id")


def table_use(project: Project) -> dict[int, Use]:
    """Return, by table, the first and last month with counts. One query."""
    return _uses(BreakdownValue.objects.filter(category__breakdown__project=project), "category__breakdown_id")


def row_use(breakdown: Breakdown) -> dict[str, Use]:
    """Return, by the id of a row or column as text, the first and last month with a count in it.

    One query, two for a cross-table.
    """
    values = BreakdownValue.objects.filter(category__breakdown=breakdown)
    used = _uses(values, "category_id")
    is_cross = breakdown.kind == BreakdownKind.CROSS
    for pk, use in _uses(values.filter(column__isnull=False), "column_id").items() if is_cross else ():
        known = used.get(pk, use)
        used[pk] = Use(min(known.first, use.first), max(known.last, use.last))
    return {str(pk): use for pk, use in used.items()}


def _uses(rows: "QuerySet[Measurement] | QuerySet[BreakdownValue]", key: str) -> dict[int, Use]:
    found = rows.order_by().values_list(key).annotate(Min("snapshot__month"), Max("snapshot__month"))
    return {pk: Use(first, last) for pk, first, last in found}


def scheme_rows(breakdown: Breakdown) -> list[SchemeRow]:
    """Return every stored row and column, ended ones too, in their order within each parent. One query."""
    return [
        SchemeRow(
            key=str(row.pk),
            name=row.name,
            parent=str(row.parent_id) if row.parent_id else None,
            is_total=row.is_total,
            is_column=row.is_column,
            from_month=row.from_month,
            to_month=row.to_month,
        )
        for row in breakdown.categories.order_by("position", "pk")
    ]


def drawn_scheme(breakdown: Breakdown, rows: Sequence[SchemeRow], month: date) -> BreakdownFact:
    """Return the table as it would look in the month with rows that need not be stored. No query."""
    numbers = {row.key: -number for number, row in enumerate(rows, start=1)}
    drawn = [
        BreakdownCategory(
            pk=numbers[row.key],
            breakdown_id=breakdown.pk,
            parent_id=numbers.get(row.parent) if row.parent else None,
            code=f"row-{-numbers[row.key]}",
            name=row.name,
            is_total=row.is_total,
            is_column=row.is_column,
            from_month=row.from_month,
            to_month=row.to_month,
        )
        for row in rows
    ]
    return breakdown_fact(breakdown, drawn, month=month)


def _grouped(rows: Iterable, key: str) -> defaultdict:  # type: ignore[type-arg]
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped
