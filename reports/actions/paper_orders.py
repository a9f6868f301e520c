"""Ordering a paper that is not a note from the worker: a look at it, or its issue."""

from django.db import transaction
from django.utils import timezone

from projects.models import User
from reports.actions.issued_papers import gathered_paper, ready_paper
from reports.actions.issuing import changed_meanwhile, checksum
from reports.actions.renderings import PREVIEW_KEEPS, fail_silent, is_silent, ordered
from reports.enums import RenderingKind, RenderingState
from reports.facts.canonical import to_json
from reports.models import Rendering, RenderingQuerySet
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


def _ordered(kind: str, of: str, rendering: RenderingKind, facts: str, by: User, reason: str = "") -> Rendering:
    return ordered(
        Rendering(paper_kind=kind, paper_of=of, kind=rendering, facts_sha256=facts, reason=reason, asked_by=by)
    )
