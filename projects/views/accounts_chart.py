"""The chart of accounts: what is in it, and loading a new one."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from projects.actions.accounts import ChartLoad, load_chart
from projects.enums import Role
from projects.forms.ledger import ChartForm
from projects.models import Account, User
from projects.permissions import roles_required
from projects.views.refusals import add_errors

PER_PAGE = 100


@roles_required(Role.CONTROLLER)
def chart_show(request: HttpRequest) -> HttpResponse:
    form = ChartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            loaded = _load(form.cleaned_data["file"], cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, otherwise="file")
        else:
            messages.success(
                request,
                _("%(added)s accounts are new and %(changed)s changed.")
                % {"added": loaded.added, "changed": loaded.changed},
            )
            return redirect("projects:chart-show")
    page = Paginator(Account.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/chart_show.html", {"form": form, "page": page}, status=status)


def _load(file: UploadedFile, by: User) -> ChartLoad:
    with NamedTemporaryFile(suffix=Path(file.name or "").suffix) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        return load_chart(path=Path(kept.name), by=by)
