"""One posting that stands in the wrong project, moved to the right one. Its rows stay: one reverses, one is new."""

from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.rollups import refresh_rollups
from projects.dates import format_date
from projects.enums import BatchKind, Subject
from projects.models import ImportBatch, Pool, Posting, Project, User
from projects.money import format_kroner
from projects.rules.ledger import check_move_of_posting

# What a posting says, apart from whose it is. The keys go along, so that the file met again is known.
_SAID = ("line_number", "posted_on", "account", "text", "project_key", "voucher", "row_key", "content_key")


@transaction.atomic
def move_posting(*, posting: Posting, project: Project, reason: str, by: User) -> Posting:
    """Let the posting count in another project of its pool; return the row that now stands for it.

    The row is reversed where it stood and said again where it belongs, in a batch of its own that can be undone.
    Raises ValidationError: year_closed, not_placed, not_standing, same_project, other_pool, reason_missing.
    """
    lock_open_year(posting.posted_on.year)
    pool = _lock_pool(posting)
    posting = Posting.objects.select_for_update(of=("self",)).select_related("batch", "project").get(pk=posting.pk)
    giver = posting.project
    reason = check_move_of_posting(
        is_placed=giver is not None,
        is_standing=posting.sign == 1 and not Posting.objects.filter(reverses=posting).exists(),
        is_same=giver == project,
        is_in_pool=pool is not None and project.pool_id == pool.pk,
        reason=reason,
    )
    batch = _batch_of(posting, reason, by)
    said = {name: getattr(posting, name) for name in _SAID}
    Posting.objects.create(batch=batch, project=giver, amount=-posting.amount, sign=-1, reverses=posting, **said)
    moved = Posting.objects.create(batch=batch, project=project, amount=posting.amount, **said)
    refresh_rollups([project.pk, *([giver.pk] if giver else [])])
    _record_moved(posting, batch, project, reason, by)
    return moved


def _lock_pool(posting: Posting) -> Pool | None:
    pool = posting.batch.pool
    # The pool is the lock that loads and undoings take: neither can meet the posting half moved.
    return Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk) if pool else None


def _batch_of(posting: Posting, reason: str, by: User) -> ImportBatch:
    """Return the batch the move is kept in. It has the file's name, so that the row is still found there."""
    source = posting.batch
    return ImportBatch.objects.create(
        pool=source.pool,
        kind=BatchKind.MOVE,
        year=posting.posted_on.year,
        system=source.system,
        file_name=source.file_name,
        sha256=source.sha256,
        row_count=1,
        imported_count=1,
        control_total=0,
        reason=reason,
        created_by=by,
        example_note=source.example_note,
    )


def _record_moved(posting: Posting, batch: ImportBatch, receiver: Project, reason: str, by: User) -> None:
    giver = posting.project
    words = {
        "amount": format_kroner(posting.amount, 2),
        "day": format_date(posting.posted_on),
        "giver": giver.name[:80] if giver else "–",
        "receiver": receiver.name[:80],
    }
    summary = _("A posting of %(amount)s from %(day)s was moved from “%(giver)s” to “%(receiver)s”") % words
    # Told where it was loaded and where it came from, and where it went.
    for subject_id, project in ((posting.batch_id, giver), (batch.pk, receiver)):
        record_event(
            subject=Subject.IMPORT,
            subject_id=subject_id,
            verb="moved",
            actor=by,
            summary=summary,
            reason=reason,
            project=project,
        )
