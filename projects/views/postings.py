"""One posting: where it came from, what became of it, and moving it to the project it belongs to."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.posting_moves import move_posting
from projects.enums import Role
from projects.forms.posting_moves import PostingMoveForm
from projects.models import Posting, User
from projects.permissions import can_load_ledger, roles_required
from projects.queries.ledger import posting_story
from projects.views.ledger import SEE_LEDGER, pool_of
from projects.views.refusals import add_errors

PLACES = {"same_project": "project", "other_pool": "project", "reason_missing": "reason"}


@roles_required(*SEE_LEDGER)
def posting_show(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    posting = _posting(request, code, pk)
    return _page(request, posting, PostingMoveForm(posting=posting))


@roles_required(Role.CONTROLLER)
@require_POST
def posting_move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    posting = _posting(request, code, pk)
    form = PostingMoveForm(request.POST, posting=posting)
    if form.is_valid():
        values = form.cleaned_data
        try:
            moved = move_posting(
                posting=posting, project=values["project"], reason=values["reason"], by=cast(User, request.user)
            )
        except ValidationError as error:
            add_errors(form, error, PLACES)
        else:
            words = {"project": values["project"].name}
            messages.success(request, _("The posting counts in “%(project)s” now.") % words)
            return redirect("projects:posting-show", code=code, pk=moved.pk)
    return _page(request, posting, form, status=422)


def _posting(request: HttpRequest, code: str, pk: int) -> Posting:
    rows = Posting.objects.select_related("batch__pool", "project", "reverses__batch", "reverses__project")
    return get_object_or_404(rows, pk=pk, batch__pool=pool_of(request, code))


def _page(request: HttpRequest, posting: Posting, form: PostingMoveForm, status: int = 200) -> HttpResponse:
    story = posting_story(posting)
    can_load = can_load_ledger(cast(User, request.user))
    context = {
        "pool": posting.batch.pool,
        "posting": posting,
        "story": story,
        "form": form,
        "can_load": can_load,
        "can_move": can_load and story.counts and posting.project_id is not None,
    }
    return render(request, "projects/posting_show.html", context, status=status)
