"""Case stories of a project: written, read by another, approved, deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.stories import TEXTS, approve_story, delete_story, read_story, save_story
from projects.forms.stories import StoryForm, opened_story
from projects.models import CaseStory, Project
from projects.permissions import can_approve_snapshot, can_edit_snapshot
from projects.queries.known import Known
from projects.rules.privacy import personal_notices
from projects.rules.stories import is_told


@login_required
def story_write(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Show the form of a new or stored story, or store it as a draft."""
    project = _project(request, code)
    if not can_edit_snapshot(request.user, project):
        raise PermissionDenied
    story = get_object_or_404(CaseStory, pk=pk, project=project) if pk else None
    form = StoryForm(request.POST or None, initial=opened_story(story) if story else None)
    if request.method == "POST" and form.is_valid():
        story = save_story(story=story, project=project, values=form.cleaned_data, by=request.user)
        messages.success(request, _("The story is stored. Another person must read it before it is approved."))
        return redirect("projects:story-show", code=code, pk=story.pk)
    status = 422 if request.method == "POST" else 200
    context = {"project": project, "story": story, "form": form}
    return render(request, "projects/story_form.html", context, status=status)


@login_required
def story_show(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show a story with the steps the user may take. Readers see only what may be told today."""
    project = _project(request, code)
    story = get_object_or_404(
        CaseStory.objects.select_related("written_by", "read_by", "approved_by"), pk=pk, project=project
    )
    can_edit, can_approve = can_edit_snapshot(request.user, project), can_approve_snapshot(request.user, project)
    is_printed = is_told(state=story.state, expires_on=story.expires_on, day=timezone.localdate())
    if not (can_edit or can_approve or is_printed):
        raise Http404
    is_author = story.written_by_id == request.user.pk
    known = Known()
    context = {
        "project": project,
        "story": story,
        "is_printed": is_printed,
        "is_inside": can_edit or can_approve,
        "can_edit": can_edit,
        "can_read": (can_edit or can_approve) and not is_author and story.state == "draft",
        "can_approve": can_approve and not is_author and story.state == "read",
        "notices": [n for name in TEXTS[:-1] for n in personal_notices(getattr(story, name), name, known.staff)],
    }
    return render(request, "projects/story_show.html", context)


@login_required
@require_POST
def story_read(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that another person has read the story."""
    return _take(request, code, pk, read_story)


@login_required
@require_POST
def story_approve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    if not can_approve_snapshot(request.user, _project(request, code)):
        raise PermissionDenied
    return _take(request, code, pk, approve_story)


@login_required
@require_POST
def story_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    delete_story(story=_own(request, code, pk), by=request.user)
    messages.success(request, _("The story is deleted."))
    return redirect("projects:project-detail", code=code)


def _take(request: HttpRequest, code: str, pk: int, step: Callable[..., CaseStory]) -> HttpResponse:
    try:
        step(story=_own(request, code, pk), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(dict.fromkeys(error.messages)))
    return redirect("projects:story-show", code=code, pk=pk)


def _own(request: HttpRequest, code: str, pk: int) -> CaseStory:
    project = _project(request, code)
    if not (can_edit_snapshot(request.user, project) or can_approve_snapshot(request.user, project)):
        raise PermissionDenied
    return get_object_or_404(CaseStory, pk=pk, project=project)


def _project(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(Project.objects.for_user(request.user).select_related("unit"), code=code)
