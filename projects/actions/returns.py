"""A status on its way back: returned section by section, mended, taken back by its writer, or opened again."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.mail import mail_text, queue_mail
from projects.actions.rollups import refresh_rollups
from projects.actions.snapshot_steps import check_manager, copy_of, in_words, locked, newest_to_correct, record_step
from projects.enums import MailKind, SnapshotState
from projects.models import ReturnedSection, SnapshotReturn, StatusSnapshot, User
from projects.months import format_month
from projects.queries.comparison import as_json, said, section_titles
from projects.queries.duties import writers_today
from projects.queries.snapshots import SnapshotContent, snapshot_content
from projects.rules.returns import ReturnReasons, check_return, withdrawn_state
from projects.rules.snapshots import check_reason, check_transition
from projects.rules.text import check_no_cpr


@transaction.atomic
def return_snapshot(
    *, snapshot: StatusSnapshot, by: User, reason: str = "", sections: Mapping[str, str] | None = None
) -> StatusSnapshot:
    """Hand a status back to its caseworker, with a reason for the whole, for sections of it (by place), or both.

    Raises ValidationError: transition, reason_missing, unknown_section, cpr; PermissionDenied.
    """
    waiting = locked(snapshot)
    check_manager(waiting, by)
    check_transition(state=SnapshotState(waiting.state), target=SnapshotState.RETURNED)
    content = snapshot_content(waiting)
    reasons = check_return(overall=reason, sections=sections or {}, titles=section_titles(content))
    returned = _send_back(waiting, content, reasons, by)
    record_step(
        waiting,
        "returned",
        by,
        _("%(month)s was returned") % {"month": in_words(waiting)},
        changes=[(item.title, "", item.reason) for item in reasons.sections],
        reason=reasons.overall,
    )
    # Last: the event holds on to the project, which whoever decides its money locks before the roll-ups.
    refresh_rollups([waiting.project_id])
    subject = _("Returned: %(project)s, %(month)s")
    _tell(returned, subject % {"month": format_month(waiting.month), "project": waiting.project.name})
    return waiting


def _send_back(snapshot: StatusSnapshot, content: SnapshotContent, reasons: ReturnReasons, by: User) -> SnapshotReturn:
    returned = SnapshotReturn.objects.create(
        snapshot=snapshot,
        reason=reasons.overall,
        said=as_json(said(content)),
        returned_by=by,
        returned_at=timezone.now(),
    )
    ReturnedSection.objects.bulk_create(
        ReturnedSection(
            returned=returned, section=item.section, title=item.title, reason=item.reason, position=position
        )
        for position, item in enumerate(reasons.sections)
    )
    snapshot.return_reason = reasons.in_words
    snapshot.state = SnapshotState.RETURNED
    snapshot.save()
    return returned


def _tell(returned: SnapshotReturn, subject: str) -> None:
    """Queue a mail to each who may mend it, at once: a month that is closed is in no reminder."""
    snapshot, by = returned.snapshot, returned.returned_by
    path = reverse("projects:snapshot-edit", args=[snapshot.project.code, snapshot.month])
    context = {"returned": returned, "snapshot": snapshot, "by": by, "link": settings.SITE_URL + path}
    for user in sorted(writers_today(snapshot.project) - {by}, key=lambda user: user.pk):
        queue_mail(
            key=f"{MailKind.RETURNED.value}/{returned.pk}/{user.pk}",
            kind=MailKind.RETURNED,
            recipient=user,
            subject=subject,
            body=mail_text("mail/returned.txt", {**context, "user": user}),
        )


@transaction.atomic
def mark_mended(*, snapshot: StatusSnapshot, mended: Collection[int], shown: Collection[int], by: User) -> None:
    """Mark the returned sections `mended`, and take the mark from the others that were `shown`. By their ids.

    The same marks a second time leave no trace. Raises ValidationError not_editable.
    """
    wanted = {pk: pk in mended for pk in shown}
    rows = [
        row
        for row in ReturnedSection.objects.filter(returned__snapshot=snapshot, pk__in=wanted).order_by("position")
        if row.is_mended != wanted[row.pk]
    ]
    if not rows:
        return
    held = locked(snapshot)
    if not held.is_editable:
        raise ValidationError(_("The status has already been sent for approval."), code="not_editable")
    for row in rows:
        row.mended_by, row.mended_at = (by, timezone.now()) if wanted[row.pk] else (None, None)
        row.save(update_fields=["mended_by", "mended_at"])
    words = {True: _("mended"), False: _("not mended")}
    changes = [(row.title, words[not row.is_mended], words[row.is_mended]) for row in rows]
    summary = _("What was returned in %(month)s was marked") % {"month": format_month(held.month)}
    record_step(held, "mended", by, summary, changes=changes)


@transaction.atomic
def withdraw_snapshot(*, snapshot: StatusSnapshot, by: User) -> StatusSnapshot:
    """Take back a status that waits for approval, to go on writing. Raises ValidationError not_waiting."""
    waiting = locked(snapshot)
    waiting.state = withdrawn_state(state=SnapshotState(waiting.state), was_returned=bool(waiting.return_reason))
    waiting.submitted_by, waiting.submitted_at = None, None
    waiting.save()
    record_step(waiting, "withdrawn", by, _("%(month)s was taken back") % {"month": in_words(waiting)})
    refresh_rollups([waiting.project_id])
    return waiting


@transaction.atomic
def reopen_snapshot(*, snapshot: StatusSnapshot, reason: str, by: User) -> StatusSnapshot:
    """Ask for a correction of an approved status: the next revision, with its caseworker and the reason.

    The approved one stands until the correction is approved. What the revision says is the last writer's, not the
    manager's, who can therefore approve it. Raises ValidationError: not_approved, open_revision, reason_missing, cpr.
    """
    approved = locked(snapshot)
    check_manager(approved, by)
    newest = newest_to_correct(approved)
    check_no_cpr(reason)
    reason = check_reason(reason)
    draft = copy_of(newest, reason=reason, by=newest.updated_by)
    returned = _send_back(draft, snapshot_content(draft), ReturnReasons(reason), by)
    summary = _("%(name)s asked for a correction of %(month)s") % {"name": by, "month": format_month(draft.month)}
    record_step(draft, "reopened", by, summary, reason=reason)
    refresh_rollups([draft.project_id])
    subject = _("To be corrected: %(project)s, %(month)s")
    _tell(returned, subject % {"month": format_month(draft.month), "project": draft.project.name})
    return draft
