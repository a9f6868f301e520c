"""A breakdown of a status as plain facts: its rows in the order they print, with the sums nobody types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.counts import share
from projects.enums import BreakdownKind
from projects.models import Breakdown, BreakdownCategory, BreakdownValue
from projects.rules.crosses import CrossColumn, CrossRow, ShareRow, cross_sums, share_sum
from projects.rules.indicators import Flow, Row, breakdown_sum, flow_remaining, row_values


@dataclass(frozen=True)
class ColumnFact:
    """A column of a cross-table. `typed` is the total the source states, `sum` what the rows give.

    `value` is what is shown: the stated total, else the sum.
    """

    category_id: int
    code: str
    label: str
    typed: int | None = None
    sum: int | None = None
    value: int | None = None
    previous: int | None = None
    previous_typed: int | None = None

    @property
    def as_column(self) -> CrossColumn:
        return CrossColumn(self.code, self.label, self.typed)


@dataclass(frozen=True)
class CellFact:
    """A row's count in a column. `value` is what is shown (a total row's is summed), `typed` what was entered."""

    column_id: int
    column_code: str
    typed: int | None = None
    value: int | None = None
    previous: int | None = None


@dataclass(frozen=True)
class RowFact:
    """A row of a breakdown. `value` is what is shown (a total row's is summed), `typed` what was entered.

    In a cross-table `value` is the sum of the row's `cells`; of a part and its whole, the part.
    """

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
    out_of: int | None = None
    previous_out_of: int | None = None
    cells: tuple[CellFact, ...] = ()

    @property
    def as_row(self) -> Row:
        return Row(self.code, self.label, self.typed, self.parent_code, self.is_total)

    @property
    def as_flow(self) -> Flow:
        return Flow(self.code, self.label, self.typed, self.count_out, self.since, self.since_text)

    @property
    def as_cross_row(self) -> CrossRow:
        counts = {cell.column_code: cell.typed for cell in self.cells}
        return CrossRow(self.code, self.label, counts, self.parent_code, self.is_total)

    @property
    def as_share_row(self) -> ShareRow:
        return ShareRow(self.code, self.label, self.typed, self.out_of)

    @property
    def share(self) -> Decimal | None:
        """Return n of N in per cent, not rounded."""
        return share(self.value, self.out_of)

    @property
    def is_given(self) -> bool:
        """Return whether somebody has typed anything in the row."""
        numbers = (self.typed, self.count_out, self.out_of, *(cell.typed for cell in self.cells))
        return any(number is not None for number in numbers)


@dataclass(frozen=True)
class BreakdownFact:
    """A table of a status. `total_label` and `total_expected` say which indicator it must sum to, if any.

    `total_out_of` is the N of all rows together where both n and N are known.
    """

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
    columns: tuple[ColumnFact, ...] = ()
    total_out_of: int | None = None
    is_figure: bool = False

    @property
    def caption(self) -> str:
        return caption(self.name, self.unit)

    @property
    def is_flow(self) -> bool:
        return self.kind == BreakdownKind.FLOW

    @property
    def is_cross(self) -> bool:
        return self.kind == BreakdownKind.CROSS

    @property
    def is_share(self) -> bool:
        return self.kind == BreakdownKind.SHARE

    @property
    def total_share(self) -> Decimal | None:
        """Return n of N of all rows together, in per cent, not rounded."""
        return share(self.total, self.total_out_of)


def caption(name: str, unit: str) -> str:
    """Return what a measure or a table is called where it is printed."""
    return _("%(name)s, %(unit)s") % {"name": name, "unit": unit} if unit else name


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

    Each month has the rows and columns that were in use then, so an earlier total counts rows that have ended since.
    """
    now = summed(_typed_fact(breakdown, categories, month, values, expected))
    if previous_month is None:
        return now
    return _with_previous(now, summed(_typed_fact(breakdown, categories, previous_month, previous_values, None)))


def summed(fact: BreakdownFact) -> BreakdownFact:
    """Return the table with everything that is added up from what was typed, added up anew."""
    if fact.is_cross:
        return _cross_summed(fact)
    rows = [row.as_row for row in fact.rows]
    shown = row_values(rows)
    total, out_of = breakdown_sum(rows), None
    if fact.is_share:
        total, out_of = share_sum([row.as_share_row for row in fact.rows])
    return replace(
        fact,
        total=total,
        total_out_of=out_of,
        rows=tuple(replace(row, value=shown[row.code], remaining=flow_remaining(row.as_flow)) for row in fact.rows),
    )


def _cross_summed(fact: BreakdownFact) -> BreakdownFact:
    columns = [column.as_column for column in fact.columns]
    sums = cross_sums([row.as_cross_row for row in fact.rows], columns, is_exclusive=fact.is_exclusive)

    def column_value(column: ColumnFact) -> int | None:
        return column.typed if column.typed is not None else sums.column_sums[column.code]

    return replace(
        fact,
        total=sums.total,
        columns=tuple(
            replace(column, sum=sums.column_sums[column.code], value=column_value(column)) for column in fact.columns
        ),
        rows=tuple(
            replace(
                row,
                value=sums.rows[row.code],
                cells=tuple(replace(cell, value=sums.cells[cell.column_code][row.code]) for cell in row.cells),
            )
            for row in fact.rows
        ),
    )


def is_in_use(dated: Breakdown | BreakdownCategory, month: date) -> bool:
    begun = dated.from_month is None or dated.from_month <= month
    return begun and (dated.to_month is None or dated.to_month >= month)


def rows_in_use(categories: Sequence[BreakdownCategory], month: date) -> list[BreakdownCategory]:
    """Return the month's rows as they print. What stands under a row that is not in use is not in use either."""
    return _in_order([category for category in categories if not category.is_column and is_in_use(category, month)])


def columns_in_use(categories: Sequence[BreakdownCategory], month: date) -> list[BreakdownCategory]:
    return [category for category in categories if category.is_column and is_in_use(category, month)]


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


def _typed_fact(
    breakdown: Breakdown,
    categories: Sequence[BreakdownCategory],
    month: date,
    values: Iterable[BreakdownValue],
    expected: Decimal | None,
) -> BreakdownFact:
    """Return the month's table with what was typed and no sums yet."""
    own: dict[int, BreakdownValue] = {}
    cells: dict[tuple[int, int], int | None] = {}
    for value in values:
        if value.column_id is None:
            own[value.category_id] = value
        else:
            cells[value.category_id, value.column_id] = value.count
    rows = rows_in_use(categories, month)
    columns = columns_in_use(categories, month) if breakdown.kind == BreakdownKind.CROSS else []
    indicator = breakdown.indicator
    places = {row.pk: row for row in rows}
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
        total=None,
        previous_total=None,
        rows=tuple(_row_fact(row, places, columns, own.get(row.pk), cells) for row in rows),
        columns=tuple(_column_fact(column, own.get(column.pk)) for column in columns),
        is_figure=breakdown.is_figure,
    )


def _column_fact(column: BreakdownCategory, value: BreakdownValue | None) -> ColumnFact:
    return ColumnFact(column.pk, column.code, column.name, typed=value.count if value else None)


def _row_fact(
    row: BreakdownCategory,
    places: Mapping[int, BreakdownCategory],
    columns: Sequence[BreakdownCategory],
    value: BreakdownValue | None,
    cells: Mapping[tuple[int, int], int | None],
) -> RowFact:
    parent = places.get(row.parent_id) if row.parent_id else None
    return RowFact(
        category_id=row.pk,
        code=row.code,
        label=row.name,
        parent_code=parent.code if parent else None,
        is_total=row.is_total,
        depth=_depth(row, places),
        value=None,
        typed=value.count if value else None,
        previous=None,
        count_out=value.count_out if value else None,
        previous_out=None,
        remaining=None,
        since=value.since if value else None,
        since_text=value.since_text if value else "",
        previous_since=None,
        previous_since_text="",
        out_of=value.out_of if value else None,
        cells=tuple(CellFact(column.pk, column.code, cells.get((row.pk, column.pk))) for column in columns),
    )


def _depth(row: BreakdownCategory, places: Mapping[int, BreakdownCategory]) -> int:
    depth = 0
    above = places.get(row.parent_id) if row.parent_id else None
    while above is not None:
        depth += 1
        above = places.get(above.parent_id) if above.parent_id else None
    return depth


def _with_previous(now: BreakdownFact, before: BreakdownFact) -> BreakdownFact:
    """Return the table with the earlier month's values beside its own."""
    columns = {column.code: column for column in before.columns}
    rows = {row.code: row for row in before.rows}
    return replace(
        now,
        previous_total=before.total,
        columns=tuple(
            replace(column, previous=was.value, previous_typed=was.typed)
            if (was := columns.get(column.code))
            else column
            for column in now.columns
        ),
        rows=tuple(_row_with_previous(row, rows[row.code]) if row.code in rows else row for row in now.rows),
    )


def _row_with_previous(row: RowFact, was: RowFact) -> RowFact:
    cells = {cell.column_code: cell.value for cell in was.cells}
    return replace(
        row,
        previous=was.value,
        previous_out=was.count_out,
        previous_since=was.since,
        previous_since_text=was.since_text,
        previous_out_of=was.out_of,
        cells=tuple(replace(cell, previous=cells.get(cell.column_code)) for cell in row.cells),
    )
