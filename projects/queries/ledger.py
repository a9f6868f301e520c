"""Postings and loads as they are read: what is put aside, where rows belong, and what holds."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from projects.enums import PlacementKind
from projects.models import ImportBatch, PlacementRule, Pool, Posting, Project


def placement_of(pool: Pool) -> Callable[[str, str], int | None]:
    """Return a function from (project key, account) to the project's id, None when nothing tells. Two queries.

    What a person has said of the project number counts most, then a project's own code, then what was said of the
    account. Case and outer spaces make no difference.
    """
    rules: dict[tuple[str, str], int] = {
        (kind, value.casefold()): project
        for kind, value, project in PlacementRule.objects.filter(pool=pool).values_list("kind", "value", "project_id")
    }
    codes = {code.casefold(): pk for code, pk in Project.objects.filter(pool=pool).values_list("code", "pk")}

    def place(project_key: str, account: str) -> int | None:
        key = project_key.strip().casefold()
        found = rules.get((PlacementKind.PROJECT_KEY, key)) or codes.get(key) if key else None
        return found or rules.get((PlacementKind.ACCOUNT, account.strip().casefold()))

    return place


def standing(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Return the rows that hold: not taken back, and not taking back. Their sum is that of all rows."""
    return postings.filter(~Exists(Posting.objects.filter(reverses=OuterRef("pk"))), sign=1)


def put_aside(pool: Pool) -> QuerySet[Posting]:
    """Return the pool's rows that wait for a person to place them."""
    return standing(Posting.objects.filter(batch__pool=pool, project__isnull=True))


def later_corrections(batch: ImportBatch) -> ImportBatch | None:
    """Return the newest load that has corrected rows of this one and is not undone itself. One query."""
    corrected = Posting.objects.filter(batch=OuterRef("pk"), sign=-1, reverses__batch=batch)
    corrected = corrected.filter(~Exists(Posting.objects.filter(reverses=OuterRef("pk"))))
    later = ImportBatch.objects.filter(Exists(corrected)).exclude(pk=batch.pk).exclude(reverses=batch)
    return later.order_by("-pk").first()
