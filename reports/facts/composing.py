"""The projects of a note as its composer sees them: how far each is, and what stands in its way."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from projects.enums import SnapshotState
from projects.models import Project
from projects.queries.notices import AnsweredNotice, status_subject
from projects.queries.snapshots import approved_snapshots, current_snapshots
from reports.facts.gathering import Gathered
from reports.models import StatusNote
from reports.queries.notes import candidate_projects

MISSING = "missing"
BLOCKED = "blocked"


@dataclass(frozen=True)
class ComposeRow:
    """`state` is the status's ("missing" when nobody has begun), or "blocked": approved, but not fit to be issued.

    `is_being_corrected`: the approved status goes into the note while a correction of it is under way.
    """

    project: Project
    is_included: bool
    state: str
    is_being_corrected: bool
    blocking: list[AnsweredNotice]

    @property
    def is_ready(self) -> bool:
        return self.state == SnapshotState.APPROVED


def compose_rows(note: StatusNote, gathered: Gathered, order: Sequence[tuple[int, bool]] = ()) -> list[ComposeRow]:
    """Return a row per project of the note, and last those that could come with it. Four queries.

    `order` is (project id, whether it is in the note) as somebody has it on screen; else as it is stored.
    """
    month = gathered.facts.month
    chosen = dict(order) or dict(note.sections.values_list("project_id", "is_included"))
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
        rows.append(ComposeRow(project, chosen.get(pk, False), str(state), is_being_corrected, own))
    return rows
