"""Rows that match no project, placed by hand, and what is remembered of it."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.rollups import refresh_rollups
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import PlacementKind, Subject
from projects.models import FiscalYear, PlacementRule, Pool, Posting, Project, User
from projects.queries.ledger import put_aside


@transaction.atomic
def place_postings(
    *, pool: Pool, posting_ids: Iterable[int], project: Project, by: User, remember: str = ""
) -> tuple[int, int]:
    """Give rows that were put aside their project; return how many, and how many more `remember` placed.

    `remember` (a PlacementKind, or "") lets the rows' project numbers or accounts mean this project from now on, and
    places what is put aside with the same value, except in closed years. Rows that somebody else has placed meanwhile
    are left alone. Raises ValidationError: other_pool, nothing_chosen, year_closed, nothing_to_remember.
    """
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    if project.pool_id != pool.pk:
        raise ValidationError(_("The project belongs to another pool."), code="other_pool")
    waiting = put_aside(pool)
    chosen = list(waiting.filter(pk__in=set(posting_ids)))
    if not chosen:
        raise ValidationError(_("Choose at least one row that is still put aside."), code="nothing_chosen")
    for year in sorted({posting.posted_on.year for posting in chosen}):
        lock_open_year(year)
    found = {posting.pk for posting in chosen}
    more: set[int] = set()
    if remember:
        values = {getattr(posting, remember) for posting in chosen} - {""}
        if not values:
            raise ValidationError(
                _("The rows have no %(kind)s to remember them by.") % {"kind": PlacementKind(remember).label.lower()},
                code="nothing_to_remember",
            )
        _remember(pool, remember, values, project, by)
        closed = FiscalYear.objects.filter(closed_at__isnull=False).values("year")
        same = waiting.filter(**{f"{remember}__in": values}).exclude(posted_on__year__in=closed)
        more = set(same.values_list("pk", flat=True)) - found
    Posting.objects.filter(pk__in=found | more, project__isnull=True).update(project=project)
    refresh_rollups([project.pk])
    _record_placed(chosen, len(more), project, by)
    return len(found), len(more)


def _remember(pool: Pool, kind: str, values: set[str], project: Project, by: User) -> None:
    for value in sorted(values):
        PlacementRule.objects.update_or_create(
            pool=pool, kind=kind, value=value, defaults={"project": project, "created_by": by}
        )


def _record_placed(chosen: Sequence[Posting], more: int, project: Project, by: User) -> None:
    words = {
        "count": format_count(len(chosen) + more),
        "project": project.name[:120],
        "day": format_date(min(posting.posted_on for posting in chosen)),
    }
    for batch_id in sorted({posting.batch_id for posting in chosen}):
        record_event(
            subject=Subject.IMPORT,
            subject_id=batch_id,
            verb="placed",
            actor=by,
            summary=_("%(count)s rows from %(day)s on were placed in “%(project)s”") % words,
            project=project,
        )


@transaction.atomic
def forget_placement(*, rule: PlacementRule, by: User) -> None:
    """Stop placing by the rule. What it has placed stays."""
    record_event(
        subject=Subject.POOL,
        subject_id=rule.pool_id,
        verb="placement_forgotten",
        actor=by,
        summary=_("“%(value)s” no longer means “%(project)s”") % {"value": rule.value, "project": rule.project.name},
    )
    rule.delete()
