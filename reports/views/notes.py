"""The committee's notes: the list, beginning one, and what was issued."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from projects.models import User
from projects.months import format_month
from projects.permissions import can_compose_notes, has_role, roles_required
from projects.views.kept_forms import forget, keeps_typed_text, kept
from reports.actions import create_note
from reports.enums import Edition, PaperFormat
from reports.facts.canonical import from_json
from reports.facts.gathering import gather
from reports.facts.marks import Marks, marks
from reports.facts.note import NoteFacts, SectionFacts
from reports.facts.parts import ProjectChanges
from reports.forms import NoteCreateForm, suggested_date, suggested_title
from reports.models import NoteVersion, PublicEdition
from reports.package import media_type
from reports.queries.notes import candidate_projects, note_month, note_rows, outdated_projects
from reports.views.access import PUBLISHERS, READERS, only_composers, version_or_404
from reports.views.files import file_name, frozen, shown_by_the_browser
from reports.views.note_page import asked_about
from reports.views.paper import screen_items


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
    only_composers(request)
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


@roles_required(*READERS)
@require_GET
def note_version_show(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an issued version's figures, read from what was frozen."""
    version = version_or_404(request, pk, number)
    facts = from_json(NoteFacts, version.facts)
    can_compose = can_compose_notes(cast(User, request.user))
    is_newest = not version.note.versions.filter(number__gt=number).exists()
    outdated = outdated_projects(version)
    corrected = _corrected(version, outdated) if outdated and is_newest and can_compose else {}
    items = screen_items(facts)
    for row in items:
        section = row["item"].section
        row["corrected"] = corrected.get(section.project_code) if section else None
        row["marks"] = _marks(facts, section, row["corrected"]) if section else {}
    context = {
        "version": version,
        "note": version.note,
        "facts": facts,
        "items": items,
        "files": {file.format: file for file in version.files.filter(edition=Edition.FULL).defer("content")},
        "outdated": outdated,
        "is_newest": is_newest,
        "can_compose": can_compose,
        "asked_about": asked_about(facts) if can_compose else [],
        "shows_public": _shows_public(version, cast(User, request.user)),
    }
    return render(request, "reports/note_version.html", context)


def _marks(facts: NoteFacts, section: SectionFacts, since: ProjectChanges | None) -> Marks:
    """Return the marks of what this version corrects, and over them of what was corrected after it."""
    found: Marks = {}
    if facts.corrections is not None:
        words = _("corrected since version %(number)s") % {"number": facts.corrections.version}
        for changes in facts.corrections.projects:
            if changes.code == section.project_code:
                found |= marks(section, changes, anchor="rettet", words=words)
    if since is not None:
        found |= marks(section, since, anchor="siden", words=_("corrected after the issue"))
    return found


def _corrected(version: NoteVersion, projects: list[str]) -> dict[str, ProjectChanges]:
    """Return what is otherwise now in the projects whose status was corrected since, by code. As many as `gather`."""
    now = gather(version.note).facts.corrections
    return {row.code: row for row in now.projects if row.project in projects} if now else {}


def _shows_public(version: NoteVersion, user: User) -> bool:
    """Return whether there is a public edition for this user to see or to make. At most one query."""
    if has_role(user, *PUBLISHERS):
        return True
    return PublicEdition.objects.filter(version=version, issued_at__isnull=False).exists()


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def note_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the stored bytes; nothing is made anew."""
    version = version_or_404(request, pk, number)
    name = file_name(version.note, f"v{version.number}", "pdf")
    return frozen(request, bytes(version.pdf), version.pdf_sha256, "application/pdf", name)


@roles_required(*READERS)
@require_GET
def note_version_word(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the Word file that was stored with the version."""
    return _stored_file(request, pk, number, PaperFormat.WORD)


@roles_required(*READERS)
@require_GET
def note_version_package(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return what the archive takes in, as it was stored with the version."""
    return _stored_file(request, pk, number, PaperFormat.PACKAGE)


def _stored_file(request: HttpRequest, pk: int, number: int, kind: PaperFormat) -> HttpResponseBase:
    version = version_or_404(request, pk, number)
    file = get_object_or_404(version.files, edition=Edition.FULL, format=kind)
    name = file_name(version.note, f"v{version.number}", kind)
    return frozen(request, bytes(file.content), file.sha256, media_type(name), name, is_saved=True)


@roles_required(*READERS)
@require_GET
def note_version_facts(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the stored facts as the JSON they were frozen in."""
    version = version_or_404(request, pk, number)
    name = file_name(version.note, f"v{version.number}", "json")
    return frozen(request, version.facts.encode(), version.facts_sha256, "application/json", name)
