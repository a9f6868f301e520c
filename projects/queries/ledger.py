"""Postings and loads as they are read: what is put aside, where rows belong, and what holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.enums import BatchKind, PlacementKind
from projects.ledger_files import Layout
from projects.models import ImportBatch, LedgerMapping, PlacementRule, Pool, Posting, Project
from projects.queries.drift import newest_months

LAYOUT_FIELDS = ("columns", "encoding", "delimiter", "decimal", "has_total", "is_reversed")


def placement_of(pool: Pool) -> Callable[[str, str], int | None]:
    """Return a function from (project key, account) to the project's id, None when nothing tells. Two queries.

    What a person has said of the project number counts most, then a project's own code, then what was said of the
    account. Case and outer spaces make no difference.
    """
    # A project that has gone to another pool is meant no longer.
    rows = PlacementRule.objects.filter(pool=pool, project__pool=pool)
    rules: dict[tuple[str, str], int] = {
        (kind, value.casefold()): project for kind, value, project in rows.values_list("kind", "value", "project_id")
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
    """Return the newest load that has corrected rows of this one and is not undone itself. At most two queries.

    From the corrections upwards, because they are few: a row whose correction was undone stands in the row that did
    so, and leads through it to where it was loaded. A move is none: it is undone with the load (`moves_built_on`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE above (later_id, row_id) AS ("
            "  SELECT b.id, p.reverses_id FROM projects_importbatch b JOIN projects_posting p ON p.batch_id = b.id"
            "  WHERE b.id > %s AND b.kind = %s AND p.sign = -1"
            "  AND NOT EXISTS (SELECT 1 FROM projects_posting r WHERE r.reverses_id = p.id)"
            "  UNION SELECT above.later_id, p.reverses_id FROM projects_posting p JOIN above ON p.id = above.row_id"
            "  WHERE p.reverses_id IS NOT NULL)"
            " SELECT max(above.later_id) FROM above JOIN projects_posting p ON p.id = above.row_id"
            " WHERE p.batch_id = %s",
            [batch.pk, BatchKind.FILE.value, batch.pk],
        )
        (found,) = cursor.fetchone()
    return ImportBatch.objects.get(pk=found) if found is not None else None


def same_file_of_another_system(pool: Pool, sha256: str, system: str) -> ImportBatch | None:
    """Return a load of the very same file that stands under another system's name. One query."""
    loads = ImportBatch.objects.filter(pool=pool, sha256=sha256, reverses__isnull=True, reversed_by__isnull=True)
    return loads.exclude(system=system).first()


def layout_of(mapping: LedgerMapping) -> Layout:
    return Layout(**{field: getattr(mapping, field) for field in LAYOUT_FIELDS})


def batches_of(pool: Pool) -> QuerySet[ImportBatch]:
    """Return the pool's loads, newest first, each with `waiting` rows."""
    waiting = (
        standing(Posting.objects.filter(batch=OuterRef("pk"), project__isnull=True))
        .order_by()
        .values("batch")
        .annotate(rows=Count("pk"))
        .values("rows")
    )
    batches = ImportBatch.objects.filter(pool=pool).select_related("created_by", "reversed_by", "reverses")
    return batches.annotate(waiting=Coalesce(Subquery(waiting), 0))


@dataclass(frozen=True)
class LedgerSums:
    """What the pool has spent by its ledger, kroner. `aside` waits to be placed and counts in no project yet."""

    placed: Decimal
    aside: Decimal
    aside_count: int

    @property
    def total(self) -> Decimal:
        return self.placed + self.aside


def ledger_sums(pool: Pool) -> LedgerSums:
    """Return the sums over every row of the pool's loads. Two queries."""
    nothing = Decimal(0)
    found = Posting.objects.filter(batch__pool=pool).aggregate(
        placed=Sum("amount", filter=Q(project__isnull=False)), aside=Sum("amount", filter=Q(project__isnull=True))
    )
    return LedgerSums(found["placed"] or nothing, found["aside"] or nothing, put_aside(pool).count())


@dataclass(frozen=True)
class PostingSums:
    count: int
    total: Decimal


def posting_sums(postings: QuerySet[Posting]) -> PostingSums:
    """Return how many rows there are and what they make. One query."""
    found = postings.order_by().aggregate(count=Count("pk"), total=Sum("amount"))
    return PostingSums(found["count"], found["total"] or Decimal(0))


def suggested_places(pool: Pool) -> QuerySet[PlacementRule]:
    """Return what is remembered for the pool, with projects and who said so. One query."""
    return PlacementRule.objects.filter(pool=pool).select_related("project", "created_by")


def newest_month(pool: Pool) -> date | None:
    """Return the month of the newest posting in one of the pool's projects, None when there is none. One query."""
    return newest_months([pool.pk]).get(pool.pk)


@dataclass(frozen=True)
class PostingStory:
    """A posting with what takes it back (`taken_by`), and where a move has brought it from and to."""

    posting: Posting
    taken_by: Posting | None
    moved_from: Posting | None
    moved_to: Posting | None

    @property
    def counts(self) -> bool:
        return self.posting.sign == 1 and self.taken_by is None


def posting_story(posting: Posting) -> PostingStory:
    """Return what became of the posting. At most three queries; its batch must be loaded."""
    rows = Posting.objects.select_related("batch", "project", "reverses__project", "reverses__batch")
    taken_by = rows.filter(reverses=posting).first()
    moved_from = moved_to = None
    if posting.sign == 1 and posting.batch.kind == BatchKind.MOVE:
        taken = rows.filter(batch=posting.batch, line_number=posting.line_number, sign=-1).first()
        moved_from = taken.reverses if taken else None
    if posting.sign == 1 and taken_by and taken_by.batch.kind == BatchKind.MOVE:
        moved_to = rows.filter(batch=taken_by.batch, line_number=posting.line_number, sign=1).first()
    return PostingStory(posting, taken_by, moved_from, moved_to)
