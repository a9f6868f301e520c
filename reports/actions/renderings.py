"""Papers that are asked for in a browser and made by the worker: the order, the making, and what became of it."""

import logging
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from projects.models import User
from reports.actions.composing import locked_note
from reports.actions.issued_papers import PaperAlreadyIssuedError, gathered_paper, issue_paper
from reports.actions.issuing import AlreadyIssuedError, changed_meanwhile, checksum, issue_note, ready
from reports.actions.public import check_ready, issue_public_edition, maker_of, work_out
from reports.enums import Failure, RenderingKind, RenderingState
from reports.facts.annexes import annex_files
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.facts.note import PaperError
from reports.models import IssuedPaper, PublicEdition, PublicPaper, Rendering, RenderingQuerySet, StatusNote
from reports.models.public import Issued, Publication
from reports.papers import apart, bounded, make_issued, make_paper_draft, make_papers, make_preview
from reports.queries.issued_papers import lock_subject

logger = logging.getLogger(__name__)

# A worker says every few seconds that it is still at it; one that is silent for so long was killed.
SILENT_AFTER = timedelta(seconds=45)
# A preview that nobody has asked for again in this time is made anew: its layout may be an older program's.
PREVIEW_KEEPS = timedelta(hours=12)


@transaction.atomic
def ask_for_preview(*, note: StatusNote, by: User) -> Rendering:
    """Return the order for the note's draft as a PDF: one that says the same already, else a new one in the queue."""
    note = locked_note(note)
    facts = checksum(to_json(gather(note).facts).encode())
    alike = note.renderings.filter(kind=RenderingKind.PREVIEW, facts_sha256=facts).exclude(state=RenderingState.FAILED)
    known = alike.filter(asked_at__gt=timezone.now() - PREVIEW_KEEPS).defer("content").first()
    if known is not None and not is_silent(known):
        return known
    previews = Rendering.objects.filter(note=note, kind=RenderingKind.PREVIEW)
    waiting = previews.filter(state=RenderingState.QUEUED).first()
    if waiting is not None:
        # Not begun: it will print what the note says when its turn comes.
        return waiting
    # Whoever waits for the draft as it was is told that it has changed.
    _give_up(previews, Failure.REFUSED, " ".join(changed_meanwhile().messages))
    return ordered(Rendering(note=note, kind=RenderingKind.PREVIEW, facts_sha256=facts, asked_by=by))


@transaction.atomic
def ask_for_issue(*, note: StatusNote, by: User, reason: str = "", expected_version: int | None = None) -> Rendering:
    """Return the order for the note's next version. One that is on its way already is returned as it stands.

    What was agreed to is what the note says now: if it says something else when the paper is made, nothing is issued.
    Raises as `issue_note`.
    """
    note = locked_note(note)
    fail_silent(Rendering.objects.filter(note=note))
    under_way = note.renderings.on_their_way().filter(kind=RenderingKind.ISSUE).first()
    if under_way is not None:
        return under_way
    gathered, stamp = ready(note, by, reason, expected_version)
    facts = checksum(to_json(gathered.facts).encode())
    return ordered(Rendering(note=note, kind=RenderingKind.ISSUE, facts_sha256=facts, reason=stamp.reason, asked_by=by))


@transaction.atomic
def ask_for_public(*, edition: Publication, kind: RenderingKind, by: User) -> Rendering:
    """Return the order for working a public edition out, or for its papers. One that is not begun is returned.

    Raises ValidationError: not_approved, told_meanwhile, when its papers are asked for too early.
    """
    issued, about = edition.issued, _locked_about(edition.issued)
    if kind == RenderingKind.PUBLIC:
        check_ready(edition)
    orders = Rendering.objects.filter(**about, kind=kind)
    fail_silent(orders)
    mine = {"issued": issued} if isinstance(issued, IssuedPaper) else {"version": issued}
    known = orders.on_their_way().filter(**mine).first()
    if known is not None and (kind == RenderingKind.PUBLIC or known.state == RenderingState.QUEUED):
        # Not begun, it works out what is decided when its turn comes; what two have approved stands still.
        return known
    # Only one of a kind is on its way: whoever waits for another is told to ask again.
    told = " ".join(changed_meanwhile().messages)
    _end(orders.on_their_way(), Failure.REFUSED, told)
    facts = edition.facts_sha256 or issued.facts_sha256
    return ordered(Rendering(**about, **mine, kind=kind, facts_sha256=facts, asked_by=by))


def _locked_about(issued: Issued) -> dict[str, Any]:
    """Lock what the papers are about, and return how their orders name it."""
    if isinstance(issued, IssuedPaper):
        lock_subject(issued.kind, issued.of)
        return {"paper_kind": issued.kind, "paper_of": issued.of}
    return {"note": locked_note(issued.note)}


@transaction.atomic
def ask_again(*, order: Rendering, by: User) -> Rendering:
    """Return a new order for a paper that failed. Raises changed_meanwhile when an issue would be of other figures."""
    note = StatusNote.objects.get(renderings=order)
    if order.kind == RenderingKind.PREVIEW:
        return ask_for_preview(note=note, by=by)
    if order.kind in {RenderingKind.PUBLIC_DRAFT, RenderingKind.PUBLIC}:
        return ask_for_public(edition=_edition_of(order), kind=RenderingKind(order.kind), by=by)
    again = ask_for_issue(note=note, by=by, reason=order.reason)
    if again.facts_sha256 != order.facts_sha256:
        raise changed_meanwhile()
    return again


def fail_silent(orders: RenderingQuerySet) -> None:
    """Give up those whose worker was killed. One query."""
    _give_up(orders.silent_since(timezone.now() - SILENT_AFTER), Failure.LOST)


def fail_those_of(workers: Collection[str]) -> None:
    """Give up what these workers were making when they ended. One query."""
    _give_up(Rendering.objects.filter(worker__in=workers), Failure.LOST)


def _give_up(orders: RenderingQuerySet, failure: Failure, told: str = "") -> None:
    _end(orders.filter(state=RenderingState.RENDERING), failure, told)


def _end(orders: RenderingQuerySet, failure: Failure, told: str) -> None:
    orders.update(state=RenderingState.FAILED, failure=failure, told=told, finished_at=timezone.now())


def ordered(order: Rendering) -> Rendering:
    """Put the order in the queue. Call inside the transaction that decided on it."""
    order.asked_at = timezone.now()
    order.save(force_insert=True)
    # In the same transaction: there is never an order without a task, or a task without its order.
    make_paper.enqueue(order.pk)
    return order


@task(takes_context=True)
def make_paper(context: TaskContext, rendering_id: int) -> str:
    """Make what was ordered. Returns the state it ended in."""
    return carry_out(rendering_id, worker=context.task_result.worker_ids[-1])


def carry_out(rendering_id: int, *, worker: str) -> str:
    """Make the paper that was ordered and store what became of it. Raises nothing that concerns the paper."""
    order = _taken(rendering_id, worker)
    if order is None:
        return ""
    try:
        makers = _PAPER_MAKERS if order.paper_kind else _MAKERS
        changes = makers[RenderingKind(order.kind)](order)
    except PaperError as error:
        logger.warning("no paper for rendering %s: %s %s", order.pk, error.failure, error)
        changes = {"failure": error.failure, "told": str(error) if error.failure == Failure.ANNEX else ""}
    except ValidationError as error:
        changes = {"failure": Failure.REFUSED, "told": "\n".join(error.messages)}
    except DatabaseError as error:
        logger.exception("rendering %s could not be stored", order.pk)
        changes = {"failure": Failure.DISK if "full" in str(error) else Failure.CRASHED}
    except Exception:
        logger.exception("rendering %s failed", order.pk)
        changes = {"failure": Failure.CRASHED}
    return _finished(order, changes)


@transaction.atomic
def _taken(rendering_id: int, worker: str) -> Rendering | None:
    """Mark the order as begun. None when it is gone, or was given up before anyone came to it."""
    order = Rendering.objects.select_for_update(of=("self",)).select_related("note", "asked_by").filter(pk=rendering_id)
    found = order.filter(state=RenderingState.QUEUED).first()
    if found is None:
        return None
    found.state, found.worker, found.seen_at = RenderingState.RENDERING, worker, timezone.now()
    found.save(update_fields=["state", "worker", "seen_at"])
    return found


def _make_paper_draft(order: Rendering) -> dict[str, object]:
    facts = gathered_paper(order.paper_kind, order.paper_of).facts
    papers = apart(lambda: make_paper_draft(order.paper_kind, facts), _beat(order))
    return {"content": papers.pdf, "facts_sha256": checksum(to_json(facts).encode())}


def _make_other_paper(order: Rendering) -> dict[str, object]:
    facts = gathered_paper(order.paper_kind, order.paper_of).facts
    if checksum(to_json(facts).encode()) != order.facts_sha256:
        raise changed_meanwhile()
    try:
        issued = issue_paper(
            kind=order.paper_kind,
            of=order.paper_of,
            by=order.asked_by,
            reason=order.reason,
            make=lambda *parts: apart(lambda: make_issued(*parts), _beat(order)),
        )
    except PaperAlreadyIssuedError as error:
        issued = error.paper
    return {"issued": issued}


def _make_preview(order: Rendering) -> dict[str, object]:
    note = StatusNote.objects.select_related("meeting__committee").get(renderings=order)
    gathered = gather(note)
    annexes = annex_files(gathered.annexes)
    papers = apart(lambda: make_preview(gathered.facts, annexes), _beat(order))
    # What was printed is what the note says now, which may be newer than what was asked for.
    facts = checksum(to_json(gathered.facts).encode())
    return {"content": papers.pdf, "facts_sha256": facts}


def _make_issue(order: Rendering) -> dict[str, object]:
    note = StatusNote.objects.select_related("meeting__committee").get(renderings=order)
    if checksum(to_json(gather(note).facts).encode()) != order.facts_sha256:
        raise changed_meanwhile()
    try:
        version = issue_note(
            note=note,
            by=order.asked_by,
            reason=order.reason,
            make=lambda *parts: apart(lambda: make_papers(*parts), _beat(order)),
        )
    except AlreadyIssuedError as error:
        version = error.version
    return {"version": version}


def _make_public_draft(order: Rendering) -> dict[str, object]:
    """Work the public edition out. What cannot be protected is told on its own page."""
    work_out(edition=_edition_of(order), run=lambda work: bounded(work, _beat(order)))
    return {}


def _make_public(order: Rendering) -> dict[str, object]:
    edition = _edition_of(order)
    make = maker_of(edition)
    issue_public_edition(
        edition=edition, by=order.asked_by, make=lambda *parts: apart(lambda: make(*parts), _beat(order))
    )
    return {}


def _edition_of(order: Rendering) -> Publication:
    of_paper = PublicPaper.objects.filter(paper=order.issued_id)
    editions = of_paper if order.paper_kind else PublicEdition.objects.filter(version=order.version_id)
    edition: Publication = editions.with_issued().get()
    return edition


_MAKERS: dict[RenderingKind, Callable[[Rendering], dict[str, object]]] = {
    RenderingKind.PREVIEW: _make_preview,
    RenderingKind.ISSUE: _make_issue,
    RenderingKind.PUBLIC_DRAFT: _make_public_draft,
    RenderingKind.PUBLIC: _make_public,
}


_PAPER_MAKERS: dict[RenderingKind, Callable[[Rendering], dict[str, object]]] = {
    RenderingKind.PREVIEW: _make_paper_draft,
    RenderingKind.ISSUE: _make_other_paper,
    RenderingKind.PUBLIC_DRAFT: _make_public_draft,
    RenderingKind.PUBLIC: _make_public,
}


def _beat(order: Rendering) -> Callable[[], None]:
    """Return what tells, while the paper is made, that somebody is still at it."""

    def beat() -> None:
        Rendering.objects.filter(pk=order.pk).update(seen_at=timezone.now())

    return beat


@transaction.atomic
def _finished(order: Rendering, changes: dict[str, object]) -> str:
    """Store the outcome, unless the order was given up meanwhile by someone who thought the worker dead."""
    state = RenderingState.FAILED if "failure" in changes else RenderingState.DONE
    mine = Rendering.objects.filter(pk=order.pk, state=RenderingState.RENDERING, worker=order.worker)
    mine.update(state=state, finished_at=timezone.now(), **changes)
    old = Rendering.objects.filter(kind=RenderingKind.PREVIEW, asked_at__lt=timezone.now() - PREVIEW_KEEPS)
    old.exclude(pk=order.pk).delete()
    return state.value


def is_silent(order: Rendering) -> bool:
    """Say whether the worker that makes it has not been heard from for so long that it must be dead."""
    return (
        order.state == RenderingState.RENDERING
        and order.seen_at is not None
        and order.seen_at < timezone.now() - SILENT_AFTER
    )
