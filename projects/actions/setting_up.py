"""What indicators and tables share while they are set up: one lock, one kind of event, one way to notice another."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.enums import Subject
from projects.models import Breakdown, Indicator, Project, User
from projects.months import format_month

# A label and its value in words.
Described = tuple[str, str]


class ChangedMeanwhile(Exception):  # noqa: N818 - a state of affairs, not a fault
    """Somebody else stored other values after the page was opened.

    `differences` are (label, what was to be stored, what is stored now); `seen` is the mark of what is stored now.
    """

    def __init__(self, mine: Sequence[Described], theirs: Sequence[Described]) -> None:
        super().__init__("stored by someone else")
        stored = dict(theirs)
        self.differences = [(label, words, stored[label]) for label, words in mine if words != stored[label]]
        self.seen = mark_of(theirs)


def mark_of(said: Sequence[Described]) -> str:
    """Return a mark that is another as soon as anything is said otherwise."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


def check_seen(seen: str, *, stored: Sequence[Described], wanted: Sequence[Described]) -> None:
    """Raise ChangedMeanwhile when neither what the person had seen ("" asks for nothing) nor what they want stands."""
    if seen and seen != mark_of(stored) and list(stored) != list(wanted):
        raise ChangedMeanwhile(wanted, stored)


def draw(shown: Indicator | Breakdown, *, is_figure: bool, by: User) -> None:
    shown.refresh_from_db(fields=["is_figure"])
    if shown.is_figure == is_figure:
        return
    shown.is_figure = is_figure
    shown.save(update_fields=["is_figure"])
    words = (
        _("“%(name)s” is shown as a figure in notes") if is_figure else _("“%(name)s” is no longer a figure in notes")
    )
    record_set_up(shown.project, "figure_chosen", words % {"name": shown.name}, by)


def lock_project(project: Project) -> None:
    # The project is the lock: two people who set it up at once do so one after the other.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def record_set_up(project: Project, verb: str, summary: str, by: User, changes: Sequence[Change] = ()) -> None:
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb=verb,
        actor=by,
        summary=summary[:250],
        changes=changes,
        project=project,
    )


def differences(before: Sequence[Described], after: Sequence[Described]) -> list[Change]:
    """Return what is said differently now; everything that says something when there was nothing before."""
    said = dict(before)
    return [(label, said.get(label, ""), words) for label, words in after if said.get(label, "") != words]


def move(rows: Sequence[Any], moved: Model, step: int) -> bool:
    """Number the rows anew with one of them moved; return whether it went anywhere."""
    order = [row.pk for row in rows]
    place = order.index(moved.pk)
    target = min(max(place + step, 0), len(order) - 1)
    if target == place:
        return False
    by_pk = {row.pk: row for row in rows}
    order.insert(target, order.pop(place))
    for position, pk in enumerate(order, start=1):
        if by_pk[pk].position != position:
            by_pk[pk].position = position
            by_pk[pk].save(update_fields=["position"])
    return True


def yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def month_words(month: date | None) -> str:
    return format_month(month) if month else ""
