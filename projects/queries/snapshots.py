"""Monthly statuses as plain facts: what is shown on a page, checked by a rule, and printed in a note."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from projects.enums import SnapshotState
from projects.models import (
    Attachment,
    Breakdown,
    BreakdownCategory,
    BreakdownValue,
    Indicator,
    Measurement,
    Project,
    SnapshotReference,
    StatusSnapshot,
    Target,
)
from projects.queries.breakdowns import BreakdownFact, breakdown_fact, caption, is_in_use
from projects.queries.known import Known
from projects.rules.meetings import ReferenceFact
from projects.rules.snapshots import NoteDay

SENT = (SnapshotState.SUBMITTED, SnapshotState.APPROVED)


@dataclass(frozen=True)
class IndicatorFact:
    """An indicator in one month. `value` None: not given. `unit` is the unit as the status gave it.

    `history` holds the earlier months that were sent, oldest first, without this one.
    """

    indicator_id: int
    code: str
    name: str
    unit: str
    direction: str
    counting_rule: str
    baseline: Decimal | None
    value: Decimal | None
    previous: Decimal | None
    previous_month: date | None
    previous_unit: str
    target: Decimal | None
    target_on: date | None
    source: str
    is_figure: bool
    history: tuple[tuple[date, Decimal], ...]

    @property
    def caption(self) -> str:
        return caption(self.name, self.unit)


@dataclass(frozen=True)
class AttachmentFact:
    attachment_id: int
    title: str
    source: str
    dated: date | None
    may_be_published: bool
    has_file: bool
    file_name: str
    ending: str


@dataclass(frozen=True)
class SnapshotContent:
    """Everything a status says. `previous` is the last month that was sent, None for a project's first."""

    project: Project
    month: date
    snapshot: StatusSnapshot | None
    previous: StatusSnapshot | None
    indicators: tuple[IndicatorFact, ...]
    breakdowns: tuple[BreakdownFact, ...]
    references: tuple[ReferenceFact, ...]
    attachments: tuple[AttachmentFact, ...]
    known: Known = field(default_factory=Known, compare=False)

    @property
    def note_day(self) -> NoteDay | None:
        """Return the day of the note the status goes into; None: there is no round. At most two queries."""
        return self.known.note_day(self.project.committee_id, self.month)


def current_snapshots(projects: Iterable[Project], month: date) -> dict[int, StatusSnapshot]:
    """Return each project's newest revision for the month, in any state, by project id. One query."""
    return _newest(StatusSnapshot.objects.filter(project__in=projects, month=month))


def approved_snapshots(projects: Iterable[Project], month: date) -> dict[int, StatusSnapshot]:
    """Return each project's newest approved revision for the month, by project id. One query."""
    return _newest(StatusSnapshot.objects.filter(project__in=projects, month=month, state=SnapshotState.APPROVED))


def told_forecasts() -> QuerySet[StatusSnapshot]:
    """Return the statuses whose forecast counts: sent, and not replaced by a later revision that was sent too.

    A correction that takes the forecast back leaves the month without one. No query of its own.
    """
    later = StatusSnapshot.objects.filter(
        project=OuterRef("project"), month=OuterRef("month"), revision__gt=OuterRef("revision"), state__in=SENT
    )
    return StatusSnapshot.objects.filter(~Exists(later), state__in=SENT, forecast__isnull=False)


def snapshot_content(snapshot: StatusSnapshot) -> SnapshotContent:
    """Return what one status says. At most eleven queries."""
    return snapshot_contents([snapshot])[snapshot.pk]


def snapshot_contents(snapshots: Sequence[StatusSnapshot]) -> dict[int, SnapshotContent]:
    """Return what each status says, by its id. At most eleven queries, however many statuses and projects."""
    loaded = _Loaded([(snapshot.project_id, snapshot.month) for snapshot in snapshots], snapshots)
    return {snapshot.pk: loaded.content(snapshot.project_id, snapshot.month, snapshot) for snapshot in snapshots}


def blank_content(project: Project, month: date) -> SnapshotContent:
    """Return a month nobody has begun: no values, but last month's beside them. At most eleven queries."""
    return _Loaded([(project.pk, month)], []).content(project.pk, month, None)


def _newest(snapshots: QuerySet[StatusSnapshot]) -> dict[int, StatusSnapshot]:
    return {snapshot.project_id: snapshot for snapshot in _with_names(snapshots).order_by("revision")}


def _with_names(snapshots: QuerySet[StatusSnapshot]) -> QuerySet[StatusSnapshot]:
    return snapshots.select_related("project", "created_by", "updated_by", "submitted_by", "approved_by")


class _Revision(NamedTuple):
    """A revision that was sent. Of years of them, only the last before each month is read whole."""

    pk: int
    project_id: int
    month: date
    revision: int


class _Measured(NamedTuple):
    snapshot_id: int
    indicator_id: int
    value: Decimal | None
    unit: str


class _Loaded:
    """The rows behind any number of statuses, read once and kept by project and by status."""

    def __init__(self, wanted: Sequence[tuple[int, date]], snapshots: Sequence[StatusSnapshot]) -> None:
        project_ids = {project_id for project_id, _month in wanted}
        self.projects = Project.objects.select_related("unit", "committee", "pool").in_bulk(project_ids)
        self.sent = _by(_sent(project_ids), "project_id")
        self.indicators = _by(Indicator.objects.filter(project__in=project_ids), "project_id")
        self.targets = _by(Target.objects.filter(indicator__project__in=project_ids), "indicator_id")
        self.breakdowns = _by(
            Breakdown.objects.filter(project__in=project_ids).select_related("indicator"), "project_id"
        )
        self.categories = _by(BreakdownCategory.objects.filter(breakdown__project__in=project_ids), "breakdown_id")

        own = {snapshot.pk for snapshot in snapshots}
        earlier = {previous.pk for pair in wanted if (previous := self._last_sent(*pair)) is not None}
        self.earlier = _with_names(StatusSnapshot.objects.all()).in_bulk(earlier)
        self.measurements = _by(_measured(project_ids), "snapshot_id")
        self.values = _by(BreakdownValue.objects.filter(snapshot__in=own | earlier), "snapshot_id")
        self.references = _by(
            SnapshotReference.objects.filter(snapshot__in=own).select_related("committee"), "snapshot_id"
        )
        self.attachments = _by(Attachment.objects.filter(snapshot__in=own), "snapshot_id")
        self.known = Known({(self.projects[pk].committee_id, month) for pk, month in wanted}, project_ids)

    def _last_sent(self, project_id: int, month: date) -> _Revision | None:
        earlier = [revision for revision in self.sent.get(project_id, []) if revision.month < month]
        return max(earlier, key=lambda revision: (revision.month, revision.revision), default=None)

    def content(self, project_id: int, month: date, snapshot: StatusSnapshot | None) -> SnapshotContent:
        project = self.projects[project_id]
        last = self._last_sent(project_id, month)
        previous = self.earlier[last.pk] if last else None
        indicators = self._indicator_facts(project_id, month, snapshot, previous)
        expected = {fact.indicator_id: fact.value for fact in indicators}
        own = snapshot.pk if snapshot else None
        return SnapshotContent(
            project=project,
            month=month,
            snapshot=snapshot,
            previous=previous,
            indicators=tuple(indicators),
            breakdowns=tuple(
                breakdown_fact(
                    breakdown,
                    self.categories.get(breakdown.pk, []),
                    month=month,
                    values=self.values.get(own, []),
                    previous_month=previous.month if previous else None,
                    previous_values=self.values.get(previous.pk, []) if previous else [],
                    expected=expected.get(breakdown.indicator_id) if breakdown.indicator_id else None,
                )
                for breakdown in self.breakdowns.get(project_id, [])
                if is_in_use(breakdown, month)
            ),
            references=tuple(_reference_fact(row, n) for n, row in enumerate(self.references.get(own, []), start=1)),
            attachments=tuple(_attachment_fact(row) for row in self.attachments.get(own, [])),
            known=self.known,
        )

    def _indicator_facts(
        self, project_id: int, month: date, snapshot: StatusSnapshot | None, previous: StatusSnapshot | None
    ) -> list[IndicatorFact]:
        own = self._measured(snapshot)
        before = self._measured(previous)
        series = self._series(project_id, month)
        facts = []
        for indicator in self.indicators.get(project_id, []):
            measured, earlier = own.get(indicator.pk), before.get(indicator.pk)
            if not indicator.is_active and measured is None:
                continue
            target = _next_target(self.targets.get(indicator.pk, []), month)
            history = series.get(indicator.pk, ())
            facts.append(
                IndicatorFact(
                    indicator_id=indicator.pk,
                    code=indicator.code,
                    name=indicator.name,
                    unit=(measured.unit if measured else "") or indicator.unit,
                    direction=indicator.direction,
                    counting_rule=indicator.counting_rule,
                    baseline=indicator.baseline,
                    value=measured.value if measured else None,
                    previous=earlier.value if earlier else None,
                    previous_month=previous.month if previous and earlier else None,
                    previous_unit=earlier.unit if earlier else "",
                    target=target.value if target else None,
                    target_on=target.due_on if target else None,
                    source=indicator.source,
                    is_figure=indicator.is_figure,
                    history=history,
                )
            )
        return facts

    def _measured(self, snapshot: StatusSnapshot | None) -> dict[int, _Measured]:
        rows = self.measurements.get(snapshot.pk, []) if snapshot else []
        return {row.indicator_id: row for row in rows}

    def _series(self, project_id: int, month: date) -> dict[int, tuple[tuple[date, Decimal], ...]]:
        newest = {
            revision.month: revision
            for revision in sorted(self.sent.get(project_id, []), key=lambda revision: revision.revision)
            if revision.month < month
        }
        series: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
        for earlier in sorted(newest):
            for row in self.measurements.get(newest[earlier].pk, []):
                if row.value is not None:
                    series[row.indicator_id].append((earlier, row.value))
        return {key: tuple(points) for key, points in series.items()}


def _sent(project_ids: Iterable[int]) -> Iterable[_Revision]:
    rows = StatusSnapshot.objects.filter(project__in=project_ids, state__in=SENT)
    return map(_Revision._make, rows.order_by("project_id", "month", "revision").values_list(*_Revision._fields))


def _measured(project_ids: Iterable[int]) -> Iterable[_Measured]:
    rows = Measurement.objects.filter(snapshot__project__in=project_ids).order_by()
    return map(_Measured._make, rows.values_list(*_Measured._fields))


def _by(rows: Iterable, attribute: str) -> dict:  # type: ignore[type-arg]
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, attribute)].append(row)
    return grouped


def _next_target(targets: Sequence[Target], month: date) -> Target | None:
    """Return the first target that is not past by the month; the last one when all are."""
    ahead = [target for target in targets if target.due_on >= month]
    return ahead[0] if ahead else (targets[-1] if targets else None)


def _reference_fact(reference: SnapshotReference, number: int) -> ReferenceFact:
    return ReferenceFact(
        key=str(number),
        title=reference.title,
        committee=reference.committee.code if reference.committee else "",
        meeting_date=reference.meeting_date,
        item=reference.item_number,
        has_attachment=reference.attachment_id is not None,
    )


def _attachment_fact(attachment: Attachment) -> AttachmentFact:
    return AttachmentFact(
        attachment_id=attachment.pk,
        title=attachment.title,
        source=attachment.source,
        dated=attachment.dated,
        may_be_published=attachment.may_be_published,
        has_file=bool(attachment.file),
        file_name=PurePosixPath(attachment.file.name or "").stem,
        ending=PurePosixPath(attachment.file.name or "").suffix.lower(),
    )
