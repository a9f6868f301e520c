"""Load a finance system's ledger file into a pool."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.ledger import LedgerRefusedError, LoadResult, import_file
from projects.enums import Role
from projects.ledger_files import Layout
from projects.ledger_files.layout import Problem
from projects.models import LedgerMapping, Pool, User
from projects.models.people import valid_on
from projects.money import format_kroner, parse_kroner
from projects.permissions import can_load_ledger
from projects.queries.ledger import layout_of

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load a ledger file: everything that is new in it, or nothing. Loaded in the name of --by, or else of the "
        "first active administrator. Without --mapping the columns are known by their usual heads."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV or Excel (xlsx)")
        parser.add_argument("--pool", required=True, help="the pool's code, for example GENINV-2016")
        parser.add_argument("--year", required=True, type=_year, help="the fiscal year of the postings")
        parser.add_argument("--mapping", help="the name of a saved mapping")
        parser.add_argument("--control-total", type=_kroner, help="what the rows must make, for example 2.171.925,50")
        parser.add_argument("--by", metavar="USERNAME", help="who loads it")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, store nothing")
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = _load(options)
        except LedgerRefusedError as refused:
            self._refuse(refused, options)
            return
        if options["json"]:
            self.stdout.write(json.dumps(_told(result, options), ensure_ascii=False))
        else:
            self.stdout.write(_summary(result, options))

    def _refuse(self, refused: LedgerRefusedError, options: dict[str, Any]) -> None:
        """Tell every refused line that was kept and end with exit code 1."""
        if options["json"]:
            told = {
                **_place(options),
                "imported": 0,
                "refused": [{"line": problem.line_number, "reason": problem.message} for problem in refused.problems],
                "refused_count": refused.count,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        lines = [_line(options["file"], problem) for problem in refused.problems[:SHOWN]]
        if refused.count > SHOWN:
            lines.append(_("… and %(count)s more lines.") % {"count": refused.count - SHOWN})
        raise CommandError("\n".join([*lines, _("Nothing is loaded.")]))


def _load(options: dict[str, Any]) -> LoadResult:
    mapping = _mapping(options["mapping"])
    return import_file(
        path=options["file"],
        file_name=options["file"].name,
        layout=layout_of(mapping) if mapping else Layout(),
        system=mapping.system if mapping else "",
        pool=_pool(options["pool"]),
        year=options["year"],
        by=_loader(options["by"]),
        control_total=options["control_total"],
        dry_run=options["dry_run"],
        max_bytes=settings.LEDGER_FILE_MB * 1024**2,
    )


def _pool(code: str) -> Pool:
    pool = Pool.objects.filter(code=code).first()
    if pool is None:
        raise CommandError(_("There is no pool with the code “%(code)s”.") % {"code": code})
    return pool


def _mapping(name: str | None) -> LedgerMapping | None:
    if not name:
        return None
    mapping = LedgerMapping.objects.filter(name=name).first()
    if mapping is None:
        known = ", ".join(f"“{each}”" for each in LedgerMapping.objects.values_list("name", flat=True)) or "–"
        raise CommandError(_("No mapping is saved as “%(name)s”. Saved: %(known)s.") % {"name": name, "known": known})
    return mapping


def _loader(username: str | None) -> User:
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or not can_load_ledger(user):
            raise CommandError(_("“%(name)s” is no active user who may load ledgers.") % {"name": username})
        return user
    administrators = User.objects.filter(
        valid_on(timezone.localdate(), "role_assignments__"),
        role_assignments__role=Role.ADMINISTRATOR,
        is_active=True,
    )
    user = administrators.order_by("pk").first() or User.objects.filter(is_superuser=True, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active administrator to load the ledger. Name a user with --by."))
    return user


def _year(text: str) -> int:
    if not (text.isdecimal() and 1900 <= int(text) <= 2199):
        raise ArgumentTypeError(_("“%(text)s” is not a year.") % {"text": text})
    return int(text)


def _kroner(text: str) -> Decimal:
    try:
        return parse_kroner(text)
    except ValidationError as error:
        raise ArgumentTypeError(error.messages[0]) from None


def _line(file: Path, problem: Problem) -> str:
    if problem.line_number is None:
        return f"{file.name}: {problem.message}"
    return _("%(file)s, line %(line)s: %(why)s") % {
        "file": file.name,
        "line": problem.line_number,
        "why": problem.message,
    }


def _place(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": str(options["file"]),
        "pool": options["pool"],
        "year": options["year"],
        "dry_run": options["dry_run"],
    }


def _told(result: LoadResult, options: dict[str, Any]) -> dict[str, Any]:
    return {
        **_place(options),
        "rows": result.row_count,
        "imported": result.imported,
        "skipped": result.skipped,
        "corrected": result.corrected,
        "put_aside": result.unplaced_count,
        "refused": [],
        "refused_count": 0,
        "total": str(result.total),
        "imported_total": str(result.imported_total),
        "control_total": None if result.control_total is None else str(result.control_total),
        "batch": result.batch.pk if result.batch else None,
    }


def _summary(result: LoadResult, options: dict[str, Any]) -> str:
    words = {
        "file": options["file"].name,
        "rows": result.row_count,
        "imported": result.imported,
        "skipped": result.skipped,
        "corrected": result.corrected,
        "aside": result.unplaced_count,
        "total": format_kroner(result.total, 2),
        "growth": format_kroner(result.imported_total, 2),
    }
    lines = [
        _("%(file)s: %(rows)s rows read, their sum is %(total)s in all.") % words,
        _("Would load %(imported)s, %(growth)s net.") % words
        if options["dry_run"]
        else _("Loaded %(imported)s, %(growth)s net.") % words,
        _("Already there: %(skipped)s. Corrected: %(corrected)s. Put aside to be placed: %(aside)s.") % words,
        _("The control total agrees.")
        if result.control_total is not None
        else _("The file has no total of its own to be held against."),
    ]
    if options["dry_run"]:
        lines.append(_("A dry run: nothing is stored."))
    return "\n".join(lines)
