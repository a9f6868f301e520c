"""Keeping a view of the overview, and letting go of it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.models import User
from projects.permissions import roles_required
from projects.views.refusals import add_errors
from reports.actions.views import delete_view, save_view
from reports.forms import SavedViewForm
from reports.models import SavedView
from reports.views.overview import ROLES


@roles_required(*ROLES)
def view_save(request: HttpRequest) -> HttpResponse:
    """Ask for a name, and keep the choices that the address brought along."""
    form: forms.Form = SavedViewForm(request.POST or None, initial={"query": request.GET.urlencode()})
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(**form.cleaned_data, by=cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, otherwise="name")
        else:
            messages.success(
                request, _("The view “%(name)s” is saved. It stands above the overview.") % {"name": view.name}
            )
            return redirect(f"{reverse('reports:overview')}?{view.query}")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/view_form.html", {"form": form}, status=status)


@roles_required(*ROLES)
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=cast(User, request.user))
    delete_view(view=view, by=cast(User, request.user))
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(f"{reverse('reports:overview')}?{view.query}")
