"""Issuing a paper that is not a committee's note. What was issued is stored with its bytes and never changes again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import User
from projects.rules.notices import Notice
from projects.rules.snapshots import check_reason
from reports.actions.issuing import changed_meanwhile, checksum
from reports.enums import Edition, PaperFormat, PaperKind
from reports.facts.canonical import to_json
from reports.facts.note import Stamp
from reports.facts.papers.head import GatheredPaper, PaperFacts
from reports.facts.papers.kinds import PAPER_TYPES, say_the_same
from reports.models import IssuedPaper, PaperFile
from reports.papers import Papers, make_issued
from reports.queries.issued_papers import any_subject

Make = Callable[[str, PaperFacts, Stamp], Papers]


class PaperBlockedError(ValidationError):
    """What stands in the way of issuing, one message per notice."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.notices = list(notices)
        super().__init__([ValidationError(notice.message, code="blocked") for notice in notices])


class PaperAlreadyIssuedError(ValidationError):
    """Exactly this was issued before, as `paper`."""

    def __init__(self, paper: IssuedPaper) -> None:
        self.paper = paper
        message = _("This has already been issued as version %(number)s, and nothing has changed since.")
        super().__init__(message, code="already_issued", params={"number": paper.number})


@dataclass(frozen=True)
class Ready:
    """What would be issued now."""

    facts: PaperFacts
    stamp: Stamp


def gathered_paper(kind: str, of: str) -> GatheredPaper:
    """Return what the paper says today. Raises ValidationError: unknown, when what it is about does not exist."""
    subject = any_subject(kind, of)
    if subject is None:
        raise ValidationError(_("There is nothing called “%(name)s” to make the paper of."), "unknown", {"name": of})
    return PAPER_TYPES[PaperKind(kind)].gather(subject, timezone.localdate())


def ready_paper(kind: str, of: str, by: User, reason: str) -> Ready:
    """Return what would be issued, or raise what stands in the way."""
    gathered = gathered_paper(kind, of)
    if gathered.blocking:
        raise PaperBlockedError(gathered.blocking)
    last = IssuedPaper.objects.filter(kind=kind, of=of).order_by("-number").first()
    if last is None:
        return Ready(gathered.facts, Stamp(1, "", timezone.now(), str(by)))
    if say_the_same(kind, last.facts, gathered.facts):
        raise PaperAlreadyIssuedError(last)
    return Ready(gathered.facts, Stamp(last.number + 1, check_reason(reason), timezone.now(), str(by)))


def issue_paper(*, kind: str, of: str, by: User, reason: str = "", make: Make = make_issued) -> IssuedPaper:
    """Freeze what the paper says today as its next version, with the files that were made of it.

    The files are made first and take seconds; then the facts are read again, and only what was printed is stored.
    Raises PaperBlockedError, PaperAlreadyIssuedError, ValidationError: unknown, reason_missing (from version 2),
    changed_meanwhile, and PaperError. Nothing is stored on failure.
    """
    ready = ready_paper(kind, of, by, reason)
    papers = make(kind, ready.facts, ready.stamp)
    facts = to_json(ready.facts)
    try:
        with transaction.atomic():
            again = ready_paper(kind, of, by, reason)
            if to_json(again.facts) != facts or again.stamp.number != ready.stamp.number:
                raise changed_meanwhile()
            paper = _stored(kind, of, by, ready, facts, papers)
            store_files(paper, Edition.FULL, papers.others)
            _record_issue(paper, by)
    except IntegrityError as error:
        # Two issued it at the same moment: the database lets only one of them have the number.
        raise changed_meanwhile() from error
    return paper


def _stored(kind: str, of: str, by: User, ready: Ready, facts: str, papers: Papers) -> IssuedPaper:
    word = papers.others[PaperFormat.WORD]
    return IssuedPaper.objects.create(
        kind=kind,
        of=of,
        number=ready.stamp.number,
        title=ready.facts.head.title,
        facts=facts,
        facts_sha256=checksum(facts.encode()),
        pdf=papers.pdf,
        pdf_sha256=checksum(papers.pdf),
        word=word,
        word_sha256=checksum(word),
        page_count=papers.page_count,
        reason=ready.stamp.reason,
        issued_by=by,
        issued_at=ready.stamp.issued_at,
    )


def store_files(paper: IssuedPaper, edition: Edition, files: Mapping[str, bytes]) -> None:
    """Freeze other shapes of the paper; the full edition's Word file stands with the paper itself.

    Call inside the transaction that issues it.
    """
    PaperFile.objects.bulk_create(
        PaperFile(paper=paper, edition=edition, format=name, content=content, sha256=checksum(content))
        for name, content in files.items()
        if (edition, name) != (Edition.FULL, PaperFormat.WORD)
    )


def _record_issue(paper: IssuedPaper, by: User) -> None:
    words = {"kind": paper.get_kind_display(), "title": paper.title, "number": paper.number}
    record_event(
        subject=Subject.PAPER,
        subject_id=paper.pk,
        verb="issued",
        actor=by,
        summary=_("%(kind)s “%(title)s” was issued as version %(number)s") % words,
        changes=[(_("Checksum of the PDF (SHA-256)"), "", paper.pdf_sha256)],
        reason=paper.reason,
    )
