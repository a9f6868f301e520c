"""The public edition of what was issued: worked out, gone through by people, approved by two, and then frozen.

A note and another paper go the same way; `reports.disclosure.sources` says what differs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.models import Committee, User
from projects.rules.disclosure import check_threshold
from projects.rules.text import check_no_cpr
from reports.actions.issuing import checksum
from reports.disclosure.choosing import ProtectionError
from reports.disclosure.collecting import Published
from reports.disclosure.edition import Choices
from reports.disclosure.papers import PUBLIC_KINDS
from reports.disclosure.sources import Source, source_of
from reports.disclosure.stored import choices_of, mark_of_earlier, open_notices, published_annexes, published_before
from reports.enums import Edition, PaperFormat
from reports.facts.annexes import annex_files
from reports.facts.canonical import from_json, to_json
from reports.facts.note import NoteFacts, Stamp
from reports.facts.papers.kinds import frozen_facts
from reports.models import IssuedPaper, NoteFile, PaperFile, PublicEdition
from reports.models.public import Issued, Publication, editions_of
from reports.papers import Papers, make_papers, make_public_paper

APPROVALS = 2
Make = Callable[..., Papers]
P = TypeVar("P", bound=Publication)


class StaleEditionError(ValidationError):
    """Someone else changed the public edition meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed the public edition. Look at it again."), code="stale")


@transaction.atomic
def begin_public_edition(
    *, issued: Issued, threshold: int, shows_zeros: bool, removes_contacts: bool, by: User
) -> Publication:
    """Store what is decided of the public edition, or decide it anew; it is then worked out from the start.

    Raises ValidationError: threshold, issued, not_public.
    """
    check_threshold(threshold)
    if isinstance(issued, IssuedPaper) and issued.kind not in PUBLIC_KINDS:
        raise ValidationError(_("This kind of paper has no public edition."), code="not_public")
    # What was issued is the lock of its edition: two who begin at once begin the same one.
    type(issued)._base_manager.select_for_update(of=("self",)).only("pk").get(pk=issued.pk)
    editions = editions_of(issued)
    edition: Publication = editions.first() or editions.model(**{editions.model.made_of: issued}, created_by=by)
    _check_open(edition)
    edition.threshold, edition.shows_zeros, edition.removes_contacts = threshold, shows_zeros, removes_contacts
    _begin_again(edition)
    summary = _("A public edition of %(name)s was begun, with counts below %(threshold)s protected")
    _record(edition, "public_begun", by, summary, threshold=threshold)
    return edition


@transaction.atomic
def change_public_texts(*, edition: P, expected_saves: int, texts: Mapping[str, str], by: User) -> P:
    """Store the texts that replace those of what was issued, "" for one that is left out. Approvals lapse.

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
    _record(locked, "public_texts", by, _("Texts of the public edition of %(name)s were changed"), changes)
    return locked


def work_out(*, edition: P, run: Callable[[Callable[[], bytes]], bytes] = lambda work: work()) -> P:
    """Fill in what the public may read. Takes seconds: the worker's job, outside any lock.

    `run` does the reckoning, which leaves the database alone, where it may take what it takes: `reports.papers` has a
    bounded process for it. Raises what `run` raises. Nothing is stored when the choices have changed meanwhile; the
    next order works those out. When what is public already has told too much, `problem` says so.
    """
    editions = type(edition).objects.with_issued()
    edition = cast(P, editions.get(pk=edition.pk))
    # First: what becomes public while this is worked out must be seen to have come later.
    mark = mark_of_earlier(edition)
    source, choices, earlier = source_of(edition), choices_of(edition), published_before(edition)
    told = json.loads(run(lambda: json.dumps(_worked_out(source, choices, earlier)).encode()))
    if not told["problem"]:
        told["told_before"] = mark
    editions.filter(pk=edition.pk, saves=edition.saves, issued_at=None).update(**told)
    return cast(P, editions.get(pk=edition.pk))


def _worked_out(source: Source, choices: Choices, earlier: Sequence[Published]) -> dict[str, object]:
    """Return the edition's fields that say what the public may read; only `problem` when nothing can protect it."""
    try:
        public = source.public(choices, earlier)
    except ProtectionError as error:
        return {"problem": _told_too_much(error)}
    text = to_json(public.facts)
    return {
        "facts": text,
        "facts_sha256": checksum(text.encode()),
        "hidden": sorted(public.hidden),
        "audit": [asdict(line) for line in public.audit],
        "problem": "",
    }


def _told_too_much(error: ProtectionError) -> str:
    names = ", ".join(sorted({key.rpartition("@")[0].partition("|")[2].replace("|", ", ") for key in error.keys}))
    return _(
        "Earlier public notes have told so much that these cannot be protected: %(names)s. Choose a lower limit, or "
        "leave the project out of the note."
    ) % {"names": names}


@transaction.atomic
def approve_public_edition(*, edition: P, facts_sha256: str, by: User) -> P:
    """Answer for the edition as it was shown. Two people's approvals make it ready to be issued.

    Raises StaleEditionError, ValidationError: issued, not_worked_out, told_meanwhile, open_notices, approved_already.
    """
    locked = _locked(edition)
    _check_open(locked)
    if not locked.is_worked_out:
        raise ValidationError(_("The public edition is still being worked out."), code="not_worked_out")
    if locked.facts_sha256 != facts_sha256:
        raise StaleEditionError
    _check_nothing_told_meanwhile(locked)
    if open_notices(locked):
        message = _("Go through the texts first: everything that was noticed must be solved or answered.")
        raise ValidationError(message, code="open_notices")
    if locked.approvals.filter(approved_by=by).exists():
        message = _("You have approved it. Another person must approve it too.")
        raise ValidationError(message, code="approved_already")
    locked.approvals.create(approved_by=by, approved_at=timezone.now(), facts_sha256=facts_sha256)
    _record(locked, "public_approved", by, _("The public edition of %(name)s was approved"))
    return locked


def is_ready(edition: Publication) -> bool:
    """Return whether two people have approved the edition as it stands. One query."""
    return edition.approvals.filter(facts_sha256=edition.facts_sha256).count() >= APPROVALS


def check_ready(edition: Publication) -> None:
    """Raise ValidationError: not_approved, told_meanwhile."""
    if not is_ready(edition):
        message = _("Two people must approve the public edition before it is issued.")
        raise ValidationError(message, code="not_approved")
    _check_nothing_told_meanwhile(edition)


@transaction.atomic
def discard_public_edition(*, edition: Publication, by: User) -> None:
    """Throw a public edition away that is not issued. Raises ValidationError: issued."""
    locked = _locked(edition)
    _check_open(locked)
    _record(locked, "public_discarded", by, _("The public edition of %(name)s was discarded"))
    locked.delete()


def issue_public_edition(*, edition: P, by: User, make: Make | None = None) -> P:
    """Make the approved edition's papers and freeze them; one that is issued is returned as it is.

    The papers take seconds, so they are made before the lock. `make` stands in for `maker_of` the edition. Raises
    ValidationError: not_approved, told_meanwhile, and PaperError.
    """
    if edition.is_issued:
        return edition
    check_ready(edition)
    papers = (make or maker_of(edition))(*_parts(edition))
    return _store_papers(edition=edition, papers=papers, by=by)


def maker_of(edition: Publication) -> Make:
    """Return what makes the edition's papers."""
    return make_papers if isinstance(edition, PublicEdition) else make_public_paper


def _parts(edition: Publication) -> tuple[Any, ...]:
    """Return what the papers are made of.

    The paper says neither who issued it nor why: that was written for the committee, and none of the two who approve
    the edition has read it there.
    """
    issued = edition.issued
    stamp = Stamp(issued.number, "", issued.issued_at)
    if isinstance(issued, IssuedPaper):
        return issued.kind, frozen_facts(issued.kind, edition.facts), stamp
    facts = from_json(NoteFacts, edition.facts)
    return facts, stamp, annex_files(published_annexes(issued, facts))


@transaction.atomic
def _store_papers(*, edition: P, papers: Papers, by: User) -> P:
    """Freeze the papers that were made of the approved facts."""
    # Two editions of the same figures are never issued at the same moment: the second must know the first.
    committees = source_of(edition).committees()
    list(Committee.objects.select_for_update().filter(pk__in=committees).order_by("pk"))
    locked = _locked(edition)
    if locked.is_issued:
        return locked
    check_ready(locked)
    if locked.facts_sha256 != edition.facts_sha256:
        raise StaleEditionError
    files = {PaperFormat.PDF: papers.pdf, PaperFormat.FACTS: locked.facts.encode(), **papers.others}
    file_type: Any = PaperFile if isinstance(locked.issued, IssuedPaper) else NoteFile
    file_type.objects.bulk_create(
        file_type(
            **{locked.made_of: locked.issued},
            edition=Edition.PUBLIC,
            format=kind,
            content=content,
            sha256=checksum(content),
        )
        for kind, content in files.items()
    )
    locked.issued_at = timezone.now()
    locked.save(update_fields=["issued_at"])
    changes: list[Change] = [(_("Checksum of the PDF (SHA-256)"), "", checksum(papers.pdf))]
    _record(locked, "public_issued", by, _("The public edition of %(name)s was issued"), changes)
    return locked


def _check_nothing_told_meanwhile(edition: Publication) -> None:
    if edition.told_before != mark_of_earlier(edition):
        message = _(
            "Another public edition has been issued since this one was worked out, and the two together might tell too "
            "much. Work it out anew."
        )
        raise ValidationError(message, code="told_meanwhile")


def _locked(edition: P) -> P:
    return cast(P, type(edition).objects.select_for_update(of=("self",)).with_issued().get(pk=edition.pk))


def _check_open(edition: Publication) -> None:
    if edition.is_issued:
        raise ValidationError(_("The public edition is issued and can never be changed."), code="issued")


def _begin_again(edition: Publication) -> None:
    """Store the choices, and forget what came of the last ones: it is worked out and approved anew."""
    edition.facts = edition.facts_sha256 = edition.problem = ""
    edition.hidden, edition.audit = [], []
    edition.saves += 1
    edition.save()
    edition.approvals.all().delete()


def _record(
    edition: Publication, verb: str, by: User, summary: str, changes: list[Change] | None = None, **words: object
) -> None:
    """Record what was done; `summary` has a place for the edition's name, and for `words`."""
    source = source_of(edition)
    record_event(
        subject=source.subject,
        subject_id=source.subject_id,
        verb=verb,
        actor=by,
        summary=summary % {"name": source.name, **words},
        changes=changes or [],
    )
