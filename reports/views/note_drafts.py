"""Earlier drafts of a note: what each said otherwise than now, and taking one back."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from projects.models import User
from projects.permissions import roles_required
from reports.actions.composing import add_headings
from reports.actions.drafts import restore_draft
from reports.facts.canonical import from_json
from reports.facts.drafts import Draft, differences, draft_of
from reports.views.access import COMPOSERS, note_or_404

PER_PAGE = 30


@roles_required(*COMPOSERS)
@require_GET
def note_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    note = note_or_404(request, pk)
    drafts = note.drafts.select_related("saved_by").defer("content")
    page = Paginator(drafts, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/note_drafts.html", {"note": note, "page": page})


@roles_required(*COMPOSERS)
@require_GET
def note_draft(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    note = note_or_404(request, pk)
    draft = get_object_or_404(note.drafts.select_related("saved_by"), number=number)
    lines = differences(draft_of(note), from_json(Draft, draft.content))
    return render(request, "reports/note_draft.html", {"note": note, "draft": draft, "lines": lines})


@roles_required(*COMPOSERS)
@require_POST
def note_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    note = note_or_404(request, pk)
    draft = get_object_or_404(note.drafts.all(), number=number)
    restore_draft(draft=draft, by=cast(User, request.user))
    words = _(
        "The draft is taken back. What stood here before is kept among the earlier drafts; annexes and references stay."
    )
    messages.success(request, words)
    return redirect("reports:note-compose", pk=pk)


@roles_required(*COMPOSERS)
@require_POST
def note_headings(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an old note its committee's headings."""
    add_headings(note=note_or_404(request, pk), by=cast(User, request.user))
    return redirect("reports:note-compose", pk=pk)
