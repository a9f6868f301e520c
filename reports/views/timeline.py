"""A project's whole story, with filters and pages."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from projects.enums import Role
from projects.models import Project, User
from projects.permissions import has_role, roles_required
from reports.queries.timeline import MONEY, NOTE, PEOPLE, PROJECT, STATUS, moments_of, read_moments

PER_PAGE = 40


@roles_required(Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)
@require_safe
def project_timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show every month, who said what, what was returned and why, and which note used it. About ten queries."""
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit", "committee"), code=code)
    story = moments_of(project)
    kinds = _kinds()
    months = sorted({moment.month for moment in story if moment.month}, reverse=True)
    kind, month = request.GET.get("kind", ""), request.GET.get("month", "")
    shown = [
        moment
        for moment in story
        if (kind not in kinds or moment.kind == kind)
        and (month not in {f"{each:%Y-%m}" for each in months} or (moment.month and f"{moment.month:%Y-%m}" == month))
    ]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "project": project,
        "page": page,
        "query": query,
        "moments": [(moment, entry, kinds[moment.kind]) for moment, entry in read_moments(list(page))],
        "kinds": kinds.items(),
        "months": [(f"{each:%Y-%m}", each) for each in months],
        "kind": kind,
        "month": month,
        "is_filtered": len(shown) < len(story),
        "reads_notes": has_role(user, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER, Role.READER),
    }
    return render(request, "reports/project_timeline.html", context)


def _kinds() -> dict[str, str]:
    return {
        STATUS: _("Statuses"),
        NOTE: _("Notes"),
        MONEY: _("Money"),
        PEOPLE: _("People"),
        PROJECT: pgettext("kind of event", "The project itself"),
    }
