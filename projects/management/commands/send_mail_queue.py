"""Send the mails that wait. For a timer every few minutes; two at once never send the same mail."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.actions.mail import Delivery, MailServerUnavailable, deliver_mail


class Command(BaseCommand):
    help = "Send the mails that wait. What the server refuses is tried again later; nothing is ever sent twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = deliver_mail()
        except MailServerUnavailable as error:
            raise CommandError(
                _("The mail server cannot be reached (%(why)s). What is left in the queue waits.") % {"why": error}
            ) from None
        self.stdout.write(json.dumps(asdict(done)) if options["json"] else _summary(done))


def _summary(done: Delivery) -> str:
    parts = [
        (done.sent, _("%(count)s sent")),
        (done.postponed, _("%(count)s refused for now, tried again later")),
        (done.failed, _("%(count)s given up")),
        (done.unclear, _("%(count)s perhaps sent, and not sent again")),
    ]
    said = [text % {"count": count} for count, text in parts if count]
    return ", ".join(said) + "." if said else _("No mail waits.")
