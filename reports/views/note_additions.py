"""The note's annexes and references: those of the statuses, and what the secretary adds."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.models import Attachment, User
from projects.permissions import roles_required
from reports.actions.additions import (
    add_annex,
    add_reference,
    choose_annex,
    delete_annex,
    leave_out_annex,
    remove_reference,
)
from reports.addition_forms import NoteAnnexForm, NoteReferenceForm
from reports.facts.gathering import gather
from reports.facts.note import AnnexFact
from reports.models import NoteAnnex, NoteSection, StatusNote
from reports.views.access import COMPOSERS, note_or_404


@dataclass(frozen=True)
class LeftOut:
    """A status's annex that the note does without."""

    section: NoteSection
    title: str


@dataclass(frozen=True)
class AnnexRow:
    """An annex in the note: its own row when the secretary added it, else the section whose status it is of."""

    fact: AnnexFact
    own: NoteAnnex | None
    section: NoteSection | None


@roles_required(*COMPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def note_additions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the note encloses and points to. A post adds a reference."""
    note = note_or_404(request, pk)
    if request.method != "POST":
        return _page(request, note)
    form = NoteReferenceForm(note, request.POST)
    if form.is_valid():
        try:
            add_reference(note=note, values=form.values(), by=cast(User, request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The reference is added."))
            return redirect(f"{request.path}#references")
    return _page(request, note, reference_form=form, status=422)


@roles_required(*COMPOSERS)
@require_POST
def note_annex_add(request: HttpRequest, pk: int) -> HttpResponse:
    note = note_or_404(request, pk)
    form = NoteAnnexForm(note, request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            add_annex(note=note, values=form.values(), file=file, by=cast(User, request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The annex is added."))
            return _back(note, "annexes")
    return _page(request, note, annex_form=form, status=422)


@roles_required(*COMPOSERS)
@require_POST
def note_annex_change(request: HttpRequest, pk: int, annex: int) -> HttpResponse:
    """Take an added annex in or out, change whether it may be published, or delete it."""
    note = note_or_404(request, pk)
    row = get_object_or_404(note.annexes.all(), pk=annex)
    asked, by = request.POST.get("do", ""), cast(User, request.user)
    try:
        if asked == "delete":
            delete_annex(annex=row, by=by)
        else:
            choices = {"in": {"is_included": True}, "out": {"is_included": False}}
            choices |= {"publish": {"may_be_published": True}, "withhold": {"may_be_published": False}}
            stored = {"is_included": row.is_included, "may_be_published": row.may_be_published}
            choose_annex(annex=row, by=by, **{**stored, **choices.get(asked, {})})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _tell(request, row, asked)
    return _back(note, "annexes")


def _tell(request: HttpRequest, row: NoteAnnex, asked: str) -> None:
    """Say what was done, and how it is undone."""
    words = {
        "delete": _("The annex “%(title)s” is deleted, and its file with it."),
        "out": _("The annex “%(title)s” is taken out. It stands under “Not in the note”, and can be taken in again."),
        "in": _("The annex “%(title)s” stands in the note again."),
    }.get(asked)
    if words:
        messages.success(request, words % {"title": row.title})


@roles_required(*COMPOSERS)
@require_POST
def note_annex_leave_out(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    note = note_or_404(request, pk)
    section = get_object_or_404(note.sections.all(), project__code=code)
    title, is_left_out = request.POST.get("title", ""), request.POST.get("do") == "out"
    if is_left_out and not Attachment.objects.filter(snapshot__project=section.project_id, title=title).exists():
        raise Http404
    leave_out_annex(section=section, title=title, is_left_out=is_left_out, by=cast(User, request.user))
    return _back(note, "annexes")


@roles_required(*COMPOSERS)
@require_POST
def note_reference_remove(request: HttpRequest, pk: int, reference: int) -> HttpResponse:
    note = note_or_404(request, pk)
    remove_reference(reference=get_object_or_404(note.references.all(), pk=reference), by=cast(User, request.user))
    return _back(note, "references")


@roles_required(*COMPOSERS)
@require_safe
def note_annex_file(request: HttpRequest, pk: int, annex: int) -> FileResponse:
    """Hand out an added annex, always to be saved and never shown inside our own pages."""
    row = get_object_or_404(note_or_404(request, pk).annexes.all(), pk=annex)
    if not row.file.storage.exists(row.file.name):
        raise Http404
    name = f"{row.title}{PurePosixPath(row.file.name).suffix}"
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name)


def _back(note: StatusNote, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('reports:note-additions', args=[note.pk])}#{anchor}")


def _page(
    request: HttpRequest,
    note: StatusNote,
    *,
    reference_form: NoteReferenceForm | None = None,
    annex_form: NoteAnnexForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sections = list(note.sections.filter(is_included=True).select_related("project"))
    by_name = {section.project.name: section for section in sections}
    own = {row.title: row for row in note.annexes.all()}
    references = note.references.select_related("section__project")
    context = {
        "note": note,
        "annexes": [
            AnnexRow(fact, own.get(fact.title) if fact.is_own else None, by_name.get(fact.project))
            for fact in gather(note).facts.annexes
        ],
        "taken_out": [row for row in own.values() if not row.is_included],
        "left_out": [LeftOut(section, title) for section in sections for title in section.left_out],
        "references": references,
        "can_delete": not note.versions.exists(),
        "reference_form": reference_form or NoteReferenceForm(note),
        "annex_form": annex_form or NoteAnnexForm(note),
    }
    return render(request, "reports/note_additions.html", context, status=status)
