"""Run every rule over everything and say what was noticed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.queries.findings import portfolio_notices
from projects.queries.notices import AnsweredNotice


class Command(BaseCommand):
    help = "Every rule over everything: pools, proposals, projects, statuses and notes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        found = portfolio_notices()
        if options["json"]:
            self.stdout.write(json.dumps({"findings": [as_dict(item) for item in found]}, ensure_ascii=False, indent=2))
            return
        for item in found:
            self.stdout.write(f"{item.notice.rule:<9}{item.object_label}: {item.notice.message}{_answer(item)}")
        self.stdout.write(summary(found))


def as_dict(item: AnsweredNotice) -> dict[str, str]:
    return {
        "rule": item.notice.rule,
        "object": item.object_label,
        "subject": item.subject,
        "field": item.notice.field,
        "message": item.notice.message,
        "severity": "blocking" if item.notice.is_blocking else "finding",
        "answer": item.answer,
    }


def summary(found: list[AnsweredNotice]) -> str:
    blocking = sum(item.notice.is_blocking for item in found)
    unanswered = sum(item.is_open for item in found)
    return ngettext(
        "%(count)s finding, %(blocking)s blocking, %(unanswered)s without an answer.",
        "%(count)s findings, %(blocking)s blocking, %(unanswered)s without an answer.",
        len(found),
    ) % {"count": len(found), "blocking": blocking, "unanswered": unanswered}


def _answer(item: AnsweredNotice) -> str:
    return f" [{_('answered')}: {item.answer}]" if item.answer else ""
