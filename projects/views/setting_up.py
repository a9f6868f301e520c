"""What the pages share where indicators and tables are set up."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from projects.actions.setting_up import ChangedMeanwhile
from projects.models import Breakdown, Indicator, Project, User
from projects.permissions import can_set_up_indicators

Part = TypeVar("Part", Indicator, Breakdown)


def set_up_project(request: HttpRequest, code: str) -> Project:
    """Return the project: 404 when the user may not see it, 403 when they may not decide what it counts."""
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit"), code=code)
    if not can_set_up_indicators(user, project):
        raise PermissionDenied
    return project


def part_of(request: HttpRequest, code: str, parts: QuerySet[Part], pk: int) -> Part:
    """Return an indicator or table of the project, which the user may set up; else 404 or 403."""
    project = set_up_project(request, code)
    return get_object_or_404(parts.select_related("project"), pk=pk, project=project)


def delete_unused(part: Indicator | Breakdown, delete: Callable[[], None], request: HttpRequest) -> HttpResponse:
    """Delete it and show the list, or say at its form why it stays."""
    code = part.project.code
    try:
        delete()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        page = "projects:indicator-edit" if isinstance(part, Indicator) else "projects:breakdown-edit"
        return redirect(page, code=code, pk=part.pk)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": part.name})
    return redirect("projects:indicator-list", code=code)


def step_of(request: HttpRequest) -> int:
    """Return the way a button points."""
    return -1 if request.POST.get("way") == "up" else 1


def shown_differences(changed: ChangedMeanwhile) -> list[tuple[str, str, str]]:
    """Return (label, mine, theirs); of a long list only what one of the two does not say, line by line."""
    return [(label, *_apart(mine, theirs)) for label, mine, theirs in changed.differences]


def _apart(mine: str, theirs: str) -> tuple[str, str]:
    here, there = mine.split("; "), theirs.split("; ")
    only_here = [line for line in here if line not in there]
    only_there = [line for line in there if line not in here]
    if not only_here and not only_there:
        only_here, only_there = here, there
    return "\n".join(only_here), "\n".join(only_there)
