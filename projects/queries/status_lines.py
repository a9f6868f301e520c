"""The list of what is missing: who is to act on each status now, and what the reader can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from projects.enums import Role, SnapshotState
from projects.models import Project, StatusRound, StatusSnapshot, User
from projects.models.projects import ProjectQuerySet
from projects.queries.absences import Attendance
from projects.queries.rounds import RoundRow, caseworkers_on


@dataclass(frozen=True)
class LooseEnd:
    """A status that waits or was returned in a month no open round asks for. Read like a `RoundRow`, without a day."""

    project: Project
    snapshot: StatusSnapshot
    people: tuple[User, ...]
    is_approved: bool
    due: date | None = None
    days_late: int = 0
    is_overdue: bool = False

    @property
    def month(self) -> date:
        return self.snapshot.month

    @property
    def state(self) -> str:
        return self.snapshot.state

    @property
    def caseworkers(self) -> tuple[str, ...]:
        return tuple(str(person) for person in self.people)

    @property
    def is_unsent(self) -> bool:
        return self.state == SnapshotState.RETURNED

    @property
    def is_waiting(self) -> bool:
        return self.state == SnapshotState.SUBMITTED

    @property
    def return_reason(self) -> str:
        return self.snapshot.return_reason if self.is_unsent else ""


@dataclass(frozen=True)
class StatusLine:
    """A status with those who are to write it now (none: everybody on it is away), and the reader's own steps."""

    row: RoundRow | LooseEnd
    doers: tuple[User, ...]
    may_write: bool
    may_approve: bool
    may_remind: bool

    @property
    def stand_ins(self) -> tuple[str, ...]:
        return tuple(str(user) for user in self.doers if user not in self.row.people)

    @property
    def is_unattended(self) -> bool:
        return self.row.is_unsent and bool(self.row.people) and not self.doers


def loose_ends(projects: ProjectQuerySet) -> list[LooseEnd]:
    """Return what waits or was returned outside every open round, oldest month first. Two queries at most."""
    asked_for = StatusRound.objects.filter(
        committee=OuterRef("project__committee"), month=OuterRef("month"), closed_at__isnull=True
    )
    waiting = StatusSnapshot.objects.filter(
        ~Exists(asked_for), project__in=projects, state__in=[SnapshotState.SUBMITTED, SnapshotState.RETURNED]
    ).select_related("project__unit", "project__committee", "submitted_by", "approved_by")
    found = list(waiting.order_by("month", "project__name"))
    people = caseworkers_on([item.project_id for item in found], timezone.localdate()) if found else {}
    return [LooseEnd(item.project, item, people.get(item.project_id, ()), item.revision > 1) for item in found]


def status_lines(rows: Sequence[RoundRow | LooseEnd], user: User) -> list[StatusLine]:
    """Return the rows with who is to act and what the user can do. At most five queries."""
    if not rows:
        return []
    attendance = Attendance(timezone.localdate())
    writes, managed = _written_by(user), _managed_by(user)
    reminds_all = bool(user.role_set & {Role.SECRETARY, Role.ADMINISTRATOR})
    return [
        StatusLine(
            row=row,
            doers=tuple(attendance.doing(row.people, row.project.pk)),
            may_write=row.is_unsent and row.project.pk in writes,
            may_approve=row.is_waiting and _covers(managed, row.project),
            may_remind=row.is_unsent and (reminds_all or _covers(managed, row.project)),
        )
        for row in rows
    ]


def _written_by(user: User) -> set[int]:
    if Role.CASEWORKER not in user.role_set:
        return set()
    return set(Project.objects.responsible(user).values_list("pk", flat=True))


def _managed_by(user: User) -> set[int] | None:
    """Return the units whose statuses the user approves; None for all of them."""
    return user.unit_ids(Role.MANAGER) if Role.MANAGER in user.role_set else set()


def _covers(units: set[int] | None, project: Project) -> bool:
    return units is None or project.unit_id in units


def remindable(lines: Iterable[StatusLine]) -> list[StatusLine]:
    """Return those whose deadline has passed and that the reader may remind of."""
    return [line for line in lines if line.may_remind and line.row.is_overdue]
