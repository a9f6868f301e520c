"""Projects: the list, and everything known of one."""

from typing import cast

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.enums import Light, Role, SnapshotState
from projects.exports import projects_sheet
from projects.filters import ProjectFilter
from projects.models import CaseStory, FollowUp, Pool, Project, StatusSnapshot, User
from projects.models.projects import ProjectQuerySet
from projects.permissions import (
    can_approve_snapshot,
    can_commit,
    can_compose_notes,
    can_edit_snapshot,
    covers_unit,
    has_role,
    roles_required,
)
from projects.queries.findings import one_project_notices
from projects.queries.follow_ups import project_follow_ups
from projects.queries.money import NO_MONEY, project_money
from projects.queries.paybacks import project_payback
from projects.queries.projects import (
    budget_lines,
    example_notes,
    indicator_table,
    listed_projects,
    page_of,
    people_on,
    project_rows,
    years_of,
)
from projects.queries.rounds import steps_due
from projects.queries.stories import project_stories
from projects.queries.timeline import timeline
from projects.rules.stories import is_told
from projects.views.files import sheet_response
from projects.views.mending import project_ways
from projects.views.project_rows import printed_rows
from projects.views.sorting import Column, chosen_order, headings, ordered, ranked

READ_PROJECTS = (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)
PER_PAGE = 50
LONGEST_STORY = 60

_WORST_LAST = Case(
    *(When(told_light=light, then=Value(place)) for place, light in enumerate((Light.GREEN, Light.YELLOW, Light.RED))),
    default=None,
    output_field=IntegerField(null=True),
)
COLUMNS = (
    Column("name", gettext_lazy("Project"), field="standing__name_key"),
    Column("pool", gettext_lazy("Pool"), field=lambda: ranked("pool", Pool.objects.values_list("pk", "name"))),
    Column("month", gettext_lazy("This month")),
    Column("light", gettext_lazy("Latest light"), field=_WORST_LAST),
    Column("granted", gettext_lazy("Granted"), field="standing__granted", is_number=True),
    Column("spent", gettext_lazy("Spent"), field="standing__spent", is_number=True),
    Column("committed", gettext_lazy("Committed"), field="standing__committed", is_number=True),
    Column("rest", gettext_lazy("Rest"), field="standing__rest", is_number=True),
    Column("forecast", gettext_lazy("Forecast"), field="standing__forecast", is_number=True),
    Column("deviation", gettext_lazy("Deviation"), field="standing__deviation", is_number=True),
)


@roles_required(*READ_PROJECTS)
def project_list(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    narrowing, order = _narrowed(request)
    page = Paginator(project_order(narrowing.qs, order), PER_PAGE).get_page(request.GET.get("page"))
    begin = max(page.start_index() - 1, 0)
    rows = project_rows(page_of(page.paginator.object_list, begin, page.end_index(), page.paginator.count))
    due = steps_due([row.project for row in rows])
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": narrowing,
        "headings": headings(request, COLUMNS, order),
        "page": page,
        "rows": rows,
        "body": printed_rows(rows, due),
        "query": query,
        "kept_order": "" if order == "name" else order,
        "count": page.paginator.count,
        # One without a proposal, and with or without a pool; a granted proposal makes its own.
        "can_create": has_role(user, Role.MANAGER),
        "is_own": user.role_set == {Role.CASEWORKER},
        "title": _("My projects") if user.role_set == {Role.CASEWORKER} else _("Projects"),
    }
    return render(request, "projects/project_list.html", context)


def _narrowed(request: HttpRequest) -> tuple[ProjectFilter, str]:
    narrowing = ProjectFilter(request.GET, listed_projects(cast(User, request.user)))
    return narrowing, chosen_order(request, COLUMNS, "name")


@require_safe
@roles_required(*READ_PROJECTS)
def project_list_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Hand out the whole list as the address narrows and orders it."""
    narrowing, order = _narrowed(request)
    return sheet_response(projects_sheet(project_order(narrowing.qs, order)), "projekter", kind)


def project_order(projects: ProjectQuerySet, order: str) -> ProjectQuerySet:
    """Return the projects as chosen. The largest overruns come by an index that has a place for what is unknown."""
    found: ProjectQuerySet = (
        projects.order_by("-standing__deviation_key", "standing__name_key", "pk")
        if order == "-deviation"
        else ordered(projects, COLUMNS, order, "standing__name_key", "pk")
    )
    return found


@roles_required(*READ_PROJECTS)
def project_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything known of the project. About 36 queries, however much there is."""
    user = cast(User, request.user)
    project = get_object_or_404(
        Project.objects.for_user(user).select_related("unit", "pool", "committee", "proposal"), code=code
    )
    can_edit, can_manage = can_edit_snapshot(user, project), covers_unit(user, Role.MANAGER, project.unit_id)
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
        "commitments": project.commitments.bound().select_related("created_by"),
        "example_notes": example_notes(project),
        "payback": project_payback(project),
        "can_enter_return": bool(user.role_set & {Role.CONTROLLER, Role.ADMINISTRATOR}),
        "months": _months(user, project),
        "due": steps_due([project]).get(project.pk),
        "follow_ups": _follow_ups(user, project, is_on_it=can_edit or can_manage),
        "can_compose": can_compose_notes(user),
        "indicators": indicator_table(project, user),
        "findings": project_ways(one_project_notices(project), project, user),
        "events": timeline(project.events.select_related("actor")[:LONGEST_STORY]),
        "stories": _stories(user, project),
        "can_manage": can_manage,
        "can_commit": can_commit(user, project),
        "can_edit": can_edit,
        "can_answer": can_edit or can_approve_snapshot(user, project),
        "can_see_pool": has_role(user, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY),
        "can_see_proposal": has_role(user, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY),
    }
    return render(request, "projects/project_detail.html", context)


def _stories(user: User, project: Project) -> list[tuple[CaseStory, bool]]:
    """Return the case stories the user may see, and whether each may be told today. One query."""
    today = timezone.localdate()
    inside = can_edit_snapshot(user, project) or can_approve_snapshot(user, project)
    found = project_stories(project, day=today, with_drafts=inside)
    return [(story, is_told(state=story.state, expires_on=story.expires_on, day=today)) for story in found]


def _follow_ups(user: User, project: Project, *, is_on_it: bool) -> list[tuple[FollowUp, bool]]:
    """Return what the committee asked, each with whether the user answers it."""
    return [(row, is_on_it or row.responsible_id == user.pk) for row in project_follow_ups(project)]


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
