"""Issuing a note. What was issued is stored with its bytes and never changes again."""

from collections.abc import Sequence
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
from reports.facts.canonical import to_json
from reports.facts.comparing import says_the_same
from reports.facts.gathering import Gathered, gather
from reports.facts.note import Stamp
from reports.models import NoteVersion, StatusNote


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


def issue_note(*, note: StatusNote, by: User, reason: str = "", expected_version: int | None = None) -> NoteVersion:
    """Freeze what the note says today as its next version, with the PDF that was made of it.

    The paper takes a second or two to make, so it is made before the note is locked; under the lock the facts are
    read again, and only what was printed is stored. Raises NoteBlockedError, AlreadyIssuedError, StaleNoteError (of
    another `expected_version`), and ValidationError: reason_missing (from version 2), changed_meanwhile.
    Nothing is stored on failure.
    """
    from reports.pdf import render_note  # the PDF library takes a second to load: only when a paper is made

    note = StatusNote.objects.select_related("meeting__committee").get(pk=note.pk)
    gathered, stamp = _ready(note, reason, expected_version)
    paper = render_note(gathered.facts, stamp)
    facts = to_json(gathered.facts)
    with transaction.atomic():
        locked = locked_note(note)
        again, stamp_now = _ready(locked, reason, expected_version)
        if to_json(again.facts) != facts or stamp_now.number != stamp.number:
            message = _("The figures changed while the note was being issued. Look at it again, and issue it then.")
            raise ValidationError(message, code="changed_meanwhile")
        version = NoteVersion.objects.create(
            note=locked,
            number=stamp.number,
            facts=facts,
            facts_sha256=_sha256(facts.encode()),
            pdf=paper.content,
            pdf_sha256=_sha256(paper.content),
            page_count=paper.page_count,
            reason=stamp.reason,
            issued_by=by,
            issued_at=stamp.issued_at,
        )
        version.snapshots.set(again.snapshots)
        _record_issue(version, by)
    return version


def _ready(note: StatusNote, reason: str, expected_version: int | None) -> tuple[Gathered, Stamp]:
    """Return what would be issued and its stamp, or raise what stands in the way."""
    if expected_version is not None and note.saves != expected_version:
        raise StaleNoteError(note)
    gathered = gather(note)
    if gathered.blocking:
        raise NoteBlockedError(gathered.blocking)
    last = note.versions.order_by("-number").first()
    if last is None:
        return gathered, Stamp(1, "", timezone.now())
    if says_the_same(last.facts, gathered.facts):
        raise AlreadyIssuedError(last)
    return gathered, Stamp(last.number + 1, check_reason(reason), timezone.now())


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


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
