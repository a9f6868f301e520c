"""Ordering a paper that is not a note from the worker: a look at it, or its issue."""

from django.db import transaction
from django.utils import timezone

from projects.models import User
from reports.actions.issued_papers import gathered_paper, ready_paper
from reports.actions.issuing import changed_meanwhile, checksum
from reports.actions.public_papers import check_paper_ready
from reports.actions.renderings import PREVIEW_KEEPS, fail_silent, is_silent, ordered
from reports.enums import Failure, RenderingKind, RenderingState
from reports.facts.canonical import to_json
from reports.models import IssuedPaper, PublicPaper, Rendering, RenderingQuerySet
from reports.queries.issued_papers import lock_subject


@transaction.atomic
def ask_for_paper_draft(*, kind: str, of: str, by: User) -> Rendering:
    """Return the order for the paper as a PDF marked as a draft: one that says the same already, else a new one."""
    lock_subject(kind, of)
    facts = checksum(to_json(gathered_paper(kind, of).facts).encode())
    orders = _orders(kind, of, RenderingKind.PREVIEW)
    alike = orders.filter(facts_sha256=facts, asked_at__gt=timezone.now() - PREVIEW_KEEPS)
    known = alike.exclude(state=RenderingState.FAILED).defer("content").first()
    if known is not None and not is_silent(known):
        return known
    fail_silent(orders)
    under_way = orders.on_their_way().first()
    return under_way or _ordered(kind, of, RenderingKind.PREVIEW, facts, by)


@transaction.atomic
def ask_for_paper(*, kind: str, of: str, by: User, reason: str = "") -> Rendering:
    """Return the order for the paper's next version. One that is on its way already is returned as it stands.

    If the paper says something else when it is made, nothing is issued. Raises as `issue_paper`.
    """
    lock_subject(kind, of)
    orders = _orders(kind, of, RenderingKind.ISSUE)
    fail_silent(orders)
    under_way = orders.on_their_way().first()
    if under_way is not None:
        return under_way
    ready = ready_paper(kind, of, by, reason)
    facts = checksum(to_json(ready.facts).encode())
    return _ordered(kind, of, RenderingKind.ISSUE, facts, by, ready.stamp.reason)


@transaction.atomic
def ask_for_public_paper(*, edition: PublicPaper, kind: RenderingKind, by: User) -> Rendering:
    """Return the order for working a public edition out, or for its files. One that is not begun is returned.

    Raises ValidationError: not_approved, told_meanwhile, when its files are asked for too early.
    """
    paper = edition.paper
    lock_subject(paper.kind, paper.of)
    if kind == RenderingKind.PUBLIC:
        check_paper_ready(edition)
    orders = _orders(paper.kind, paper.of, kind)
    fail_silent(orders)
    on_their_way = orders.on_their_way()
    known = on_their_way.filter(issued=paper)
    waiting = known.filter(state=RenderingState.QUEUED).first()
    if waiting is not None or (kind == RenderingKind.PUBLIC and known.exists()):
        # Not begun, it works out what is decided when its turn comes; what two have approved stands still.
        return waiting or known.get()
    told = " ".join(changed_meanwhile().messages)
    on_their_way.update(state=RenderingState.FAILED, failure=Failure.REFUSED, told=told, finished_at=timezone.now())
    facts = edition.facts_sha256 or paper.facts_sha256
    return _ordered(paper.kind, paper.of, kind, facts, by, issued=paper)


@transaction.atomic
def ask_for_paper_again(*, order: Rendering, by: User) -> Rendering:
    """Return a new order for a paper that failed. Raises changed_meanwhile when an issue would be of other facts."""
    if order.kind == RenderingKind.PREVIEW:
        return ask_for_paper_draft(kind=order.paper_kind, of=order.paper_of, by=by)
    again = ask_for_paper(kind=order.paper_kind, of=order.paper_of, by=by, reason=order.reason)
    if again.facts_sha256 != order.facts_sha256:
        raise changed_meanwhile()
    return again


def _orders(kind: str, of: str, rendering: RenderingKind) -> RenderingQuerySet:
    return Rendering.objects.filter(paper_kind=kind, paper_of=of, kind=rendering)


def _ordered(
    kind: str,
    of: str,
    rendering: RenderingKind,
    facts: str,
    by: User,
    reason: str = "",
    issued: IssuedPaper | None = None,
) -> Rendering:
    order = Rendering(paper_kind=kind, paper_of=of, kind=rendering, facts_sha256=facts, reason=reason, asked_by=by)
    order.issued = issued
    return ordered(order)
