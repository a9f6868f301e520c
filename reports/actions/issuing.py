"""Issuing a note. What was issued is stored with its bytes and never changes again."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import User
from projects.queries.notices import AnsweredNotice
from projects.rules.snapshots import check_reason
from reports.actions.composing import StaleNoteError, locked_note, meeting_words
from reports.facts.annexes import AnnexFile, annex_files
from reports.facts.canonical import to_json
from reports.facts.comparing import says_the_same
from reports.facts.gathering import Gathered, gather
from reports.facts.note import NoteFacts, Stamp
from reports.models import NoteFile, NoteVersion, StatusNote
from reports.papers import Papers, make_papers

Make = Callable[[NoteFacts, Stamp, Sequence[AnnexFile]], Papers]


class NoteBlockedError(ValidationError):
    """What stands in the way of issuing, one message per notice; `notices` say where each is mended."""

    def __init__(self, notices: Sequence[AnsweredNotice]) -> None:
        self.notices = list(notices)
        super().__init__([ValidationError(item.notice.message, code="blocked") for item in notices])


class AlreadyIssuedError(ValidationError):
    """Exactly this was issued before, as `version`."""

    def __init__(self, version: NoteVersion) -> None:
        self.version = version
        message = _("This has already been issued as version %(number)s, and nothing has changed since.")
        super().__init__(message, code="already_issued", params={"number": version.number})


def issue_note(
    *, note: StatusNote, by: User, reason: str = "", expected_version: int | None = None, make: Make = make_papers
) -> NoteVersion:
    """Freeze what the note says today as its next version, with the papers that were made of it.

    Papers take seconds to make, so they are made before the note is locked; under the lock the facts are read again,
    and only what was printed is stored. `make` may do it elsewhere. Raises NoteBlockedError, AlreadyIssuedError,
    StaleNoteError (of another `expected_version`), ValidationError: reason_missing (from version 2),
    changed_meanwhile, and PaperError. Nothing is stored on failure.
    """
    note = StatusNote.objects.select_related("meeting__committee").get(pk=note.pk)
    gathered, stamp = ready(note, by, reason, expected_version)
    papers = make(gathered.facts, stamp, annex_files(gathered.annexes))
    facts = to_json(gathered.facts)
    with transaction.atomic():
        held = locked_note(note)
        again, stamp_now = ready(held, by, reason, expected_version)
        if to_json(again.facts) != facts or stamp_now.number != stamp.number:
            raise changed_meanwhile()
        version = NoteVersion.objects.create(
            note=held,
            number=stamp.number,
            facts=facts,
            facts_sha256=checksum(facts.encode()),
            pdf=papers.pdf,
            pdf_sha256=checksum(papers.pdf),
            page_count=papers.page_count,
            reason=stamp.reason,
            issued_by=by,
            issued_at=stamp.issued_at,
        )
        version.snapshots.set(again.snapshots)
        _store_files(version, papers)
        _record_issue(version, by)
    return version


def ready(note: StatusNote, by: User, reason: str, expected_version: int | None) -> tuple[Gathered, Stamp]:
    """Return what would be issued and its stamp, or raise what stands in the way."""
    if expected_version is not None and note.saves != expected_version:
        raise StaleNoteError(note)
    gathered = gather(note)
    if gathered.blocking:
        raise NoteBlockedError(gathered.blocking)
    last = note.versions.order_by("-number").first()
    if last is None:
        return gathered, Stamp(1, "", timezone.now(), str(by))
    if says_the_same(last.facts, gathered.facts):
        raise AlreadyIssuedError(last)
    return gathered, Stamp(last.number + 1, check_reason(reason), timezone.now(), str(by))


def _record_issue(version: NoteVersion, by: User) -> None:
    summary = _("The note for %(committee)s on %(date)s was issued as version %(number)s") % {
        **meeting_words(version.note),
        "number": version.number,
    }
    record_event(
        subject=Subject.NOTE,
        subject_id=version.note_id,
        verb="issued",
        actor=by,
        summary=summary,
        changes=[(_("Checksum of the PDF (SHA-256)"), "", version.pdf_sha256)],
        reason=version.reason,
    )


def changed_meanwhile() -> ValidationError:
    message = _("The figures changed while the note was being issued. Look at it again, and issue it then.")
    return ValidationError(message, code="changed_meanwhile")


def _store_files(version: NoteVersion, papers: Papers) -> None:
    NoteFile.objects.bulk_create(
        NoteFile(version=version, format=kind, content=content, sha256=checksum(content))
        for kind, content in papers.others.items()
    )


def checksum(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal, as it is printed and stored."""
    return sha256(content).hexdigest()
