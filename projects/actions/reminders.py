"""Reminders of what people owe: one mail per person and day, and only to those who want it. And calendar keys."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions.events import record_event
from projects.actions.mail import mail_text, queue_mail
from projects.enums import MailKind, ReminderChoice, Subject
from projects.models import CalendarKey, User
from projects.months import format_month
from projects.queries.duties import Duty, duties_by_person
from projects.rules.calendar import closed_days, is_wanted, reminder_kind
from projects.rules.wording import number_word


@dataclass(frozen=True)
class Digest:
    """A reminder as it is sent. `is_due`: it belongs to the day; else it is only shown."""

    subject: str
    body: str
    is_due: bool


@dataclass(frozen=True)
class Queued:
    """How many mails were queued, how many had been already, and who has no address to send to."""

    queued: int
    already: int
    without_address: tuple[str, ...]


@transaction.atomic
def queue_reminders(*, day: date) -> Queued:
    """Queue the day's reminders. A second run the same day queues only what the first did not."""
    queued, already, without_address = 0, 0, []
    for user, duties in duties_by_person().items():
        if not is_due(user, duties, day):
            continue
        if not user.email:
            without_address.append(user.get_username())
            continue
        digest = digest_for(user, duties, day)
        key = f"{MailKind.DIGEST.value}/{day.isoformat()}/{user.pk}"
        is_new = queue_mail(key=key, kind=MailKind.DIGEST, recipient=user, subject=digest.subject, body=digest.body)
        queued, already = queued + is_new, already + (not is_new)
    return Queued(queued, already, tuple(sorted(without_address)))


@dataclass(frozen=True)
class Reminded:
    """Who was sent a reminder by a colleague, and who was not: told today already, unwilling, or without address."""

    sent: tuple[User, ...]
    already: tuple[User, ...]
    unwilling: tuple[User, ...]
    without_address: tuple[User, ...]


@transaction.atomic
def remind_now(*, statuses: Collection[tuple[int, date]], by: User) -> Reminded:
    """Send those who owe the statuses (project id, month) their digest now, one mail per person and day.

    Whoever has had the day's digest, or wants none, gets nothing. The caller has asked for the right to remind.
    """
    day = timezone.localdate()
    owing = {
        user: duties
        for user, duties in duties_by_person().items()
        if any(duty.kind == "write" and (duty.row.project.pk, duty.row.month) in statuses for duty in duties)
    }
    sorted_out: dict[str, list[User]] = {"sent": [], "already": [], "unwilling": [], "without_address": []}
    for user, duties in owing.items():
        outcome = _remind(user, duties, day)
        sorted_out[outcome].append(user)
        if outcome == "sent":
            _record_reminder(user, [duty for duty in duties if (duty.row.project.pk, duty.row.month) in statuses], by)
    return Reminded(**{name: tuple(users) for name, users in sorted_out.items()})


def _remind(user: User, duties: list[Duty], day: date) -> str:
    if user.reminders == ReminderChoice.NONE:
        return "unwilling"
    if not user.email:
        return "without_address"
    digest = digest_for(user, duties, day)
    key = f"{MailKind.DIGEST.value}/{day.isoformat()}/{user.pk}"
    is_new = queue_mail(key=key, kind=MailKind.DIGEST, recipient=user, subject=digest.subject, body=digest.body)
    return "sent" if is_new else "already"


def _record_reminder(user: User, duties: list[Duty], by: User) -> None:
    for duty in duties:
        record_event(
            subject=Subject.PROJECT,
            subject_id=duty.row.project.pk,
            verb="reminded",
            actor=by,
            summary=_("%(name)s was reminded of %(month)s") % {"name": user, "month": format_month(duty.row.month)},
            project=duty.row.project,
        )


def is_due(user: User, duties: list[Duty], day: date) -> bool:
    """Return whether one of the duties gives the person a reminder that day, by their own choice."""
    closed = closed_days(settings.CLOSED_DAYS)
    return any(is_wanted(reminder_kind(duty.due, day, closed=closed), user.reminders) for duty in duties)


def digest_for(user: User, duties: list[Duty], day: date) -> Digest:
    """Return the mail that tells the person all they owe, whichever of it gave the reminder."""
    lines = [(duty, _link(duty), (day - duty.due).days) for duty in duties]
    context = {
        "user": user,
        "write": [line for line in lines if line[0].kind == "write"],
        "approve": [line for line in lines if line[0].kind == "approve"],
        "home": settings.SITE_URL + reverse("reports:home"),
        "choose": settings.SITE_URL + reverse("account:reminders"),
    }
    return Digest(_subject(duties, day), mail_text("mail/digest.txt", context), is_due(user, duties, day))


def _subject(duties: list[Duty], day: date) -> str:
    late = sum(duty.due < day for duty in duties)
    if late:
        text = ngettext("One deadline has passed", "%(number)s deadlines have passed", late)
        return _capital(text % {"number": number_word(late)})
    text = ngettext("One thing waits for you", "%(number)s things wait for you", len(duties))
    return _capital(text % {"number": number_word(len(duties))})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _link(duty: Duty) -> str:
    return settings.SITE_URL + reverse("projects:snapshot-edit", args=[duty.row.project.code, duty.row.month])


@transaction.atomic
def choose_reminders(*, user: User, choice: ReminderChoice) -> None:
    """Store when the person wants reminders. Choosing the same again leaves no trace."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    before = ReminderChoice(locked.reminders)
    if before == choice:
        return
    locked.reminders = choice
    locked.save(update_fields=["reminders"])
    record_event(
        subject=Subject.USER,
        subject_id=locked.pk,
        verb="changed",
        actor=user,
        summary=_("%(name)s chose when to be reminded") % {"name": locked},
        changes=[(_("Reminders"), before.label, choice.label)],
    )


@transaction.atomic
def renew_calendar_key(*, user: User) -> str:
    """Return a new token for the user's calendar; an earlier one stops working. It cannot be read again."""
    token = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(
        user=user, defaults={"token_hash": token_hash(token), "created_at": timezone.now()}
    )
    _record_key(user, _("The calendar got a new address"))
    return token


@transaction.atomic
def revoke_calendar_key(*, user: User) -> None:
    """Close the user's calendar. Nothing happens when there is none."""
    deleted, _kinds = CalendarKey.objects.filter(user=user).delete()
    if deleted:
        _record_key(user, _("The calendar's address was closed"))


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record_key(user: User, summary: str) -> None:
    record_event(subject=Subject.USER, subject_id=user.pk, verb="changed", actor=user, summary=summary)
