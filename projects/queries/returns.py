"""What was returned in a status, and what has changed since."""

from dataclasses import dataclass

from projects.models import ReturnedSection, SnapshotReturn, StatusSnapshot
from projects.queries.comparison import from_json, said
from projects.queries.snapshots import SnapshotContent
from projects.rules.comparing import Difference, SectionDifferences, compared


@dataclass(frozen=True)
class ReturnedPart:
    """A returned section and what changed in it since; nothing when `changes` is empty."""

    section: ReturnedSection
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class SinceReturn:
    """The newest return, its sections, and what else has changed."""

    returned: SnapshotReturn
    parts: tuple[ReturnedPart, ...]
    others: tuple[SectionDifferences, ...]


def last_return(snapshot: StatusSnapshot | None) -> SnapshotReturn | None:
    """Return the newest return of the status with its sections. Two queries; none for one never returned."""
    if snapshot is None or not snapshot.return_reason:
        return None
    returns = SnapshotReturn.objects.filter(snapshot=snapshot).select_related("returned_by")
    return returns.prefetch_related("sections__mended_by").order_by("-returned_at", "-pk").first()


def since_return(returned: SnapshotReturn, content: SnapshotContent) -> SinceReturn:
    """Hold what the status says now against what it said when it was returned. No query beyond `last_return`'s."""
    found = {item.section: item for item in compared(from_json(returned.said), said(content))}
    sections = list(returned.sections.all())
    parts = tuple(ReturnedPart(row, found[row.section].changed if row.section in found else ()) for row in sections)
    named = {row.section for row in sections}
    others = tuple(item for key, item in found.items() if key not in named and item.changed)
    return SinceReturn(returned, parts, others)
