"""Reads for the administrator: what nobody has created yet, and who has been left without something they need."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from projects.enums import ProjectState
from projects.models import (
    Committee,
    Meeting,
    OrgUnit,
    Pool,
    Project,
    ProjectAssignment,
    RoleAssignment,
    StatusRound,
    User,
)
from projects.models.people import valid_on

# In the order they are created: each needs those before it.
FIRST_RECORDS = {"unit": OrgUnit, "committee": Committee, "meeting": Meeting, "pool": Pool, "round": StatusRound}


def missing_first_records() -> list[str]:
    """Return the keys of FIRST_RECORDS of which there is none yet. One query."""
    found = {key: Exists(model._default_manager.all()) for key, model in FIRST_RECORDS.items()}
    row = User.objects.order_by().values(**found).first() or {}
    return [key for key in FIRST_RECORDS if not row.get(key)]


def users_without_role(day: date) -> QuerySet[User]:
    """Return the users who can log in that day and then do nothing. One query when read."""
    held = RoleAssignment.objects.filter(valid_on(day), user=OuterRef("pk"))
    return User.objects.filter(~Exists(held), is_active=True, is_superuser=False)


def projects_without_caseworker(day: date) -> QuerySet[Project]:
    """Return the projects that are not closed and that nobody writes for that day. One query when read."""
    on_it = ProjectAssignment.objects.filter(valid_on(day), project=OuterRef("pk"))
    return Project.objects.filter(~Exists(on_it)).exclude(state=ProjectState.CLOSED)


def rounds_without_meeting() -> QuerySet[StatusRound]:
    """Return the open rounds whose statuses go to no meeting. One query when read."""
    return StatusRound.objects.filter(closed_at__isnull=True, meeting__isnull=True).select_related("committee")
