"""The public edition of an issued version: worked out, gone through by people, approved by two, and then frozen."""

from collections.abc import Mapping
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
from projects.rules.text import check_no_cpr
from reports.actions.composing import meeting_words
from reports.actions.issuing import Make, checksum
from reports.disclosure.choosing import ProtectionError
from reports.disclosure.edition import public_note
from reports.disclosure.stored import choices_of, mark_of_earlier, open_notices, published_annexes, published_before
from reports.enums import Edition, PaperFormat
from reports.facts.annexes import annex_files
from reports.facts.canonical import from_json, to_json
from reports.facts.note import NoteFacts, Stamp
from reports.models import NoteFile, NoteVersion, PublicApproval, PublicEdition
from reports.papers import Papers, make_papers

APPROVALS = 2


class StaleEditionError(ValidationError):
    """Someone else changed the public edition meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed the public edition. Look at it again."), code="stale")


@transaction.atomic
def begin_public_edition(
    *, version: NoteVersion, threshold: int, shows_zeros: bool, removes_contacts: bool, by: User
) -> PublicEdition:
    """Store what is decided of a version's public edition, or decide it anew; it is then worked out from the start.

    Raises ValidationError: threshold, issued.
    """
    check_threshold(threshold)
    # The version is the lock of its edition: two who begin at once begin the same one.
    NoteVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    edition = PublicEdition.objects.filter(version=version).first() or PublicEdition(version=version, created_by=by)
    _check_open(edition)
    edition.threshold, edition.shows_zeros, edition.removes_contacts = threshold, shows_zeros, removes_contacts
    _begin_again(edition)
    summary = _("A public edition of %(name)s was begun, with counts below %(threshold)s protected")
    _record(edition, "public_begun", by, summary % {**_words(edition), "threshold": threshold})
    return edition


@transaction.atomic
def change_public_texts(
    *, edition: PublicEdition, expected_saves: int, texts: Mapping[str, str], by: User
) -> PublicEdition:
    """Store the texts that replace the note's own, "" for one that is left out. Approvals lapse.

    Raises StaleEditionError, ValidationError: issued, cpr.
    """
    locked = _locked(edition)
    _check_open(locked)
    if locked.saves != expected_saves:
        raise StaleEditionError
    for text in texts.values():
        check_no_cpr(text)
    if locked.texts == dict(texts):
        return locked
    changes: list[Change] = [
        (key, locked.texts.get(key, ""), texts.get(key, ""))
        for key in sorted({*locked.texts, *texts})
        if locked.texts.get(key) != texts.get(key)
    ]
    locked.texts = dict(texts)
    _begin_again(locked)
    summary = _("Texts of the public edition of %(name)s were changed") % _words(locked)
    _record(locked, "public_texts", by, summary, changes)
    return locked


def work_out(*, edition: PublicEdition) -> PublicEdition:
    """Fill in what the public may read. Takes seconds: the worker's job, outside any lock.

    Nothing is stored when the choices have changed meanwhile; the next order works those out. When earlier public
    notes have told too much, `problem` says so.
    """
    edition = PublicEdition.objects.select_related("version__note__meeting__committee").get(pk=edition.pk)
    facts = from_json(NoteFacts, edition.version.facts)
    told: dict[str, object]
    # First: what becomes public while this is worked out must be seen to have come later.
    mark = mark_of_earlier(edition)
    try:
        public = public_note(facts, choices_of(edition), published_before(edition))
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
    PublicEdition.objects.filter(pk=edition.pk, saves=edition.saves, issued_at=None).update(**told)
    return PublicEdition.objects.get(pk=edition.pk)


def told_too_much(error: ProtectionError) -> str:
    names = ", ".join(sorted({key.rpartition("@")[0].partition("|")[2].replace("|", ", ") for key in error.keys}))
    return _(
        "Earlier public notes have told so much that these cannot be protected: %(names)s. Choose a lower limit, or "
        "leave the project out of the note."
    ) % {"names": names}


@transaction.atomic
def approve_public_edition(*, edition: PublicEdition, facts_sha256: str, by: User) -> PublicEdition:
    """Answer for the edition as it was shown. Two people's approvals make it ready to be issued.

    Raises StaleEditionError, ValidationError: issued, not_worked_out, told_meanwhile, open_notices, approved_already.
    """
    locked = _locked(edition)
    _check_open(locked)
    if not locked.is_worked_out:
        raise ValidationError(_("The public edition is still being worked out."), code="not_worked_out")
    if locked.facts_sha256 != facts_sha256:
        raise StaleEditionError
    if locked.told_before != mark_of_earlier(locked):
        raise told_meanwhile()
    if open_notices(locked):
        message = _("Go through the texts first: everything that was noticed must be solved or answered.")
        raise ValidationError(message, code="open_notices")
    if locked.approvals.filter(approved_by=by).exists():
        message = _("You have approved it. Another person must approve it too.")
        raise ValidationError(message, code="approved_already")
    PublicApproval.objects.create(edition=locked, approved_by=by, approved_at=timezone.now(), facts_sha256=facts_sha256)
    summary = _("The public edition of %(name)s was approved") % _words(locked)
    _record(locked, "public_approved", by, summary)
    return locked


def is_ready(edition: PublicEdition) -> bool:
    """Return whether two people have approved the edition as it stands. One query."""
    return edition.approvals.filter(facts_sha256=edition.facts_sha256).count() >= APPROVALS


@transaction.atomic
def discard_public_edition(*, edition: PublicEdition, by: User) -> None:
    """Throw a public edition away that is not issued. Raises ValidationError: issued."""
    locked = _locked(edition)
    _check_open(locked)
    _record(locked, "public_discarded", by, _("The public edition of %(name)s was discarded") % _words(locked))
    locked.delete()


def issue_public_edition(*, edition: PublicEdition, by: User, make: Make = make_papers) -> PublicEdition:
    """Make the approved edition's papers and freeze them; one that is issued is returned as it is.

    The papers take seconds, so they are made before the lock. Raises ValidationError: not_approved, and PaperError.
    """
    if edition.is_issued:
        return edition
    check_ready(edition)
    version = edition.version
    stamp = Stamp(version.number, _reason(edition), version.issued_at)
    facts = from_json(NoteFacts, edition.facts)
    papers = make(facts, stamp, annex_files(published_annexes(version, facts)))
    return _store_papers(edition=edition, papers=papers, by=by)


def _reason(edition: PublicEdition) -> str:
    """Return why there is a new version, as the public may read it; the paper does not say who issued it."""
    return without_contacts(edition.version.reason) if edition.removes_contacts else edition.version.reason


@transaction.atomic
def _store_papers(*, edition: PublicEdition, papers: Papers, by: User) -> PublicEdition:
    """Freeze the papers that were made of the approved facts."""
    # Two editions for one committee are never issued at the same moment: the second must know the first.
    Committee.objects.select_for_update().get(pk=edition.version.note.meeting.committee_id)
    locked = _locked(edition)
    if locked.is_issued:
        return locked
    check_ready(locked)
    if locked.facts_sha256 != edition.facts_sha256:
        raise StaleEditionError
    files = {PaperFormat.PDF: papers.pdf, PaperFormat.FACTS: locked.facts.encode(), **papers.others}
    NoteFile.objects.bulk_create(
        NoteFile(version=locked.version, edition=Edition.PUBLIC, format=kind, content=content, sha256=checksum(content))
        for kind, content in files.items()
    )
    locked.issued_at = timezone.now()
    locked.save(update_fields=["issued_at"])
    changes: list[Change] = [(_("Checksum of the PDF (SHA-256)"), "", checksum(papers.pdf))]
    _record(locked, "public_issued", by, _("The public edition of %(name)s was issued") % _words(locked), changes)
    return locked


def check_ready(edition: PublicEdition) -> None:
    """Raise ValidationError: not_approved, told_meanwhile."""
    if not is_ready(edition):
        raise not_approved()
    if edition.told_before != mark_of_earlier(edition):
        raise told_meanwhile()


def not_approved() -> ValidationError:
    message = _("Two people must approve the public edition before it is issued.")
    return ValidationError(message, code="not_approved")


def told_meanwhile() -> ValidationError:
    message = _(
        "Another public edition has been issued since this one was worked out, and the two together might tell too "
        "much. Work it out anew."
    )
    return ValidationError(message, code="told_meanwhile")


def _locked(edition: PublicEdition) -> PublicEdition:
    editions = PublicEdition.objects.select_for_update(of=("self",))
    return editions.select_related("version__note__meeting__committee").get(pk=edition.pk)


def _check_open(edition: PublicEdition) -> None:
    if edition.is_issued:
        raise ValidationError(_("The public edition is issued and can never be changed."), code="issued")


def _begin_again(edition: PublicEdition) -> None:
    """Store the choices, and forget what came of the last ones: it is worked out and approved anew."""
    edition.facts = edition.facts_sha256 = edition.problem = ""
    edition.hidden, edition.audit = [], []
    edition.saves += 1
    edition.save()
    edition.approvals.all().delete()


def _words(edition: PublicEdition) -> dict[str, str]:
    words = meeting_words(edition.version.note)
    return {"name": f"{words['committee']} {words['date']} v{edition.version.number}"}


def _record(edition: PublicEdition, verb: str, by: User, summary: str, changes: list[Change] | None = None) -> None:
    record_event(
        subject=Subject.NOTE,
        subject_id=edition.version.note_id,
        verb=verb,
        actor=by,
        summary=summary,
        changes=changes or [],
    )
