"""The fields of a table in the status form: which each kind has, how they are called, and their texts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.dates import format_date, parse_date
from projects.forms.fields import CountField, NoCprCharField
from projects.queries.breakdowns import BreakdownFact, RowFact
from projects.queries.snapshot_values import CountValue, SnapshotValues

Texts = dict[str, str]


def count_field(pk: int) -> str:
    return f"count_{pk}"


def out_field(pk: int) -> str:
    return f"out_{pk}"


def since_field(pk: int) -> str:
    return f"since_{pk}"


def whole_field(pk: int) -> str:
    """Return the name of the N in "n out of N"."""
    return f"whole_{pk}"


def cell_field(row_id: int, column_id: int) -> str:
    return f"cell_{row_id}_{column_id}"


class SinceField(NoCprCharField):
    """The day a row is counted from, as a date; words that name no day are kept as words."""

    def clean(self, value: Any) -> date | str:  # type: ignore[override]
        text = super().clean(value)
        try:
            return parse_date(text) if text else ""
        except ValidationError:
            return text


def table_fields(fact: BreakdownFact) -> dict[str, forms.Field]:
    """Return the fields of a table by name, in the order they are typed. Total rows have none."""
    fields: dict[str, forms.Field] = {}
    for row in _typed_rows(fact):
        fields |= _row_fields(fact, row)
    for column in fact.columns:
        words = _("%(column)s in all") % {"column": column.label}
        fields[count_field(column.category_id)] = _named(CountField(required=False), fact, words)
    return fields


def _row_fields(fact: BreakdownFact, row: RowFact) -> dict[str, forms.Field]:
    pk = row.category_id
    if fact.is_cross:
        return {
            cell_field(pk, column.category_id): _named(
                CountField(required=False),
                fact,
                _("%(row)s, %(column)s") % {"row": row.label, "column": column.label},
            )
            for column in fact.columns
        }
    if fact.is_flow:
        kinds: dict[str, tuple[str, forms.Field]] = {
            count_field(pk): (_("%(row)s, in"), CountField(required=False)),
            out_field(pk): (_("%(row)s, out"), CountField(required=False)),
            since_field(pk): (_("%(row)s, since"), SinceField(required=False, max_length=60)),
        }
    elif fact.is_share:
        kinds = {
            count_field(pk): (_("%(row)s, number"), CountField(required=False)),
            whole_field(pk): (_("%(row)s, out of"), CountField(required=False)),
        }
    else:
        return {count_field(pk): CountField(label=f"{fact.name}: {row.label}", required=False)}
    return {name: _named(field, fact, words % {"row": row.label}) for name, (words, field) in kinds.items()}


def _named(field: forms.Field, fact: BreakdownFact, words: str) -> forms.Field:
    """Give the field a name of its own: the headings of its row and column name several."""
    field.label = f"{fact.name}: {words}"
    field.widget.attrs["aria-label"] = words
    return field


def _typed_rows(fact: BreakdownFact) -> list[RowFact]:
    return [row for row in fact.rows if not row.is_total]


def table_field_names(fact: BreakdownFact) -> set[str]:
    return set(table_fields(fact))


def value_texts(fact: BreakdownFact, values: SnapshotValues) -> Texts:
    """Return the texts of a table's fields as stored."""
    texts: Texts = {}
    for row in _typed_rows(fact):
        value = values.counts.get(row.category_id, CountValue())
        texts |= _row_texts(fact, row, value, {place: _count(count) for place, count in values.cells.items()})
    for column in fact.columns:
        texts[count_field(column.category_id)] = _count(values.counts.get(column.category_id, CountValue()).count)
    return texts


def previous_value_texts(fact: BreakdownFact) -> Texts:
    """Return the texts of a table's fields as last month had them."""
    texts: Texts = {}
    for row in _typed_rows(fact):
        value = CountValue(
            row.previous, row.previous_out, row.previous_since, row.previous_since_text, row.previous_out_of
        )
        cells = {(row.category_id, cell.column_id): _count(cell.previous) for cell in row.cells}
        texts |= _row_texts(fact, row, value, cells)
    for column in fact.columns:
        texts[count_field(column.category_id)] = _count(column.previous_typed)
    return texts


def _row_texts(fact: BreakdownFact, row: RowFact, value: CountValue, cells: Mapping[tuple[int, int], str]) -> Texts:
    pk = row.category_id
    if fact.is_cross:
        return {cell_field(pk, cell.column_id): cells.get((pk, cell.column_id), "") for cell in row.cells}
    texts = {count_field(pk): _count(value.count)}
    if fact.is_flow:
        texts[out_field(pk)] = _count(value.count_out)
        texts[since_field(pk)] = format_date(value.since) if value.since else value.since_text
    if fact.is_share:
        texts[whole_field(pk)] = _count(value.out_of)
    return texts


def read_counts(fact: BreakdownFact, read: Callable[[str], Any]) -> dict[int, CountValue]:
    """Return what a table's fields say, by row (or column) id; `read` gives a field's value by name."""
    counts = {}
    for row in [] if fact.is_cross else _typed_rows(fact):
        pk = row.category_id
        since = read(since_field(pk)) or ""
        day, words = (None, since) if isinstance(since, str) else (since, "")
        counts[pk] = CountValue(read(count_field(pk)), read(out_field(pk)), day, words, read(whole_field(pk)))
    for column in fact.columns:
        counts[column.category_id] = CountValue(read(count_field(column.category_id)))
    return counts


def read_cells(fact: BreakdownFact, read: Callable[[str], Any]) -> Iterator[tuple[tuple[int, int], int | None]]:
    """Yield the counts of a cross-table by row and column id."""
    for row in _typed_rows(fact):
        for cell in row.cells:
            yield (row.category_id, cell.column_id), read(cell_field(row.category_id, cell.column_id))


def _count(value: int | None) -> str:
    return "" if value is None else format_count(value)
