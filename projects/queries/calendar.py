"""One person's deadlines as entries of a calendar."""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Q
from django.utils import timezone

from projects.enums import Role
from projects.models import CalendarKey, Project, StatusRound, User
from projects.models.projects import ProjectQuerySet
from projects.queries.rounds import rows_of

# Deadlines stay in the calendar for a while after the round is closed.
KEPT = timedelta(days=60)


@dataclass(frozen=True)
class CalendarEntry:
    """What one person is to have done in one round by a day. `projects` are names, empty for the secretary."""

    part: Literal["caseworker", "manager", "secretary"]
    round: StatusRound
    day: date
    projects: tuple[str, ...]


def calendar_entries(user: User) -> list[CalendarEntry]:
    """Return the user's deadlines by day. At most ten queries."""
    rounds = _rounds(timezone.localdate())
    found = []
    if Role.CASEWORKER in user.role_set:
        names = _names(rounds, Project.objects.responsible(user))
        found += [CalendarEntry("caseworker", item, item.caseworker_due, names[item.pk]) for item in rounds]
    if Role.MANAGER in user.role_set:
        names = _names(rounds, _managed(user))
        found += [CalendarEntry("manager", item, item.manager_due, names[item.pk]) for item in rounds]
    found = [entry for entry in found if entry.projects]
    if Role.SECRETARY in user.role_set:
        found += [CalendarEntry("secretary", item, item.secretary_due, ()) for item in rounds]
    return sorted(found, key=lambda entry: (entry.day, entry.round.committee.code, entry.round.month, entry.part))


def _rounds(today: date) -> list[StatusRound]:
    recent = Q(closed_at__isnull=True) | Q(secretary_due__gte=today - KEPT)
    return list(StatusRound.objects.filter(recent).select_related("committee", "meeting"))


def _names(rounds: list[StatusRound], projects: ProjectQuerySet) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows_of(rounds, projects) if rounds else ():
        found[row.round.pk].append(row.project.name)
    return defaultdict(tuple, {key: tuple(names) for key, names in found.items()})


def _managed(user: User) -> ProjectQuerySet:
    units = user.unit_ids(Role.MANAGER)
    projects: ProjectQuerySet = Project.objects.all()
    return projects if units is None else projects.filter(unit__in=units)


def calendar_owner(token_hash: str) -> User | None:
    """Return whose calendar the token opens, None for a token that opens none. One query.

    Looked up by the token's hash, so that neither the database nor its timing knows the token.
    """
    key = CalendarKey.objects.filter(token_hash=token_hash, user__is_active=True).select_related("user").first()
    return key.user if key is not None and secrets.compare_digest(key.token_hash, token_hash) else None
