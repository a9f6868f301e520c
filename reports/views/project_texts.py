"""Writing what a project's report says beside its figures."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.models import Project, User
from projects.permissions import can_set_up_indicators, roles_required
from reports.actions.project_texts import save_project_text
from reports.enums import PaperKind
from reports.forms import ProjectTextForm
from reports.models import ProjectText
from reports.views.issued_papers import READERS


@roles_required(*READERS)
def project_text(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or store it: for those who write the project's statuses, and those over them."""
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit"), code=code)
    if not can_set_up_indicators(user, project):
        raise PermissionDenied
    text = ProjectText.objects.filter(project=project).first() or ProjectText()
    form = ProjectTextForm(request.POST or None, initial={name: getattr(text, name) for name in ProjectTextForm.NAMES})
    if request.method == "POST" and form.is_valid():
        save_project_text(project=project, values=form.cleaned_data, by=user)
        messages.success(request, _("The text is saved."))
        return redirect("reports:paper-show", kind=PaperKind.CLOSING, of=code)
    context = {"project": project, "form": form, "kind": PaperKind.CLOSING}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/papers/project_text.html", context, status=status)
