"""Measure one example portfolio; `make bench` makes the portfolios and compares."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from projects.models import Project
from reports.management.benchmark.files import measure_ledger, measure_workbook
from reports.management.benchmark.pages import measure_pages
from reports.management.example_data import CODE


class Command(BaseCommand):
    help = "Measures the example portfolio in this database and prints the medians in seconds as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=7, help="of the pages, 0 for none")
        parser.add_argument("--workbook", type=int, default=0, metavar="ROWS", help="also a workbook of so many rows")
        parser.add_argument("--ledger", type=int, default=0, metavar="ROWS", help="also a ledger file of so many rows")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Project.objects.filter(code__startswith=f"{CODE}-").exists():
            raise CommandError(_("There is no example portfolio to measure. Make one with generate_example."))
        measured: dict[str, Any] = {"vendor": connection.vendor, "projects": Project.objects.count()}
        if options["rounds"]:
            measured |= measure_pages(options["rounds"])
        if options["workbook"]:
            measured |= measure_workbook(options["workbook"])
        if options["ledger"]:
            measured |= measure_ledger(options["ledger"])
        self.stdout.write(json.dumps(measured))
