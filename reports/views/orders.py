"""A paper on its way, of a note or of anything else: how far it is, and where one goes on to."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.queries.workers import is_a_worker_alive
from reports.actions.renderings import is_silent
from reports.enums import Failure, RenderingKind, RenderingState
from reports.models import Rendering


@dataclass(frozen=True)
class Words:
    """What the page says of the paper: that it is being made, that it was not, what is kept, and the way back."""

    making: str
    failed: str
    kept: str
    back: str


@dataclass(frozen=True)
class Places:
    """Addresses: of the page itself, of asking again, and of the way back."""

    here: str
    again: str
    back: str


def order_page(
    request: HttpRequest, order: Rendering, template: str, *, words: Words, places: Places, context: dict[str, object]
) -> HttpResponse:
    """Show how far the order is.

    The page asks again by itself with `?seen=` the state it shows, and is left as it is while that is still so.
    """
    state, is_part = _state(order), bool(request.headers.get("HX-Request"))
    if is_part and request.GET.get("seen") == state["seen"]:
        return HttpResponse(status=204)
    shown = {"order": order, "words": words, "places": places, **state, **context}
    return render(request, "reports/_paper_progress.html" if is_part else template, shown)


def _state(order: Rendering) -> dict[str, object]:
    """Return what is shown: the state, and whether anybody is there to make it."""
    is_lost = is_silent(order)
    is_failed = is_lost or order.state == RenderingState.FAILED
    is_waiting_in_vain = order.state == RenderingState.QUEUED and not is_a_worker_alive(timezone.now())
    failure = Failure.LOST if is_lost else order.failure
    return {
        "is_failed": is_failed,
        "is_issue": order.kind == RenderingKind.ISSUE,
        "is_waiting_in_vain": is_waiting_in_vain,
        "failure": Failure(failure).label if is_failed else "",
        "can_try_again": failure != Failure.REFUSED,
        "told": order.told.splitlines(),
        "seen": "failed" if is_failed else "idle" if is_waiting_in_vain else order.state,
    }


def gone_on(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser on, also when only a part of the page asked."""
    if not request.headers.get("HX-Request"):
        return redirect(address)
    response = HttpResponse()
    response["HX-Redirect"] = address
    return response


def note_words(order: Rendering) -> Words:
    if order.kind == RenderingKind.ISSUE:
        kept = _("Nothing is issued, and your draft of the note is as you left it.")
        return Words(_("The note is being issued"), _("The note was not issued"), kept, _("Back to the note"))
    kept = _("Your draft of the note is as you left it.")
    return Words(_("The draft is being made"), _("The draft could not be made"), kept, _("Back to the note"))


def paper_words(order: Rendering) -> Words:
    kept = _("Nothing is issued, and nothing is lost.")
    if order.kind == RenderingKind.ISSUE:
        return Words(_("The paper is being issued"), _("The paper was not issued"), kept, _("Back to the paper"))
    return Words(_("The draft is being made"), _("The draft could not be made"), kept, _("Back to the paper"))
