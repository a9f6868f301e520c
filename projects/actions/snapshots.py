"""The monthly status from its first figure to its approval. Every change locks the status and leaves an event."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.files import atomic_with_files
from projects.actions.rollups import refresh_rollups
from projects.actions.snapshot_content import Names, check_texts, content_changes, forget_file, store_content
from projects.actions.snapshot_steps import check_manager as _check_manager
from projects.actions.snapshot_steps import copy_of, newest_to_correct
from projects.actions.snapshot_steps import in_words as _month
from projects.actions.snapshot_steps import locked as _locked
from projects.actions.snapshot_steps import record_step as _record
from projects.actions.snapshot_steps import tell as _tell
from projects.actions.untold import add_untold, is_untold_by_another, told
from projects.enums import Dimension, SnapshotState
from projects.models import (
    BreakdownValue,
    Measurement,
    Project,
    SnapshotReference,
    StatusSnapshot,
    User,
)
from projects.months import format_month
from projects.queries.duties import authors_by_snapshot
from projects.queries.findings import snapshot_notices
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshot_values import (
    AttachmentValue,
    CountValue,
    ReferenceValue,
    SnapshotValues,
    stored_values,
)
from projects.queries.snapshots import SnapshotContent, snapshot_content
from projects.rules.lengths import LENGTHS, length_errors
from projects.rules.snapshots import check_approver, check_month, check_reason, check_transition, light_errors
from projects.rules.text import check_no_cpr

__all__ = [
    "AttachmentValue",
    "CountValue",
    "ReferenceValue",
    "SnapshotValues",
    "StaleSnapshot",
    "approve_snapshot",
    "correct_snapshot",
    "discard_draft",
    "save_snapshot",
    "start_snapshot",
    "submission_errors",
    "submit_snapshot",
]

Row = TypeVar("Row", Measurement, BreakdownValue, SnapshotReference)


class StaleSnapshot(Exception):  # noqa: N818 - a state of affairs, not a fault
    """Somebody else saved other content after the page was opened. Holds the status and what it now says."""

    def __init__(self, snapshot: StatusSnapshot, stored: SnapshotValues) -> None:
        super().__init__("saved by someone else")
        self.snapshot = snapshot
        self.stored = stored


@transaction.atomic
def start_snapshot(*, project: Project, month: date, by: User, example_note: str = "") -> StatusSnapshot:
    """Return the month's newest revision, or begin the month with an empty draft in version 0.

    `example_note` says what of it is example data.

    Raises ValidationError: month_in_future, month_before_project.
    """
    # The project is locked, so that two people who begin at once begin the same status.
    locked = Project.objects.select_for_update().get(pk=project.pk)
    newest = StatusSnapshot.objects.filter(project=locked, month=month).order_by("-revision").first()
    if newest is not None:
        return newest
    check_month(month=month, project_start=locked.starts_on, today=timezone.localdate())
    snapshot = StatusSnapshot.objects.create(
        project=locked, month=month, version=0, created_by=by, updated_by=by, example_note=example_note
    )
    _record(snapshot, "started", by, _("%(month)s was begun") % {"month": _month(snapshot)})
    return snapshot


@atomic_with_files()
def save_snapshot(
    *, snapshot: StatusSnapshot, expected_version: int, values: SnapshotValues, by: User, is_by_itself: bool = False
) -> StatusSnapshot:
    """Store the values in a draft. The same content a second time changes nothing.

    `is_by_itself`: the page saves while the person types. The changes wait for one event that tells of them all: when
    the person saves or sends, or somebody else goes on.

    Raises StaleSnapshot when another version stands there with other content; ValidationError: not_editable, cpr,
    unknown_row, total_typed, and what is wrong with an uploaded file.
    """
    check_texts(values)
    locked = _locked(snapshot)
    stored, wanted = stored_values(locked).normalised(), values.normalised()
    # A file put on a stored annex is new content, unless this is the same request once more.
    has_new_file = any(row.file is not None and row.attachment_id is not None for row in wanted.attachments or ())
    if stored.same_content(wanted) and not (has_new_file and locked.version == expected_version):
        if not is_by_itself:
            _tell(locked)
        return locked
    if not locked.is_editable:
        raise ValidationError(_not_editable(locked), code="not_editable")
    if locked.version != expected_version:
        raise StaleSnapshot(locked, stored)
    names = Names(locked)
    names.check(wanted)
    changes = content_changes(locked, stored, wanted, names)
    store_content(locked, wanted, names)
    if is_untold_by_another(locked, by):
        _tell(locked)
    add_untold(locked, changes, by)
    changes = told(locked.untold["changes"])
    if not is_by_itself:
        locked.untold = {}
    locked.version += 1
    locked.updated_by = by
    locked.save()
    if not is_by_itself:
        _record(locked, "saved", by, _("%(month)s was saved") % {"month": _month(locked)}, changes=changes)
    return locked


def _not_editable(snapshot: StatusSnapshot) -> str:
    if snapshot.state == SnapshotState.APPROVED:
        return _("The status is approved and locked. Make a correction with a reason instead.")
    return _("The status has already been sent for approval.")


@transaction.atomic
def submit_snapshot(*, snapshot: StatusSnapshot, by: User, seen: Collection[str] | None = None) -> StatusSnapshot:
    """Send a complete status for approval. `seen` are the fingerprints of the findings the person was shown.

    Raises ValidationError by form field for what is missing, unreadable or blocking; transition when it was sent
    already; unseen when there is an open finding the person was not shown (None: nobody was to be shown any).
    """
    locked = _locked(snapshot)
    check_transition(state=SnapshotState(locked.state), target=SnapshotState.SUBMITTED)
    content = snapshot_content(locked)
    notices = snapshot_notices(content)
    errors = _submission_errors(locked, content, notices)
    if errors:
        raise ValidationError(errors)
    if seen is not None and any(item.is_open and item.notice.fingerprint not in seen for item in notices):
        raise ValidationError(_("Look at what is noticed before you send it."), code="unseen")
    _tell(locked)
    locked.state = SnapshotState.SUBMITTED
    locked.unparsed = {}
    locked.submitted_by, locked.submitted_at = by, timezone.now()
    locked.save()
    _record(locked, "submitted", by, _("%(month)s was sent for approval") % {"month": _month(locked)})
    refresh_rollups([locked.project_id])
    return locked


def submission_errors(snapshot: StatusSnapshot) -> dict[str, list[str]]:
    """Return form field (or a notice's place) → why the status cannot be sent yet; {} when it can. 15 queries."""
    content = snapshot_content(snapshot)
    return _submission_errors(snapshot, content, snapshot_notices(content))


def _submission_errors(
    snapshot: StatusSnapshot, content: SnapshotContent, notices: Iterable[AnsweredNotice]
) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for name, text in snapshot.unparsed.items():
        if text:
            errors.setdefault(name, []).append(_("“%(text)s” cannot be read. Correct it.") % {"text": text[:40]})
    lights = {key: snapshot.light(key) for key in Dimension}
    for name, message in light_errors(lights, {key: snapshot.comment(key) for key in Dimension}).items():
        errors.setdefault(name, []).append(message)
    texts = {name: getattr(snapshot, name) for name in LENGTHS}
    for name, message in length_errors(texts, settings.TEXT_LIMITS).items():
        errors.setdefault(name, []).append(message)
    for position, reference in enumerate(content.references):
        if not reference.title.strip():
            errors[f"reference-{position}-title"] = [_("Write what the reference is to, or empty the row.")]
    for answered in notices:
        if answered.notice.is_blocking:
            errors.setdefault(answered.notice.field, []).append(answered.notice.message)
    return errors


@transaction.atomic
def approve_snapshot(*, snapshot: StatusSnapshot, by: User) -> StatusSnapshot:
    """Approve and freeze a status. Raises ValidationError: transition, own_snapshot; PermissionDenied."""
    locked = _locked(snapshot)
    _check_manager(locked, by)
    check_transition(state=SnapshotState(locked.state), target=SnapshotState.APPROVED)
    check_approver(author_ids=author_ids(locked), approver_id=by.pk)
    locked.state = SnapshotState.APPROVED
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save()
    _record(locked, "approved", by, _("%(month)s was approved") % {"month": _month(locked)})
    refresh_rollups([locked.project_id])
    return locked


def author_ids(snapshot: StatusSnapshot) -> set[int]:
    """Return everyone who has written in the status or sent it. One query."""
    return authors_by_snapshot([snapshot])[snapshot.pk]


@transaction.atomic
def correct_snapshot(*, snapshot: StatusSnapshot, reason: str, by: User) -> StatusSnapshot:
    """Begin the next revision of an approved status as a draft with the same content.

    The approved one stands until the correction is approved. Raises ValidationError: not_approved, reason_missing,
    open_revision (somebody is correcting it already), cpr.
    """
    newest = newest_to_correct(_locked(snapshot))
    check_no_cpr(reason)
    reason = check_reason(reason)
    draft = copy_of(newest, reason=reason, by=by)
    summary = _("A correction of %(month)s was begun") % {"month": format_month(newest.month)}
    _record(draft, "started", by, summary, reason=reason)
    return draft


@transaction.atomic
def discard_draft(*, snapshot: StatusSnapshot, by: User) -> None:
    """Delete a draft for good; a correction's approved revision stays. Raises ValidationError not_a_draft."""
    locked = _locked(snapshot)
    is_returned_correction = locked.state == SnapshotState.RETURNED and locked.revision > 1
    if locked.state != SnapshotState.DRAFT and not is_returned_correction:
        raise ValidationError(
            _("Only a draft can be deleted. This status has been sent for approval."), code="not_a_draft"
        )
    _record(locked, "discarded", by, _("The draft of %(month)s was deleted") % {"month": _month(locked)})
    files = [row.file.name for row in locked.attachments.all() if row.file]
    locked.delete()
    refresh_rollups([locked.project_id])
    for name in files:
        forget_file(name)
