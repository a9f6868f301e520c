"""Everything a status holds, as plain values: what a form hands over, what is stored, and how the two differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from projects.enums import Dimension
from projects.models import StatusSnapshot
from projects.queries.breakdowns import BreakdownFact, RowFact, summed
from projects.queries.snapshots import SnapshotContent


@dataclass(frozen=True)
class CountValue:
    """A row of a breakdown, or a cross-table column's stated total. None: not typed.

    In a flow, `count` came in and `count_out` went out since a day; of a part, `out_of` is the whole.
    """

    count: int | None = None
    count_out: int | None = None
    since: date | None = None
    since_text: str = ""
    out_of: int | None = None


@dataclass(frozen=True)
class ReferenceValue:
    title: str
    committee_id: int | None = None
    meeting_date: date | None = None
    item_number: str = ""
    attachment_title: str = ""


@dataclass(frozen=True)
class AttachmentValue:
    """An annex. `file` is an upload (None: none, or the one already stored under `attachment_id` stays)."""

    title: str
    source: str = ""
    dated: date | None = None
    may_be_published: bool = False
    attachment_id: int | None = None
    file: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class SnapshotValues:
    """Everything a person fills in. What is missing from a mapping is unknown, never zero.

    Measurements are by indicator id, counts by row id, cells by row and column id. `unparsed` is by form field: what
    was typed but is not stored as a value ("": emptied on purpose, where last month's value would otherwise be shown).
    `attachments` None leaves the annexes as they are.
    """

    as_of: date | None = None
    lights: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    forecast: Decimal | None = None
    narrative: str = ""
    summary_manager: str = ""
    summary_short: str = ""
    measurements: Mapping[int, Decimal | None] = field(default_factory=dict)
    counts: Mapping[int, CountValue] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], int | None] = field(default_factory=dict)
    references: tuple[ReferenceValue, ...] = ()
    unparsed: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[AttachmentValue, ...] | None = None

    def normalised(self) -> "SnapshotValues":
        """Return the same content in the one form two contents are compared in."""
        return replace(
            self,
            lights={key.value: self.lights.get(key, "") for key in Dimension},
            comments={key.value: self.comments.get(key, "").strip() for key in Dimension},
            measurements={pk: value for pk, value in sorted(self.measurements.items()) if value is not None},
            counts={pk: value for pk, value in sorted(self.counts.items()) if value != CountValue()},
            cells={place: count for place, count in sorted(self.cells.items()) if count is not None},
            references=tuple(self.references),
            unparsed=dict(sorted(self.unparsed.items())),
        )

    def same_content(self, other: "SnapshotValues") -> bool:
        """Return whether nothing differs; annexes count only when both speak of them, and without their ids."""
        mine, theirs = self.normalised(), other.normalised()
        if mine.attachments is None or theirs.attachments is None:
            return replace(mine, attachments=None) == replace(theirs, attachments=None)
        return replace(mine, attachments=_without_ids(mine.attachments)) == replace(
            theirs, attachments=_without_ids(theirs.attachments)
        )


def _without_ids(attachments: Iterable[AttachmentValue]) -> tuple[AttachmentValue, ...]:
    return tuple(replace(attachment, attachment_id=None) for attachment in attachments)


def stored_values(snapshot: StatusSnapshot) -> SnapshotValues:
    """Return what is stored in a status. Four queries."""
    rows = list(snapshot.breakdown_values.all())
    return SnapshotValues(
        as_of=snapshot.as_of,
        lights={key.value: snapshot.light(key) for key in Dimension},
        comments={key.value: snapshot.comment(key) for key in Dimension},
        forecast=snapshot.forecast,
        narrative=snapshot.narrative,
        summary_manager=snapshot.summary_manager,
        summary_short=snapshot.summary_short,
        measurements={row.indicator_id: row.value for row in snapshot.measurements.all()},
        counts={
            row.category_id: CountValue(row.count, row.count_out, row.since, row.since_text, row.out_of)
            for row in rows
            if row.column_id is None
        },
        cells={(row.category_id, row.column_id): row.count for row in rows if row.column_id is not None},
        references=tuple(
            ReferenceValue(
                row.title,
                row.committee_id,
                row.meeting_date,
                row.item_number,
                row.attachment.title if row.attachment else "",
            )
            for row in snapshot.references.select_related("attachment")
        ),
        unparsed=dict(snapshot.unparsed),
        attachments=tuple(
            AttachmentValue(row.title, row.source, row.dated, row.may_be_published, row.pk)
            for row in snapshot.attachments.all()
        ),
    )


def content_with(content: SnapshotContent, values: SnapshotValues) -> SnapshotContent:
    """Return the content as it would be with these figures and texts, for sums and findings before saving. No query.

    References and annexes stay as stored.
    """
    indicators = tuple(replace(fact, value=values.measurements.get(fact.indicator_id)) for fact in content.indicators)
    expected = {fact.indicator_id: fact.value for fact in indicators}
    return replace(
        content,
        snapshot=_snapshot_with(content, values),
        indicators=indicators,
        breakdowns=tuple(_breakdown_with(fact, values, expected) for fact in content.breakdowns),
    )


def _snapshot_with(content: SnapshotContent, values: SnapshotValues) -> StatusSnapshot:
    snapshot = StatusSnapshot(
        project=content.project,
        month=content.month,
        as_of=values.as_of,
        forecast=values.forecast,
        narrative=values.narrative,
        summary_manager=values.summary_manager,
        summary_short=values.summary_short,
    )
    for key in Dimension:
        setattr(snapshot, f"light_{key.value}", values.lights.get(key, ""))
        setattr(snapshot, f"comment_{key.value}", values.comments.get(key, ""))
    return snapshot


def _breakdown_with(
    fact: BreakdownFact, values: SnapshotValues, expected: Mapping[int, Decimal | None]
) -> BreakdownFact:
    return summed(
        replace(
            fact,
            total_expected=expected.get(fact.indicator_id) if fact.indicator_id else None,
            rows=tuple(_row_with(row, values) for row in fact.rows),
            columns=tuple(
                replace(column, typed=values.counts.get(column.category_id, CountValue()).count)
                for column in fact.columns
            ),
        )
    )


def _row_with(row: RowFact, values: SnapshotValues) -> RowFact:
    value = values.counts.get(row.category_id, CountValue())
    return replace(
        row,
        typed=None if row.is_total else value.count,
        count_out=value.count_out,
        since=value.since,
        since_text=value.since_text,
        out_of=value.out_of,
        cells=tuple(
            replace(cell, typed=None if row.is_total else values.cells.get((row.category_id, cell.column_id)))
            for cell in row.cells
        ),
    )
