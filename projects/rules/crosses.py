"""Counts in two directions: rows by columns with totals, and n out of N."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.rules.indicators import (
    Row,
    breakdown_sum,
    difference_words,
    parent_notices,
    row_values,
    sum_known,
    total_notice,
)
from projects.rules.notices import Notice
from projects.rules.wording import place


@dataclass(frozen=True)
class CrossColumn:
    """A column. `stated` is its total as the source says it; None: nobody has typed one."""

    key: str
    label: str
    stated: int | None = None


@dataclass(frozen=True)
class CrossRow:
    """A row with its counts by column. A missing or None count is not typed, which is not 0."""

    key: str
    label: str
    counts: Mapping[str, int | None]
    parent: str | None = None
    is_total: bool = False


@dataclass(frozen=True)
class CrossSums:
    """Everything a cross-table shows that nobody typed. None: nothing to add, or a sum that would count people twice.

    `cells` are by column, then row: a total row's is the sum of the rows beneath it. `column_sums` are what the rows
    give, whatever the source states.
    """

    cells: Mapping[str, Mapping[str, int | None]]
    rows: Mapping[str, int | None]
    column_sums: Mapping[str, int | None]
    total: int | None


def cross_sums(rows: Sequence[CrossRow], columns: Sequence[CrossColumn], *, is_exclusive: bool = True) -> CrossSums:
    """Add a table up. Where one person may stand in several cells there are no sums, only the total rows' cells."""
    by_column = {column.key: _column_rows(rows, column) for column in columns}
    cells = {key: row_values(own) for key, own in by_column.items()}
    if not is_exclusive:
        nothing = dict.fromkeys(by_column)
        return CrossSums(cells, dict.fromkeys(row.key for row in rows), nothing, None)
    sums = {key: breakdown_sum(own) for key, own in by_column.items()}
    shown = [column.stated if column.stated is not None else sums[column.key] for column in columns]
    across = {row.key: sum_known([cells[column.key][row.key] for column in columns]) for row in rows}
    return CrossSums(cells, across, sums, sum_known(shown))


def _column_rows(rows: Sequence[CrossRow], column: CrossColumn) -> list[Row]:
    return [
        Row(row.key, f"{row.label}, {column.label}", row.counts.get(column.key), row.parent, row.is_total)
        for row in rows
    ]


def cross_notices(
    *,
    name: str,
    rows: Sequence[CrossRow],
    columns: Sequence[CrossColumn],
    total_label: str | None,
    total: int | None,
    is_exclusive: bool = True,
    field: str = "",
) -> list[Notice]:
    """R1: the whole table is not what its indicator says. R2: a column's stated total, or a row and its sub-rows.

    Where people may stand in several cells, only a single cell larger than its column's total is wrong.
    """
    sums = cross_sums(rows, columns, is_exclusive=is_exclusive)
    notices = []
    if is_exclusive and total_label and total is not None and sums.total is not None and sums.total != total:
        notices.append(total_notice(name, sums.total, total_label, total, field))
    for column in columns:
        notices += _column_notices(rows, column, sums, is_exclusive, field)
    for column in columns:
        found = parent_notices(_column_rows(rows, column), is_exclusive, field)
        notices += [Notice(n.rule, place(n.field, column.key), n.message, n.figures) for n in found]
    return notices


def _column_notices(
    rows: Sequence[CrossRow], column: CrossColumn, sums: CrossSums, is_exclusive: bool, field: str
) -> list[Notice]:
    if column.stated is None:
        return []
    if not is_exclusive:
        return _too_large_notices(rows, column, sums, column.stated, field)
    found = sums.column_sums[column.key]
    if found is None or found == column.stated:
        return []
    message = _("“%(column)s” says %(total)s in all, but its rows give %(sum)s – %(difference)s.") % {
        "column": column.label,
        "total": format_count(column.stated),
        "sum": format_count(found),
        "difference": difference_words(column.stated - found),
    }
    return [Notice("R2", place(field, column.key), message, (column.stated, found))]


def _too_large_notices(
    rows: Sequence[CrossRow], column: CrossColumn, sums: CrossSums, stated: int, field: str
) -> list[Notice]:
    notices = []
    for row in rows:
        count = sums.cells[column.key][row.key]
        if count is None or count <= stated or row.is_total:
            continue
        message = _("“%(row)s” says %(count)s of “%(column)s”, which is only %(total)s in all.") % {
            "row": row.label,
            "count": format_count(count),
            "column": column.label,
            "total": format_count(stated),
        }
        notices.append(Notice("R2", place(place(field, row.key), column.key), message, (count, stated)))
    return notices


@dataclass(frozen=True)
class ShareRow:
    """n out of N. Both are counted by people; either may be unknown."""

    key: str
    label: str
    count: int | None
    out_of: int | None


def share_sum(rows: Sequence[ShareRow]) -> tuple[int | None, int | None]:
    """Return n and N of all rows together: of those where both are known, so that the share means something."""
    whole = [row for row in rows if row.count is not None and row.out_of is not None]
    if not whole:
        return sum_known([row.count for row in rows]), None
    return sum_known([row.count for row in whole]), sum_known([row.out_of for row in whole])


def share_notices(
    *,
    name: str,
    rows: Sequence[ShareRow],
    total_label: str | None,
    total: int | None,
    is_exclusive: bool = True,
    field: str = "",
) -> list[Notice]:
    """R1: the counts are not what the indicator says. R2: more than there are to take from."""
    notices = []
    found = sum_known([row.count for row in rows])
    if is_exclusive and total_label and total is not None and found is not None and found != total:
        notices.append(total_notice(name, found, total_label, total, field))
    for row in rows:
        if row.count is None or row.out_of is None or row.count <= row.out_of:
            continue
        message = _("“%(row)s” says %(count)s out of %(out_of)s – the part is larger than the whole.") % {
            "row": row.label,
            "count": format_count(row.count),
            "out_of": format_count(row.out_of),
        }
        notices.append(Notice("R2", place(field, row.key), message, (row.count, row.out_of)))
    return notices
