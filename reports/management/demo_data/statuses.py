"""Monthly statuses, from draft to approval."""

from decimal import Decimal
from typing import Any

from projects.actions.catalogue import save_record
from projects.actions.snapshots import (
    CountValue,
    ReferenceValue,
    SnapshotValues,
    approve_snapshot,
    save_snapshot,
    start_snapshot,
    submit_snapshot,
)
from projects.enums import SnapshotState
from projects.models import BreakdownCategory, Project, StatusSnapshot, User
from reports.management.demo_data.files import Files, committee, project, user
from reports.management.demo_data.people import ADMINISTRATOR


def load_statuses(files: Files) -> None:
    """Store the months in order: each is held against the one before it."""
    for name in files.names("statuses-*"):
        lists = files.read(name)
        manager = user(lists["manager"])
        for row in lists["statuses"]:
            owner = project(row["project"])
            if not StatusSnapshot.objects.filter(project=owner, month=row["month"]).exists():
                _load_status(owner, row, manager)


def _load_status(owner: Project, row: dict[str, Any], manager: User) -> None:
    for code, name in row.get("units", {}).items():
        indicator = owner.indicators.get(code=code)
        indicator.unit = name
        save_record(record=indicator, by=user(ADMINISTRATOR))
    by = user(row["by"])
    snapshot = start_snapshot(project=owner, month=row["month"], by=by, example_note=row["example_note"])
    snapshot = save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=_values(owner, row), by=by)
    if row["state"] == SnapshotState.DRAFT:
        return
    snapshot = submit_snapshot(snapshot=snapshot, by=by)
    if row["state"] == SnapshotState.APPROVED:
        approve_snapshot(snapshot=snapshot, by=manager)


def _values(owner: Project, row: dict[str, Any]) -> SnapshotValues:
    indicators = {indicator.code: indicator.pk for indicator in owner.indicators.all()}
    return SnapshotValues(
        as_of=row["as_of"],
        lights=row["lights"],
        comments=row.get("comments", {}),
        forecast=Decimal(row["forecast"]) if "forecast" in row else None,
        narrative=row["narrative"].strip(),
        measurements={indicators[code]: Decimal(value) for code, value in row.get("measurements", {}).items()},
        counts=_counts(owner, row.get("counts", {})),
        references=tuple(_reference(line) for line in row.get("references", ())),
    )


def _counts(owner: Project, tables: dict[str, dict[str, Any]]) -> dict[int, CountValue]:
    rows = BreakdownCategory.objects.filter(breakdown__project=owner)
    ids = {(table, code): pk for table, code, pk in rows.values_list("breakdown__code", "code", "pk")}
    return {ids[table, code]: _count(value) for table, values in tables.items() for code, value in values.items()}


def _count(value: Any) -> CountValue:
    if isinstance(value, int):
        return CountValue(count=value)
    return CountValue(value["count"], value["out"], value.get("since"), value.get("since_text", ""))


def _reference(line: dict[str, Any]) -> ReferenceValue:
    return ReferenceValue(
        title=line["title"],
        committee_id=committee(line["committee"]).pk if "committee" in line else None,
        meeting_date=line.get("meeting"),
        item_number=line.get("item_number", ""),
    )
