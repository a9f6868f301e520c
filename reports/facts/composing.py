"""The projects of a note as its composer sees them: how far each is, and what stands in its way."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from projects.enums import SnapshotState
from projects.models import Project
from projects.queries.notices import AnsweredNotice, status_subject
from projects.queries.snapshots import approved_snapshots, current_snapshots
from reports.enums import TextLength
from reports.facts.gathering import Gathered
from reports.models import StatusNote
from reports.queries.notes import candidate_projects

MISSING = "missing"
BLOCKED = "blocked"


@dataclass(frozen=True)
class ComposeRow:
    """`state` is the status's ("missing" when nobody has begun), or "blocked": approved, but not fit to be issued.

    `is_being_corrected`: the approved status goes into the note while a correction of it is under way. `lengths` are
    those of its text that somebody wrote, `text_length` the one the note prints.
    """

    project: Project
    is_included: bool
    state: str
    is_being_corrected: bool
    blocking: list[AnsweredNotice]
    text_length: str
    lengths: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return self.state == SnapshotState.APPROVED


def compose_rows(note: StatusNote, gathered: Gathered, order: Sequence[tuple[int, bool]] = ()) -> list[ComposeRow]:
    """Return a row per project of the note, and last those that could come with it. Four queries.

    `order` is (project id, whether it is in the note) as somebody has it on screen; else as it is stored.
    """
    month = gathered.facts.month
    sections = {row.project_id: row for row in note.sections.all()}
    chosen = dict(order) or {pk: row.is_included for pk, row in sections.items()}
    offered = candidate_projects(note.meeting, month) | Project.objects.filter(pk__in=chosen)
    candidates = {project.pk: project for project in offered.order_by("name", "pk")}
    current = current_snapshots(candidates.values(), month)
    approved = approved_snapshots(candidates.values(), month)
    blocking = defaultdict(list)
    for item in gathered.blocking:
        blocking[item.subject].append(item)
    ids = [pk for pk in chosen if pk in candidates] + [pk for pk in candidates if pk not in chosen]
    rows = []
    for pk in ids:
        project, newest = candidates[pk], current.get(pk)
        own = blocking[status_subject(project, month)] if chosen.get(pk) else []
        is_being_corrected = pk in approved and newest is not None and newest.pk != approved[pk].pk
        state = SnapshotState.APPROVED if pk in approved else newest.state if newest else MISSING
        if own and pk in approved:
            state = BLOCKED
        told = approved.get(pk) or newest
        length = sections[pk].text_length if pk in sections else TextLength.FULL.value
        lengths = tuple(name for name in TextLength.values if told and getattr(told, name).strip())
        rows.append(ComposeRow(project, chosen.get(pk, False), str(state), is_being_corrected, own, length, lengths))
    return rows
