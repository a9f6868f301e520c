"""Issue a paper that is not a committee's note, or write it as a draft."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.models import User
from reports.actions.issued_papers import PaperAlreadyIssuedError, PaperBlockedError, gathered_paper, issue_paper
from reports.enums import Edition, PaperFormat, PaperKind
from reports.facts.canonical import to_json
from reports.facts.note import PaperError
from reports.management.issuing import check_folder, issuer, write_whole
from reports.models import IssuedPaper
from reports.papers import make_paper_draft, make_paper_draft_in_word
from reports.queries.issued_papers import any_subject, can_issue_paper


class Command(BaseCommand):
    help = (
        "Check, freeze and write a paper: a pool's proposal catalogue, and the others that --kind lists. Issued in the "
        "name of --by, or else of the first active administrator. A paper that says exactly what was issued last is "
        "not issued again: its file is written anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=PaperKind.values)
        parser.add_argument("--of", required=True, metavar="CODE", help="its code, or a letter's number")
        parser.add_argument("--format", choices=["pdf", "docx", "json", "zip"], default="pdf")
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--draft", action="store_true", help="write it with a mark, freeze nothing")
        parser.add_argument("--by", metavar="USERNAME", help="who issues it")
        parser.add_argument("--reason", default="", help="why there is a new version")
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        check_folder(options["out"])
        try:
            content, told = _draft(options) if options["draft"] else _issued(options)
        except PaperBlockedError as error:
            self._refuse(error, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PaperError as error:
            raise CommandError(_("The paper could not be made: %(why)s") % {"why": error}) from None
        write_whole(options["out"], content)
        told["file"] = str(options["out"])
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _summary(told))

    def _refuse(self, error: PaperBlockedError, options: dict[str, Any]) -> None:
        """List what stands in the way and end with exit code 1."""
        if options["json"]:
            findings = [
                {
                    "rule": notice.rule,
                    "object": f"{options['kind']}/{options['of']}",
                    "field": notice.field,
                    "message": notice.message,
                    "severity": "blocking",
                }
                for notice in error.notices
            ]
            self.stdout.write(json.dumps({"issued": False, "findings": findings}, ensure_ascii=False))
            raise SystemExit(1)
        raise CommandError("\n".join(f"{notice.rule} {notice.message}" for notice in error.notices))


def _draft(options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    gathered = gathered_paper(options["kind"], options["of"])
    told = {
        "issued": False,
        "draft": True,
        "paper": gathered.facts.head.title,
        "blocking": len(gathered.blocking),
    }
    if options["format"] == "zip":
        raise CommandError(_("Only what is issued has an archive package."))
    if options["format"] == "json":
        return to_json(gathered.facts).encode(), told
    if options["format"] == "docx":
        return make_paper_draft_in_word(options["kind"], gathered.facts), told
    paper = make_paper_draft(options["kind"], gathered.facts)
    return paper.pdf, told | {"pages": paper.page_count}


def _issued(options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    kind, of = options["kind"], options["of"]
    try:
        paper, is_new = issue_paper(kind=kind, of=of, by=_issuer(options), reason=options["reason"]), True
    except PaperAlreadyIssuedError as error:
        paper, is_new = error.paper, False
    told = {
        "issued": True,
        "new": is_new,
        "paper": paper.title,
        "version": paper.number,
        "pages": paper.page_count,
        "sha256": paper.pdf_sha256,
        "facts_sha256": paper.facts_sha256,
    }
    return _content(paper, options["format"]), told


def _issuer(options: dict[str, Any]) -> User:
    def may_issue(user: User) -> bool:
        subject = any_subject(options["kind"], options["of"])
        return subject is None or can_issue_paper(user, options["kind"], subject)

    return issuer(options["by"], may_issue, refusal=_("“%(name)s” is no active user who may issue this paper."))


def _content(paper: IssuedPaper, kind: str) -> bytes:
    if kind == "json":
        return paper.facts.encode()
    if kind == "zip":
        package = paper.files.filter(edition=Edition.FULL, format=PaperFormat.PACKAGE).first()
        if package is None:
            raise CommandError(_("The paper was issued before there were archive packages. Issue a new version."))
        return bytes(package.content)
    return bytes(paper.word if kind == "docx" else paper.pdf)


def _summary(told: dict[str, Any]) -> str:
    if told.get("draft"):
        return _("Draft written to %(file)s. Nothing is issued.") % told
    if told["new"]:
        return _("Issued as version %(version)s, %(pages)s pages, SHA-256 %(sha256)s: %(file)s") % told
    return _("Nothing has changed since version %(version)s, so that was written again: %(file)s") % told
