"""Writing what a project gave back."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.actions.paybacks import set_realised_returns
from projects.enums import Role
from projects.forms.paybacks import REALISED, RealisedRows, first_values
from projects.models import Project, User
from projects.permissions import covers_unit, roles_required


@roles_required(Role.MANAGER, Role.CONTROLLER)
def realised_returns(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user), code=code)
    if not (user.role_set & {Role.CONTROLLER, Role.ADMINISTRATOR} or covers_unit(user, Role.MANAGER, project.unit_id)):
        raise PermissionDenied
    rows = RealisedRows(request.POST or None, prefix="returns", initial=first_values(project.returns.all(), REALISED))
    if request.method == "POST" and rows.is_valid():
        try:
            set_realised_returns(project=project, returns=rows.returns, by=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The realised return is saved."))
            return redirect("projects:project-detail", code=code)
    context = {"project": project, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/realised_returns.html", context, status=status)
