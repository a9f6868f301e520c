"""Pools: what is left of them, and the economy list that prices their proposals."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.pools import create_pool, remove_estimate, set_estimate, set_frame
from projects.enums import PoolKind, Role, Subject
from projects.forms.pools import EstimateForm, FrameForm, FrameRows, PoolForm
from projects.forms.reasons import ReasonForm
from projects.models import EstimateLine, Event, Pool, PoolYear, Project, Proposal, StatePoolTerms, User
from projects.permissions import (
    can_keep_pool,
    can_manage_pool,
    can_write_proposals,
    has_role,
    managed_units,
    roles_required,
)
from projects.queries.findings import pool_notices
from projects.queries.paybacks import pool_payback
from projects.queries.pool_notices import form_amount
from projects.queries.pool_settings import pool_standing
from projects.queries.pools import estimate_tables, fte_rates, granted_rows, pool_rows, pools_for, total_sums
from projects.queries.timeline import timeline
from projects.views.refusals import add_errors

SEE_POOLS = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
LONGEST_STORY = 50


@roles_required(*SEE_POOLS)
def pool_list(request: HttpRequest) -> HttpResponse:
    rows = pool_rows(cast(User, request.user))
    context = {
        "rows": rows,
        "total": total_sums(row.total for row in rows),
        "can_create": has_role(cast(User, request.user), Role.MANAGER),
        "can_close_years": has_role(cast(User, request.user), Role.CONTROLLER),
    }
    return render(request, "projects/pool_list.html", context)


@roles_required(*SEE_POOLS)
def pool_detail(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    pool = get_object_or_404(pools_for(user), code=code)
    notices = pool_notices([pool])
    granted = granted_rows(pool)
    events = Event.objects.about(Subject.POOL, pool.pk)[:LONGEST_STORY]
    context = {
        "pool": pool,
        "tables": estimate_tables(pool, notices),
        "granted": granted,
        "granted_total": sum(row.total for row in granted),
        "example_notes": sorted({row.example_note for row in granted} - {""}),
        "visible_projects": set(Project.objects.for_user(user).filter(pool=pool).values_list("pk", flat=True)),
        "visible_proposals": set(Proposal.objects.for_user(user).filter(pool=pool).values_list("pk", flat=True)),
        "terms": StatePoolTerms.objects.filter(pool=pool).first() if pool.kind == PoolKind.STATE_POOL else None,
        "payback": pool_payback(pool),
        "standing": pool_standing(pool, timezone.localdate()),
        "events": timeline(events),
        "can_manage": can_manage_pool(user, pool.unit_id),
        "can_keep": can_keep_pool(user, pool.unit_id),
        "can_propose": can_write_proposals(user),
    }
    return render(request, "projects/pool_detail.html", context)


@roles_required(Role.MANAGER)
def pool_create(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = PoolForm(request.POST or None, units=managed_units(user))
    frames = FrameRows(request.POST or None, prefix="frames")
    # Both, so that everything wrong is said at once.
    if request.method == "POST" and all([form.is_valid(), frames.is_valid()]):
        try:
            pool = create_pool(**form.cleaned_data, frames=frames.frames, by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The pool is created."))
            return redirect("projects:pool-detail", code=pool.code)
    context = {"form": form, "frames": frames}
    return render(request, "projects/pool_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
def frame_edit(request: HttpRequest, code: str, year: int | None = None) -> HttpResponse:
    """Change a year's frame, or add one when no year is given."""
    user = cast(User, request.user)
    pool = _kept_pool(user, code)
    frame = get_object_or_404(PoolYear, pool=pool, year=year) if year else None
    initial = {"year": frame.year, "frame": frame.frame, "price_level": frame.price_level} if frame else None
    form = FrameForm(request.POST or None, initial=initial)
    form.fields["year"].disabled = frame is not None
    if request.method == "POST" and form.is_valid():
        try:
            set_frame(pool=pool, by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, {"reason_missing": "reason"}, otherwise="frame")
        else:
            messages.success(request, _("The frame is saved."))
            return redirect("projects:pool-detail", code=code)
    context = {"form": form, "pool": pool, "frame": frame}
    return render(request, "projects/frame_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
def estimate_create(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Add a line to the economy list; `?proposal=` fills it in from that proposal's form."""
    pool = _managed_pool(cast(User, request.user), code)
    pool_year = get_object_or_404(PoolYear, pool=pool, year=year)
    return _estimate_form(request, pool_year, None, _suggested_line(request, pool_year))


@roles_required(Role.MANAGER)
def estimate_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = _managed_pool(cast(User, request.user), code)
    line = get_object_or_404(EstimateLine.objects.select_related("pool_year__pool"), pk=pk, pool_year__pool=pool)
    return _estimate_form(request, line.pool_year, line, _stored_line(line))


def _stored_line(line: EstimateLine) -> dict[str, object]:
    return {"proposal": line.proposal_id, "label": line.label, "amount": line.amount, "note": line.note}


@roles_required(Role.MANAGER)
@require_POST
def estimate_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = _managed_pool(cast(User, request.user), code)
    line = get_object_or_404(EstimateLine.objects.select_related("pool_year__pool"), pk=pk, pool_year__pool=pool)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            remove_estimate(line=line, reason=form.cleaned_data["reason"], by=cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, otherwise="reason")
        else:
            messages.success(request, _("The line is taken off the list."))
            return redirect("projects:pool-detail", code=code)
    unchanged = EstimateForm(pool_year=line.pool_year, line=line, initial=_stored_line(line))
    return _estimate_page(request, line.pool_year, line, unchanged, form)


def _estimate_form(
    request: HttpRequest, pool_year: PoolYear, line: EstimateLine | None, initial: dict[str, object]
) -> HttpResponse:
    form = EstimateForm(request.POST or None, pool_year=pool_year, line=line, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_estimate(pool_year=pool_year, line=line, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The economy list is saved."))
            return redirect("projects:pool-detail", code=pool_year.pool.code)
    return _estimate_page(request, pool_year, line, form, ReasonForm())


def _estimate_page(
    request: HttpRequest, pool_year: PoolYear, line: EstimateLine | None, form: EstimateForm, removal: ReasonForm
) -> HttpResponse:
    pool = pool_year.pool
    context = {"form": form, "pool_year": pool_year, "pool": pool, "line": line, "reason": removal["reason"]}
    return render(request, "projects/estimate_form.html", context, status=422 if request.method == "POST" else 200)


def _suggested_line(request: HttpRequest, pool_year: PoolYear) -> dict[str, object]:
    wanted = request.GET.get("proposal", "")
    proposal = pool_year.pool.proposals.filter(pk=wanted).first() if wanted.isdecimal() else None
    if proposal is None:
        return {}
    amount = form_amount(proposal, pool_year.year, fte_rates())
    return {"proposal": proposal.pk, "label": proposal.short_name, "amount": amount}


def _kept_pool(user: User, code: str) -> Pool:
    pool = get_object_or_404(pools_for(user), code=code)
    if not can_keep_pool(user, pool.unit_id):
        raise PermissionDenied
    return pool


def _managed_pool(user: User, code: str) -> Pool:
    pool = get_object_or_404(pools_for(user), code=code)
    if not can_manage_pool(user, pool.unit_id):
        raise PermissionDenied
    return pool
