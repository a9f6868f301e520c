"""Queue today's reminders. For a timer once a day; a second run queues nothing twice."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions.reminders import Queued, queue_reminders


class Command(BaseCommand):
    help = "Queue one mail to everybody who owes something and wants to be reminded today. send_mail_queue sends them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        done = queue_reminders(day=timezone.localdate())
        self.stdout.write(json.dumps(asdict(done), ensure_ascii=False) if options["json"] else _summary(done))


def _summary(done: Queued) -> str:
    text = ngettext("%(count)s reminder queued.", "%(count)s reminders queued.", done.queued) % {"count": done.queued}
    if done.already:
        text += " " + _("%(count)s had been queued already.") % {"count": done.already}
    if done.without_address:
        names = ", ".join(done.without_address)
        text += " " + _("Without an e-mail address: %(names)s.") % {"names": names}
    return text
