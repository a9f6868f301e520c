"""What every step of a status has in common: it is locked, may be somebody's to take, is copied and recorded."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.actions.untold import take_untold
from projects.enums import SnapshotState, Subject
from projects.models import Attachment, BreakdownValue, Measurement, SnapshotReference, StatusSnapshot, User
from projects.months import format_month
from projects.permissions import can_approve_snapshot

Row = TypeVar("Row", Measurement, BreakdownValue, SnapshotReference)

# What a revision has of its own; everything else is what it says, and is copied into the next.
_OF_ONE_REVISION = frozenset(
    {
        *("id", "revision", "state", "version", "unparsed", "untold", "correction_reason", "return_reason"),
        *("created_by", "created_at", "updated_by", "updated_at"),
        *("submitted_by", "submitted_at", "approved_by", "approved_at"),
    }
)


def locked(snapshot: StatusSnapshot) -> StatusSnapshot:
    """Return the status as it is now, held until the transaction ends."""
    # Without joins: PostgreSQL reads a row it has waited for again, but not the rows joined to it, and a status whose
    # last writer is another by then would not be found at all.
    return StatusSnapshot.objects.select_for_update().get(pk=snapshot.pk)


def check_manager(snapshot: StatusSnapshot, user: User) -> None:
    if not can_approve_snapshot(user, snapshot.project):
        raise PermissionDenied


def in_words(snapshot: StatusSnapshot) -> str:
    month = format_month(snapshot.month)
    if snapshot.revision == 1:
        return _("The status for %(month)s") % {"month": month}
    return _("The correction of %(month)s (revision %(revision)s)") % {"month": month, "revision": snapshot.revision}


def record_step(
    snapshot: StatusSnapshot, verb: str, by: User, summary: str, *, changes: Iterable[Change] = (), reason: str = ""
) -> None:
    record_event(
        subject=Subject.SNAPSHOT,
        subject_id=snapshot.pk,
        verb=verb,
        actor=by,
        summary=summary,
        changes=changes,
        reason=reason,
        project=snapshot.project,
    )


def tell(snapshot: StatusSnapshot) -> None:
    """Record what was saved since the last event."""
    found = take_untold(snapshot)
    if found is not None:
        by, changes = found
        snapshot.save(update_fields=["untold"])
        summary = _("%(month)s was saved") % {"month": in_words(snapshot)}
        record_step(snapshot, "saved", by, summary, changes=changes)


def newest_to_correct(snapshot: StatusSnapshot) -> StatusSnapshot:
    """Return the month's newest revision, which the next one begins from. The status given must be locked.

    Raises ValidationError: not_approved, open_revision (somebody is correcting it already).
    """
    if snapshot.state != SnapshotState.APPROVED:
        raise ValidationError(
            _("Only an approved status is corrected in a new revision. This one can be changed as it is."),
            code="not_approved",
        )
    newest = StatusSnapshot.objects.filter(project=snapshot.project, month=snapshot.month).order_by("-revision")[0]
    if newest.state != SnapshotState.APPROVED:
        raise ValidationError(
            _("%(name)s has already begun a correction of this status. Go on with that one."),
            code="open_revision",
            params={"name": newest.created_by},
        )
    return newest


def copy_of(approved: StatusSnapshot, *, reason: str, by: User) -> StatusSnapshot:
    """Store the next revision as a draft by `by`, with the same content."""
    fields = {field.name: getattr(approved, field.name) for field in StatusSnapshot._meta.concrete_fields}
    draft = StatusSnapshot.objects.create(
        **{name: value for name, value in fields.items() if name not in _OF_ONE_REVISION},
        revision=approved.revision + 1,
        correction_reason=reason,
        created_by=by,
        updated_by=by,
    )
    _copy_rows(approved, draft)
    return draft


def _copy_rows(approved: StatusSnapshot, draft: StatusSnapshot) -> None:
    Measurement.objects.bulk_create(_moved(approved.measurements.all(), draft))
    BreakdownValue.objects.bulk_create(_moved(approved.breakdown_values.all(), draft))
    copies: dict[int, Attachment] = {}
    for row in approved.attachments.all():
        old_id = row.pk
        row.pk, row.snapshot = None, draft
        row.save(force_insert=True)
        copies[old_id] = row
    references = _moved(approved.references.all(), draft)
    for reference in references:
        reference.attachment = copies.get(reference.attachment_id or 0)
    SnapshotReference.objects.bulk_create(references)


def _moved(rows: Iterable[Row], draft: StatusSnapshot) -> list[Row]:
    moved = list(rows)
    for row in moved:
        row.pk, row.snapshot = None, draft
    return moved
