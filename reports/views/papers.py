"""Papers on their way: asking for a draft or an issue, seeing how far it is, and getting what was made."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from projects.models import User
from projects.permissions import roles_required
from reports.actions import StaleNoteError
from reports.actions.issuing import AlreadyIssuedError, NoteBlockedError
from reports.actions.renderings import ask_again, ask_for_issue, ask_for_preview
from reports.enums import RenderingState
from reports.forms import IssueForm
from reports.models import Rendering, StatusNote
from reports.views.access import COMPOSERS, note_or_404
from reports.views.files import file_name, inline, shown_by_the_browser
from reports.views.note_page import compose_page
from reports.views.orders import Places, gone_on, note_words, order_page


@roles_required(*COMPOSERS)
@require_POST
def note_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the note as it would look, marked as a draft, with statuses that are not approved marked too."""
    order = ask_for_preview(note=note_or_404(request, pk), by=cast(User, request.user))
    return redirect(_address(order))


@roles_required(*COMPOSERS)
@require_POST
def note_issue(request: HttpRequest, pk: int) -> HttpResponse:
    note = note_or_404(request, pk)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return compose_page(request, note, issue_form=form)
    values = form.cleaned_data
    try:
        order = ask_for_issue(
            note=note, by=cast(User, request.user), reason=values["reason"], expected_version=values["version"]
        )
    except AlreadyIssuedError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("reports:note-version-show", pk=pk, number=error.version.number)
    except ValidationError as error:
        return _not_issued(request, note, form, error)
    return redirect(_address(order))


def _not_issued(request: HttpRequest, note: StatusNote, form: IssueForm, error: ValidationError) -> HttpResponse:
    """Show the page again with what stands in the way."""
    if isinstance(error, StaleNoteError):
        messages.warning(request, _("Someone else has saved the note. Look at it again before you issue it."))
        return compose_page(request, error.current, status=409)
    if isinstance(error, NoteBlockedError):
        messages.error(request, _("The note cannot be issued yet. What stands in the way is listed here."))
        return compose_page(request, note, issue_form=form, status=409)
    form.add_error("reason", error)
    return compose_page(request, note, issue_form=form)


@roles_required(*COMPOSERS)
@never_cache
@require_GET
def note_paper(request: HttpRequest, pk: int, rendering: int) -> HttpResponse:
    """Show how far a paper is, or go on to it when it is made."""
    order = _order(request, pk, rendering)
    if order.state == RenderingState.DONE:
        return _gone_on(request, order)
    places = Places(
        _address(order),
        reverse("reports:note-paper-again", args=[pk, order.pk]),
        reverse("reports:note-compose", args=[pk]),
    )
    context = {"note": order.note}
    return order_page(
        request, order, "reports/note_paper.html", words=note_words(order), places=places, context=context
    )


def _gone_on(request: HttpRequest, order: Rendering) -> HttpResponse:
    address = reverse("reports:note-paper-file", args=[order.note_id, order.pk])
    if order.version is not None:
        words = _("The note is issued as version %(number)s and frozen.") % {"number": order.version.number}
        messages.success(request, words)
        address = reverse("reports:note-version-show", args=[order.note_id, order.version.number])
    return gone_on(request, address)


@roles_required(*COMPOSERS)
@require_POST
def note_paper_again(request: HttpRequest, pk: int, rendering: int) -> HttpResponse:
    """Ask once more for a paper that was not made."""
    order = _order(request, pk, rendering)
    try:
        return redirect(_address(ask_again(order=order, by=cast(User, request.user))))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("reports:note-compose", pk=pk)


@shown_by_the_browser
@roles_required(*COMPOSERS)
@require_GET
def note_paper_file(request: HttpRequest, pk: int, rendering: int) -> HttpResponse:
    """Return a draft that was made."""
    order = _order(request, pk, rendering)
    if order.content is None:
        raise Http404
    name = file_name(note_or_404(request, pk), _("draft"), "pdf")
    return inline(bytes(order.content), "application/pdf", name)


def _order(request: HttpRequest, pk: int, rendering: int) -> Rendering:
    orders = Rendering.objects.select_related("note__meeting__committee", "version")
    return get_object_or_404(orders, note=note_or_404(request, pk), pk=rendering)


def _address(order: Rendering) -> str:
    return reverse("reports:note-paper", args=[order.note_id, order.pk])
