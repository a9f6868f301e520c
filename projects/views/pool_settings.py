"""A pool's settings: when it takes proposals, what goes on to the next year, and how returns are counted."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.actions.pools import change_pool
from projects.enums import Role
from projects.forms.pools import PoolSettingsForm
from projects.models import User
from projects.permissions import can_keep_pool, roles_required
from projects.queries.pools import pools_for
from projects.views.refusals import add_errors


@roles_required(Role.MANAGER)
def pool_settings(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    pool = get_object_or_404(pools_for(user), code=code)
    if not can_keep_pool(user, pool.unit_id):
        raise PermissionDenied
    initial = {name: getattr(pool, name) for name in PoolSettingsForm.base_fields}
    form = PoolSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_pool(pool=pool, values=form.cleaned_data, by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("projects:pool-detail", code=code)
    context = {"form": form, "pool": pool}
    return render(request, "projects/pool_settings.html", context, status=422 if request.method == "POST" else 200)
