"""Mail servers that misbehave, for tests of the queue. What they took is in `taken`."""

import os
import signal
import smtplib
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

TAKEN_FILE = "TEST_MAIL_TAKEN"


class Server(BaseEmailBackend):
    """Takes everything. Subclasses answer otherwise."""

    taken: list[tuple[str, str]] = []

    def __init__(self, **options: Any) -> None:
        super().__init__()

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for message in email_messages:
            self.receive(message)
            self.taken.append((message.to[0], message.extra_headers["Message-ID"]))
        return len(email_messages)

    def receive(self, message: EmailMessage) -> None: ...


class Unreachable(Server):
    def open(self) -> bool:
        raise ConnectionRefusedError("connection refused")


class Busy(Server):
    def receive(self, message: EmailMessage) -> None:
        raise smtplib.SMTPDataError(451, b"try again later")


class NoSuchAddress(Server):
    """Refuses one address, and takes the others."""

    def receive(self, message: EmailMessage) -> None:
        if message.to == ["ukendt@example.com"]:
            raise smtplib.SMTPRecipientsRefused({"ukendt@example.com": (550, b"no such user")})


class HangsUp(Server):
    """Breaks the connection after it got the mail: it may or may not have taken it."""

    def receive(self, message: EmailMessage) -> None:
        self.taken.append((message.to[0], message.extra_headers["Message-ID"]))
        raise smtplib.SMTPServerDisconnected("connection unexpectedly closed")


class KilledAfterwards(Server):
    """The process is killed when the server has taken the mail and nothing of it is stored yet."""

    def receive(self, message: EmailMessage) -> None:
        with Path(os.environ[TAKEN_FILE]).open("a") as file:
            file.write(f"{message.to[0]}\n")
        os.kill(os.getpid(), signal.SIGKILL)


class KilledBefore(Server):
    """The process is killed when the connection stands and no mail has been handed over."""

    def open(self) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True
