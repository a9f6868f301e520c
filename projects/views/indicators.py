"""What a project counts: the page that lists it, and its indicators."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.indicators import create_indicator, delete_indicator, move_indicator, save_indicator
from projects.forms.indicators import TARGETS, IndicatorForm, TargetRows, opened_targets
from projects.forms.table_preview import drawn_tables
from projects.forms.table_templates import table_templates
from projects.models import Indicator, Project, User
from projects.permissions import can_set_up_indicators, roles_required
from projects.queries.schemes import indicator_use, project_setup
from projects.views.projects import READ_PROJECTS
from projects.views.refusals import add_errors

PLACES = {"meaning_changes": "unit", "tied": "is_active", "cpr": "name"}


@roles_required(*READ_PROJECTS)
def indicator_list(request: HttpRequest, code: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.for_user(request.user).select_related("unit"), code=code)
    setup = project_setup(project)
    drawn = drawn_tables(project, setup.month, [line.fact for line in setup.tables])
    context = {
        "project": project,
        "setup": setup,
        "tables": list(zip(setup.tables, drawn, strict=True)),
        "templates": table_templates(),
        "can_change": can_set_up_indicators(cast(User, request.user), project),
    }
    return render(request, "projects/indicator_list.html", context)


@roles_required(*READ_PROJECTS)
def indicator_create(request: HttpRequest, code: str) -> HttpResponse:
    project = set_up_project(request, code)
    form, rows = IndicatorForm(request.POST or None), TargetRows(request.POST or None, prefix=TARGETS)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            create_indicator(project=project, values=form.values, targets=rows.targets, by=cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The indicator is stored. The next status asks for it."))
            return redirect("projects:indicator-list", code=code)
    return _page(request, {"project": project, "form": form, "rows": rows})


@roles_required(*READ_PROJECTS)
def indicator_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    project = set_up_project(request, code)
    indicator = get_object_or_404(Indicator, pk=pk, project=project)
    form = IndicatorForm(request.POST or None, indicator=indicator)
    rows = TargetRows(
        request.POST or None, prefix=TARGETS, initial=opened_targets(indicator.targets.order_by("due_on"))
    )
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            save_indicator(
                indicator=indicator,
                values=form.values,
                targets=rows.targets,
                is_confirmed=form.cleaned_data["confirm_meaning"],
                by=cast(User, request.user),
            )
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            messages.success(request, _("The indicator is stored."))
            return redirect("projects:indicator-list", code=code)
    used = indicator_use(project).get(indicator.pk)
    return _page(request, {"project": project, "form": form, "rows": rows, "indicator": indicator, "used": used})


@roles_required(*READ_PROJECTS)
@require_POST
def indicator_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    project = set_up_project(request, code)
    indicator = get_object_or_404(Indicator.objects.select_related("project"), pk=pk, project=project)
    try:
        delete_indicator(indicator=indicator, by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("projects:indicator-edit", code=code, pk=pk)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": indicator.name})
    return redirect("projects:indicator-list", code=code)


@roles_required(*READ_PROJECTS)
@require_POST
def indicator_move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    project = set_up_project(request, code)
    indicator = get_object_or_404(Indicator.objects.select_related("project"), pk=pk, project=project)
    move_indicator(indicator=indicator, step=step_of(request), by=cast(User, request.user))
    return redirect("projects:indicator-list", code=code)


def step_of(request: HttpRequest) -> int:
    """Return the way a button points."""
    return -1 if request.POST.get("way") == "up" else 1


def set_up_project(request: HttpRequest, code: str) -> Project:
    """Return the project: 404 when the user may not see it, 403 when they may not decide what it counts."""
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit"), code=code)
    if not can_set_up_indicators(user, project):
        raise PermissionDenied
    return project


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/indicator_form.html", context, status=status)
