"""A draft that saves itself while somebody writes: the same action as the button, answered in JSON."""

from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.proposals import StaleProposal, save_proposal
from projects.forms.proposal_entry import ProposalEntry
from projects.models import Proposal, User
from projects.permissions import can_edit_proposal
from projects.queries.proposals import last_writer
from projects.rules.proposals import EDITABLE
from projects.views.autosaving import in_the_way, lines_of, refused, saved_words, stopped


@require_POST
def proposal_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Store what is written so far, answered as `autosaving` says.

    The pool is changed by the button only: the proposal gets another number there, and a slip of the hand would, too.
    """
    stop = stopped(request, reverse("projects:proposal-edit", args=[pk]))
    if stop:
        return stop
    user = cast(User, request.user)
    proposal = get_object_or_404(Proposal.objects.for_user(user).select_related("pool", "author"), pk=pk)
    if not can_edit_proposal(user, proposal):
        raise PermissionDenied
    if proposal.state not in EDITABLE:
        return in_the_way("closed", _("The proposal has been sent meanwhile. This is not saved."))
    entry = ProposalEntry.posted(user, proposal, request.POST)
    if entry.is_valid() and entry.form.cleaned_data["pool"] != proposal.pool:
        message = _("In another pool the proposal gets another number, so press “Save the draft” to move it.")
        entry.form.add_error("pool", ValidationError(message, code="pool_changed"))
    if not entry.is_valid():
        parts = (entry.form, *entry.costs.forms, *entry.returns.forms)
        return refused([line for part in parts for line in lines_of(part)])
    return _stored(proposal, entry, user)


def _stored(proposal: Proposal, entry: ProposalEntry, by: User) -> JsonResponse:
    version = entry.expected_version
    try:
        now = save_proposal(
            proposal=proposal,
            expected_version=version,
            values=entry.form.values,
            by=by,
            is_by_itself=True,
            **entry.lines,
        )
    except StaleProposal as stale:
        words = _("%(name)s has saved the proposal meanwhile. Nothing of yours is lost.")
        return in_the_way("conflict", words % {"name": last_writer(stale.proposal)})
    except ValidationError as error:
        entry.form.add_error(None, error.messages)
        return refused(lines_of(entry.form))
    base = ProposalEntry.stored(by, now).base
    return JsonResponse({"version": now.version, "base": base, "saved": saved_words(now.updated_at)})
