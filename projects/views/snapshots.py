"""Entering a month: the form, saving the draft, sending it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.actions.files import atomic_with_files
from projects.actions.snapshots import StaleSnapshot, submit_snapshot
from projects.forms.snapshot_entry import SnapshotEntry
from projects.forms.typed_answers import TAKE_BACK
from projects.markdown import to_html
from projects.models import Project, StatusSnapshot
from projects.months import first_of_month
from projects.permissions import can_edit_snapshot
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import check_month
from projects.rules.text import find_cpr
from projects.views.kept_forms import forget, keeps_typed_text, kept
from projects.views.snapshot_form import conflict_page, form_page, too_late_page
from projects.views.snapshot_saving import is_open, month_of, save_entry


@keeps_typed_text
@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_edit(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Show the month's form, or save it as a draft."""
    project = get_object_or_404(Project.objects.for_user(request.user).select_related("unit", "committee"), code=code)
    refusal = _month_refused(request, project, month)
    if refusal is not None:
        return refusal
    if request.method == "POST":
        entry, answer = _typed(request, project, month)
        if answer is None:
            snapshot, answer = _save(request, entry)
            if snapshot is not None:
                messages.success(request, _("The draft is saved. Nobody has been sent anything yet."))
        return answer
    content, stored = month_of(project, month)
    is_writer = can_edit_snapshot(request.user, project)
    typed = kept(request)
    if is_writer and typed is not None:
        return _restored(request, SnapshotEntry.posted(content, stored, typed), typed)
    if not is_writer or not is_open(content):
        return redirect("projects:snapshot-show", code=code, month=month)
    return form_page(request, SnapshotEntry.opened(content, stored), sending="send" in request.GET)


def _restored(request: HttpRequest, entry: SnapshotEntry, typed: QueryDict) -> HttpResponse:
    """Show what was typed when the session ran out: in the form, or to copy if the month was sent meanwhile."""
    if is_open(entry.content):
        return form_page(request, entry, is_restored=True, version=typed.get("version", ""))
    forget(request, request.path)
    return too_late_page(request, entry)


@keeps_typed_text
@require_POST
def snapshot_submit(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Save what is on the page, and send it for approval if nothing is missing."""
    project = get_object_or_404(Project.objects.for_user(request.user).select_related("unit", "committee"), code=code)
    refusal = _month_refused(request, project, month)
    if refusal is not None:
        return refusal
    # Read and understood before the lock is taken, which others wait for: the version shows what has changed since.
    entry, answer = _typed(request, project, month)
    return answer or _save_and_submit(request, entry)


@atomic_with_files()  # A server that stops midway leaves the month as it was, never saved but not sent.
def _save_and_submit(request: HttpRequest, entry: SnapshotEntry) -> HttpResponse:
    snapshot, answer = _save(request, entry)
    if snapshot is None:
        return answer
    where = [entry.content.project.code, entry.content.month]
    edit_again = redirect(reverse("projects:snapshot-edit", args=where) + "?send=1")
    if entry.carried:
        return edit_again
    try:
        submit_snapshot(snapshot=snapshot, by=request.user, seen=set(request.POST.getlist("seen")))
    except ValidationError:
        return edit_again
    messages.success(request, _("The status is sent for approval."))
    return redirect("projects:snapshot-show", *where)


@keeps_typed_text
@require_POST
def snapshot_preview(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Return the text as it will look in the note. Stores nothing."""
    get_object_or_404(Project.objects.for_user(request.user), code=code)
    text = next((request.POST[name] for name in LENGTHS if name in request.POST), "")
    return render(request, "projects/_narrative_preview.html", {"html": to_html(text), "has_cpr": bool(find_cpr(text))})


def _month_refused(request: HttpRequest, project: Project, month: date) -> HttpResponse | None:
    """Return a page that says why there is no such month and leads to the right one."""
    today = timezone.localdate()
    try:
        check_month(month=month, project_start=project.starts_on, today=today)
    except ValidationError as error:
        right = first_of_month(today if month > today else project.starts_on)
        context = {"project": project, "month": month, "sentence": error.messages[0], "right_month": right}
        return render(request, "projects/snapshot_no_month.html", context, status=404)
    return None


def _typed(request: HttpRequest, project: Project, month: date) -> tuple[SnapshotEntry, HttpResponse | None]:
    """Return the month as it was typed, and the page that says why it cannot be saved; None when it can."""
    if not can_edit_snapshot(request.user, project):
        raise PermissionDenied
    content, stored = month_of(project, month)
    entry = SnapshotEntry.posted(content, stored, request.POST, request.FILES)
    if entry.is_refused or entry.answer_errors:
        return entry, form_page(request, entry, version=request.POST.get("version", ""), status=422)
    if not is_open(content):
        return entry, too_late_page(request, entry)
    return entry, None


def _save(request: HttpRequest, entry: SnapshotEntry) -> tuple[StatusSnapshot | None, HttpResponse]:
    """Save what was typed. Returns the saved status and where to go; None when something stands in the way."""
    project, month = entry.content.project, entry.content.month
    try:
        snapshot = save_entry(request, entry)
    except (StaleSnapshot, ValidationError) as error:
        content, stored = month_of(project, month)
        now = SnapshotEntry.posted(content, stored, request.POST)
        if not is_open(content):
            return None, too_late_page(request, now)
        if isinstance(error, ValidationError):
            raise
        return None, conflict_page(request, now)
    page = reverse("projects:snapshot-edit", args=[project.code, month])
    forget(request, page)
    if entry.answer_errors:
        return None, _answers_held_back(request, entry)
    to_findings = not {"to-findings", TAKE_BACK}.isdisjoint(request.POST)
    return snapshot, redirect(f"{page}#findings" if to_findings else page)


def _answers_held_back(request: HttpRequest, entry: SnapshotEntry) -> HttpResponse:
    """Show the month as it is saved now, with the answers that were not: somebody else had answered meanwhile."""
    content, stored = month_of(entry.content.project, entry.content.month)
    saved = SnapshotEntry.opened(content, stored)
    saved.answers = {key: entry.answers[key] for key in entry.answered_by_others}
    saved.answer_errors = entry.answer_errors
    messages.warning(request, _("The draft is saved, but not every answer."))
    return form_page(request, saved, status=409)
