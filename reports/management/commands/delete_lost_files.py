"""Delete annexes' files that no status and no note names: what a server killed in the middle of a save left behind."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions.files import delete_lost_files
from reports.actions.additions import delete_lost_annexes

A_DAY = 24 * 60 * 60


class Command(BaseCommand):
    help = "Delete annexes' files that no status and no note names and that are more than a day old."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = time.time() - A_DAY
        deleted = delete_lost_files(older_than=moment) + delete_lost_annexes(older_than=moment)
        if options["json"]:
            self.stdout.write(json.dumps({"deleted": deleted}))
            return
        count = len(deleted)
        words = ngettext("One lost file was deleted.", "%(count)s lost files were deleted.", count) % {"count": count}
        self.stdout.write(words if count else _("No file is lost."))
