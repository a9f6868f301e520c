"""Binding a project's money, and letting it go."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.commitments import add_commitment, end_commitment
from projects.enums import CommitmentEnd, Role
from projects.forms.commitments import CommitmentForm
from projects.models import Commitment, Project, User
from projects.permissions import can_commit, roles_required
from projects.views.refusals import add_errors

PLACES = {"year_closed": "expected_on", "amount_not_positive": "amount"}


@roles_required(Role.MANAGER, Role.CONTROLLER)
def commitment_create(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = _own_project(user, code)
    form = CommitmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_commitment(project=project, by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The amount is committed."))
            return redirect("projects:project-detail", code=code)
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/commitment_form.html", {"form": form, "project": project}, status=status)


def _own_project(user: User, code: str) -> Project:
    """Return the project whose money the user may bind: a manager's own, a controller's any. Else 404 or 403."""
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit"), code=code)
    if not can_commit(user, project):
        raise PermissionDenied
    return project


@roles_required(Role.MANAGER, Role.CONTROLLER)
@require_POST
def commitment_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let it go, as the button says: released, else posted."""
    user = cast(User, request.user)
    commitment = get_object_or_404(Commitment, pk=pk, project=_own_project(user, code))
    end = CommitmentEnd.RELEASED if "release" in request.POST else CommitmentEnd.POSTED
    try:
        end_commitment(commitment=commitment, end=end, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The amount is no longer committed."))
    return redirect("projects:project-detail", code=code)
