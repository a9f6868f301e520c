"""Who may do what. Rows a user may see at all are decided by `for_user` on the querysets; these decide buttons."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from projects.enums import Role
from projects.models import FollowUp, OrgUnit, Project, Proposal, User
from projects.models.projects import ProjectQuerySet

View = Callable[..., HttpResponse]


def roles_required(*roles: Role) -> Callable[[View], View]:
    """Let in users who hold one of the roles today; administrators always. Others: log in, or 403."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not has_role(cast(User, request.user), *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def has_role(user: User, *roles: Role) -> bool:
    return bool(user.role_set & {*roles, Role.ADMINISTRATOR})


def covers_unit(user: User, role: Role, unit_id: int) -> bool:
    """Return whether the user holds the role for the unit or one above it. At most one query."""
    if role not in user.role_set:
        return False
    units = user.unit_ids(role)
    return units is None or unit_id in units


def managed_units(user: User) -> QuerySet[OrgUnit]:
    """Return the units the user may begin pools and projects for: an administrator any, a manager their own."""
    units = OrgUnit.objects.all()
    own = None if Role.ADMINISTRATOR in user.role_set else user.unit_ids(Role.MANAGER)
    return units if own is None else units.filter(pk__in=own)


def can_edit_snapshot(user: User, project: Project) -> bool:
    """Return whether the user writes the project's statuses: on it today, or standing in. One query."""
    return Role.CASEWORKER in user.role_set and editable_projects(user).filter(pk=project.pk).exists()


def editable_projects(user: User) -> ProjectQuerySet:
    return Project.objects.responsible(user)


def managed_projects(user: User) -> ProjectQuerySet:
    """Return the projects the user approves statuses for, whatever else the user may see. One query more."""
    units = user.unit_ids(Role.MANAGER)
    projects: ProjectQuerySet = Project.objects.all()
    return projects if units is None else projects.filter(unit__in=units)


def can_approve_snapshot(user: User, project: Project) -> bool:
    """Return whether the user is the manager over the project's unit. At most one query."""
    return covers_unit(user, Role.MANAGER, project.unit_id)


def can_set_up_indicators(user: User, project: Project) -> bool:
    """Return whether the user decides what the project counts: who writes its statuses, and who is over them."""
    return (
        Role.ADMINISTRATOR in user.role_set or can_edit_snapshot(user, project) or can_approve_snapshot(user, project)
    )


def can_see_money(user: User) -> bool:
    return has_role(user, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)


def can_write_proposals(user: User) -> bool:
    return has_role(user, Role.PROPOSER, Role.MANAGER)


def can_edit_proposal(user: User, proposal: Proposal) -> bool:
    """Return whether the user writes the proposal, as author or co-author, or looks after everything.

    At most one query, none with the co-authors prefetched.
    """
    if Role.ADMINISTRATOR in user.role_set:
        return True
    if not can_write_proposals(user):
        return False
    return proposal.author_id == user.pk or user in proposal.co_authors.all()


def can_share_proposal(user: User, proposal: Proposal) -> bool:
    """Return whether the user says who else writes it: the author alone, and who looks after everything."""
    is_author = proposal.author_id == user.pk and can_write_proposals(user)
    return is_author or Role.ADMINISTRATOR in user.role_set


def can_decide_proposal(user: User, proposal: Proposal) -> bool:
    """Return whether the user is the manager over the unit that answers for the proposal's pool. At most one query."""
    return covers_unit(user, Role.MANAGER, proposal.pool.unit_id)


def can_discuss_proposal(user: User, proposal: Proposal) -> bool:
    """Return whether the user reads and writes the proposal's comments: its authors, and those who decide on it."""
    return can_edit_proposal(user, proposal) or can_decide_proposal(user, proposal)


def can_manage_pool(user: User, unit_id: int) -> bool:
    return covers_unit(user, Role.MANAGER, unit_id)


def can_keep_pool(user: User, unit_id: int) -> bool:
    """Return whether the user sets a pool up: its frames, terms and criteria. The administrator may; money is granted
    by the pool's manager alone.
    """
    return Role.ADMINISTRATOR in user.role_set or can_manage_pool(user, unit_id)


def can_answer_follow_up(user: User, follow_up: FollowUp) -> bool:
    """Return whether the user answers it: named for it, on the project, or the manager over it. Two queries at most."""
    is_named, project = follow_up.responsible_id == user.pk, follow_up.project
    return is_named or can_edit_snapshot(user, project) or can_approve_snapshot(user, project)


def can_compose_notes(user: User) -> bool:
    return has_role(user, Role.SECRETARY)


def can_manage_rounds(user: User) -> bool:
    return has_role(user, Role.SECRETARY)


def can_load_ledger(user: User) -> bool:
    return has_role(user, Role.CONTROLLER)


def can_commit(user: User, project: Project) -> bool:
    """Return whether the user binds the project's money: a controller, or the manager over it. At most one query."""
    return Role.CONTROLLER in user.role_set or covers_unit(user, Role.MANAGER, project.unit_id)
