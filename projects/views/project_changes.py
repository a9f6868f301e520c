"""What a manager does with a project: its beginning, money, caseworkers, and its end."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.projects import (
    add_budget_line,
    assign_caseworker,
    begin_project,
    close_project,
    end_assignment,
)
from projects.enums import ProjectState, Role
from projects.forms.new_project import NewProjectForm
from projects.forms.projects import AssignForm, BudgetLineForm, CloseForm, EndForm
from projects.models import PoolYear, Project, ProjectAssignment, User
from projects.permissions import can_manage_pool, covers_unit, managed_units, roles_required
from projects.queries.pools import YearRow, pool_sums, pools_for
from projects.queries.projects import people_on
from projects.views.refusals import add_errors

PLACES = {
    "reason_missing": "reason",
    "over_granted": "amount",
    "below_zero": "amount",
    "amount_zero": "amount",
    "amount_not_positive": "amount",
    "amount_not_negative": "amount",
    "half_missing": "kind",
    "year_closed": "source",
    "unknown_account": "account",
}


@roles_required(Role.MANAGER)
def project_create(request: HttpRequest) -> HttpResponse:
    """Begin a project that has no proposal."""
    user = cast(User, request.user)
    form = NewProjectForm(request.POST or None, units=managed_units(user), pools=pools_for(user))
    if request.method == "POST" and form.is_valid():
        try:
            project = begin_project(by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, {"cpr": "description"}, otherwise="ends_on")
        else:
            messages.success(request, _("The project is created. Set up what it counts, and give it its money."))
            return redirect("projects:project-detail", code=project.code)
    return _render(request, "projects/project_form.html", {"form": form})


@roles_required(Role.MANAGER)
def budget_line_create(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = managed_project(user, code)
    form = BudgetLineForm(request.POST or None, committee=project.committee, frames=frames_of(user, project))
    if request.method == "POST" and form.is_valid():
        try:
            add_budget_line(project=project, by=user, **form.line)
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The budget line is stored."))
            return redirect("projects:project-detail", code=code)
    return _render(request, "projects/budget_line_form.html", {"form": form, "project": project})


def frames_of(user: User, project: Project) -> list[YearRow]:
    """Return the frames of the project's pool, when the user is the one who may take from it."""
    if project.pool is None or not can_manage_pool(user, project.pool.unit_id):
        return []
    frames = list(PoolYear.objects.filter(pool=project.pool).select_related("pool").order_by("year"))
    sums = pool_sums(frames)
    return [YearRow(frame, sums[frame.pk]) for frame in frames]


@roles_required(Role.MANAGER)
def caseworker_assign(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = managed_project(user, code)
    form = _new_assignment(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assign_caseworker(project=project, by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, otherwise="user")
        else:
            messages.success(request, _("%(name)s is on the project.") % {"name": form.cleaned_data["user"]})
            return redirect("projects:project-detail", code=code)
    return _caseworkers(request, project, form)


def _caseworkers(
    request: HttpRequest, project: Project, form: AssignForm, refused: tuple[int, EndForm] | None = None
) -> HttpResponse:
    """Show who is on the project; `refused` is the last day that could not be stored, by its assignment."""
    ends = dict([refused]) if refused else {}
    people = [
        (person, ends.get(person.assignment.pk) or EndForm(prefix=f"end{person.assignment.pk}"))
        for person in people_on(project)
    ]
    context = {"form": form, "project": project, "people": people, "refused": refused[1] if refused else None}
    return _render(request, "projects/caseworker_form.html", context)


@roles_required(Role.MANAGER)
@require_POST
def caseworker_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    project = managed_project(user, code)
    assignment = get_object_or_404(ProjectAssignment.objects.select_related("user", "project"), pk=pk, project=project)
    form = EndForm(request.POST, prefix=f"end{pk}")
    if form.is_valid():
        try:
            end_assignment(assignment=assignment, by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, otherwise="valid_to")
        else:
            messages.success(request, _("The last day is stored."))
            return redirect("projects:project-detail", code=code)
    return _caseworkers(request, project, _new_assignment(), (assignment.pk, form))


@roles_required(Role.MANAGER)
def project_close(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = managed_project(user, code)
    if project.state == ProjectState.CLOSED:
        messages.info(request, _("The project is already closed."))
        return redirect("projects:project-detail", code=code)
    form = CloseForm(request.POST or None, initial={"ends_on": project.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            close_project(project=project, by=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, {"ends_before_start": "ends_on", "reason_missing": "reason"})
        else:
            messages.success(request, _("The project is closed."))
            return redirect("projects:project-detail", code=code)
    return _render(request, "projects/project_close.html", {"form": form, "project": project})


def _new_assignment(data: QueryDict | None = None) -> AssignForm:
    return AssignForm(data, initial={"valid_from": timezone.localdate()})


def _render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def managed_project(user: User, code: str) -> Project:
    projects = Project.objects.for_user(user).select_related("pool", "unit", "committee")
    project = get_object_or_404(projects, code=code)
    if not covers_unit(user, Role.MANAGER, project.unit_id):
        raise PermissionDenied
    return project
