"""Prove that the sums and lights that are kept ready are what their rows make them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions.rollups import refresh_all_rollups
from projects.models import Project
from projects.queries.rollups import rollup_differences


class Command(BaseCommand):
    help = (
        "Computes every project's kept sums and lights anew from its budget lines, postings and statuses. "
        "Ends with exit code 1 when any of them differs; --repair stores what the rows make."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="store what the rows make")
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        differences = list(rollup_differences())
        if options["repair"] and differences:
            refresh_all_rollups()
        total = Project.objects.count()
        if options["json"]:
            told = {"projects": total, "differences": differences, "repaired": bool(options["repair"])}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif not differences:
            text = ngettext(
                "The sums of %(total)s project are what its rows make them.",
                "The sums of all %(total)s projects are what their rows make them.",
                total,
            )
            self.stdout.write(text % {"total": total})
        else:
            self.stdout.write("\n".join(differences))
        if differences and not options["repair"]:
            raise CommandError(_("%(count)s sums differ from their rows.") % {"count": len(differences)})
