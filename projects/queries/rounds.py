"""Who owes a status in a round, how far each has come, and what is late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import ProjectState, SnapshotState
from projects.models import Project, ProjectAssignment, StatusRound, StatusSnapshot, User
from projects.models.people import valid_on
from projects.models.projects import ProjectQuerySet
from projects.months import last_day

MISSING = "missing"
# What waits for the caseworker; a submitted status waits for the manager, an approved one for nobody.
UNSENT = frozenset({MISSING, SnapshotState.DRAFT, SnapshotState.RETURNED})


@dataclass(frozen=True)
class RoundCounts:
    """How many statuses have come how far. `due` and `overdue` are those not sent; `returned` are among them."""

    due: int
    overdue: int
    returned: int
    submitted: int
    approved: int


@dataclass(frozen=True)
class RoundStep:
    """How far a project's status in one round has come.

    `state` is the newest revision's, or "missing" when nobody has begun. `due` is the day the next step is due (None:
    nothing is left to do); `days_late` counts from it, 0 when in time.
    """

    round: StatusRound
    state: str
    due: date | None
    days_late: int

    @property
    def month(self) -> date:
        return self.round.month

    @property
    def is_begun(self) -> bool:
        return self.state != MISSING

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    @property
    def is_unsent(self) -> bool:
        return self.state in UNSENT

    @property
    def is_waiting(self) -> bool:
        """Return whether the status waits for the manager."""
        return self.state == SnapshotState.SUBMITTED


@dataclass(frozen=True)
class RoundRow(RoundStep):
    """One project's status in one round. `snapshot` is the newest revision, None when nobody has begun.

    `is_approved`: there is an approved revision, though a correction of it may be under way.
    """

    project: Project
    snapshot: StatusSnapshot | None
    is_approved: bool
    people: tuple[User, ...]

    @property
    def caseworkers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(person) for person in self.people))

    @property
    def return_reason(self) -> str:
        return self.snapshot.return_reason if self.snapshot and self.state == SnapshotState.RETURNED else ""


def state_label(state: str) -> str:
    """Return a monthly status' state in words; one that nobody has begun has none stored."""
    return _("Not begun") if state == MISSING else str(SnapshotState(state).label)


def open_rounds() -> list[StatusRound]:
    """Return the rounds that are not closed, newest month first. One query."""
    rounds = StatusRound.objects.filter(closed_at__isnull=True).select_related("committee", "meeting__committee")
    return list(rounds.order_by("-month", "committee__code"))


def rows_of(rounds: Sequence[StatusRound], projects: ProjectQuerySet) -> list[RoundRow]:
    """Return the rounds' rows among the projects, as the rounds are ordered and then by name. Three queries."""
    candidates = list(
        projects.filter(committee__in={item.committee_id for item in rounds})
        .select_related("unit", "committee", "pool")
        .order_by("name", "pk")
    )
    written = _written([project.pk for project in candidates], [item.month for item in rounds])
    return _rows(
        [
            (item, project)
            for item in rounds
            for project in candidates
            if project.committee_id == item.committee_id
            and (owes_status(project, item.month) or (project.pk, item.month) in written)
        ],
        written,
    )


def steps_due(projects: Iterable[Project]) -> dict[int, RoundStep]:
    """Return, by project id, the open round to go to: the oldest not sent, else the newest. Two queries."""
    among = list(projects)
    rounds = open_rounds()
    states = _newest_states([project.pk for project in among], [item.month for item in rounds])
    today = timezone.localdate()
    chosen: dict[int, RoundStep] = {}
    for project in among:
        # Newest month first, so an older month takes its place only when it has not been sent.
        for item in rounds:
            state = states.get((project.pk, item.month), MISSING)
            if item.committee_id != project.committee_id or not (state != MISSING or owes_status(project, item.month)):
                continue
            if project.pk not in chosen or state in UNSENT:
                chosen[project.pk] = RoundStep(item, state, *_due(item, state, today))
    return chosen


def filled_rows(statuses: Sequence[tuple[StatusRound, Project]]) -> list[RoundRow]:
    """Return the projects' rows in those rounds, in the order given. Two queries."""
    return _rows(
        statuses, _written([project.pk for _round, project in statuses], [item.month for item, _project in statuses])
    )


def owes_status(project: Project, month: date) -> bool:
    """Return whether a project that is not closed runs in the month."""
    if project.state == ProjectState.CLOSED or project.starts_on > last_day(month):
        return False
    return project.ends_on is None or project.ends_on >= month


def round_counts(rows: Iterable[RoundRow]) -> RoundCounts:
    counted = list(rows)
    unsent = [row for row in counted if row.is_unsent]
    overdue = sum(row.is_overdue for row in unsent)
    return RoundCounts(
        due=len(unsent) - overdue,
        overdue=overdue,
        returned=sum(row.state == SnapshotState.RETURNED for row in unsent),
        submitted=sum(row.is_waiting for row in counted),
        approved=sum(row.state == SnapshotState.APPROVED for row in counted),
    )


def caseworkers_on(project_ids: Iterable[int], day: date) -> dict[int, tuple[User, ...]]:
    """Return who is on each project that day, by project id. One query."""
    found: dict[int, dict[int, User]] = defaultdict(dict)
    rows = ProjectAssignment.objects.filter(valid_on(day), project__in=project_ids).select_related("user")
    for assignment in rows.order_by("user__first_name", "user__last_name", "pk"):
        found[assignment.project_id][assignment.user_id] = assignment.user
    return {key: tuple(users.values()) for key, users in found.items()}


def _written(project_ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], list[StatusSnapshot]]:
    """Return every revision by project and month, oldest first. One query."""
    found: dict[tuple[int, date], list[StatusSnapshot]] = defaultdict(list)
    rows = StatusSnapshot.objects.filter(project__in=project_ids, month__in=set(months))
    for snapshot in rows.select_related("submitted_by", "approved_by").order_by("revision"):
        found[snapshot.project_id, snapshot.month].append(snapshot)
    return dict(found)


def _newest_states(project_ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], str]:
    """Return the newest revision's state by project and month. One query."""
    rows = StatusSnapshot.objects.filter(project__in=project_ids, month__in=set(months)).order_by("revision")
    return {(project, month): state for project, month, state in rows.values_list("project", "month", "state")}


def _rows(
    statuses: Sequence[tuple[StatusRound, Project]], written: dict[tuple[int, date], list[StatusSnapshot]]
) -> list[RoundRow]:
    today = timezone.localdate()
    people = caseworkers_on([project.pk for _round, project in statuses], today)
    return [
        _row(item, project, written.get((project.pk, item.month), []), people.get(project.pk, ()), today)
        for item, project in statuses
    ]


def _row(
    round: StatusRound, project: Project, revisions: list[StatusSnapshot], people: tuple[User, ...], today: date
) -> RoundRow:
    newest = revisions[-1] if revisions else None
    state = newest.state if newest else MISSING
    due, days_late = _due(round, state, today)
    return RoundRow(
        round=round,
        state=state,
        due=due,
        days_late=days_late,
        project=project,
        snapshot=newest,
        is_approved=any(revision.state == SnapshotState.APPROVED for revision in revisions),
        people=people,
    )


def _due(round: StatusRound, state: str, today: date) -> tuple[date | None, int]:
    """Return the day the next step is due and how many days it is late."""
    if state == SnapshotState.APPROVED:
        return None, 0
    due = round.caseworker_due if state in UNSENT else round.manager_due
    return due, max((today - due).days, 0)
