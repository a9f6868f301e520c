"""The committee's notes: the list, composing, issuing, and what was issued."""

import logging
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from projects.enums import Role
from projects.models import User
from projects.months import format_month
from projects.permissions import can_compose_notes, roles_required
from projects.views.kept_forms import forget, keeps_typed_text, kept
from reports.actions import (
    AlreadyIssuedError,
    NoteBlockedError,
    StaleNoteError,
    create_note,
    issue_note,
    save_note,
)
from reports.facts.canonical import from_json
from reports.facts.gathering import gather
from reports.facts.note import NoteFacts, PaperError
from reports.forms import IssueForm, NoteCreateForm, NoteForm, suggested_date, suggested_title
from reports.models import NoteVersion, StatusNote
from reports.queries.notes import candidate_projects, note_month, note_rows, outdated_projects
from reports.views.note_page import compose_page, differences, moved, posted_order
from reports.views.paper import screen_items

logger = logging.getLogger(__name__)

COMPOSERS = (Role.SECRETARY,)
READERS = (Role.SECRETARY, Role.MANAGER, Role.CONTROLLER, Role.READER)
# A browser shows a PDF through an object of its own; with object-src 'none' some show an empty window.
shown_by_the_browser = csp_replace({"object-src": [SELF]})


@roles_required(*READERS)
@require_GET
def note_list(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {"rows": note_rows(user), "can_compose": can_compose_notes(user)}
    return render(request, "reports/note_list.html", context)


@keeps_typed_text
@require_http_methods(["GET", "HEAD", "POST"])
def note_create(request: HttpRequest) -> HttpResponse:
    """Begin a meeting's note, with every project that owes the month a status."""
    _only_composers(request)
    typed = request.POST if request.method == "POST" else kept(request)
    if typed is None:
        return render(request, "reports/note_create.html", {"form": _suggested_form(request)})
    form = NoteCreateForm(typed)
    if request.method == "POST" and form.is_valid():
        meeting = form.cleaned_data["meeting"]
        projects = candidate_projects(meeting, note_month(meeting)).order_by("name", "pk")
        try:
            note = create_note(project_ids=[project.pk for project in projects], by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            forget(request, request.path)
            messages.success(request, _("The note is begun. Choose the projects and their order."))
            return redirect("reports:note-compose", pk=note.pk)
    return render(request, "reports/note_create.html", {"form": form})


def _suggested_form(request: HttpRequest) -> NoteCreateForm:
    """Return an empty form with what can be guessed: the one who writes, the day, and the meeting's month."""
    today = timezone.localdate()
    initial = {"case_officer": str(request.user), "dated": suggested_date(today, None)}
    form = NoteCreateForm()
    asked = request.GET.get("moede", "")
    meetings = cast(Any, form.fields["meeting"]).queryset
    meeting = meetings.filter(pk=asked).first() if asked.isdecimal() else None
    if meeting is not None:
        title = suggested_title(format_month(note_month(meeting)))
        initial |= {"meeting": meeting, "dated": suggested_date(today, meeting.date), "title": title}
    return NoteCreateForm(initial=initial)


@keeps_typed_text
@require_http_methods(["GET", "HEAD", "POST"])
def note_compose(request: HttpRequest, pk: int) -> HttpResponse:
    note = _note(request, pk)
    typed = kept(request) if request.method != "POST" else None
    if typed is not None:
        return compose_page(request, note, form=NoteForm(typed), order=posted_order(typed))
    if request.method != "POST":
        return compose_page(request, note)
    move = request.POST.get("move", "")
    form, order = NoteForm(request.POST), moved(posted_order(request.POST), move)
    if not form.is_valid():
        return compose_page(request, note, form=form, order=order)
    return _save(request, note, form, order, move)


def _save(
    request: HttpRequest, note: StatusNote, form: NoteForm, order: list[tuple[int, bool]], move: str
) -> HttpResponse:
    seen = request.POST.get("version", "")
    expected = int(seen) if seen.isdecimal() else 0
    try:
        saved = save_note(note=note, expected_version=expected, values=form.values(order), by=cast(User, request.user))
    except StaleNoteError as error:
        found = differences(error.current, form, order)
        return compose_page(request, error.current, form=form, order=order, differences=found, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return compose_page(request, note, form=form, order=order)
    forget(request, request.path)
    address = reverse("reports:note-compose", args=[note.pk])
    if move:
        return redirect(f"{address}#projekt-{move.partition('-')[2]}")
    if saved.version != expected:
        messages.success(request, _("The note is saved."))
    return redirect(address)


@shown_by_the_browser
@roles_required(*COMPOSERS)
@require_GET
def note_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the note as it would look, marked as a draft, with statuses that are not approved marked too."""
    from reports.pdf import render_note  # the PDF library takes a second to load

    note = _note(request, pk)
    try:
        paper = render_note(gather(note).facts)
    except PaperError:
        return _no_paper(request, note)
    return _inline(paper.content, "application/pdf", _file_name(note, "udkast", "pdf"))


@roles_required(*COMPOSERS)
@require_POST
def note_issue(request: HttpRequest, pk: int) -> HttpResponse:
    note = _note(request, pk)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return compose_page(request, note, issue_form=form)
    values = form.cleaned_data
    try:
        version = issue_note(
            note=note, by=cast(User, request.user), reason=values["reason"], expected_version=values["version"]
        )
    except AlreadyIssuedError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("reports:note-version-show", pk=pk, number=error.version.number)
    except ValidationError as error:
        return _not_issued(request, note, form, error)
    except PaperError:
        return _no_paper(request, note)
    messages.success(request, _("The note is issued as version %(number)s and frozen.") % {"number": version.number})
    return redirect("reports:note-version-show", pk=pk, number=version.number)


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


def _no_paper(request: HttpRequest, note: StatusNote) -> HttpResponse:
    logger.exception("no paper of note %s", note.pk)
    messages.error(request, _("The PDF could not be made, and nothing is issued. Tell the administrator."))
    return redirect("reports:note-compose", pk=note.pk)


@roles_required(*READERS)
@require_GET
def note_version_show(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an issued version's figures, read from what was frozen."""
    version = _version(request, pk, number)
    facts = from_json(NoteFacts, version.facts)
    context = {
        "version": version,
        "note": version.note,
        "facts": facts,
        "items": screen_items(facts),
        "outdated": outdated_projects(version),
        "is_newest": not version.note.versions.filter(number__gt=number).exists(),
        "can_compose": can_compose_notes(cast(User, request.user)),
    }
    return render(request, "reports/note_version.html", context)


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def note_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the stored bytes; nothing is made anew."""
    version = _version(request, pk, number)
    name = _file_name(version.note, f"v{version.number}", "pdf")
    return _frozen(request, bytes(version.pdf), version.pdf_sha256, "application/pdf", name)


@roles_required(*READERS)
@require_GET
def note_version_facts(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the stored facts as the JSON they were frozen in."""
    version = _version(request, pk, number)
    name = _file_name(version.note, f"v{version.number}", "json")
    return _frozen(request, version.facts.encode(), version.facts_sha256, "application/json", name)


def _only_composers(request: HttpRequest) -> None:
    if not can_compose_notes(cast(User, request.user)):
        raise PermissionDenied


def _note(request: HttpRequest, pk: int) -> StatusNote:
    _only_composers(request)
    notes = StatusNote.objects.for_user(cast(User, request.user)).select_related("meeting__committee")
    return get_object_or_404(notes, pk=pk)


def _version(request: HttpRequest, pk: int, number: int) -> NoteVersion:
    notes = StatusNote.objects.for_user(cast(User, request.user))
    versions = NoteVersion.objects.filter(note__in=notes).select_related("note__meeting__committee", "issued_by")
    return get_object_or_404(versions, note=pk, number=number)


def _file_name(note: StatusNote, part: str, ending: str) -> str:
    return f"notat-{note.meeting.committee.code}-{note.meeting.date:%Y-%m-%d}-{part}.{ending}"


def _frozen(request: HttpRequest, content: bytes, checksum: str, kind: str, name: str) -> HttpResponseBase:
    """Return stored bytes with their checksum as ETag; 304 for someone who has them already."""
    tag = f'"{checksum}"'
    is_known = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=304) if is_known else _inline(content, kind, name)
    response["ETag"] = tag
    return response


def _inline(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-cache"
    return response
