"""What builds on a load: its postings that somebody has since moved to another project."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from projects.enums import BatchKind
from projects.models import ImportBatch, Posting


@dataclass(frozen=True)
class Move:
    """A move that stands. `posting` is the row that counts in the receiver now, `giver_row` the one that left.

    `is_first`: the posting came from the load itself, not from an earlier move of it.
    """

    batch: ImportBatch
    giver_row: Posting
    posting: Posting
    is_first: bool


def moves_built_on(batch: ImportBatch) -> list[Move]:
    """Return the moves of the load's postings that stand, also of what was moved before, the newest first.

    Two queries, however many moves there are; one when there are none.
    """
    sources = _sources(batch)
    found = _built_on(batch.pk, sources)
    if not found:
        return []
    rows: dict[int, dict[int, Posting]] = defaultdict(dict)
    for row in Posting.objects.filter(batch__in=found).select_related("batch", "project"):
        rows[row.batch_id][row.sign] = row
    return [
        Move(rows[pk][1].batch, rows[pk][-1], rows[pk][1], is_first=batch.pk in sources[pk])
        for pk in sorted(found, reverse=True)
    ]


def _built_on(batch_id: int, sources: Mapping[int, set[int]]) -> set[int]:
    """Return the moves that the batch is behind. A move is newer than what it builds on."""
    found: set[int] = set()
    for move in sorted(sources):
        if sources[move] & {batch_id, *found}:
            found.add(move)
    return found


def _sources(batch: ImportBatch) -> dict[int, set[int]]:
    """Return, by each move of the pool that stands, the batches its posting has stood in. One query.

    From the moves upwards, because they are few: a posting that was moved back stands in the row that did so, and
    leads through it to where it was loaded.
    """
    sources: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE above (move_id, row_id) AS ("
            "  SELECT b.id, p.reverses_id FROM projects_importbatch b JOIN projects_posting p ON p.batch_id = b.id"
            "  WHERE b.pool_id = %s AND b.kind = %s AND p.sign = -1"
            "  AND NOT EXISTS (SELECT 1 FROM projects_importbatch r WHERE r.reverses_id = b.id)"
            "  UNION SELECT above.move_id, p.reverses_id FROM projects_posting p JOIN above ON p.id = above.row_id"
            "  WHERE p.reverses_id IS NOT NULL)"
            " SELECT above.move_id, p.batch_id FROM above JOIN projects_posting p ON p.id = above.row_id",
            [batch.pool_id, BatchKind.MOVE.value],
        )
        for move_id, batch_id in cursor.fetchall():
            sources[move_id].add(batch_id)
    return sources
