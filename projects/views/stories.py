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

from projects.actions.stories import TEXTS, approve_story, delete_story, read_story, return_story, save_story
from projects.forms.reasons import ReasonForm
from projects.forms.stories import StoryForm, opened_story
from projects.models import CaseStory, Project
from projects.permissions import can_approve_snapshot, can_edit_snapshot
from projects.queries.known import Known
from projects.rules.privacy import personal_notices
from projects.rules.stories import check_story, is_told
from projects.views.kept_forms import forget, keeps_typed_text, kept


@keeps_typed_text
def story_write(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Show the form of a new or stored story (with what was typed before a session ran out), or store it as a draft."""
    project = _project(request, code)
    if not can_edit_snapshot(request.user, project):
        raise PermissionDenied
    story = get_object_or_404(CaseStory, pk=pk, project=project) if pk else None
    typed = request.POST if request.method == "POST" else kept(request)
    form = StoryForm(typed, initial=opened_story(story) if story else None)
    if request.method == "POST" and form.is_valid():
        story = save_story(story=story, project=project, values=form.cleaned_data, by=request.user)
        forget(request, request.path)
        messages.success(request, _("The story is stored."))
        return redirect("projects:story-show", code=code, pk=story.pk)
    status = 422 if request.method == "POST" else 200
    is_restored = request.method != "POST" and typed is not None
    context = {"project": project, "story": story, "form": form, "is_restored": is_restored}
    return render(request, "projects/story_form.html", context, status=status)


@login_required
def story_show(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show a story with the steps the user may take. Readers see only what may be told today."""
    return _show(request, _project(request, code), pk)


def _show(
    request: HttpRequest, project: Project, pk: int, form: ReasonForm | None = None, *, status: int = 200
) -> HttpResponse:
    people = ("written_by", "read_by", "returned_by", "approved_by")
    story = get_object_or_404(CaseStory.objects.select_related(*people), pk=pk, project=project)
    can_edit, can_approve = can_edit_snapshot(request.user, project), can_approve_snapshot(request.user, project)
    is_printed = is_told(state=story.state, expires_on=story.expires_on, day=timezone.localdate())
    is_inside = can_edit or can_approve
    if not (is_inside or is_printed):
        raise Http404
    may_judge = is_inside and story.written_by_id != request.user.pk
    missing, known = _missing(story) if is_inside else [], Known()
    context = {
        "project": project,
        "story": story,
        "is_printed": is_printed,
        "is_inside": is_inside,
        "can_edit": can_edit,
        "missing": missing,
        "can_read": may_judge and story.state == "draft" and not missing,
        "can_approve": may_judge and can_approve and story.state == "read",
        "can_return": may_judge and story.state in {"draft", "read"},
        "is_own": is_inside and not may_judge,
        "return_form": form or ReasonForm(),
        "notices": [n for name in TEXTS[:-1] for n in personal_notices(getattr(story, name), name, known.staff)],
    }
    return render(request, "projects/story_show.html", context, status=status)


def _missing(story: CaseStory) -> list[tuple[str, str]]:
    """Return (field, what is to be done) for what another person could not read the story without."""
    texts = {name: getattr(story, name) for name in TEXTS}
    try:
        check_story(texts=texts, expires_on=story.expires_on, today=timezone.localdate())
    except ValidationError as error:
        fields = StoryForm.base_fields
        return [(str(fields[name].label), text) for name, texts in error.message_dict.items() for text in texts]
    return []


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
def story_return(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send a story back to its author with a reason."""
    story, form = _own(request, code, pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            return_story(story=story, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(request, _("The story is returned. Its author sees the reason."))
            return redirect("projects:story-show", code=code, pk=pk)
    return _show(request, story.project, pk, form, status=422)


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
    return get_object_or_404(CaseStory.objects.select_related("project"), pk=pk, project=project)


def _project(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(Project.objects.for_user(request.user).select_related("unit"), code=code)
