"""What is decided about a status: approve, return, correct, delete, and answer what the rules noticed."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.actions.findings import answer_finding, withdraw_answer
from projects.actions.returns import reopen_snapshot, return_snapshot, withdraw_snapshot
from projects.actions.snapshots import approve_snapshot, correct_snapshot, discard_draft
from projects.forms.reasons import ReasonForm, ReturnForm
from projects.models import Pool, Project, Proposal, StatusSnapshot, User
from projects.months import format_month, parse_month
from projects.permissions import can_approve_snapshot, can_compose_notes, can_edit_snapshot, can_manage_pool
from projects.queries.comparison import section_titles
from projects.queries.findings import one_project_notices, pool_notices, snapshot_notices
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshots import snapshot_content
from projects.views.snapshot_read import show_page


@login_required
@require_POST
def snapshot_approve(request: HttpRequest, code: str, month: date) -> HttpResponse:
    snapshot = _newest(request, code, month)
    if not can_approve_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    if _is_another(request, snapshot):
        return _show(snapshot)
    try:
        approve_snapshot(snapshot=snapshot, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The status is approved and locked."))
    return _show(snapshot)


@login_required
@require_POST
def snapshot_return(request: HttpRequest, code: str, month: date) -> HttpResponse:
    snapshot = _newest(request, code, month)
    if not can_approve_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    form = ReturnForm(request.POST, titles=section_titles(snapshot_content(snapshot)))
    if form.is_valid():
        if _is_another(request, snapshot):
            return _show(snapshot)
        try:
            return_snapshot(
                snapshot=snapshot, reason=form.cleaned_data["reason"], sections=form.sections, by=request.user
            )
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(request, _("The status is returned. The caseworker sees the reason."))
            return _show(snapshot)
    return show_page(request, snapshot.project, month, return_form=form, status=422)


@login_required
@require_POST
def snapshot_withdraw(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Take back what was sent, as long as nobody has decided on it."""
    snapshot = _newest(request, code, month)
    if not can_edit_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    try:
        withdraw_snapshot(snapshot=snapshot, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _show(snapshot)
    messages.success(request, _("The status is taken back. Send it again when it is ready."))
    return redirect("projects:snapshot-edit", code=code, month=month)


@login_required
@require_POST
def snapshot_reopen(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Ask the caseworker for a correction of what is approved."""
    snapshot = _newest(request, code, month)
    if not can_approve_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reopen_snapshot(snapshot=snapshot, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(
                request, _("The caseworker is asked for a correction. The approved status stands until it is approved.")
            )
            return _show(snapshot)
    return show_page(request, snapshot.project, month, reason_form=form, status=422)


@login_required
@require_POST
def snapshot_correct(request: HttpRequest, code: str, month: date) -> HttpResponse:
    snapshot = _newest(request, code, month)
    if not can_edit_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            correct_snapshot(snapshot=snapshot, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(request, _("The correction is a draft. The approved status stands until it is approved."))
            return redirect("projects:snapshot-edit", code=code, month=month)
    return show_page(request, snapshot.project, month, reason_form=form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_discard(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Ask, and delete the draft."""
    snapshot = _newest(request, code, month)
    if not can_edit_snapshot(request.user, snapshot.project):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "projects/snapshot_discard.html", {"snapshot": snapshot, "project": snapshot.project})
    try:
        discard_draft(snapshot=snapshot, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _show(snapshot)
    words = _("The draft for %(month)s is deleted.") % {"month": format_month(month)}
    messages.success(request, words)
    return redirect("projects:status-list")


@login_required
@require_POST
def finding_answer(request: HttpRequest) -> HttpResponse:
    """Store an answer to one finding about anything: a status, a project, a pool or a proposal; or take it back."""
    subject = request.POST.get("subject", "")
    fingerprint = request.POST.get("fingerprint", "")
    found = [item for item in _notices_about(request, subject) if item.notice.fingerprint == fingerprint]
    if not found:
        messages.info(request, _("The figures have changed, so there is nothing to answer any longer."))
        return redirect(_next_page(request))
    if "withdraw" in request.POST:
        withdraw_answer(subject=subject, notice=found[0].notice, by=request.user)
        messages.success(request, _("The answer is taken back, and the finding is open again."))
        return redirect(_next_page(request))
    try:
        answer_finding(subject=subject, notice=found[0].notice, answer=request.POST.get("answer", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The answer is stored. It stands for as long as the figures do."))
    return redirect(_next_page(request))


def _newest(request: HttpRequest, code: str, month: date) -> StatusSnapshot:
    """Return the month's newest revision, 404 for what the user may not see. At most three queries."""
    projects = Project.objects.for_user(request.user)
    found = StatusSnapshot.objects.filter(project__in=projects, project__code=code, month=month)
    snapshot = found.select_related("project").order_by("-revision").first()
    if snapshot is None:
        raise Http404
    return snapshot


def _is_another(request: HttpRequest, snapshot: StatusSnapshot) -> bool:
    """Return whether what the manager had read is no longer what would be decided on, and say so."""
    seen = request.POST.get("seen", "")
    if seen in {"", f"{snapshot.pk}.{snapshot.version}"}:
        return False
    messages.warning(request, _("The status has changed since you opened it. Read it again before you decide."))
    return True


def _show(snapshot: StatusSnapshot) -> HttpResponse:
    return redirect("projects:snapshot-show", code=snapshot.project.code, month=snapshot.month)


def _next_page(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else "projects:status-list"


def _notices_about(request: HttpRequest, subject: str) -> list[AnsweredNotice]:
    """Return the notices of an object the user answers for; 404 for one they may not see, else 403."""
    kind, _slash, rest = subject.partition("/")
    code, _slash, last = rest.rpartition("/")
    if kind == "status":
        return _status_notices(request, code, last)
    if kind == "project":
        project = get_object_or_404(Project.objects.for_user(request.user).select_related("pool"), code=rest)
        _allow(can_edit_snapshot(request.user, project) or can_approve_snapshot(request.user, project))
        return one_project_notices(project)
    if kind == "proposal" and last.isdecimal():
        proposal = get_object_or_404(Proposal.objects.for_user(request.user), pool__code=code, number=last)
        return _pool_notices(request.user, proposal.pool, subject)
    if kind == "pool":
        return _pool_notices(request.user, get_object_or_404(Pool, code=rest), subject)
    raise Http404


def _status_notices(request: HttpRequest, code: str, month: str) -> list[AnsweredNotice]:
    try:
        snapshot = _newest(request, code, parse_month(month))
    except (ValueError, ValidationError):
        raise Http404 from None
    user, project = request.user, snapshot.project
    _allow(can_edit_snapshot(user, project) or can_approve_snapshot(user, project) or can_compose_notes(user))
    return snapshot_notices(snapshot_content(snapshot))


def _pool_notices(user: User, pool: Pool, subject: str) -> list[AnsweredNotice]:
    _allow(can_manage_pool(user, pool.unit_id))
    return [item for item in pool_notices([pool]) if item.subject == subject]


def _allow(is_allowed: bool) -> None:
    if not is_allowed:
        raise PermissionDenied
