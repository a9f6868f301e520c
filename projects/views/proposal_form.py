"""Writing a proposal: a draft is saved as far as it has come, and nothing typed is lost."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.proposals import (
    StaleProposal,
    check_complete,
    create_proposal,
    save_proposal,
    submit_proposal,
)
from projects.enums import Role
from projects.forms.entry_checks import save_texts
from projects.forms.field_entry import CHOOSE
from projects.forms.paybacks import ReturnRows
from projects.forms.proposal_entry import COSTS, RETURNS, ProposalEntry, first_year
from projects.forms.proposals import CostRows, ProposalForm
from projects.models import Pool, Proposal, User
from projects.permissions import can_edit_proposal, can_write_proposals
from projects.queries.pools import fte_rates
from projects.queries.proposals import last_writer
from projects.rules.proposals import EDITABLE
from projects.views.kept_forms import forget, keeps_typed_text, kept
from projects.views.refusals import add_errors


@keeps_typed_text
def proposal_create(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not can_write_proposals(user):
        raise PermissionDenied
    if request.method == "POST":
        return _store(request, None)
    typed = kept(request)
    if typed is not None:
        return _page(request, None, ProposalEntry.posted(user, None, typed), is_restored=True)
    form = ProposalForm(user=user, initial=_first_values(request))
    costs = CostRows(prefix=COSTS, initial=[{"year": first_year(None)}])
    return _page(request, None, ProposalEntry(form, costs, ReturnRows(prefix=RETURNS)))


@keeps_typed_text
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form, or save it. `?send` says what is missing before it can be sent."""
    user = cast(User, request.user)
    proposal = _own(user, pk)
    if request.method == "POST":
        return _store(request, proposal)
    if proposal.state not in EDITABLE:
        return redirect("projects:proposal-detail", pk=pk)
    typed = kept(request)
    if typed is not None:
        return _page(request, proposal, ProposalEntry.posted(user, proposal, typed), is_restored=True)
    if "send" not in request.GET:
        return _page(request, proposal, ProposalEntry.stored(user, proposal), is_stored=True)
    bound = ProposalEntry.checked(user, proposal)
    try:
        check_complete(proposal)
    except ValidationError as error:
        _tell_missing(bound, error)
    return _page(request, proposal, bound)


@keeps_typed_text
@require_POST
def proposal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a saved proposal as it stands."""
    return _send(request, _own(cast(User, request.user), pk))


def _own(user: User, pk: int) -> Proposal:
    proposal = get_object_or_404(Proposal.objects.for_user(user).select_related("pool", "author"), pk=pk)
    if not can_edit_proposal(user, proposal):
        raise PermissionDenied
    return proposal


def _store(request: HttpRequest, proposal: Proposal | None) -> HttpResponse:
    user = cast(User, request.user)
    entry = ProposalEntry.posted(user, proposal, request.POST)
    if not entry.is_valid():
        return _page(request, proposal, entry, status=422)
    try:
        saved = _save(user, proposal, entry)
    except StaleProposal as stale:
        return _conflict(request, stale.proposal, entry)
    except ValidationError as error:
        add_errors(entry.form, error)
        return _page(request, proposal, entry, status=422)
    forget(request, request.path)
    if "send" in request.POST:
        return _send(request, saved)
    messages.success(request, _("The draft is saved. Nobody has been sent anything yet."))
    return redirect("projects:proposal-edit", pk=saved.pk)


def _save(user: User, proposal: Proposal | None, entry: ProposalEntry) -> Proposal:
    pool, values = entry.form.cleaned_data["pool"], entry.form.values
    if proposal is None:
        return create_proposal(pool=pool, values=values, by=user, **entry.lines)
    version = entry.expected_version
    return save_proposal(proposal=proposal, expected_version=version, values=values, pool=pool, by=user, **entry.lines)


def _send(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    try:
        submit_proposal(proposal=proposal, by=cast(User, request.user))
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            messages.error(request, error.messages[0])
            return redirect("projects:proposal-detail", pk=proposal.pk)
        return redirect(reverse("projects:proposal-edit", args=[proposal.pk]) + "?send=1")
    messages.success(request, _("The proposal is sent to those who decide over the pool."))
    return redirect("projects:proposal-detail", pk=proposal.pk)


def _conflict(request: HttpRequest, current: Proposal, entry: ProposalEntry) -> HttpResponse:
    """Show what another saved beside what was typed, with a choice per field. Nothing is stored or lost."""
    user = cast(User, request.user)
    differences = entry.differences(ProposalEntry.stored(user, current))
    data = request.POST.copy()
    data["version"] = str(current.version)
    for name in [name for name in data if name.startswith(CHOOSE)]:
        del data[name]
    on_top = ProposalEntry.posted(user, current, data)
    more = {"differences": differences, "saved_by": last_writer(current)}
    return _page(request, current, on_top, status=409, **more)


def _page(
    request: HttpRequest, proposal: Proposal | None, entry: ProposalEntry, *, status: int = 200, **more: Any
) -> HttpResponse:
    rates = fte_rates()
    context = {
        "form": entry.form,
        "rows": entry.costs,
        "returns": entry.returns,
        "base": entry.base,
        "proposal": proposal,
        "variants": {} if proposal else entry.form.pool_variants,
        "authors": proposal.authors if proposal else str(request.user),
        "rates": {str(year): str(amount) for year, amount in rates.items()},
        "rate_list": sorted(rates.items()),
        "save_texts": save_texts(),
        "differences": None,
        **more,
    }
    return render(request, "projects/proposal_form.html", context, status=status)


def _tell_missing(entry: ProposalEntry, error: ValidationError) -> None:
    """Put each message at its field; that lines have no size is said at those lines."""
    entry.is_valid()
    for name, errors in error.error_dict.items():
        if name == "costs" and any(each.code == "unsized" for each in errors):
            entry.costs.tell_unsized()
        else:
            entry.form.add_error("economy" if name == "costs" else name, errors)


def _first_values(request: HttpRequest) -> dict[str, Any]:
    user = cast(User, request.user)
    pool = Pool.objects.filter(code=request.GET.get("pool", "")).first()
    roles = {Role.PROPOSER, Role.MANAGER}
    unit = next((role.unit_id for role in user.current_assignments if role.role in roles and role.unit_id), None)
    only_pool = Pool.objects.first() if pool is None and Pool.objects.count() == 1 else pool
    return {"pool": only_pool, "unit": unit, "variant": only_pool.form_variant if only_pool else ""}
