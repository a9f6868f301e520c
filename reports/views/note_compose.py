"""Composing a note: saved by the button and by itself, and what stands in the way of issuing it."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from projects.models import User
from projects.permissions import roles_required
from projects.views.autosaving import in_the_way, lines_of, refused, saved_words, stopped
from projects.views.kept_forms import forget, keeps_typed_text, kept
from reports.actions import StaleNoteError, save_note
from reports.compose_entry import PART, ComposeEntry
from reports.models import StatusNote
from reports.views.access import COMPOSERS, note_or_404
from reports.views.note_page import checklist, compose_page, conflict_page, last_saver


@keeps_typed_text
@require_http_methods(["GET", "HEAD", "POST"])
def note_compose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page, or save what is on it."""
    note = note_or_404(request, pk)
    typed = kept(request) if request.method != "POST" else None
    if typed is not None:
        return compose_page(request, note, entry=ComposeEntry.posted(note, typed))
    if request.method != "POST":
        return compose_page(request, note)
    entry = ComposeEntry.posted(note, request.POST)
    if not entry.form.is_valid():
        return compose_page(request, note, entry=entry)
    return _save(request, note, entry)


def _save(request: HttpRequest, note: StatusNote, entry: ComposeEntry) -> HttpResponse:
    try:
        saved = save_note(
            note=note, expected_version=entry.expected_version, values=entry.values(), by=cast(User, request.user)
        )
    except StaleNoteError as error:
        return conflict_page(request, error.current, entry)
    except ValidationError as error:
        entry.form.add_error(None, error)
        return compose_page(request, note, entry=entry)
    forget(request, request.path)
    address = reverse("reports:note-compose", args=[note.pk])
    move = request.POST.get("move", "")
    if move:
        key = move.partition("-")[2]
        anchor = f"overskrift-{key.removeprefix(PART)}" if key.startswith(PART) else f"projekt-{key}"
        return redirect(f"{address}#{anchor}")
    if saved.version != entry.expected_version:
        messages.success(request, _("The note is saved."))
    return redirect(address)


@require_POST
def note_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Store what is on the page so far: the same action as the button, answered as `autosaving` says."""
    stop = stopped(request, reverse("reports:note-compose", args=[pk]))
    if stop:
        return stop
    note = note_or_404(request, pk)
    entry = ComposeEntry.posted(note, request.POST)
    if not entry.form.is_valid():
        return refused(lines_of(entry.form))
    return _saved_by_itself(note, entry, cast(User, request.user))


def _saved_by_itself(note: StatusNote, entry: ComposeEntry, by: User) -> JsonResponse:
    try:
        saved = save_note(
            note=note, expected_version=entry.expected_version, values=entry.values(), by=by, is_by_itself=True
        )
    except StaleNoteError as error:
        words = _("%(name)s has saved the note meanwhile. Nothing of yours is lost.")
        return in_the_way("conflict", words % {"name": last_saver(error.current)})
    except ValidationError as error:
        entry.form.add_error(None, error)
        return refused(lines_of(entry.form))
    base = ComposeEntry.stored(saved).base
    return JsonResponse({"version": saved.version, "base": base, "saved": saved_words(saved.updated_at)})


@roles_required(*COMPOSERS)
@never_cache
@require_GET
def note_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what stands in the way as it is now, and how far each project is, for the page that is open."""
    return render(request, "reports/_checklist_now.html", checklist(note_or_404(request, pk)))
