"""A table as it will look in the status form, with empty fields that cannot be typed into."""

from collections.abc import Iterable
from datetime import date

from projects.forms.entry_page import Table, tables
from projects.forms.snapshot_entry import SnapshotEntry
from projects.models import Project
from projects.queries.breakdowns import BreakdownFact
from projects.queries.snapshots import SnapshotContent


def drawn_tables(project: Project, month: date, facts: Iterable[BreakdownFact]) -> list[Table]:
    """Return the tables with empty fields. One query."""
    content = SnapshotContent(
        project=project,
        month=month,
        snapshot=None,
        previous=None,
        indicators=(),
        breakdowns=tuple(facts),
        references=(),
        attachments=(),
    )
    entry = SnapshotEntry.opened(content, None)
    for field in entry.form.fields.values():
        field.disabled = True
    return tables(entry)
