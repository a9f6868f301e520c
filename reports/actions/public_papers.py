"""The public edition of a paper that is not a note: worked out, gone through, approved by two, and then frozen."""

from collections.abc import Callable
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.enums import Subject
from projects.models import Committee, User
from projects.rules.disclosure import check_threshold
from projects.rules.privacy import without_contacts
from reports.actions.issued_papers import store_files
from reports.actions.issuing import checksum
from reports.actions.public import APPROVALS, StaleEditionError, not_approved, told_meanwhile, told_too_much
from reports.disclosure.choosing import ProtectionError
from reports.disclosure.papers import PUBLIC_KINDS, public_paper
from reports.disclosure.stored_papers import (
    committees_of,
    mark_for_paper,
    open_paper_notices,
    paper_choices,
    told_before_paper,
)
from reports.enums import Edition, PaperFormat
from reports.facts.canonical import to_json
from reports.facts.note import Stamp
from reports.facts.papers.head import PaperFacts
from reports.facts.papers.kinds import frozen_facts
from reports.models import IssuedPaper, PublicPaper, PublicPaperApproval
from reports.papers import Papers, make_public_paper

Make = Callable[[str, PaperFacts, Stamp], Papers]


@transaction.atomic
def begin_public_paper(
    *, paper: IssuedPaper, threshold: int, shows_zeros: bool, removes_contacts: bool, by: User
) -> PublicPaper:
    """Store what is decided of a paper's public edition, or decide it anew; it is then worked out from the start.

    Raises ValidationError: threshold, issued, not_public.
    """
    check_threshold(threshold)
    if paper.kind not in PUBLIC_KINDS:
        raise ValidationError(_("This kind of paper has no public edition."), code="not_public")
    # The paper is the lock of its edition: two who begin at once begin the same one.
    IssuedPaper.objects.select_for_update().only("pk").get(pk=paper.pk)
    edition = PublicPaper.objects.filter(paper=paper).first() or PublicPaper(paper=paper, created_by=by)
    _check_open(edition)
    edition.threshold, edition.shows_zeros, edition.removes_contacts = threshold, shows_zeros, removes_contacts
    edition.facts = edition.facts_sha256 = edition.problem = ""
    edition.hidden, edition.audit = [], []
    edition.saves += 1
    edition.save()
    edition.approvals.all().delete()
    summary = _("A public edition of “%(title)s” was begun, with counts below %(threshold)s protected")
    _record(edition, "public_begun", by, summary % {**_words(edition), "threshold": threshold})
    return edition


def work_out_paper(*, edition: PublicPaper) -> PublicPaper:
    """Fill in what the public may read: the worker's job, outside any lock.

    Nothing is stored when the choices have changed meanwhile; the next order works those out. When what is public
    already has told too much, `problem` says so.
    """
    edition = PublicPaper.objects.select_related("paper").get(pk=edition.pk)
    paper = edition.paper
    told: dict[str, object]
    # First: what becomes public while this is worked out must be seen to have come later.
    mark = mark_for_paper(edition)
    try:
        facts = frozen_facts(paper.kind, paper.facts)
        public = public_paper(paper.kind, paper.of, facts, paper_choices(edition), told_before_paper(edition))
        text = to_json(public.facts)
        told = {
            "facts": text,
            "facts_sha256": checksum(text.encode()),
            "hidden": sorted(public.hidden),
            "audit": [asdict(line) for line in public.audit],
            "problem": "",
            "told_before": mark,
        }
    except ProtectionError as error:
        told = {"problem": told_too_much(error)}
    PublicPaper.objects.filter(pk=edition.pk, saves=edition.saves, issued_at=None).update(**told)
    return PublicPaper.objects.select_related("paper").get(pk=edition.pk)


@transaction.atomic
def approve_public_paper(*, edition: PublicPaper, facts_sha256: str, by: User) -> PublicPaper:
    """Answer for the edition as it was shown. Two people's approvals make it ready to be issued.

    Raises StaleEditionError, ValidationError: issued, not_worked_out, told_meanwhile, open_notices, approved_already.
    """
    locked = _locked(edition)
    _check_open(locked)
    if not locked.is_worked_out:
        raise ValidationError(_("The public edition is still being worked out."), code="not_worked_out")
    if locked.facts_sha256 != facts_sha256:
        raise StaleEditionError
    if locked.told_before != mark_for_paper(locked):
        raise told_meanwhile()
    if open_paper_notices(locked):
        message = _("Go through the texts first: everything that was noticed must be solved or answered.")
        raise ValidationError(message, code="open_notices")
    if locked.approvals.filter(approved_by=by).exists():
        message = _("You have approved it. Another person must approve it too.")
        raise ValidationError(message, code="approved_already")
    PublicPaperApproval.objects.create(
        edition=locked, approved_by=by, approved_at=timezone.now(), facts_sha256=facts_sha256
    )
    _record(locked, "public_approved", by, _("The public edition of “%(title)s” was approved") % _words(locked))
    return locked


def is_paper_ready(edition: PublicPaper) -> bool:
    """Return whether two people have approved the edition as it stands. One query."""
    return edition.approvals.filter(facts_sha256=edition.facts_sha256).count() >= APPROVALS


def check_paper_ready(edition: PublicPaper) -> None:
    """Raise ValidationError: not_approved, told_meanwhile."""
    if not is_paper_ready(edition):
        raise not_approved()
    if edition.told_before != mark_for_paper(edition):
        raise told_meanwhile()


@transaction.atomic
def discard_public_paper(*, edition: PublicPaper, by: User) -> None:
    """Throw a public edition away that is not issued. Raises ValidationError: issued."""
    locked = _locked(edition)
    _check_open(locked)
    _record(locked, "public_discarded", by, _("The public edition of “%(title)s” was discarded") % _words(locked))
    locked.delete()


def issue_public_paper(*, edition: PublicPaper, by: User, make: Make = make_public_paper) -> PublicPaper:
    """Make the approved edition's files and freeze them; one that is issued is returned as it is.

    The files take seconds, so they are made before the lock. Raises ValidationError: not_approved, told_meanwhile,
    and PaperError.
    """
    if edition.is_issued:
        return edition
    check_paper_ready(edition)
    paper = edition.paper
    reason = without_contacts(paper.reason) if edition.removes_contacts else paper.reason
    stamp = Stamp(paper.number, reason, paper.issued_at)
    papers = make(paper.kind, frozen_facts(paper.kind, edition.facts), stamp)
    return _store(edition=edition, papers=papers, by=by)


@transaction.atomic
def _store(*, edition: PublicPaper, papers: Papers, by: User) -> PublicPaper:
    # Two editions of the same figures are never issued at the same moment: the second must know the first.
    list(Committee.objects.select_for_update().filter(pk__in=committees_of(edition)).order_by("pk"))
    locked = _locked(edition)
    if locked.is_issued:
        return locked
    check_paper_ready(locked)
    if locked.facts_sha256 != edition.facts_sha256:
        raise StaleEditionError
    files = {PaperFormat.PDF: papers.pdf, PaperFormat.FACTS: locked.facts.encode(), **papers.others}
    store_files(locked.paper, Edition.PUBLIC, files)
    locked.issued_at = timezone.now()
    locked.save(update_fields=["issued_at"])
    changes: list[Change] = [(_("Checksum of the PDF (SHA-256)"), "", checksum(papers.pdf))]
    summary = _("The public edition of “%(title)s” was issued") % _words(locked)
    _record(locked, "public_issued", by, summary, changes)
    return locked


def _locked(edition: PublicPaper) -> PublicPaper:
    return PublicPaper.objects.select_for_update(of=("self",)).select_related("paper").get(pk=edition.pk)


def _check_open(edition: PublicPaper) -> None:
    if edition.is_issued:
        raise ValidationError(_("The public edition is issued and can never be changed."), code="issued")


def _words(edition: PublicPaper) -> dict[str, object]:
    return {"title": f"{edition.paper.title} v{edition.paper.number}"}


def _record(edition: PublicPaper, verb: str, by: User, summary: str, changes: list[Change] | None = None) -> None:
    record_event(
        subject=Subject.PAPER,
        subject_id=edition.paper_id,
        verb=verb,
        actor=by,
        summary=summary,
        changes=changes or [],
    )
