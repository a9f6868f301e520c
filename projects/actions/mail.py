"""Mail: queued with what it is about, delivered later, and never sent twice.

A table of our own rather than a task framework, because the row itself is the promise. Its unique key (person, day,
kind) refuses the same mail a second time. Before a mail is handed to the server, its row is moved from waiting to
"being sent" by one guarded UPDATE that is committed first: of two processes only one gets the row, and a process
that is killed leaves a row that nobody takes again. Killed before: the row still waits, and the next run sends it.
Killed while the server had it: nobody can know whether it went out, so it is told of as "perhaps sent" and left
alone. A queue that runs tasks "at least once" could not promise that. What the server refused is tried again with
growing pauses, altogether for about ten hours: a reminder from yesterday is worth nothing.
"""

import contextlib
import re
import smtplib
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import MailKind, MailState
from projects.models import MailMessage, User

FIRST_PAUSE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
# Longer than any server keeps us waiting (EMAIL_TIMEOUT): whoever took the row is no more.
ABANDONED_AFTER = timedelta(minutes=15)
# Answers that say the server did not take the mail. Anything else may come after it did.
REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


class MailServerUnavailable(Exception):  # noqa: N818 - a state of affairs, not a fault
    """No connection to the mail server; what is left to send waits."""


@dataclass
class Delivery:
    """What one run did, in numbers of mails."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unclear: int = 0


def queue_mail(*, key: str, kind: MailKind, recipient: User, subject: str, body: str) -> bool:
    """Put a mail in the queue; return False when one with the key is there already, or nobody can get it."""
    if not recipient.email or not recipient.is_active:
        return False
    now = timezone.now()
    _message, is_new = MailMessage.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "recipient": recipient,
            "address": recipient.email,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "created_at": now,
            "due_at": now,
        },
    )
    return is_new


def mail_text(template: str, context: dict[str, Any]) -> str:
    """Return the template's text without the gaps that its own tags leave."""
    return re.sub(r"\n{3,}", "\n\n", render_to_string(template, context)).strip() + "\n"


def deliver_mail() -> Delivery:
    """Send what waits, one mail at a time. Not inside a transaction: each step must be stored before the next.

    Raises MailServerUnavailable when the server cannot be reached (any more); what is left waits.
    """
    done = Delivery(unclear=_give_up_abandoned())
    if not _waiting(timezone.now()).exists():
        return done
    # The console's mail goes to standard error: standard output belongs to the command that sends.
    server = get_connection(stream=sys.stderr)
    try:
        while _is_reached(server) and (message := claim_mail()) is not None:
            if not _send(message, server, done):
                # After a refusal some servers hang up; the next mail gets a connection of its own.
                _hang_up(server)
    finally:
        _hang_up(server)
    return done


def _is_reached(server: BaseEmailBackend) -> bool:
    try:
        server.open()
    except OSError as error:
        _postpone_all(error)
        raise MailServerUnavailable(_words(error)) from error
    return True


def _hang_up(server: BaseEmailBackend) -> None:
    with contextlib.suppress(OSError):
        server.close()


def claim_mail() -> MailMessage | None:
    """Take the mail that has waited longest out of the queue, for this process alone. None when none is due."""
    now = timezone.now()
    with transaction.atomic():
        waiting = _waiting(now).select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        message = waiting.order_by("due_at", "pk").first()
        if message is None:
            return None
        taken = MailMessage.objects.filter(pk=message.pk, state=MailState.WAITING).update(
            state=MailState.SENDING, claimed_at=now, attempts=message.attempts + 1
        )
    message.refresh_from_db()
    return message if taken else None


def _waiting(now: datetime) -> QuerySet[MailMessage]:
    return MailMessage.objects.filter(state=MailState.WAITING, due_at__lte=now)


def _send(message: MailMessage, server: BaseEmailBackend, done: Delivery) -> bool:
    """Hand the mail over and store how it went. Return whether all is well with the server."""
    try:
        server.send_messages([_as_email(message)])
    except REFUSALS as error:
        _retry_later(message, error, done)
    except OSError as error:
        # The connection broke while the server had the mail.
        _store(message, state=MailState.UNCLEAR, last_error=_words(error))
        done.unclear += 1
    except ValueError as error:
        # An address or a subject that no mail can have: it never left us, and never will.
        _store(message, state=MailState.FAILED, last_error=_words(error))
        done.failed += 1
    else:
        _store(message, state=MailState.SENT, sent_at=timezone.now(), last_error="")
        done.sent += 1
        return True
    return False


def _as_email(message: MailMessage) -> EmailMessage:
    # A name of its own, so that a mail server that gets it twice can tell.
    host = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    headers = {"Message-ID": f"<{message.key.replace('/', '.')}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(message.subject, message.body, to=[message.address], headers=headers)


def _retry_later(message: MailMessage, error: Exception, done: Delivery) -> None:
    if message.attempts >= MOST_ATTEMPTS:
        _store(message, state=MailState.FAILED, last_error=_words(error))
        done.failed += 1
        return
    due = timezone.now() + pause_after(message.attempts)
    _store(message, state=MailState.WAITING, due_at=due, claimed_at=None, last_error=_words(error))
    done.postponed += 1


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait: 5 minutes, and twice as long each time."""
    return FIRST_PAUSE * 2 ** (attempts - 1)


def _postpone_all(error: Exception) -> None:
    """Let everything that is due wait longer each time the server does not answer. Nothing was handed over."""
    now = timezone.now()
    for message in _waiting(now):
        attempts = message.attempts + 1
        state = MailState.FAILED if attempts >= MOST_ATTEMPTS else MailState.WAITING
        MailMessage.objects.filter(pk=message.pk, state=MailState.WAITING).update(
            state=state, attempts=attempts, due_at=now + pause_after(attempts), last_error=_words(error)
        )


def _give_up_abandoned() -> int:
    """Mark what a process had in its hands when it ended. Nobody knows whether the server took it."""
    abandoned = MailMessage.objects.filter(state=MailState.SENDING, claimed_at__lt=timezone.now() - ABANDONED_AFTER)
    return abandoned.update(
        state=MailState.UNCLEAR, last_error=_("The program was stopped while the mail was being sent.")
    )


def _store(message: MailMessage, **values: object) -> None:
    for name, value in values.items():
        setattr(message, name, value)
    message.save(update_fields=list(values))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
