"""A breakdown of a status as plain facts: its rows in the order they print, with the sums nobody types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.enums import BreakdownKind
from projects.models import Breakdown, BreakdownCategory, BreakdownValue
from projects.rules.indicators import Flow, Row, breakdown_sum, flow_remaining, row_values


@dataclass(frozen=True)
class RowFact:
    """A row of a breakdown. `value` is what is shown (a total row's is summed), `typed` what was entered."""

    category_id: int
    code: str
    label: str
    parent_code: str | None
    is_total: bool
    depth: int
    value: int | None
    typed: int | None
    previous: int | None
    count_out: int | None
    previous_out: int | None
    remaining: int | None
    since: date | None
    since_text: str
    previous_since: date | None
    previous_since_text: str

    @property
    def as_row(self) -> Row:
        return Row(self.code, self.label, self.typed, self.parent_code, self.is_total)

    @property
    def as_flow(self) -> Flow:
        return Flow(self.code, self.label, self.typed, self.count_out, self.since, self.since_text)


@dataclass(frozen=True)
class BreakdownFact:
    """A table of a status. `total_label` and `total_expected` say which indicator it must sum to, if any."""

    breakdown_id: int
    code: str
    name: str
    kind: str
    unit: str
    is_exclusive: bool
    indicator_id: int | None
    total_label: str | None
    total_expected: Decimal | None
    total: int | None
    previous_total: int | None
    rows: tuple[RowFact, ...]

    @property
    def is_flow(self) -> bool:
        return self.kind == BreakdownKind.FLOW


def breakdown_fact(
    breakdown: Breakdown,
    categories: Sequence[BreakdownCategory],
    *,
    month: date,
    values: Iterable[BreakdownValue] = (),
    previous_month: date | None = None,
    previous_values: Iterable[BreakdownValue] = (),
    expected: Decimal | None = None,
) -> BreakdownFact:
    """Return the month's table with its sums; `expected` is the value of the indicator it must sum to. No query.

    Each month has the rows that were in use then, so an earlier total counts rows that have ended since.
    """
    own = {value.category_id: value for value in values}
    before = {value.category_id: value for value in previous_values}
    earlier = _rows(rows_in_use(categories, previous_month), before) if previous_month else []
    categories = rows_in_use(categories, month)
    rows = _rows(categories, own)
    shown, shown_before = row_values(rows), row_values(earlier)
    depths = _depths(categories)
    indicator = breakdown.indicator
    return BreakdownFact(
        breakdown_id=breakdown.pk,
        code=breakdown.code,
        name=breakdown.name,
        kind=breakdown.kind,
        unit=breakdown.unit or (indicator.unit if indicator else ""),
        is_exclusive=breakdown.is_exclusive,
        indicator_id=breakdown.indicator_id,
        total_label=indicator.name if indicator else None,
        total_expected=expected,
        total=breakdown_sum(rows),
        previous_total=breakdown_sum(earlier),
        rows=tuple(
            _row_fact(row, category.pk, depths, shown, shown_before, own.get(category.pk), before.get(category.pk))
            for category, row in zip(_in_order(categories), rows, strict=True)
        ),
    )


def is_in_use(dated: Breakdown | BreakdownCategory, month: date) -> bool:
    begun = dated.from_month is None or dated.from_month <= month
    return begun and (dated.to_month is None or dated.to_month >= month)


def rows_in_use(categories: Sequence[BreakdownCategory], month: date) -> list[BreakdownCategory]:
    """Return the month's rows as they print. What stands under a row that is not in use is not in use either."""
    return _in_order([category for category in categories if is_in_use(category, month)])


def _in_order(categories: Sequence[BreakdownCategory]) -> list[BreakdownCategory]:
    """Return the rows as they print: each followed by its children."""
    children: dict[int | None, list[BreakdownCategory]] = {}
    for category in categories:
        children.setdefault(category.parent_id, []).append(category)

    def below(parent_id: int | None) -> Iterable[BreakdownCategory]:
        for category in children.get(parent_id, []):
            yield category
            yield from below(category.pk)

    return list(below(None))


def _depths(categories: Sequence[BreakdownCategory]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for category in _in_order(categories):
        depths[category.pk] = depths[category.parent_id] + 1 if category.parent_id else 0
    return depths


def _rows(categories: Sequence[BreakdownCategory], values: Mapping[int, BreakdownValue]) -> list[Row]:
    codes = {category.pk: category.code for category in categories}
    return [
        Row(
            key=category.code,
            label=category.name,
            count=values[category.pk].count if category.pk in values else None,
            parent=codes.get(category.parent_id) if category.parent_id else None,
            is_total=category.is_total,
        )
        for category in _in_order(categories)
    ]


def _row_fact(
    row: Row,
    category_id: int,
    depths: Mapping[int, int],
    shown: Mapping[str, int | None],
    shown_before: Mapping[str, int | None],
    value: BreakdownValue | None,
    before: BreakdownValue | None,
) -> RowFact:
    count_out = value.count_out if value else None
    since = value.since if value else None
    since_text = value.since_text if value else ""
    return RowFact(
        category_id=category_id,
        code=row.key,
        label=row.label,
        parent_code=row.parent,
        is_total=row.is_total,
        depth=depths[category_id],
        value=shown[row.key],
        typed=row.count,
        previous=shown_before.get(row.key),
        count_out=count_out,
        previous_out=before.count_out if before else None,
        remaining=flow_remaining(Flow(row.key, row.label, row.count, count_out, since, since_text)),
        since=since,
        since_text=since_text,
        previous_since=before.since if before else None,
        previous_since_text=before.since_text if before else "",
    )
