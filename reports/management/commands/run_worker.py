"""Make the papers that are asked for in the browser."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from reports.workers import Supervisor

MOST = 2


class Command(BaseCommand):
    help = "Make the papers that are asked for in the browser, until it is stopped. Runs beside the web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=_count, default=MOST, help="how many papers at a time: 1 or 2")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at the queue")
        parser.add_argument("--with-parent", action="store_true", help="stop when the program that started it is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        def work(name: str) -> None:
            call_command(
                "db_worker",
                worker_id=name,
                interval=options["interval"],
                startup_delay=False,
                reload=False,
                verbosity=0,
            )

        Supervisor(work, options["processes"], stops_with_parent=options["with_parent"]).run()


def _count(text: str) -> int:
    # More would only make each slower, and take the processors from those who type.
    if text not in {"1", "2"}:
        raise ArgumentTypeError("1 or 2")
    return int(text)
