"""What papers are about, for those who may see it, and what has been issued of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from projects.enums import PoolKind, Role
from projects.models import Pool, Project, User
from projects.permissions import can_approve_snapshot, can_keep_pool, can_see_money, covers_unit, has_role
from projects.queries.pools import pools_for
from reports.enums import PaperKind
from reports.models import IssuedPaper, Letter


@dataclass(frozen=True)
class Subjects:
    """`rows` are all there are of a kind, `visible` those a user may see, `key` the field that names each.

    `is_keeper` is asked of managers; secretaries and administrators issue every paper.
    """

    rows: QuerySet[Any]
    visible: Callable[[User], QuerySet[Any]]
    key: str
    is_keeper: Callable[[User, Any], bool]


def _pools(user: User) -> QuerySet[Any]:
    pools = pools_for(user)
    return pools if can_see_money(user) else pools.none()


def _projects(user: User) -> QuerySet[Any]:
    return Project.objects.for_user(user).select_related("unit", "committee", "pool")


def letters_for(user: User) -> QuerySet[Letter]:
    """Return the letters the user may see: a manager those of their units. At most one query more."""
    if user.role_set & {Role.ADMINISTRATOR, Role.CONTROLLER, Role.SECRETARY}:
        return Letter.objects.all()
    units = user.unit_ids(Role.MANAGER) if Role.MANAGER in user.role_set else set()
    return Letter.objects.all() if units is None else Letter.objects.filter(unit__in=units)


def _keeps_letter(user: User, letter: Letter) -> bool:
    return covers_unit(user, Role.MANAGER, letter.unit_id)


def _keeps_pool(user: User, pool: Pool) -> bool:
    return can_keep_pool(user, pool.unit_id)


SUBJECTS: dict[PaperKind, Subjects] = {
    PaperKind.CLOSING: Subjects(
        Project.objects.select_related("unit", "committee", "pool"), _projects, "code", can_approve_snapshot
    ),
    PaperKind.LETTER: Subjects(Letter.objects.all(), letters_for, "pk", _keeps_letter),
    PaperKind.ORIENTATION: Subjects(
        Pool.objects.filter(kind=PoolKind.STATE_POOL).select_related("committee", "unit"),
        lambda user: _pools(user).filter(kind=PoolKind.STATE_POOL),
        "code",
        _keeps_pool,
    ),
    PaperKind.CATALOGUE: Subjects(Pool.objects.select_related("committee", "unit"), _pools, "code", _keeps_pool),
}


def paper_subject(user: User, kind: str, of: str) -> Any | None:
    """Return what the paper is about; None when the user may not see it. One query, and at most one more."""
    subjects = SUBJECTS[PaperKind(kind)]
    if subjects.key == "pk" and not of.isdecimal():
        return None
    return subjects.visible(user).filter(**{subjects.key: of}).first()


def any_subject(kind: str, of: str) -> Any | None:
    """Return what the paper is about, whoever asks: for the worker and the command. One query."""
    return _all(kind, of).first()


def lock_subject(kind: str, of: str) -> None:
    """Let nobody else order the same paper until the transaction ends. One query."""
    list(_all(kind, of).select_for_update(of=("self",)))


def _all(kind: str, of: str) -> QuerySet[Any]:
    subjects = SUBJECTS[PaperKind(kind)]
    if subjects.key == "pk" and not of.isdecimal():
        return subjects.rows.none()
    return subjects.rows.filter(**{subjects.key: of})


def can_issue_paper(user: User, kind: str, subject: Any) -> bool:
    """Return whether the user issues the paper: a secretary, an administrator, the manager over its subject."""
    return has_role(user, Role.SECRETARY) or SUBJECTS[PaperKind(kind)].is_keeper(user, subject)


def issued_papers(user: User) -> QuerySet[IssuedPaper]:
    """Return what was issued of everything the user may see, newest first, without the bytes. One query, one more."""
    seen = Q(pk__in=[])
    for kind, subjects in SUBJECTS.items():
        seen |= Q(kind=kind, of__in=[str(key) for key in subjects.visible(user).values_list(subjects.key, flat=True)])
    return _light(IssuedPaper.objects.filter(seen))


def versions_of(kind: str, of: str) -> QuerySet[IssuedPaper]:
    """Return what was issued of one paper, newest first, without the bytes."""
    return _light(IssuedPaper.objects.filter(kind=kind, of=of)).order_by("-number")


def _light(papers: QuerySet[IssuedPaper]) -> QuerySet[IssuedPaper]:
    return papers.defer("pdf", "word", "facts").select_related("issued_by")
