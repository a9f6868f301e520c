"""Projects: the list, and everything known of one."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.alphabet import alphabetical
from projects.enums import Light, Role, SnapshotState
from projects.filters import ProjectFilter
from projects.models import Project, StatusSnapshot, User
from projects.permissions import (
    can_edit_snapshot,
    covers_unit,
    has_role,
    roles_required,
)
from projects.queries.money import NO_MONEY, project_money
from projects.queries.projects import (
    ProjectRow,
    budget_lines,
    example_notes,
    indicator_table,
    listed_projects,
    months_due,
    people_on,
    project_rows,
    years_of,
)
from projects.queries.timeline import timeline
from projects.views.sorting import Column, chosen_order, headings, sorted_rows

READ_PROJECTS = (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)
PER_PAGE = 50
LONGEST_STORY = 60

_WORST_LAST = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
COLUMNS = (
    Column("name", gettext_lazy("Project"), lambda row: alphabetical(row.project.name)),
    Column("pool", gettext_lazy("Pool"), lambda row: alphabetical(row.project.pool.name) if row.project.pool else None),
    Column("month", gettext_lazy("This month")),
    Column("light", gettext_lazy("Latest light"), lambda row: _WORST_LAST.get(row.light)),
    Column("granted", gettext_lazy("Granted"), lambda row: row.money.granted, is_number=True),
    Column("spent", gettext_lazy("Spent"), lambda row: row.money.spent, is_number=True),
    Column("rest", gettext_lazy("Rest"), lambda row: row.money.rest, is_number=True),
    Column("forecast", gettext_lazy("Forecast"), lambda row: row.money.forecast, is_number=True),
)


@roles_required(*READ_PROJECTS)
def project_list(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    narrowing = ProjectFilter(request.GET, listed_projects(user))
    order = chosen_order(request, COLUMNS, "name")
    rows: list[ProjectRow] = sorted_rows(project_rows(narrowing.qs), COLUMNS, order)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    due = months_due([row.project for row in page])
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": narrowing,
        "headings": headings(request, COLUMNS, order),
        "page": page,
        "rows": [(row, due.get(row.project.pk)) for row in page],
        "query": query,
        "order": order,
        "count": len(rows),
        "is_own": user.role_set == {Role.CASEWORKER},
        "title": _("My projects") if user.role_set == {Role.CASEWORKER} else _("Projects"),
    }
    return render(request, "projects/project_list.html", context)


@roles_required(*READ_PROJECTS)
def project_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything known of the project. About 30 queries, however much there is."""
    user = cast(User, request.user)
    project = get_object_or_404(
        Project.objects.for_user(user).select_related("unit", "pool", "committee", "proposal"), code=code
    )
    lines = budget_lines(project)
    money = project_money([project.pk]).get(project.pk, NO_MONEY)
    context = {
        "project": project,
        "aliases": project.aliases.all(),
        "people": people_on(project),
        "money": money,
        "unspent": -money.deviation if money.deviation else None,
        "years": years_of(project),
        "lines": lines,
        "lines_total": sum(line.amount for line in lines),
        "example_notes": example_notes(project),
        "months": _months(user, project),
        "due": months_due([project]).get(project.pk),
        "indicators": indicator_table(project, user),
        "events": timeline(project.events.select_related("actor")[:LONGEST_STORY]),
        "can_manage": covers_unit(user, Role.MANAGER, project.unit_id),
        "can_edit": can_edit_snapshot(user, project),
        "can_see_pool": has_role(user, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY),
        "can_see_proposal": has_role(user, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY),
    }
    return render(request, "projects/project_detail.html", context)


def _months(user: User, project: Project) -> list[tuple[StatusSnapshot, StatusSnapshot | None]]:
    """Return each month's newest revision the user may see, newest month first, beside the approved one it corrects."""
    revisions = StatusSnapshot.objects.for_user(user).filter(project=project).order_by("-month", "-revision")
    newest: dict[object, tuple[StatusSnapshot, StatusSnapshot | None]] = {}
    for snapshot in revisions:
        current, approved = newest.get(snapshot.month, (snapshot, None))
        if approved is None and snapshot != current and snapshot.state == SnapshotState.APPROVED:
            approved = snapshot
        newest[snapshot.month] = (current, approved)
    return list(newest.values())
