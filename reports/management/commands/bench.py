"""Measure one example portfolio; `make bench` makes the portfolios and compares."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from projects.models import Project
from reports.management.benchmark.files import measure_ledger, measure_workbook
from reports.management.benchmark.pages import measure_pages
from reports.management.benchmark.papers import (
    facts_queries,
    make_notes,
    measure_download,
    measure_paper,
    measure_two,
)
from reports.management.benchmark.traffic import measure_traffic
from reports.management.example_data import CODE


class Command(BaseCommand):
    help = "Measures the example portfolio in this database and prints the medians in seconds as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=7, help="of the pages, 0 for none")
        parser.add_argument("--workbook", type=int, default=0, metavar="ROWS", help="also a workbook of so many rows")
        parser.add_argument("--papers", type=int, default=0, metavar="ROUNDS", help="also notes, so many times each")
        parser.add_argument("--paper", type=int, metavar="NOTE", help="one note and nothing else, for --papers")
        parser.add_argument("--ledger", type=int, default=0, metavar="ROWS", help="also a ledger file of so many rows")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Project.objects.filter(code__startswith=f"{CODE}-").exists():
            raise CommandError(_("There is no example portfolio to measure. Make one with generate_example."))
        if options["paper"]:
            self.stdout.write(json.dumps(measure_paper(options["paper"], options["papers"])))
            return
        measured: dict[str, Any] = {"vendor": connection.vendor, "projects": Project.objects.count()}
        if options["rounds"]:
            measured |= measure_pages(options["rounds"])
        if options["papers"]:
            measured |= _papers(options["papers"])
        if options["workbook"]:
            measured |= measure_workbook(options["workbook"])
        if options["ledger"]:
            measured |= measure_ledger(options["ledger"])
        self.stdout.write(json.dumps(measured))


def _papers(rounds: int) -> dict[str, Any]:
    dozen, many, other_dozen, *middling = make_notes([12, 120, 12, 40, 40])
    found: dict[str, Any] = {}
    for told, measure in (
        ("forespørgsler", lambda: {"queries": facts_queries(many, [1, 12, 120])}),
        ("12 projekter", lambda: {"paper_12": _apart(dozen.pk, rounds)}),
        ("120 projekter", lambda: {"paper_120": _apart(many.pk, 1)}),
        ("to notater", lambda: measure_two([dozen, other_dozen], rounds)),
        ("listen imens", lambda: measure_traffic(middling)),
        ("anden hentning", lambda: measure_download(dozen)),
    ):
        sys.stderr.write(f"    {told} …\n")
        found |= measure()
    return found


def _apart(note_id: int, rounds: int) -> Any:
    command = [sys.executable, "-m", "django", "bench", "--paper", str(note_id), "--papers", str(rounds)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return json.loads(done.stdout)
