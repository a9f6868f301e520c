"""Deciding on a proposal: granting makes the project and takes the money in one step."""

from decimal import Decimal
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.actions.decisions import grant_proposal, reject_proposal
from projects.enums import ProposalState, Role
from projects.forms.decisions import GrantForm, MeetingForm, amount_name, first_values
from projects.models import Project, Proposal, User
from projects.money import format_kroner
from projects.permissions import can_decide_proposal, roles_required
from projects.queries.proposals import grantable_years
from projects.rules.pools import check_grant
from projects.views.refusals import add_errors

ALREADY = "not_submitted"


@roles_required(Role.MANAGER)
def proposal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = _decidable(cast(User, request.user), pk)
    if proposal.state != ProposalState.SUBMITTED:
        return _told(request, proposal)
    years = grantable_years(proposal)
    form = GrantForm(
        request.POST or None,
        committee=proposal.pool.committee,
        years=years,
        initial=first_values(proposal, years),
    )
    if request.method == "POST" and form.is_valid():
        answer = _grant(request, proposal, form)
        if answer is not None:
            return answer
    context = {"form": form, "proposal": proposal, "years": years}
    return render(request, "projects/proposal_decide.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
def proposal_reject(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    proposal = _decidable(user, pk)
    if proposal.state != ProposalState.SUBMITTED:
        return _told(request, proposal)
    form = MeetingForm(request.POST or None, committee=proposal.pool.committee)
    if request.method == "POST" and form.is_valid():
        try:
            reject_proposal(proposal=proposal, by=user, **form.decision)
        except ValidationError as error:
            if _has_code(error, ALREADY):
                return _told(request, proposal)
            add_errors(form, error, {"reason_missing": "reason"})
        else:
            messages.success(request, _("The proposal is rejected. Its author sees the reason."))
            return redirect("projects:proposal-detail", pk=pk)
    context = {"form": form, "proposal": proposal}
    return render(request, "projects/proposal_reject.html", context, status=422 if request.method == "POST" else 200)


def _grant(request: HttpRequest, proposal: Proposal, form: GrantForm) -> HttpResponse | None:
    """Grant, and return where to go; None when the form says what stands in the way."""
    user = cast(User, request.user)
    try:
        project = grant_proposal(
            proposal=proposal, amounts=form.amounts, project_values=form.project_values, by=user, **form.decision
        )
    except ValidationError as error:
        if _has_code(error, ALREADY):
            return _told(request, proposal)
        _show_refusal(form, error, proposal)
        return None
    granted = format_kroner(sum(form.amounts.values(), Decimal(0)))
    messages.success(request, _("%(amount)s is granted, and the project is made.") % {"amount": granted})
    if Project.objects.for_user(user).filter(pk=project.pk).exists():
        return redirect("projects:project-detail", code=project.code)
    return redirect("projects:proposal-detail", pk=proposal.pk)


def _show_refusal(form: GrantForm, error: ValidationError, proposal: Proposal) -> None:
    """Put the refusal where it belongs; an over-grant at the year it is about, with what is left by now."""
    places = {"reason_missing": "reason", "not_a_caseworker": "caseworker", "unique": "code"}
    if not _has_code(error, "over_granted"):
        add_errors(form, error, places)
        return
    for year in grantable_years(proposal):
        form.tell_left(year)
        amount = form.amounts.get(year.pool_year, Decimal(0))
        try:
            check_grant(frame=year.rest, granted=Decimal(0), amount=amount)
        except ValidationError as refusal:
            form.add_error(amount_name(year.pool_year), refusal)


def _has_code(error: ValidationError, code: str) -> bool:
    return not hasattr(error, "error_dict") and any(each.code == code for each in error.error_list)


def _decidable(user: User, pk: int) -> Proposal:
    proposals = Proposal.objects.for_user(user).select_related("pool__committee", "unit", "author")
    proposal = get_object_or_404(proposals, pk=pk)
    if not can_decide_proposal(user, proposal):
        raise PermissionDenied
    return proposal


def _told(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say that somebody (perhaps the same person, a click ago) has decided already, and show what."""
    decision = proposal.decisions.select_related("decided_by").order_by("-decided_at").first()
    if decision is None:
        messages.info(request, _("The proposal does not wait for a decision."))
    elif decision.decided_by_id != request.user.pk:
        words = _("%(name)s has already decided the proposal. You see the decision below.")
        messages.info(request, words % {"name": decision.decided_by})
    else:
        messages.info(request, _("You have already decided the proposal. It was stored once."))
    return redirect("projects:proposal-detail", pk=proposal.pk)
