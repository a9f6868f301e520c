"""Writing what a status holds, and saying what changed."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields
from projects.actions.files import store_file
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import Dimension, Light
from projects.models import (
    Attachment,
    BreakdownCategory,
    BreakdownValue,
    Indicator,
    Measurement,
    SnapshotReference,
    StatusSnapshot,
)
from projects.money import format_kroner
from projects.queries.breakdowns import is_in_use
from projects.queries.snapshot_values import AttachmentValue, CountValue, ReferenceValue, SnapshotValues
from projects.rules.attachments import check_attachment, check_size
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import comment_field, light_field
from projects.rules.text import check_no_cpr

Key = TypeVar("Key", int, tuple[int, int])


def check_texts(values: SnapshotValues) -> None:
    """Raise cpr when any text, read or unread, holds a CPR number."""
    texts = [*(getattr(values, name) for name in LENGTHS), *values.comments.values(), *values.unparsed.values()]
    texts += [value.since_text for value in values.counts.values()]
    texts += [text for row in values.references for text in (row.title, row.item_number)]
    texts += [text for row in values.attachments or () for text in (row.title, row.source)]
    for text in texts:
        check_no_cpr(text)


class Names:
    """The project's indicators and rows, by id, to check against and to name in events. Two queries."""

    def __init__(self, snapshot: StatusSnapshot) -> None:
        self.indicators = {row.pk: row for row in Indicator.objects.filter(project=snapshot.project_id)}
        rows = BreakdownCategory.objects.filter(breakdown__project=snapshot.project_id).select_related("breakdown")
        self.categories = {row.pk: row for row in rows}
        self.in_use = {pk for pk, row in self.categories.items() if is_in_use(row, snapshot.month)}

    def check(self, values: SnapshotValues) -> None:
        """Raise unknown_row for rows of another project or not of this month, total_typed for a sum that was typed."""
        totals = {pk for pk, row in self.categories.items() if row.is_total}
        is_known = set(values.measurements) <= set(self.indicators) and set(values.counts) <= self.in_use
        if not (is_known and all(self._is_cell(*place) for place in values.cells)):
            raise ValidationError(
                _("The tables of the project have changed since the page was opened. Reload the page."),
                code="unknown_row",
            )
        typed = {pk for pk, value in values.counts.items() if value.count is not None}
        if totals & (typed | {row for row, _column in values.cells}):
            raise ValidationError(_("A total is added up and cannot be typed."), code="total_typed")

    def _is_cell(self, row_id: int, column_id: int) -> bool:
        if not {row_id, column_id} <= self.in_use:
            return False
        row, column = self.categories[row_id], self.categories[column_id]
        return column.is_column and not row.is_column and row.breakdown_id == column.breakdown_id


def field_values(values: SnapshotValues) -> dict[str, Any]:
    """Return the values that are fields of the status itself."""
    fields: dict[str, Any] = {"as_of": values.as_of, "forecast": values.forecast}
    fields |= {name: getattr(values, name) for name in LENGTHS}
    for key in Dimension:
        fields[light_field(key)] = values.lights[key.value]
        fields[comment_field(key)] = values.comments[key.value]
    return fields


def content_changes(
    snapshot: StatusSnapshot, stored: SnapshotValues, wanted: SnapshotValues, names: Names
) -> list[Change]:
    """Return (label, before, after) as people read them, in the order of the page. No query."""
    changes = [
        (names.indicators[pk].name, _shown(stored.measurements.get(pk)), _shown(wanted.measurements.get(pk)))
        for pk in _differing(stored.measurements, wanted.measurements)
    ]
    for pk in _differing(stored.counts, wanted.counts):
        category = names.categories[pk]
        label = f"{category.breakdown.name}: {category.name}"
        changes.append((label, _count_words(stored.counts.get(pk)), _count_words(wanted.counts.get(pk))))
    for place in _differing(stored.cells, wanted.cells):
        row, column = (names.categories[pk] for pk in place)
        label = f"{row.breakdown.name}: {row.name}, {column.name}"
        changes.append((label, _shown(stored.cells.get(place)), _shown(wanted.cells.get(place))))
    changes += [_in_words(change) for change in changed_fields(snapshot, field_values(wanted))]
    if stored.references != wanted.references:
        changes.append((_("References"), _titles(stored.references), _titles(wanted.references)))
    if wanted.attachments is not None and stored.attachments != wanted.attachments:
        changes.append((_("Annexes"), _titles(stored.attachments or ()), _titles(wanted.attachments)))
    return changes


def _differing(before: Mapping[Key, Any], after: Mapping[Key, Any]) -> list[Key]:
    return [key for key in sorted(set(before) | set(after)) if before.get(key) != after.get(key)]


def _shown(value: Any) -> str:
    return "" if value is None else format_count(value)


def _count_words(value: CountValue | None) -> str:
    if value is None:
        return ""
    parts = [_shown(value.count)]
    if value.out_of is not None:
        parts = [
            _("%(count)s out of %(whole)s") % {"count": format_count(value.count), "whole": format_count(value.out_of)}
        ]
    if value.count_out is not None:
        parts.append(_("%(count)s out") % {"count": format_count(value.count_out)})
    if value.since is not None:
        parts.append(_("since %(date)s") % {"date": format_date(value.since)})
    elif value.since_text:
        # The person's own words, which often begin with "siden" themselves.
        parts.append(f"“{value.since_text}”")
    return ", ".join(part for part in parts if part)


def _in_words(change: Change) -> Change:
    label, before, after = change
    return label, _value_words(before), _value_words(after)


def _value_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if value in Light.values:
        return str(Light(value).label)
    if hasattr(value, "year"):
        return format_date(value)
    return value if isinstance(value, str) else format_kroner(value, 0 if value == value.to_integral_value() else 2)


def _titles(rows: Iterable[ReferenceValue | AttachmentValue]) -> str:
    return "; ".join(_described(row) for row in rows)


def _described(row: ReferenceValue | AttachmentValue) -> str:
    if isinstance(row, AttachmentValue):
        parts = [row.title, row.source, format_date(row.dated) if row.dated else ""]
    else:
        parts = [row.title, format_date(row.meeting_date) if row.meeting_date else "", row.item_number]
    return ", ".join(part for part in parts if part)


def store_content(snapshot: StatusSnapshot, values: SnapshotValues, names: Names) -> None:
    """Write the values into the status and its rows. The status itself is saved by the caller."""
    for name, value in field_values(values).items():
        setattr(snapshot, name, value)
    snapshot.unparsed = dict(values.unparsed)
    _store_measurements(snapshot, values, names)
    _store_counts(snapshot, values)
    if values.attachments is not None:
        _store_attachments(snapshot, values.attachments)
    _store_references(snapshot, values.references)


def _store_measurements(snapshot: StatusSnapshot, values: SnapshotValues, names: Names) -> None:
    # The unit stays as it was when the figure was first given.
    units = dict(snapshot.measurements.values_list("indicator_id", "unit"))
    snapshot.measurements.all().delete()
    Measurement.objects.bulk_create(
        Measurement(
            snapshot=snapshot, indicator_id=pk, value=value, unit=units.get(pk, "") or names.indicators[pk].unit
        )
        for pk, value in values.measurements.items()
    )


def _store_counts(snapshot: StatusSnapshot, values: SnapshotValues) -> None:
    snapshot.breakdown_values.all().delete()
    BreakdownValue.objects.bulk_create(
        BreakdownValue(
            snapshot=snapshot,
            category_id=pk,
            count=value.count,
            count_out=value.count_out,
            since=value.since,
            since_text=value.since_text,
            out_of=value.out_of,
        )
        for pk, value in values.counts.items()
    )
    BreakdownValue.objects.bulk_create(
        BreakdownValue(snapshot=snapshot, category_id=row, column_id=column, count=count)
        for (row, column), count in values.cells.items()
    )


def _store_references(snapshot: StatusSnapshot, references: tuple[ReferenceValue, ...]) -> None:
    """Keep the rows that are there and rewrite them in order: answers to findings point to them."""
    attachments = {row.title: row for row in snapshot.attachments.all()}
    rows = list(snapshot.references.all())
    for row in rows[len(references) :]:
        row.delete()
    for position, value in enumerate(references):
        row = rows[position] if position < len(rows) else SnapshotReference(snapshot=snapshot)
        row.title = value.title
        row.committee_id = value.committee_id
        row.meeting_date = value.meeting_date
        row.item_number = value.item_number
        row.attachment = attachments.get(value.attachment_title) if value.attachment_title else None
        row.position = position
        row.save()


def _store_attachments(snapshot: StatusSnapshot, attachments: tuple[AttachmentValue, ...]) -> None:
    existing = {row.pk: row for row in snapshot.attachments.all()}
    kept = {value.attachment_id for value in attachments if value.attachment_id is not None}
    for pk, row in existing.items():
        if pk not in kept:
            row.delete()
            forget_file(row.file.name)
    for position, value in enumerate(attachments):
        row = existing.get(value.attachment_id or 0) or Attachment(snapshot=snapshot)
        row.title, row.source, row.dated = value.title, value.source, value.dated
        row.may_be_published, row.position = value.may_be_published, position
        if value.file is not None:
            _replace_file(row, value.file)
        row.save()


def _replace_file(row: Attachment, file: Any) -> None:
    check_size(name=file.name, size=file.size)
    check_attachment(name=file.name, data=file.read())
    file.seek(0)
    forget_file(row.file.name if row.file else "")
    store_file(row, file)


def forget_file(name: str | None) -> None:
    """Delete a stored file once the change is certain, unless another revision still has it."""

    def delete(stored: str) -> None:
        if not Attachment.objects.filter(file=stored).exists():
            default_storage.delete(stored)

    if name:
        transaction.on_commit(partial(delete, name))
