"""A measure or a table of a month as the figure it would be in a note, and whether it is to be one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from projects.actions.breakdowns import draw_breakdown
from projects.actions.indicators import draw_indicator
from projects.models import Breakdown, Indicator, Project, StatusSnapshot, User
from projects.permissions import can_set_up_indicators, roles_required
from projects.queries.breakdowns import BreakdownFact
from projects.queries.snapshots import (
    IndicatorFact,
    SnapshotContent,
    blank_content,
    current_snapshots,
    snapshot_content,
)
from projects.views.projects import READ_PROJECTS
from reports.charts import chart_view
from reports.facts.figure_specs import chart_spec
from reports.facts.figure_words import figure_text
from reports.facts.note import FigureFact
from reports.facts.sections import SectionSource, one_figure
from reports.queries.notes import MoneyByThen

_NO_MONEY = MoneyByThen(None, None, None, "")


@roles_required(*READ_PROJECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_figure(request: HttpRequest, code: str, month: date, pk: int) -> HttpResponse:
    """Show the measure as a figure; by POST (`vis` 1 or 0) choose it for the notes, or leave it out."""
    project = _project(request, code)
    indicator = get_object_or_404(Indicator.objects.select_related("project"), pk=pk, project=project)
    return _answer(
        request,
        project,
        month,
        indicator,
        lambda is_figure: draw_indicator(indicator=indicator, is_figure=is_figure, by=cast(User, request.user)),
    )


@roles_required(*READ_PROJECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def table_figure(request: HttpRequest, code: str, month: date, pk: int) -> HttpResponse:
    """Show the table as a figure; by POST (`vis` 1 or 0) choose it for the notes, or leave it out."""
    project = _project(request, code)
    table = get_object_or_404(Breakdown.objects.select_related("project"), pk=pk, project=project)
    return _answer(
        request,
        project,
        month,
        table,
        lambda is_figure: draw_breakdown(breakdown=table, is_figure=is_figure, by=cast(User, request.user)),
    )


def _project(request: HttpRequest, code: str) -> Project:
    """Return the project: 404 when the user may not see it, 403 when they do not decide what it counts."""
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit", "committee"), code=code)
    if not can_set_up_indicators(user, project):
        raise PermissionDenied
    return project


def _answer(
    request: HttpRequest,
    project: Project,
    month: date,
    shown: Indicator | Breakdown,
    choose: Callable[[bool], None],
) -> HttpResponse:
    is_fragment = bool(request.headers.get("HX-Request"))
    if request.method == "POST":
        choose(request.POST.get("vis") == "1")
        if not is_fragment:
            return redirect(request.path)
    figure = _figure(project, _content(request, project, month), shown)
    context = {
        "project": project,
        "month": month,
        "shown": shown,
        "is_table": isinstance(shown, Breakdown),
        "fact": figure,
        "chart": chart_view(chart_spec(figure)) if figure else None,
        "text": figure_text(figure) if figure else "",
    }
    page = "reports/_figure_preview.html" if is_fragment else "reports/figure_preview.html"
    return render(request, page, context)


def _content(request: HttpRequest, project: Project, month: date) -> SnapshotContent:
    """Return what the month says by now; a draft the user may not see says nothing."""
    snapshot = current_snapshots([project], month).get(project.pk)
    seen = StatusSnapshot.objects.for_user(cast(User, request.user))
    if snapshot is None or not seen.filter(pk=snapshot.pk).exists():
        return blank_content(project, month)
    return snapshot_content(snapshot)


def _figure(project: Project, content: SnapshotContent, shown: Indicator | Breakdown) -> FigureFact | None:
    source = SectionSource(project, content.month, content, _NO_MONEY, content.month, content.month, (), {})
    facts: Sequence[IndicatorFact | BreakdownFact] = [
        fact
        for fact in (content.breakdowns if isinstance(shown, Breakdown) else content.indicators)
        if fact.code == shown.code
    ]
    return one_figure(source, facts[0]) if facts else None
