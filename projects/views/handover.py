"""Handing a project over: its story on one page, and the action."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.handover import hand_over
from projects.dates import format_date_long
from projects.enums import ProjectState, Role
from projects.forms.handover import HandoverForm
from projects.models import Project, User
from projects.permissions import covers_unit, roles_required
from projects.queries.handover import handover_of
from projects.queries.timeline import timeline
from projects.views.refusals import add_errors

READERS = (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)
PLACES = {"same_person": "receiver", "not_a_caseworker": "receiver", "reason_missing": "note", "cpr": "note"}
SHOWN_MONTHS, SHOWN_EVENTS = 12, 6


@roles_required(*READERS)
def project_handover(request: HttpRequest, code: str) -> HttpResponse:
    """Show all the next caseworker must know, and hand the project over. About 45 queries."""
    user = cast(User, request.user)
    projects = Project.objects.for_user(user).select_related("unit", "committee", "pool")
    project = get_object_or_404(projects, code=code)
    # A closed project is only read about.
    may_hand_over = covers_unit(user, Role.MANAGER, project.unit_id) and project.state != ProjectState.CLOSED
    facts = handover_of(project)
    givers = [person.assignment.user for person in facts.people]
    form = HandoverForm(request.POST or None, givers=givers, initial={"on": timezone.localdate()})
    if request.method == "POST":
        if not may_hand_over:
            raise PermissionDenied
        if form.is_valid() and _hand_over(request, form, project, user):
            return redirect("projects:project-handover", code=code)
    context = {
        "project": project,
        "facts": facts,
        "months": facts.months[:SHOWN_MONTHS],
        "form": form if may_hand_over else None,
        "events": timeline(project.events.select_related("actor")[:SHOWN_EVENTS]),
        "today": timezone.localdate(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/project_handover.html", context, status=status)


def _hand_over(request: HttpRequest, form: HandoverForm, project: Project, by: User) -> bool:
    """Hand the project over. False when refused; the form says why."""
    try:
        hand_over(project=project, by=by, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error, PLACES)
        return False
    words = {"name": form.cleaned_data["receiver"], "day": format_date_long(form.cleaned_data["on"])}
    messages.success(request, _("%(name)s has the project from %(day)s and is told by mail.") % words)
    return True
