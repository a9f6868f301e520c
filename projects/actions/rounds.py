"""Meetings and the rounds of statuses they ask for: opened, moved with the meeting, closed and opened again."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.catalogue import save_record
from projects.actions.events import Change, changed_fields, record_event
from projects.actions.mail import mail_text, queue_mail
from projects.dates import format_date, format_date_long
from projects.enums import MailKind, Subject
from projects.models import Committee, Event, Meeting, StatusRound, User
from projects.months import first_of_month, format_month
from projects.queries.duties import concerned_by
from projects.queries.meetings import meeting_deadlines, open_rounds_of, other_meeting_days
from projects.rules.calendar import (
    Deadlines,
    check_closed,
    check_free_day,
    check_move,
    check_open,
    check_round_month,
)
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr


@transaction.atomic
def create_meeting(*, committee: Committee, day: date, by: User) -> Meeting:
    """Raises ValidationError meeting_taken."""
    locked = Committee.objects.select_for_update().get(pk=committee.pk)
    meeting = Meeting(committee=locked, date=day)
    check_free_day(committee=locked.code, day=day, taken=other_meeting_days(meeting))
    save_record(record=meeting, by=by)
    return meeting


@transaction.atomic
def open_round(*, meeting: Meeting, month: date, by: User) -> StatusRound:
    """Ask the committee's projects for the month's statuses, with deadlines counted back from the meeting.

    Raises ValidationError: round_open, round_closed, month_after_meeting.
    """
    # The committee is locked, so that two secretaries who open at once open one round.
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    month = first_of_month(month)
    existing = StatusRound.objects.filter(committee=committee, month=month).first()
    check_round_month(
        month=month,
        meeting_date=locked.date,
        committee=committee.code,
        is_taken=existing is not None,
        is_closed=existing is not None and existing.closed_at is not None,
    )
    found = meeting_deadlines(committee, locked.date)
    opened = StatusRound.objects.create(
        committee=committee, month=month, meeting=locked, follows_meeting=True, **_fields(found)
    )
    changes = changed_fields(StatusRound(), {"meeting": locked, **_fields(found)})
    _record(opened, "opened", by, _("The round for %(month)s was opened") % _month(opened), changes=_shown(changes))
    return opened


@transaction.atomic
def move_meeting(*, meeting: Meeting, date: date, by: User) -> Meeting:
    """Move the meeting; the computed deadlines of its open rounds follow, and those concerned get a mail.

    Raises ValidationError: same_date, meeting_taken, month_after_meeting.
    """
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    moved = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rounds = open_rounds_of(moved)
    check_meeting_move(meeting=moved, date=date)
    old = moved.date
    moved.date = date
    moved.save(update_fields=["date"])
    event = record_event(
        subject=Subject.MEETING,
        subject_id=moved.pk,
        verb="moved",
        actor=by,
        summary=_("The meeting was moved from %(old)s to %(new)s")
        % {"old": format_date(old), "new": format_date(date)},
        changes=[(_("Date"), format_date(old), format_date(date))],
    )
    deadlines = meeting_deadlines(committee, date)
    for item in rounds:
        item.meeting = moved
        if item.follows_meeting:
            _move_deadlines(item, deadlines, by)
    _tell(moved, old, rounds, event, by)
    return moved


def check_meeting_move(*, meeting: Meeting, date: date) -> None:
    """Raise ValidationError for what stands in the way of the move, in the words the pages show. Two queries."""
    check_move(
        committee=meeting.committee.code,
        old=meeting.date,
        new=date,
        taken=other_meeting_days(meeting),
        months=[item.month for item in open_rounds_of(meeting)],
    )


@transaction.atomic
def close_round(*, round: StatusRound, by: User) -> StatusRound:
    """Ask for no more statuses of the month. Raises ValidationError round_closed."""
    locked = _locked(round)
    check_open(is_closed=locked.closed_at is not None, month=locked.month)
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    _record(locked, "closed", by, _("The round for %(month)s was closed") % _month(locked))
    return locked


@transaction.atomic
def reopen_round(*, round: StatusRound, reason: str, by: User) -> StatusRound:
    """Raises ValidationError: round_open, reason_missing, cpr."""
    locked = _locked(round)
    check_closed(is_closed=locked.closed_at is not None, month=locked.month)
    check_no_cpr(reason)
    reason = check_reason(reason)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    _record(locked, "reopened", by, _("The round for %(month)s was opened again") % _month(locked), reason=reason)
    return locked


def _locked(round: StatusRound) -> StatusRound:
    return StatusRound.objects.select_for_update(of=("self",)).select_related("committee").get(pk=round.pk)


def _fields(found: Deadlines) -> dict[str, date]:
    return {
        "caseworker_due": found.caseworker,
        "manager_due": found.manager,
        "secretary_due": found.secretary,
    }


def _move_deadlines(item: StatusRound, found: Deadlines, by: User) -> None:
    values = _fields(found)
    changes = changed_fields(item, values)
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=list(values))
    summary = _("The deadlines of %(month)s followed the meeting") % _month(item)
    _record(item, "moved", by, summary, changes=_shown(changes))


def _tell(meeting: Meeting, old: date, rounds: list[StatusRound], event: Event, by: User) -> None:
    """Queue a mail to everyone the new deadlines concern, but not to the one who moved the meeting."""
    if not rounds:
        return
    subject = _("%(committee)s now meets on %(day)s") % {
        "committee": meeting.committee.code,
        "day": format_date_long(meeting.date),
    }
    context = {"meeting": meeting, "old": old, "rounds": rounds, "by": by}
    for user in sorted(concerned_by(rounds) - {by}, key=lambda user: user.pk):
        link = settings.SITE_URL + reverse("projects:status-list")
        body = mail_text("mail/meeting_moved.txt", {**context, "user": user, "link": link})
        queue_mail(
            key=f"moved/{event.pk}/{user.pk}",
            kind=MailKind.MEETING_MOVED,
            recipient=user,
            subject=subject,
            body=body,
        )


def _shown(changes: list[Change]) -> list[Change]:
    return [(label, _words(before), _words(after)) for label, before, after in changes]


def _words(value: object) -> object:
    return format_date(value) if isinstance(value, date) else value


def _month(item: StatusRound) -> dict[str, str]:
    return {"month": format_month(item.month)}


def _record(
    item: StatusRound,
    verb: str,
    by: User,
    summary: str,
    *,
    changes: list[Change] | None = None,
    reason: str = "",
) -> None:
    record_event(
        subject=Subject.ROUND,
        subject_id=item.pk,
        verb=verb,
        actor=by,
        summary=summary,
        changes=changes or (),
        reason=reason,
    )
