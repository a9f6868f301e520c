"""Who writes a proposal together with its author."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.co_authors import add_co_author, remove_co_author
from projects.forms.proposals import CoAuthorForm
from projects.models import Proposal, User
from projects.permissions import can_share_proposal, roles_required
from projects.views.proposals import READ_PROPOSALS, readable, show_proposal


@roles_required(*READ_PROPOSALS)
@require_POST
def co_author_add(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    proposal = get_object_or_404(readable(user), pk=pk)
    if not can_share_proposal(user, proposal):
        raise PermissionDenied
    form = CoAuthorForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return show_proposal(request, proposal, co_author_form=form)
    chosen = form.cleaned_data["user"]
    try:
        add_co_author(proposal=proposal, user=chosen, by=user)
    except ValidationError as error:
        form.add_error("user", error)
        return show_proposal(request, proposal, co_author_form=form)
    messages.success(request, _("%(name)s can now write the proposal too.") % {"name": chosen})
    return redirect("projects:proposal-detail", pk=pk)


@roles_required(*READ_PROPOSALS)
@require_POST
def co_author_remove(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    """The author takes a co-author off, and a co-author may leave."""
    user = cast(User, request.user)
    proposal = get_object_or_404(Proposal.objects.for_user(user), pk=pk)
    if not (can_share_proposal(user, proposal) or user.pk == user_pk):
        raise PermissionDenied
    leaving = get_object_or_404(proposal.co_authors, pk=user_pk)
    remove_co_author(proposal=proposal, user=leaving, by=user)
    messages.success(request, _("%(name)s no longer writes the proposal.") % {"name": leaving})
    # Who left a draft can no longer open it.
    return redirect("projects:proposal-list") if leaving == user else redirect("projects:proposal-detail", pk=pk)
