"""Migrate and load the demo data. Running it twice changes nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.models import Event, Pool, Project, Proposal, StatusSnapshot, User
from reports.management.demo_data import load
from reports.models import StatusNote

COUNTED = (
    ("users", User),
    ("pools", Pool),
    ("proposals", Proposal),
    ("projects", Project),
    ("statuses", StatusSnapshot),
    ("notes", StatusNote),
    ("events", Event),
)


class Command(BaseCommand):
    help = "Migrates and loads the demo data, example logins included. Only with DEBUG=true."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_TRIAL:
            raise CommandError(
                _("Demo data and its logins are only for development. With DEBUG=false nothing is loaded.")
            )
        call_command("migrate", verbosity=0, interactive=False)
        before = _counts()
        try:
            load()
        except ValidationError as error:
            raise CommandError(_("The demo data was refused: %(why)s") % {"why": " ".join(error.messages)}) from error
        after = _counts()
        added = {name: after[name] - before[name] for name in after}
        if options["json"]:
            self.stdout.write(json.dumps({"added": added, "total": after}, ensure_ascii=False))
        else:
            self.stdout.write(_summary(added))


def _counts() -> dict[str, int]:
    return {name: model.objects.count() for name, model in COUNTED}


def _summary(added: dict[str, int]) -> str:
    if not any(added.values()):
        return _("The demo data was there already. Nothing was changed.")
    return (
        _(
            "Demo data loaded: %(users)s users, %(pools)s pools, %(proposals)s proposals, %(projects)s projects, "
            "%(statuses)s monthly statuses and %(notes)s draft of a note."
        )
        % added
    )
