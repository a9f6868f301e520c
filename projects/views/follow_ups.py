"""What the committee asked about a project: noted by the secretary, answered by those on it, closed again."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.actions.follow_ups import answer_follow_up, ask_follow_up, close_follow_up
from projects.enums import FollowUpKind, Role
from projects.forms.follow_ups import FollowUpAnswerForm, FollowUpForm
from projects.models import FollowUp, Project, User
from projects.permissions import can_answer_follow_up, roles_required

READERS = (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)


@roles_required(Role.SECRETARY)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_create(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user), code=code)
    asked_in = request.GET.get("moede", "")
    initial = {"kind": FollowUpKind.QUESTION, "meeting": asked_in if asked_in.isdecimal() else None}
    form = FollowUpForm(request.POST or None, project=project, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_follow_up(project=project, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is noted on the project, and its answer will stand in the next note."))
            return redirect(_place(project))
    context = {"form": form, "project": project, "name": _("A question or decision of the committee")}
    return render(request, "projects/follow_up_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    follow_up = _follow_up(user, code, pk)
    if not can_answer_follow_up(user, follow_up):
        raise PermissionDenied
    form = FollowUpAnswerForm(request.POST or None, initial={"answer": follow_up.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_follow_up(follow_up=follow_up, answer=form.cleaned_data["answer"], by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The answer is stored, and stands in the committee's next note."))
            return redirect(_place(follow_up.project))
    project = follow_up.project
    context = {"form": form, "project": project, "name": _("Answer the committee"), "follow_up": follow_up}
    return render(request, "projects/follow_up_answer.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.SECRETARY)
@require_POST
def follow_up_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    follow_up = _follow_up(user, code, pk)
    try:
        close_follow_up(follow_up=follow_up, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is closed, and stands in no note from here on."))
    return redirect(_place(follow_up.project))


def _follow_up(user: User, code: str, pk: int) -> FollowUp:
    rows = FollowUp.objects.filter(project__in=Project.objects.for_user(user)).select_related("project", "meeting")
    return get_object_or_404(rows, pk=pk, project__code=code)


def _place(project: Project) -> str:
    return f"{reverse('projects:project-detail', args=[project.code])}#follow-ups"
