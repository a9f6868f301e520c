"""Proposals: the list, the paper, and what is done with a sent one."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from projects.actions.proposals import add_comment, withdraw_proposal
from projects.enums import ProposalState, Role, Subject
from projects.exports import proposals_sheet
from projects.filters import ProposalFilter
from projects.forms.proposals import CoAuthorForm, ProposalForm
from projects.forms.reasons import CommentForm, ReasonForm
from projects.models import Event, OrgUnit, Pool, Project, Proposal, User
from projects.money import sum_known
from projects.permissions import (
    can_decide_proposal,
    can_discuss_proposal,
    can_edit_proposal,
    can_manage_pool,
    can_share_proposal,
    can_write_proposals,
    roles_required,
)
from projects.queries.alphabet import in_danish_order
from projects.queries.findings import pool_notices
from projects.queries.notices import AnsweredNotice
from projects.queries.paybacks import proposal_payback
from projects.queries.proposals import (
    asked_sums,
    proposal_costs,
    proposal_rows,
    proposal_rows_in_parts,
    with_asked,
)
from projects.queries.timeline import timeline
from projects.rules.proposal_forms import economy_heading, field_numbers
from projects.rules.proposals import DECIDED, EDITABLE
from projects.views.files import sheet_response
from projects.views.sorting import Column, chosen_order, headings, ordered, ranked

READ_PROPOSALS = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY, Role.PROPOSER)
PER_PAGE = 50

_STATE_PLACE = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(ProposalState.values)))
COLUMNS = (
    Column("number", gettext_lazy("No."), field="pool__code"),
    Column("title", gettext_lazy("Proposal"), field=lambda: in_danish_order("short_name")),
    Column("pool", gettext_lazy("Pool"), field=lambda: ranked("pool", Pool.objects.values_list("pk", "name"))),
    Column("unit", gettext_lazy("Unit"), field=lambda: ranked("unit", OrgUnit.objects.values_list("pk", "name"))),
    Column("state", gettext_lazy("State"), field=_STATE_PLACE),
    Column("amount", gettext_lazy("Asks for"), field="asked", is_number=True),
)
# The paper's texts between the target groups and the economy, in the order of the form.
TEXTS = ("challenge", "intervention", "schedule", "contributors", "expected_results")


@roles_required(*READ_PROPOSALS)
def proposal_list(request: HttpRequest) -> HttpResponse:
    narrowing, order, proposals = _narrowed(request)
    sums = asked_sums(proposals)
    page = Paginator(range(sums.count), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": narrowing,
        "headings": headings(request, COLUMNS, order),
        "page": page,
        "rows": proposal_rows(proposals[max(page.start_index() - 1, 0) : page.end_index()]),
        "query": query,
        "kept_order": "" if order == "number" else order,
        "count": sums.count,
        "total": sums.total,
        "unpriced": sums.unpriced,
        "can_write": can_write_proposals(cast(User, request.user)),
    }
    return render(request, "projects/proposal_list.html", context)


def _narrowed(request: HttpRequest) -> tuple[ProposalFilter, str, Any]:
    narrowing = ProposalFilter(request.GET, Proposal.objects.for_user(cast(User, request.user)))
    order = chosen_order(request, COLUMNS, "number")
    return narrowing, order, _ordered(with_asked(narrowing.qs), order)


def _ordered(proposals: Any, order: str) -> Any:
    """Return the proposals as chosen; a proposal's number is its place in its pool, so those go the same way."""
    if order.removeprefix("-") == "number":
        sign = order.removesuffix("number")
        return proposals.order_by(f"{sign}pool__code", f"{sign}number")
    return ordered(proposals, COLUMNS, order, "pool__code", "number")


@require_safe
@roles_required(*READ_PROPOSALS)
def proposal_list_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Hand out the whole list as the address narrows and orders it."""
    _narrowing, _order, proposals = _narrowed(request)
    return sheet_response(proposals_sheet(proposal_rows_in_parts(proposals)), "forslag", kind)


@roles_required(*READ_PROPOSALS)
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(readable(cast(User, request.user)), pk=pk)
    return show_proposal(request, proposal)


def show_proposal(
    request: HttpRequest,
    proposal: Proposal,
    *,
    comment_form: CommentForm | None = None,
    co_author_form: CoAuthorForm | None = None,
    withdraw_form: ReasonForm | None = None,
) -> HttpResponse:
    """Show the proposal, with a form that was refused in its place."""
    user = cast(User, request.user)
    context = _paper(user, proposal) | _beside(user, proposal)
    if context["can_discuss"]:
        context["comments"] = proposal.comments.select_related("author")
        context["comment_form"] = comment_form or CommentForm()
    if context["can_share"]:
        context["co_author_form"] = co_author_form or CoAuthorForm(proposal=proposal)
    if withdraw_form:
        context["reason"] = withdraw_form["reason"]
    status = 422 if comment_form or co_author_form or withdraw_form else 200
    return render(request, "projects/proposal_detail.html", context, status=status)


def _paper(user: User, proposal: Proposal) -> dict[str, Any]:
    """Return what stands on the paper: the form's fields by their numbers, and the economy."""
    costs = proposal_costs(proposal)
    labels, numbers = ProposalForm.base_fields, field_numbers(proposal.variant)
    return {
        "proposal": proposal,
        "numbers": numbers,
        "texts": [(numbers[name], labels[name].label, getattr(proposal, name)) for name in TEXTS if name in numbers],
        "economy_heading": economy_heading(proposal.variant),
        "years": costs,
        "payback": proposal_payback(proposal, costs),
        "costs_total": sum_known(year.total for year in costs),
        "decisions": proposal.decisions.select_related("meeting__committee", "decided_by"),
    }


def _beside(user: User, proposal: Proposal) -> dict[str, Any]:
    """Return what stands beside it, and what the user may do."""
    waits = proposal.state == ProposalState.SUBMITTED
    return {
        "readable_project": Project.objects.for_user(user).filter(proposal=proposal).first(),
        "visible_related": Proposal.objects.for_user(user).filter(related=proposal),
        "notices": _notices(proposal),
        "can_answer": can_manage_pool(user, proposal.pool.unit_id),
        "versions": proposal.versions.defer("said").select_related("sent_by").order_by("-number"),
        "can_compare": proposal.state in EDITABLE,
        "events": timeline(Event.objects.about(Subject.PROPOSAL, proposal.pk)),
        "can_edit": can_edit_proposal(user, proposal) and proposal.state in EDITABLE,
        "can_withdraw": can_edit_proposal(user, proposal) and waits,
        "can_decide": can_decide_proposal(user, proposal) and waits,
        "reason": ReasonForm()["reason"],
        "can_discuss": can_discuss_proposal(user, proposal),
        "can_share": can_share_proposal(user, proposal) and proposal.state not in DECIDED,
    }


@roles_required(*READ_PROPOSALS)
@require_POST
def proposal_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a comment; one that cannot be stored comes back on the proposal's page with what is wrong."""
    user = cast(User, request.user)
    proposal = get_object_or_404(readable(user), pk=pk)
    if not can_discuss_proposal(user, proposal):
        raise PermissionDenied
    form = CommentForm(request.POST)
    if not form.is_valid():
        return show_proposal(request, proposal, comment_form=form)
    add_comment(proposal=proposal, text=form.cleaned_data["text"], by=user)
    messages.success(request, _("The comment is written."))
    return redirect("projects:proposal-detail", pk=pk)


@roles_required(*READ_PROPOSALS)
@require_POST
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    proposal = get_object_or_404(Proposal.objects.for_user(user), pk=pk)
    if not can_edit_proposal(user, proposal):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    form.fields["reason"].required = False
    if form.is_valid():
        try:
            withdraw_proposal(proposal=proposal, by=user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The proposal is withdrawn. You can change it and send it again."))
        return redirect("projects:proposal-detail", pk=pk)
    return show_proposal(request, proposal, withdraw_form=form)


def readable(user: User) -> QuerySet[Proposal]:
    """Return the proposals the user may open, with what the page shows of them. Six queries."""
    proposals = Proposal.objects.for_user(user).select_related("pool__committee", "unit", "author", "project")
    return proposals.prefetch_related("target_groups", "goals", "tracks", "co_authors")


def _notices(proposal: Proposal) -> list[AnsweredNotice]:
    """Return what is noticed in the proposal's form and about its lines on the economy list. At most eight queries."""
    own = f"proposal/{proposal.pool.code}/{proposal.number}"
    lines = proposal.estimates.select_related("pool_year")
    places = {f"{line.pool_year.year}.estimate.{line.pk}" for line in lines}
    return [
        item
        for item in pool_notices([proposal.pool])
        if item.subject == own or item.notice.field in places or item.notice.field.endswith(f".proposal.{proposal.pk}")
    ]
