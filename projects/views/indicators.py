"""What a project counts: the page that lists it, and its indicators."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.indicators import (
    create_indicator,
    delete_indicator,
    indicator_mark,
    move_indicator,
    save_indicator,
)
from projects.actions.setting_up import ChangedMeanwhile
from projects.forms.indicators import TARGETS, IndicatorForm, TargetRows, opened_targets
from projects.forms.table_preview import drawn_tables
from projects.forms.table_templates import table_templates
from projects.models import Indicator, Project, User
from projects.permissions import can_set_up_indicators, roles_required
from projects.queries.schemes import indicator_use, project_setup
from projects.views.kept_forms import forget, keeps_typed_text, kept
from projects.views.projects import READ_PROJECTS
from projects.views.refusals import add_errors
from projects.views.setting_up import delete_unused, part_of, set_up_project, shown_differences, step_of

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


@keeps_typed_text
@roles_required(*READ_PROJECTS)
def indicator_create(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, set_up_project(request, code), None)


@keeps_typed_text
@roles_required(*READ_PROJECTS)
def indicator_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    indicator = part_of(request, code, Indicator.objects.all(), pk)
    return _answer(request, indicator.project, indicator)


@roles_required(*READ_PROJECTS)
@require_POST
def indicator_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    indicator = part_of(request, code, Indicator.objects.all(), pk)
    return delete_unused(indicator, partial(delete_indicator, indicator=indicator, by=_user(request)), request)


@roles_required(*READ_PROJECTS)
@require_POST
def indicator_move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    indicator = part_of(request, code, Indicator.objects.all(), pk)
    move_indicator(indicator=indicator, step=step_of(request), by=_user(request))
    return redirect("projects:indicator-list", code=code)


def _answer(request: HttpRequest, project: Project, indicator: Indicator | None) -> HttpResponse:
    """Show the form (with what was typed before a session ran out), or store it."""
    data = request.POST if request.method == "POST" else kept(request)
    # Not when something is typed: a row that says what is stored by now would count as untouched, and as no target.
    first = opened_targets(indicator.targets.order_by("due_on")) if indicator and data is None else None
    form, rows = IndicatorForm(data, indicator=indicator), TargetRows(data, prefix=TARGETS, initial=first)
    page = {"project": project, "form": form, "rows": rows, "indicator": indicator}
    if request.method != "POST":
        return _page(request, page | {"is_restored": data is not None})
    if not all([form.is_valid(), rows.is_valid()]):
        return _page(request, page, status=422)
    try:
        _store(request, project, indicator, form, rows)
    except ChangedMeanwhile as changed:
        more = {"differences": shown_differences(changed), "seen": changed.seen}
        return _page(request, page | more, status=409)
    except ValidationError as error:
        add_errors(form, error, PLACES)
        return _page(request, page, status=422)
    forget(request, request.path)
    stored = _("The indicator is stored.") if indicator else _("The indicator is stored. The next status asks for it.")
    messages.success(request, stored)
    return redirect("projects:indicator-list", code=project.code)


def _store(request: HttpRequest, project: Project, indicator: Indicator | None, form: IndicatorForm, rows: Any) -> None:
    by = _user(request)
    if indicator is None:
        create_indicator(project=project, values=form.values, targets=rows.targets, by=by)
        return
    save_indicator(
        indicator=indicator,
        values=form.values,
        targets=rows.targets,
        is_confirmed=form.cleaned_data["confirm_meaning"],
        seen=request.POST.get("seen", ""),
        by=by,
    )


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    indicator, data = context["indicator"], context["form"].data
    if indicator is not None:
        mark = data.get("seen") or indicator_mark(indicator)
        used = indicator_use(indicator.project).get(indicator.pk)
        context = {"seen": mark, "used": used} | context
    return render(request, "projects/indicator_form.html", context, status=status)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
