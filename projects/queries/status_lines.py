"""The list of what is missing: who is to act on each status now, and what the reader can do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from projects.enums import Role, SnapshotState
from projects.models import Project, ProjectAssignment, StandIn, StatusRound, StatusSnapshot, User
from projects.models.people import valid_on
from projects.models.projects import ProjectQuerySet
from projects.queries.absences import Attendance, done_by
from projects.queries.round_statuses import rows_at
from projects.queries.rounds import UNSENT, RoundRow, caseworkers_on


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


def loose_statuses(projects: ProjectQuerySet) -> QuerySet[StatusSnapshot]:
    """Return what waits or was returned outside every open round, oldest month first. No query of its own."""
    asked_for = StatusRound.objects.filter(
        committee=OuterRef("project__committee"), month=OuterRef("month"), closed_at__isnull=True
    )
    # Asked of what waits, one at a time: SQLite would go through everything ever told of the projects instead.
    seen = projects.filter(pk=OuterRef("project"))
    waiting = StatusSnapshot.objects.waiting().filter(Exists(seen), ~Exists(asked_for))
    return waiting.order_by("month", "project__name", "pk")


def loose_ends_at(statuses: QuerySet[StatusSnapshot]) -> list[LooseEnd]:
    """Return `loose_statuses` (sliced, usually) with their people, in the order given. Two queries at most."""
    found = list(statuses.select_related("project__unit", "project__committee", "submitted_by", "approved_by"))
    people = caseworkers_on([item.project_id for item in found], timezone.localdate()) if found else {}
    return [LooseEnd(item.project, item, people.get(item.project_id, ()), item.revision > 1) for item in found]


def loose_ends(projects: ProjectQuerySet) -> list[LooseEnd]:
    """Return all of a few projects' loose ends, oldest month first. Two queries at most."""
    return loose_ends_at(loose_statuses(projects))


def status_lines(rows: Sequence[RoundRow | LooseEnd], user: User) -> list[StatusLine]:
    """Return the rows with who is to act and what the user can do. At most five queries."""
    if not rows:
        return []
    attendance = Attendance(timezone.localdate())
    writes, managed = _written_by(user, {row.project.pk for row in rows}), _managed_by(user)
    reminds_all = _reminds_all(user)
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


def _written_by(user: User, project_ids: set[int]) -> set[int]:
    if Role.CASEWORKER not in user.role_set:
        return set()
    return set(Project.objects.responsible(user).filter(pk__in=project_ids).values_list("pk", flat=True))


def _reminds_all(user: User) -> bool:
    return bool(user.role_set & {Role.SECRETARY, Role.ADMINISTRATOR})


def _managed_by(user: User) -> set[int] | None:
    """Return the units whose statuses the user approves; None for all of them."""
    return user.unit_ids(Role.MANAGER) if Role.MANAGER in user.role_set else set()


def _covers(units: set[int] | None, project: Project) -> bool:
    return units is None or project.unit_id in units


@dataclass(frozen=True)
class StatusChoices:
    """What statuses can be narrowed to: (id, name) of the committees, units and people there are among them."""

    committees: set[tuple[int, str]]
    units: set[tuple[int, str]]
    people: set[tuple[int, str]]


def status_choices(statuses: Any, loose: QuerySet[StatusSnapshot]) -> StatusChoices:
    """Return the choices among `round_statuses` and `loose_statuses`. Three queries."""
    columns = ("committee_id", "committee__name", "unit_id", "unit__name")
    places = [
        *statuses.order_by().values_list(*columns).distinct(),
        *loose.order_by().values_list(*(f"project__{column}" for column in columns)).distinct(),
    ]
    today = timezone.localdate()
    among = Q(project__in=statuses.order_by().values("pk")) | Q(project__in=loose.order_by().values("project_id"))
    on = ProjectAssignment.objects.filter(among, valid_on(today)).values("user_id")
    act = StandIn.objects.filter(valid_on(today), absent__in=on).values("stand_in_id")
    people = User.objects.filter(Q(pk__in=on) | Q(pk__in=act))
    return StatusChoices(
        {(pk, name) for pk, name, _unit_id, _unit in places},
        {(pk, name) for _committee_id, _committee, pk, name in places},
        {(user.pk, str(user)) for user in people},
    )


class StatusPages:
    """The statuses of the rounds and then the loose ends as one long list, of which only a slice is fetched."""

    def __init__(
        self, statuses: Any, loose: QuerySet[StatusSnapshot], *, rounds: Sequence[StatusRound], user: User, number: int
    ) -> None:
        """`number` is how many there are of the first kind."""
        self._statuses, self._loose, self._rounds, self._user = statuses, loose, rounds, user
        self._number, self._length = number, number + loose.count()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> list[StatusLine]:
        """Return the lines of the slice. Ten queries at most."""
        begin, end, _step = part.indices(self._length)
        rows: list[RoundRow | LooseEnd] = []
        if begin < self._number:
            rows += rows_at(self._statuses[begin : min(end, self._number)], self._rounds)
        if end > self._number:
            rows += loose_ends_at(self._loose[max(begin - self._number, 0) : end - self._number])
        return status_lines(rows, self._user)

    def in_parts(self, part: int = 500) -> Iterator[StatusLine]:
        """Yield every line, a part at a time, so that a file of thousands is made without holding them."""
        for begin in range(0, self._length, part):
            yield from self[begin : begin + part]


def may_be_reminded(statuses: Any, user: User) -> Any:
    """Return the `round_statuses` that are not sent and that the user may remind of. At most one query."""
    unsent = statuses.filter(status_state__in=UNSENT)
    managed = None if _reminds_all(user) else _managed_by(user)
    return unsent if managed is None else unsent.filter(unit__in=managed)


def remindable_by(statuses: Any, user: User) -> Any:
    """Return those whose deadline has passed, too. At most one query."""
    return may_be_reminded(statuses, user).filter(is_late=True)


def attended(statuses: Any) -> Any:
    """Return those of the `round_statuses` that there is somebody to remind of. No query of its own."""
    return statuses.filter(pk__in=done_by(timezone.localdate()).values("project_id"))
