"""Keeps the sums and lights that lists are sorted by. Called by every action that changes what they are made of."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from projects.models import Project, ProjectStanding, ProjectYear
from projects.queries.rollups import AT_A_TIME, STANDING, computed_rollups

_waiting: ContextVar[set[int] | None] = ContextVar("projects whose roll-ups wait for the end", default=None)


@contextmanager
def rollups_together() -> Iterator[None]:
    """Refresh once, at the end, the roll-ups of every project that changes meanwhile. Not at all after an error.

    For an action that is made of many: 200 grants would otherwise compute 400 times. Inside one transaction.
    """
    changed: set[int] = set()
    token = _waiting.set(changed)
    try:
        yield
    finally:
        _waiting.reset(token)
    refresh_rollups(changed)


def refresh_rollups(project_ids: Iterable[int]) -> None:
    """Compute the projects' roll-ups anew, at the end of the transaction that changed their rows.

    Each project's row is locked before its rows are read: of two changes at once, the later to come here waits, and
    then reads what the earlier has stored. Ten queries per five hundred projects.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(project_ids)
        return
    ids = sorted(set(project_ids))
    for begin in range(0, len(ids), AT_A_TIME):
        _refresh(ids[begin : begin + AT_A_TIME])


@transaction.atomic
def refresh_all_rollups() -> int:
    """Compute every project's roll-ups anew and return how many projects there are."""
    ids = list(Project.objects.values_list("pk", flat=True))
    refresh_rollups(ids)
    return len(ids)


@transaction.atomic
def _refresh(ids: list[int]) -> None:
    ProjectStanding.objects.bulk_create([ProjectStanding(project_id=pk) for pk in ids], ignore_conflicts=True)
    list(ProjectStanding.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    right = computed_rollups(ids)
    ProjectStanding.objects.bulk_create(
        right.standings, update_conflicts=True, unique_fields=["project"], update_fields=STANDING
    )
    # A year whose last row went (a draft's forecast, an undone file) leaves no sums behind.
    ProjectYear.objects.filter(project__in=ids).delete()
    ProjectYear.objects.bulk_create(right.years)
