"""Who owes what, and by when: statuses to write or correct, and statuses to approve.

A caseworker who is absent owes nothing meanwhile; a stand-in does, if there is one. A status to approve falls to the
nearest manager above it who has not written in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone

from projects.enums import Role, Subject
from projects.models import (
    Event,
    OrgUnit,
    Project,
    ProjectAssignment,
    RoleAssignment,
    StatusRound,
    StatusSnapshot,
    User,
)
from projects.models.people import valid_on
from projects.queries.absences import Attendance
from projects.queries.rounds import RoundRow, open_rounds, rows_of

# Those who have one of these in a status have written in it, and cannot approve it.
WRITTEN = ("started", "saved", "submitted")


@dataclass(frozen=True)
class Duty:
    """One thing one person is to do. `due` is never None: what is done is no duty."""

    kind: Literal["write", "approve"]
    row: RoundRow

    @property
    def due(self) -> date:
        return self.row.due or date.max


def duties_by_person(rounds: Sequence[StatusRound] | None = None) -> dict[User, list[Duty]]:
    """Return what everybody owes today in the rounds (default: every open one), the most urgent first.

    Nine queries, however many people and projects there are.
    """
    wanted = open_rounds() if rounds is None else rounds
    rows = rows_of(wanted, Project.objects.all()) if wanted else []
    if not rows:
        return {}
    people = _People(timezone.localdate())
    authors = authors_by_snapshot([row.snapshot for row in rows if row.is_waiting and row.snapshot])
    found: dict[User, list[Duty]] = defaultdict(list)
    for row in rows:
        for user in _writers(row, people):
            found[user].append(Duty("write", row))
        for user in _approvers(row, people, authors):
            found[user].append(Duty("approve", row))
    return {
        user: sorted(duties, key=lambda duty: (duty.due, duty.row.project.name, duty.row.month))
        for user, duties in found.items()
    }


def concerned_by(rounds: Sequence[StatusRound]) -> set[User]:
    """Return whom new deadlines concern, done or not: writers, approvers and secretaries. At most eight queries."""
    rows = rows_of(rounds, Project.objects.all()) if rounds else []
    people = _People(timezone.localdate())
    found = set(people.secretaries)
    for row in rows:
        found |= set(people.on_behalf_of(row.people, row.project.pk)) | set(
            people.managers_over(row.project.unit_id, ())
        )
    return found


def writers_today(project: Project) -> set[User]:
    """Return who may write the project's statuses today: those on it, or their stand-ins while they are away.

    Five queries.
    """
    today = timezone.localdate()
    on_it = ProjectAssignment.objects.filter(valid_on(today), project=project).select_related("user").order_by("pk")
    return set(_People(today).on_behalf_of([assignment.user for assignment in on_it], project.pk))


def managers_today(project: Project, *, except_for: Iterable[int]) -> list[User]:
    """Return the nearest managers over the project who are not among the people named by id. Four queries."""
    return _People(timezone.localdate()).managers_over(project.unit_id, except_for)


def authors_by_snapshot(snapshots: Iterable[StatusSnapshot]) -> dict[int, set[int]]:
    """Return the ids of everyone who has written in each status, by its id. One query."""
    found: dict[int, set[int]] = {
        item.pk: {pk for pk in (item.created_by_id, item.updated_by_id, item.submitted_by_id) if pk}
        for item in snapshots
    }
    events = Event.objects.filter(subject=Subject.SNAPSHOT, subject_id__in=found, verb__in=WRITTEN)
    for snapshot_id, actor_id in events.values_list("subject_id", "actor_id"):
        if actor_id:
            found[snapshot_id].add(actor_id)
    return found


def _writers(row: RoundRow, people: "_People") -> Iterable[User]:
    return people.on_behalf_of(row.people, row.project.pk) if row.is_unsent else ()


def _approvers(row: RoundRow, people: "_People", authors: dict[int, set[int]]) -> Iterable[User]:
    if not row.is_waiting or row.snapshot is None:
        return ()
    return people.managers_over(row.project.unit_id, authors[row.snapshot.pk])


class _People:
    """Today's roles, absences, stand-ins and units. Four queries, whoever is asked about afterwards."""

    def __init__(self, today: date) -> None:
        self._parents = dict(OrgUnit.objects.values_list("pk", "parent_id"))
        self._managers: dict[int | None, list[User]] = defaultdict(list)
        self._caseworkers: set[int] = set()
        self.secretaries: list[User] = []
        held = RoleAssignment.objects.filter(valid_on(today), user__is_active=True).select_related("user")
        for assignment in held.order_by("pk"):
            if assignment.role == Role.MANAGER:
                self._managers[assignment.unit_id].append(assignment.user)
            elif assignment.role == Role.CASEWORKER:
                self._caseworkers.add(assignment.user_id)
            elif assignment.role == Role.SECRETARY:
                self.secretaries.append(assignment.user)
        self._attendance = Attendance(today)

    def on_behalf_of(self, caseworkers: Iterable[User], project_id: int) -> list[User]:
        """Return those who do the caseworkers' work on the project today, each once; only people who may."""
        doing = self._attendance.doing(caseworkers, project_id)
        return [user for user in doing if user.is_active and user.pk in self._caseworkers]

    def managers_over(self, unit_id: int, authors: Iterable[int]) -> list[User]:
        """Return the nearest managers at or above the unit who are not among the authors."""
        for level in self._levels(unit_id):
            able = [user for user in dict.fromkeys(self._managers[level]) if user.pk not in set(authors)]
            if able:
                return able
        return []

    def _levels(self, unit_id: int) -> Iterable[int | None]:
        """Yield the unit, those above it, and at last None: the whole municipality."""
        seen: set[int] = set()
        level: int | None = unit_id
        while level is not None and level not in seen:
            seen.add(level)
            yield level
            level = self._parents.get(level)
        yield None
