"""Fill an empty database with a large example portfolio."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import BudgetLine, Pool, Posting, Project, Proposal, StatusSnapshot
from projects.months import first_of_month, parse_month, previous_month
from reports.management.example_data import CODE, Size, generate

COUNTED = (
    ("pools", Pool),
    ("proposals", Proposal),
    ("projects", Project),
    ("budget_lines", BudgetLine),
    ("statuses", StatusSnapshot),
    ("postings", Posting),
)


class Command(BaseCommand):
    help = (
        "Fills the database with a large example portfolio for load tests, all of it marked as examples. "
        "Refused where there are projects that are no examples, unless --beside is given. "
        "Without --until the months end with last month; with it, the same numbers give the same rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--projects", type=_at_least_one, required=True, help="for example 5000")
        parser.add_argument("--months", type=_at_least_one, required=True, help="for example 36")
        parser.add_argument("--postings", type=_at_least_one, help="usually four a project and month")
        parser.add_argument("--until", type=_month, help="the newest month, for example 2025-12")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other examples")
        parser.add_argument("--beside", action="store_true", help="also where there is something that is no example")
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        _check_room(is_beside=options["beside"])
        size = Size(
            projects=options["projects"],
            months=options["months"],
            postings=options["postings"] or options["projects"] * options["months"] * 4,
            last=options["until"] or previous_month(first_of_month(timezone.localdate())),
            seed=options["seed"],
        )
        before, began = _counts(), monotonic()
        generate(size)
        seconds = round(monotonic() - began, 1)
        after = _counts()
        added: dict[str, Any] = {name: after[name] - before[name] for name in after}
        if options["json"]:
            self.stdout.write(json.dumps({"added": added, "seconds": seconds}, ensure_ascii=False))
        else:
            self.stdout.write(_summary(added, seconds))


def _check_room(*, is_beside: bool) -> None:
    if (
        Project.objects.filter(code__startswith=f"{CODE}-").exists()
        or Pool.objects.filter(code__startswith=CODE).exists()
    ):
        raise CommandError(_("There is an example portfolio already. Empty the database before making another."))
    if not is_beside and (Project.objects.exists() or Proposal.objects.exists()):
        raise CommandError(
            _("There are projects or proposals that are no examples. Give --beside to add the examples all the same.")
        )


def _at_least_one(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a whole number.") % {"text": text}) from None
    if number < 1:
        raise ArgumentTypeError(_("It must be at least one."))
    return number


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValidationError as error:
        raise ArgumentTypeError(error.messages[0]) from None


def _counts() -> dict[str, int]:
    return {name: model._default_manager.count() for name, model in COUNTED}


def _summary(added: dict[str, Any], seconds: float) -> str:
    return _(
        "Example portfolio made in %(seconds)s seconds: %(pools)s pools, %(proposals)s proposals, "
        "%(projects)s projects, %(budget_lines)s budget lines, %(statuses)s monthly statuses and %(postings)s postings."
    ) % {**added, "seconds": str(seconds).replace(".", ",")}
