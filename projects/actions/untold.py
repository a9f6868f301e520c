"""What a page saves by itself while a person types: one event for all of it, once they save, send, or make way."""

from collections.abc import Iterable

from projects.actions.events import Change, as_text
from projects.models import Proposal, StatusSnapshot, User

# What keeps its changes until they are told.
Saved = StatusSnapshot | Proposal


def add_untold(saved: Saved, changes: Iterable[Change], by: User) -> None:
    """Add changes to those no event tells of yet. Those of somebody else must have been told before."""
    saved.untold = {"by": by.pk, "changes": merged(saved.untold.get("changes", []), changes)}


def take_untold(saved: Saved) -> tuple[User, list[Change]] | None:
    """Return whose untold changes there are and which, and forget them; None for none. One query when there are."""
    untold, saved.untold = saved.untold, {}
    return (User.objects.get(pk=untold["by"]), told(untold["changes"])) if untold else None


def told(changes: Iterable[Iterable[str]]) -> list[Change]:
    """Return stored changes as an event takes them."""
    return [(label, before, after) for label, before, after in changes]


def is_untold_by_another(saved: Saved, by: User) -> bool:
    return bool(saved.untold) and saved.untold["by"] != by.pk


def merged(before: Iterable[Iterable[str]], after: Iterable[Change]) -> list[list[str]]:
    """Return the changes as one: from what a field was first to what it is last. What came back to itself is none."""
    found = {label: [label, old, new] for label, old, new in before}
    for label, old, new in after:
        name = str(label)
        found[name] = [name, found[name][1] if name in found else as_text(old), as_text(new)]
    return [change for change in found.values() if change[1] != change[2]]
