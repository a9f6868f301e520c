"""Writing what a proposal is expected to give back, and what a project gave."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.actions.paybacks import set_expected_returns, set_realised_returns
from projects.enums import Role
from projects.forms.paybacks import RealisedRows, ReturnRows
from projects.models import Project, Proposal, User
from projects.permissions import can_edit_proposal, covers_unit, roles_required
from projects.rules.proposals import EDITABLE

EXPECTED = ("year", "falls_in", "service_frame", "low", "expected", "high", "basis")
REALISED = ("year", "falls_in", "service_frame", "amount", "source")


@roles_required(Role.PROPOSER, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
def expected_returns(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    proposal = get_object_or_404(Proposal.objects.for_user(user).select_related("pool"), pk=pk)
    if not can_edit_proposal(user, proposal):
        raise PermissionDenied
    if proposal.state not in EDITABLE:
        messages.info(request, _("The proposal has been sent. Withdraw it first if it must be changed."))
        return redirect("projects:proposal-detail", pk=pk)
    rows = ReturnRows(request.POST or None, prefix="returns", initial=_first(proposal.returns.all(), EXPECTED))
    if request.method == "POST" and rows.is_valid():
        try:
            set_expected_returns(proposal=proposal, returns=rows.returns, by=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The expected return is saved."))
            return redirect("projects:proposal-detail", pk=pk)
    context = {"proposal": proposal, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/expected_returns.html", context, status=status)


@roles_required(Role.MANAGER, Role.CONTROLLER)
def realised_returns(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user), code=code)
    if not (user.role_set & {Role.CONTROLLER, Role.ADMINISTRATOR} or covers_unit(user, Role.MANAGER, project.unit_id)):
        raise PermissionDenied
    rows = RealisedRows(request.POST or None, prefix="returns", initial=_first(project.returns.all(), REALISED))
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


def _first(stored: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in stored]
