"""Who is away, who acts for them, and which projects nobody writes for meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from projects.enums import Role
from projects.models import Absence, Project, ProjectAssignment, StandIn, User
from projects.models.people import valid_on


class Attendance:
    """Who is away on a day and who stands in for whom, where. Two queries, whoever is asked about afterwards."""

    def __init__(self, day: date) -> None:
        self._absent = set(Absence.objects.filter(valid_on(day)).values_list("user_id", flat=True))
        self._stand_ins: dict[tuple[int, int | None], list[User]] = defaultdict(list)
        for row in StandIn.objects.filter(valid_on(day)).select_related("stand_in").order_by("pk"):
            self._stand_ins[row.absent_id, row.project_id].append(row.stand_in)

    def is_absent(self, user_id: int) -> bool:
        return user_id in self._absent

    def stand_ins(self, user_id: int, project_id: int) -> list[User]:
        """Return who acts for the person on the project: those named for it, else those named for all."""
        return self._stand_ins.get((user_id, project_id)) or self._stand_ins.get((user_id, None)) or []

    def doing(self, caseworkers: Iterable[User], project_id: int) -> list[User]:
        """Return who does the caseworkers' work on the project, each once. A stand-in who is away does not."""
        found: dict[User, None] = {}
        for person in caseworkers:
            acting = self.stand_ins(person.pk, project_id) or [person]
            found |= dict.fromkeys(user for user in acting if not self.is_absent(user.pk))
        return list(found)

    def is_unattended(self, caseworkers: Iterable[User], project_id: int) -> bool:
        """Return whether somebody is on the project, but all are away and nobody acts for them."""
        people = list(caseworkers)
        return bool(people) and not self.doing(people, project_id)


def done_by(day: date, user_id: int | None = None) -> QuerySet[ProjectAssignment]:
    """Return the assignments somebody does the work of that day (None), or the user does, as a query.

    `Attendance.doing` asks the same in memory of a handful of projects.
    """
    stand_ins = StandIn.objects.filter(valid_on(day), absent=OuterRef("user"))
    here, everywhere = stand_ins.filter(project=OuterRef("project")), stand_ins.filter(project__isnull=True)
    away = Absence.objects.filter(valid_on(day)).values("user")
    acts, works = ~Q(stand_in__in=away), ~Q(user__in=away)
    if user_id is not None:
        acts, works = acts & Q(stand_in=user_id), works & Q(user=user_id)
    in_their_place = Exists(here.filter(acts)) | (~Exists(here) & Exists(everywhere.filter(acts)))
    themselves = ~Exists(here) & ~Exists(everywhere) & works
    return ProjectAssignment.objects.filter(valid_on(day)).filter(in_their_place | themselves)


def may_keep_absence(user: User, person: User) -> bool:
    """Return whether the user enters the person's absence: their own, their caseworkers', or anybody's."""
    return people_kept_by(user).filter(pk=person.pk).exists()


def people_kept_by(user: User) -> QuerySet[User]:
    """Return whose absence the user enters, as a query: all for an administrator, else oneself and one's caseworkers.

    A manager's caseworkers are those on the projects of the manager's units. At most one query more.
    """
    people = User.objects.filter(is_active=True)
    if Role.ADMINISTRATOR in user.role_set:
        return people
    condition = Q(pk=user.pk)
    if Role.MANAGER in user.role_set:
        units = user.unit_ids(Role.MANAGER)
        projects = Project.objects.all() if units is None else Project.objects.filter(unit__in=units)
        condition |= Q(pk__in=ProjectAssignment.objects.filter(project__in=projects).values("user_id"))
    return people.filter(condition)


def absences_of(people: QuerySet[User], day: date) -> list[Absence]:
    """Return the people's absences that are not over, the first to begin first. Two queries."""
    rows = Absence.objects.filter(user__in=people).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    with_stand_ins = rows.select_related("user").prefetch_related("stand_ins__stand_in", "stand_ins__project")
    return list(with_stand_ins.order_by("valid_from", "pk"))


def projects_during(user: User, first: date, last: date | None) -> list[Project]:
    """Return the projects the person is on at some time between the days. One query."""
    begun = Q() if last is None else Q(valid_from__lte=last)
    on = ProjectAssignment.objects.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=first), user=user)
    return list(Project.objects.filter(pk__in=on.values("project_id")).order_by("name", "pk"))
