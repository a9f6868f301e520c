"""A committee's page for those who read: one screen, only what has been issued."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from projects.enums import Role
from projects.models import Committee
from projects.permissions import roles_required
from reports.facts.committee import committee_facts
from reports.queries.committees import committees_with_projects

READ = (Role.READER, Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)


@require_safe
@roles_required(*READ)
def committee_list(request: HttpRequest) -> HttpResponse:
    committees = committees_with_projects()
    if len(committees) == 1:
        return redirect("reports:committee-show", code=committees[0].code)
    return render(request, "reports/committee_list.html", {"committees": committees})


@require_safe
@roles_required(*READ)
def committee_show(request: HttpRequest, code: str) -> HttpResponse:
    facts = committee_facts(get_object_or_404(Committee, code=code))
    return render(request, "reports/committee_show.html", {"facts": facts})
