"""What a project may count: its indicators, and the rows of its tables, now and after statuses have used them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import BreakdownKind
from projects.months import format_month
from projects.rules.wording import joined


@dataclass(frozen=True)
class SchemeRow:
    """A row of a table's scheme, or a column. `key` is its id, or any word for one that is not stored yet."""

    key: str
    name: str
    parent: str | None = None
    is_total: bool = False
    from_month: date | None = None
    to_month: date | None = None
    is_column: bool = False


@dataclass(frozen=True)
class Use:
    """The first and the last month that statuses have figures for something in."""

    first: date
    last: date


def same_words(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()


# --- Indicators -------------------------------------------------------------------------------------------------


def check_name_free(name: str, others: Collection[str]) -> None:
    """Raise name_missing, same_name."""
    if not name.strip():
        raise ValidationError({"name": ValidationError(_("Write a name."), code="name_missing")})
    if any(same_words(name, other) for other in others):
        error = ValidationError(_("The project has one called “%(name)s” already."), code="same_name")
        error.params = {"name": " ".join(name.split())}
        raise ValidationError({"name": error})


def check_baseline(baseline: Decimal | None, baseline_on: date | None) -> None:
    """Raise baseline_missing, baseline_undated: a figure to compare with has a day, and a day has a figure."""
    if baseline is None and baseline_on is not None:
        error = ValidationError(_("Write the figure of that day, or empty the date."), code="baseline_missing")
        raise ValidationError({"baseline": error})
    if baseline is not None and baseline_on is None:
        error = ValidationError(_("Which day does the baseline hold for?"), code="baseline_undated")
        raise ValidationError({"baseline_on": error})


def check_targets(days: Sequence[date]) -> None:
    """Raise same_date: an indicator has one target per day."""
    twice = sorted({day for day in days if days.count(day) > 1})
    if twice:
        raise ValidationError(
            _("There are two targets for %(day)s. Keep one of them."),
            code="same_date",
            params={"day": format_date(twice[0])},
        )


def check_meaning(
    *, before: tuple[str, str], after: tuple[str, str], labels: tuple[str, str], has_figures: bool, is_confirmed: bool
) -> None:
    """Raise meaning_changes: earlier figures were counted in another unit or way (R13), and nobody has confirmed it.

    `before` and `after` are unit and counting rule, `labels` the rules' names.
    """
    is_same = same_words(before[0], after[0]) and before[1] == after[1]
    if not has_figures or is_confirmed or is_same:
        return
    raise ValidationError(
        _(
            "Figures are given already, counted as “%(before)s”. They keep that; from now on the figures mean"
            " “%(after)s”. Confirm that this is what you want."
        ),
        code="meaning_changes",
        params={"before": f"{before[0]}, {labels[0].lower()}", "after": f"{after[0]}, {labels[1].lower()}"},
    )


def check_taken_out(tables: Sequence[str]) -> None:
    """Raise tied: tables in use must sum to the indicator."""
    if tables:
        raise ValidationError(
            _("%(tables)s must sum to this indicator. Change or end the table first."),
            code="tied",
            params={"tables": joined([f"“{name}”" for name in tables])},
        )


def check_deletion(used: Use | None) -> None:
    """Raise in_use: what statuses have figures for is ended, not deleted."""
    if used is not None:
        raise ValidationError(
            _("There are figures for %(month)s, so it cannot be deleted. It can be taken out of use."),
            code="in_use",
            params={"month": format_month(used.last)},
        )


# --- The rows of a table ----------------------------------------------------------------------------------------


FLAT = frozenset({BreakdownKind.FLOW, BreakdownKind.SHARE})


def check_scheme(*, kind: BreakdownKind | str, rows: Sequence[SchemeRow]) -> None:
    """Raise everything that is wrong with the rows, each error with `row` and `field` among its params.

    rows_missing, columns_missing, row_name_missing, unknown_parent, parent_ring, total_without_rows, same_name,
    nested_flow, months_in_order. Columns of a table that is no cross-table are the caller's to leave out.
    """
    if all(row.is_column for row in rows):
        raise ValidationError(_("A table needs at least one row."), code="rows_missing")
    if kind == BreakdownKind.CROSS and not any(row.is_column for row in rows):
        raise ValidationError(_("A table of rows by columns needs at least one column."), code="columns_missing")
    errors = [error for row in rows for error in _row_errors(row, rows, kind)]
    if errors:
        raise ValidationError(errors)


def row_error(row: SchemeRow, field: str, message: str, code: str, **words: str) -> ValidationError:
    return ValidationError(message, code=code, params={"row": row.key, "field": field, "name": row.name, **words})


def _row_errors(row: SchemeRow, rows: Sequence[SchemeRow], kind: BreakdownKind | str) -> list[ValidationError]:
    errors = []
    if not row.name.strip():
        message = _("Write what the column counts.") if row.is_column else _("Write what the row counts.")
        errors.append(row_error(row, "name", message, "row_name_missing"))
    elif _is_named_twice(row, rows):
        errors.append(row_error(row, "name", _("“%(name)s” stands there twice."), "same_name"))
    if row.from_month and row.to_month and row.to_month < row.from_month:
        message = _("“%(name)s” begins in %(month)s and cannot end before that.")
        errors.append(row_error(row, "to_month", message, "months_in_order", month=format_month(row.from_month)))
    if row.is_column or kind in FLAT:
        if row.parent is not None or row.is_total:
            errors.append(row_error(row, "parent", _flat_words(row, kind), "nested_flow"))
        return errors
    return errors + _nesting_errors(row, rows)


def _flat_words(row: SchemeRow, kind: BreakdownKind | str) -> str:
    if row.is_column:
        return _("Columns stand side by side: none stands under another, and their totals come by themselves.")
    if kind == BreakdownKind.FLOW:
        return _("A table of in and out has no rows beneath others and no totals.")
    return _("A table of parts has no rows beneath others and no totals.")


def _nesting_errors(row: SchemeRow, rows: Sequence[SchemeRow]) -> list[ValidationError]:
    keys = {each.key for each in rows}
    if row.parent is not None and row.parent not in keys:
        return [row_error(row, "parent", _("The row it stood under is gone. Choose another."), "unknown_parent")]
    if _is_in_ring(row, rows):
        message = _("“%(name)s” cannot stand under itself or under a row beneath it.")
        return [row_error(row, "parent", message, "parent_ring")]
    if row.is_total and not any(each.parent == row.key for each in rows):
        message = _("“%(name)s” is the sum of the rows beneath it, but has none.")
        return [row_error(row, "is_total", message, "total_without_rows")]
    return []


def _is_named_twice(row: SchemeRow, rows: Sequence[SchemeRow]) -> bool:
    """Return whether an earlier row in the same place and the same months has the name."""
    earlier = rows[: [each.key for each in rows].index(row.key)]
    beside = [other for other in earlier if (other.is_column, other.parent) == (row.is_column, row.parent)]
    return any(same_words(other.name, row.name) and _overlap(other, row) for other in beside)


def _overlap(first: SchemeRow, second: SchemeRow) -> bool:
    def ends_before(one: SchemeRow, other: SchemeRow) -> bool:
        return bool(one.to_month and other.from_month and one.to_month < other.from_month)

    return not (ends_before(first, second) or ends_before(second, first))


def _is_in_ring(row: SchemeRow, rows: Sequence[SchemeRow]) -> bool:
    parents = {each.key: each.parent for each in rows}
    seen: set[str] = set()
    above = row.parent
    while above is not None and above not in seen:
        if above == row.key:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def use_with_rows_below(rows: Sequence[SchemeRow], own: Mapping[str, Use]) -> dict[str, Use]:
    """Return, per row, when it or a row beneath it has counts; rows that nothing is counted in are left out."""
    parents = {row.key: row.parent for row in rows}
    found: dict[str, Use] = {}
    for key, use in own.items():
        place: str | None = key
        seen: set[str] = set()
        while place is not None and place not in seen:
            seen.add(place)
            known = found.get(place, use)
            found[place] = Use(min(known.first, use.first), max(known.last, use.last))
            place = parents.get(place)
    return found


def check_row_changes(
    *,
    before: Sequence[SchemeRow],
    after: Sequence[SchemeRow],
    used: Mapping[str, Use],
    renames_confirmed: bool = False,
) -> None:
    """Raise what would change months that are told already, each error with `row` and `field` among its params.

    `used` is from `use_with_rows_below`. row_in_use (deleted), row_moved, total_changed, ends_before_counts,
    row_renamed (until it is confirmed).
    """
    now = {row.key: row for row in after}
    errors: list[ValidationError] = []
    for row in before:
        if row.key in used:
            errors += _change_errors(row, now.get(row.key), used[row.key], renames_confirmed)
    if errors:
        raise ValidationError(errors)


def _change_errors(
    before: SchemeRow, after: SchemeRow | None, use: Use, renames_confirmed: bool
) -> list[ValidationError]:
    if after is None:
        message = _("“%(name)s” has counts for %(month)s. End it with its last month instead of deleting it.")
        return [row_error(before, "name", message, "row_in_use", month=format_month(use.last))]
    errors = []
    if after.parent != before.parent:
        message = _("“%(name)s” has counts, and earlier months' sums would change. End it, and add a new row there.")
        errors.append(row_error(before, "parent", message, "row_moved"))
    if after.is_total != before.is_total:
        message = _("“%(name)s” has counts and cannot become or stop being a sum. End it, and add a new row.")
        errors.append(row_error(before, "is_total", message, "total_changed"))
    if after.to_month is not None and after.to_month < use.last:
        message = _("“%(name)s” has counts for %(month)s and cannot end before that.")
        errors.append(row_error(before, "to_month", message, "ends_before_counts", month=format_month(use.last)))
    if not renames_confirmed and after.name.strip() and not same_words(before.name, after.name):
        message = _("“%(name)s” has counts. Called “%(new)s”, earlier months are shown under that name too.")
        errors.append(row_error(before, "name", message, "row_renamed", new=after.name))
    return errors


def check_table_changes(
    *, kinds: tuple[str, str], from_month: date | None, to_month: date | None, used: Use | None
) -> None:
    """Raise by field: kind_in_use, months_in_order, starts_after_counts, ends_before_counts."""
    if from_month and to_month and to_month < from_month:
        error = ValidationError(_("The last month lies before the first."), code="months_in_order")
        raise ValidationError({"to_month": error})
    if used is None:
        return
    if kinds[0] != kinds[1]:
        message = _("The table has counts and stays the kind it is. End it, and make a new one.")
        raise ValidationError({"kind": ValidationError(message, code="kind_in_use")})
    if from_month is not None and from_month > used.first:
        raise ValidationError({"from_month": _has_counts(used.first, "starts_after_counts")})
    if to_month is not None and to_month < used.last:
        raise ValidationError({"to_month": _has_counts(used.last, "ends_before_counts")})


def _has_counts(month: date, code: str) -> ValidationError:
    return ValidationError(_("The table has counts for %(month)s."), code=code, params={"month": format_month(month)})
