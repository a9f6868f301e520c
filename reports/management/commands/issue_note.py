"""Issue a committee's note, or write it as a draft."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Meeting, User
from projects.months import format_month
from projects.permissions import can_compose_notes
from reports.actions import create_note
from reports.actions.issuing import AlreadyIssuedError, NoteBlockedError, issue_note
from reports.actions.public import issue_public_edition
from reports.enums import Edition
from reports.facts.annexes import annex_files
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.facts.note import PaperError
from reports.forms import suggested_date, suggested_title
from reports.management.issuing import check_folder, issuer, write_whole
from reports.models import NoteFile, NoteVersion, PublicEdition, StatusNote
from reports.papers import make_draft_in_word, make_preview
from reports.queries.notes import candidate_projects, note_month


class Command(BaseCommand):
    help = (
        "Compose, check, freeze and write a committee's note. Issued in the name of --by, or else of the first active "
        "administrator. A note that says exactly what was issued last is not issued again: its file is written anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--committee", required=True, help="the committee's code, for example UFB")
        parser.add_argument("--meeting", required=True, type=_day, help="the meeting's date, for example 2017-12-04")
        parser.add_argument("--edition", choices=["full", "public"], default="full")
        parser.add_argument("--format", choices=["pdf", "docx", "json"], default="pdf")
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--draft", action="store_true", help="write it with a mark, freeze nothing")
        parser.add_argument("--by", metavar="USERNAME", help="who issues it")
        parser.add_argument("--reason", default="", help="why there is a new version")
        parser.add_argument("--json", action="store_true", help="print one machine-readable object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        _check_possible(options)
        try:
            content, told = _made(options)
        except NoteBlockedError as error:
            self._refuse(error, is_json=options["json"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PaperError as error:
            raise CommandError(_("The paper could not be made: %(why)s") % {"why": error}) from None
        write_whole(options["out"], content)
        told["file"] = str(options["out"])
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _summary(told))

    def _refuse(self, error: NoteBlockedError, *, is_json: bool) -> None:
        """List what stands in the way and end with exit code 1."""
        if is_json:
            findings = [
                {
                    "rule": item.notice.rule,
                    "object": item.object_label,
                    "subject": item.subject,
                    "field": item.notice.field,
                    "message": item.notice.message,
                    "severity": "blocking",
                }
                for item in error.notices
            ]
            self.stdout.write(json.dumps({"issued": False, "findings": findings}, ensure_ascii=False))
        lines = [f"  {item.notice.rule}  {item.object_label}: {item.notice.message}" for item in error.notices]
        head = ngettext(
            "The note was not issued. %(count)s thing stands in the way:",
            "The note was not issued. %(count)s things stand in the way:",
            len(lines),
        ) % {"count": len(lines)}
        raise CommandError("\n".join([head, *lines]))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _check_possible(options: dict[str, Any]) -> None:
    if options["edition"] == "public" and options["draft"]:
        raise CommandError(_("A public edition has no draft: it is made of an issued version."))
    check_folder(options["out"])


def _made(options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    by, meeting = (
        issuer(options["by"], can_compose_notes, refusal=_("“%(name)s” is no active user who may issue notes.")),
        _meeting(options["committee"], options["meeting"]),
    )
    note = StatusNote.objects.select_related("meeting__committee").filter(meeting=meeting).first()
    if options["edition"] == "public":
        return _published(note, by, options["format"])
    if note is not None:
        return _paper(note, by, options)
    # A note that nobody has begun is composed and issued in one transaction, so that a refusal leaves nothing behind.
    # Only then: while papers are made in it, nobody else can write on SQLite.
    with transaction.atomic():
        made = _paper(_composed(meeting, by), by, options)
        transaction.set_rollback(bool(options["draft"]))
    return made


def _meeting(committee: str, day: date) -> Meeting:
    meeting = Meeting.objects.select_related("committee").filter(committee__code=committee, date=day).first()
    if meeting is None:
        words = {"committee": committee, "date": day.isoformat()}
        raise CommandError(_("There is no meeting of %(committee)s on %(date)s.") % words)
    return meeting


def _paper(note: StatusNote, by: User, options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    return _draft(note, options["format"]) if options["draft"] else _issued(note, by, options)


def _composed(meeting: Meeting, by: User) -> StatusNote:
    """Return a new note of every project that owes the meeting a status."""
    month = note_month(meeting)
    notes = StatusNote.objects.select_related("meeting__committee")
    earlier = notes.filter(meeting__committee=meeting.committee).order_by("-meeting__date").first()
    return create_note(
        meeting=meeting,
        title=suggested_title(format_month(month)),
        case_number=earlier.case_number if earlier else "",
        case_officer=str(by),
        dated=suggested_date(timezone.localdate(), meeting.date),
        introduction="",
        project_ids=list(candidate_projects(meeting, month).order_by("name", "pk").values_list("pk", flat=True)),
        by=by,
    )


def _draft(note: StatusNote, kind: str) -> tuple[bytes, dict[str, Any]]:
    gathered = gather(note)
    told = {"issued": False, "draft": True, "note": note.title, "blocking": len(gathered.blocking)}
    if kind == "json":
        return to_json(gathered.facts).encode(), told
    if kind == "docx":
        return make_draft_in_word(gathered.facts), told
    paper = make_preview(gathered.facts, annex_files(gathered.annexes))
    return paper.pdf, told | {"pages": paper.page_count}


def _issued(note: StatusNote, by: User, options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    try:
        version, is_new = issue_note(note=note, by=by, reason=options["reason"]), True
    except AlreadyIssuedError as error:
        version, is_new = error.version, False
    told = {
        "issued": True,
        "new": is_new,
        "note": note.title,
        "version": version.number,
        "pages": version.page_count,
        "sha256": version.pdf_sha256,
        "facts_sha256": version.facts_sha256,
    }
    return _content(version, options["format"]), told


def _content(version: NoteVersion, kind: str) -> bytes:
    if kind == "json":
        return version.facts.encode()
    if kind == "pdf":
        return bytes(version.pdf)
    file = version.files.filter(edition=Edition.FULL, format=kind).first()
    if file is None:
        raise CommandError(_("Version %(number)s was issued without a Word file.") % {"number": version.number})
    return bytes(file.content)


def _published(note: StatusNote | None, by: User, kind: str) -> tuple[bytes, dict[str, Any]]:
    """Return the newest version's public edition, made now if two people have approved it and nobody has made it."""
    editions = PublicEdition.objects.filter(version__note=note).select_related("version__note__meeting__committee")
    edition = editions.order_by("-version__number").first()
    if edition is None:
        raise CommandError(_("Nobody has begun a public edition of this note. It is begun on the issued note's page."))
    is_new = not edition.is_issued
    edition = issue_public_edition(edition=edition, by=by)
    file = NoteFile.objects.filter(version=edition.version, edition=Edition.PUBLIC, format=kind).first()
    if file is None:
        raise CommandError(_("The public edition is not made in this format."))
    told = {
        "issued": True,
        "new": is_new,
        "note": edition.version.note.title,
        "edition": "public",
        "version": edition.version.number,
        "sha256": file.sha256,
        "facts_sha256": edition.facts_sha256,
        "hidden": len(edition.hidden),
    }
    return bytes(file.content), told


def _summary(told: dict[str, Any]) -> str:
    if told.get("draft"):
        return _("Draft written to %(file)s. Nothing is issued.") % told
    if told.get("edition") == "public":
        return _("Public edition of version %(version)s, %(hidden)s counts hidden, SHA-256 %(sha256)s: %(file)s") % told
    if told["new"]:
        return _("Issued as version %(version)s, %(pages)s pages, SHA-256 %(sha256)s: %(file)s") % told
    return _("Nothing has changed since version %(version)s, so that was written again: %(file)s") % told
