"""A state pool: its terms, the decision to apply or not, and the inventory of efforts already running."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.state_pools import remove_effort, save_effort, set_terms
from projects.enums import PoolKind, Role
from projects.forms.reasons import ReasonForm
from projects.forms.state_pools import EffortForm, TermsForm, opened_effort, opened_terms
from projects.models import Effort, OrgUnit, Pool, StatePoolTerms, User
from projects.permissions import can_keep_pool, roles_required
from projects.queries.pools import pools_for
from projects.queries.state_pools import state_pool_orientation
from projects.views.refusals import add_errors

SEE_POOLS = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)


@roles_required(*SEE_POOLS)
def state_pool(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    pool = _state_pool(user, code)
    context = {
        "pool": pool,
        "paper": state_pool_orientation(pool, timezone.localdate()),
        "can_manage": can_keep_pool(user, pool.unit_id),
    }
    return render(request, "projects/state_pool.html", context)


@roles_required(Role.MANAGER)
def terms_edit(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    pool = _kept_pool(user, code)
    terms = StatePoolTerms.objects.filter(pool=pool).first() or StatePoolTerms(pool=pool)
    form = TermsForm(request.POST or None, pool=pool, initial=opened_terms(terms))
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(pool=pool, values=form.cleaned_data, by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The terms are saved."))
            return redirect("projects:state-pool", code=code)
    context = {"form": form, "pool": pool}
    return render(request, "projects/terms_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
def effort_edit(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Change an effort of the inventory, or add one when none is given."""
    user = cast(User, request.user)
    pool = _kept_pool(user, code)
    effort = get_object_or_404(Effort, pk=pk, pool=pool) if pk else None
    initial = opened_effort(effort) if effort else None
    form = EffortForm(request.POST or None, units=OrgUnit.objects.all(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_effort(pool=pool, effort=effort, values=form.cleaned_data, by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The effort is saved."))
            return redirect("projects:state-pool", code=code)
    return _effort_page(request, pool, effort, form, ReasonForm())


def _effort_page(
    request: HttpRequest, pool: Pool, effort: Effort | None, form: EffortForm, removal: ReasonForm
) -> HttpResponse:
    context = {"form": form, "pool": pool, "effort": effort, "reason": removal["reason"]}
    return render(request, "projects/effort_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
@require_POST
def effort_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    pool = _kept_pool(user, code)
    effort = get_object_or_404(Effort, pk=pk, pool=pool)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            remove_effort(effort=effort, reason=form.cleaned_data["reason"], by=user)
        except ValidationError as error:
            add_errors(form, error, otherwise="reason")
        else:
            messages.success(request, _("The effort is taken out."))
            return redirect("projects:state-pool", code=code)
    unchanged = EffortForm(units=OrgUnit.objects.all(), initial=opened_effort(effort))
    return _effort_page(request, pool, effort, unchanged, form)


def _state_pool(user: User, code: str) -> Pool:
    pool = get_object_or_404(pools_for(user), code=code)
    if pool.kind != PoolKind.STATE_POOL:
        raise Http404
    return pool


def _kept_pool(user: User, code: str) -> Pool:
    pool = _state_pool(user, code)
    if not can_keep_pool(user, pool.unit_id):
        raise PermissionDenied
    return pool
