"""Saved views of the overview: one's own, and those that others share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from projects.alphabet import alphabetical
from projects.models import User
from reports.models import SavedView


@dataclass(frozen=True)
class ViewRow:
    """A view in the list. `is_current`: it is what the page shows."""

    view: SavedView
    is_own: bool
    is_current: bool


def saved_views(user: User, query: str) -> Sequence[ViewRow]:
    """Return the user's own views and the shared ones, by name. One query. `query` is what the page shows."""
    found = SavedView.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")
    rows = sorted(found, key=lambda view: (alphabetical(view.name), view.pk))
    return [ViewRow(view, view.owner_id == user.pk, view.query == query) for view in rows]
