"""The tables a project's statuses fill in: made from a template, and changed row by row."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.breakdowns import (
    create_breakdown,
    delete_breakdown,
    move_breakdown,
    save_breakdown,
    table_mark,
)
from projects.actions.setting_up import ChangedMeanwhile
from projects.forms.breakdowns import BreakdownForm, opened_table
from projects.forms.schemes import Scheme
from projects.forms.table_preview import drawn_tables
from projects.forms.table_templates import chosen_template
from projects.models import Breakdown, Indicator, Project, User
from projects.permissions import roles_required
from projects.queries.schemes import drawn_scheme, first_open_month, next_status_month, row_use, scheme_rows
from projects.rules.schemes import use_with_rows_below
from projects.views.kept_forms import forget, keeps_typed_text, kept
from projects.views.projects import READ_PROJECTS
from projects.views.refusals import add_errors
from projects.views.setting_up import delete_unused, part_of, set_up_project, shown_differences, step_of

PLACES = {"cpr": "name"}
TABLES = Breakdown.objects.select_related("indicator")


@keeps_typed_text
@roles_required(*READ_PROJECTS)
def breakdown_create(request: HttpRequest, code: str) -> HttpResponse:
    """Show a template's table, or store it. `do` (a button of the rows) changes the rows on the page and no more."""
    project = set_up_project(request, code)
    indicators = _indicators(project, None)
    typed = _typed(request)
    if typed is not None:
        form = BreakdownForm(typed, indicators=indicators)
        return _answer(request, project, None, form, Scheme.posted(typed, [], {}))
    template = chosen_template(request.GET.get("skabelon", ""))
    tied = indicators[0] if len(indicators) == 1 and template.first.get("kind") is None else None
    first = {**template.first, "indicator": tied, "from_month": first_open_month(project)}
    form = BreakdownForm(initial=first, indicators=indicators)
    return _page(request, project, None, form, Scheme.opened(template.rows, {}))


@keeps_typed_text
@roles_required(*READ_PROJECTS)
def breakdown_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show the table, or store it. `do` (a button of the rows) changes the rows on the page and no more."""
    table = part_of(request, code, TABLES, pk)
    stored = scheme_rows(table)
    used = use_with_rows_below(stored, row_use(table))
    indicators = _indicators(table.project, table)
    typed = _typed(request)
    if typed is not None:
        form = BreakdownForm(typed, indicators=indicators)
        return _answer(request, table.project, table, form, Scheme.posted(typed, stored, used))
    form = BreakdownForm(initial=opened_table(table), indicators=indicators)
    return _page(request, table.project, table, form, Scheme.opened(stored, used), seen=table_mark(table, stored))


@roles_required(*READ_PROJECTS)
@require_POST
def breakdown_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    table = part_of(request, code, TABLES, pk)
    return delete_unused(table, partial(delete_breakdown, breakdown=table, by=cast(User, request.user)), request)


@roles_required(*READ_PROJECTS)
@require_POST
def breakdown_move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    table = part_of(request, code, TABLES, pk)
    move_breakdown(breakdown=table, step=step_of(request), by=cast(User, request.user))
    return redirect("projects:indicator-list", code=code)


def _typed(request: HttpRequest) -> QueryDict | None:
    """Return what is posted, or what was typed before a session ran out."""
    return request.POST if request.method == "POST" else kept(request)


def _indicators(project: Project, table: Breakdown | None) -> list[Indicator]:
    """Return what a table may sum to: the indicators in use, and the one it has."""
    kept = table.indicator_id if table else None
    return [each for each in project.indicators.order_by("position", "pk") if each.is_active or each.pk == kept]


def _answer(
    request: HttpRequest, project: Project, table: Breakdown | None, form: BreakdownForm, scheme: Scheme
) -> HttpResponse:
    if request.POST.get("do"):
        scheme.apply(request.POST)
        return _page(request, project, table, form, scheme)
    if request.method != "POST":
        return _page(request, project, table, form, scheme, is_restored=True)
    if all([form.is_valid(), scheme.read(form)]):
        try:
            _store(request, project, table, form, scheme)
        except ChangedMeanwhile as changed:
            more = {"differences": shown_differences(changed), "seen": changed.seen}
            return _page(request, project, table, form, scheme, status=409, **more)
        except ValidationError as error:
            rest = error if hasattr(error, "error_dict") else scheme.add_errors(error)
            if rest:
                add_errors(form, ValidationError(rest) if isinstance(rest, list) else rest, PLACES)
        else:
            forget(request, request.path)
            messages.success(request, _("The table is stored. It stands in the next status."))
            return redirect("projects:indicator-list", code=project.code)
    return _page(request, project, table, form, scheme, status=422)


def _store(
    request: HttpRequest, project: Project, table: Breakdown | None, form: BreakdownForm, scheme: Scheme
) -> None:
    user = cast(User, request.user)
    if table is None:
        create_breakdown(project=project, values=form.values, rows=scheme.rows(form), by=user)
        return
    save_breakdown(
        breakdown=table,
        values=form.values,
        rows=scheme.rows(form),
        removed=scheme.removed(form),
        renames_confirmed=form.cleaned_data["confirm_renames"],
        seen=form.data.get("seen", ""),
        by=user,
    )


def _page(
    request: HttpRequest,
    project: Project,
    table: Breakdown | None,
    form: BreakdownForm,
    scheme: Scheme,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "project": project,
        "table": table,
        "form": form,
        "scheme": scheme.lines,
        "columns": scheme.columns,
        "said": scheme.said,
        "asks_to_confirm": scheme.asks_to_confirm or bool(form.data.get("confirm_renames")),
        "drawn": _drawn(project, table, form, scheme),
        "month": next_status_month(project),
        "is_used": scheme.is_used,
        "seen": form.data.get("seen", ""),
        **more,
    }
    return render(request, "projects/breakdown_form.html", context, status=status)


def _drawn(project: Project, table: Breakdown | None, form: BreakdownForm, scheme: Scheme) -> Any:
    """Return the table as the next status would show it, with what is on the page, stored or not."""
    scheme.read(form)
    if form.is_bound:
        shown = Breakdown(pk=0, project=project, **form.drawn())
    elif table is not None:
        shown = table
    else:
        first = {name: value for name, value in form.initial.items() if name in {"name", "kind", "indicator"}}
        shown = Breakdown(pk=0, project=project, **first)
    month = next_status_month(project)
    return drawn_tables(project, month, [drawn_scheme(shown, scheme.rows(form), month)])[0]
