"""Moving granted money between projects and years."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from projects.actions.budget_moves import carry_over_budget, transfer_budget
from projects.enums import Role
from projects.forms.budget_moves import MoveForm
from projects.models import Project, User
from projects.permissions import roles_required
from projects.queries.projects import held_by
from projects.views.project_changes import managed_project
from projects.views.refusals import add_errors

PLACES = {
    "year_closed": "source",
    "same_project": "receiver",
    "other_pool": "receiver",
    "amount_not_positive": "amount",
    "below_zero": "amount",
    "reason_missing": "reason",
}


@roles_required(Role.MANAGER)
def budget_transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Move money to another project of the same pool that the user sees."""
    user = cast(User, request.user)
    project = managed_project(user, code)
    receivers = Project.objects.for_user(user).filter(pool=project.pool).exclude(pk=project.pk)
    form = MoveForm(
        request.POST or None, committee=project.committee, held=held_by(project), receivers=receivers.order_by("name")
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            transfer_budget(
                giver=project,
                receiver=values["receiver"],
                year=form.year,
                pool_year=form.pool_year,
                amount=values["amount"],
                decision=form.made,
                by=user,
            )
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The money is moved, by two lines that sum to zero."))
            return redirect("projects:project-detail", code=code)
    return _render(request, form, project, is_transfer=True)


@roles_required(Role.MANAGER)
def budget_carry_over(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = managed_project(user, code)
    form = MoveForm(request.POST or None, committee=project.committee, held=held_by(project))
    if request.method == "POST" and form.is_valid():
        try:
            carry_over_budget(
                project=project,
                year=form.year,
                pool_year=form.pool_year,
                amount=form.cleaned_data["amount"],
                decision=form.made,
                by=user,
            )
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The money is carried over, by two lines that sum to zero."))
            return redirect("projects:project-detail", code=code)
    return _render(request, form, project, is_transfer=False)


def _render(request: HttpRequest, form: MoveForm, project: Project, *, is_transfer: bool) -> HttpResponse:
    title = _("Transfer to another project") if is_transfer else _("Carry over to the next year")
    context = {"form": form, "project": project, "title": title, "is_transfer": is_transfer}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/budget_move_form.html", context, status=status)
