"""Writing a proposal: a draft is saved as far as it has come, and nothing typed is lost."""

from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
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
from projects.forms.paybacks import EXPECTED, ReturnRows, first_values
from projects.forms.proposals import CostRows, ProposalForm, opened, opened_costs
from projects.forms.stored_text import shown, typed_data
from projects.models import Pool, Proposal, User
from projects.permissions import can_edit_proposal, can_write_proposals
from projects.queries.pools import fte_rates
from projects.rules.proposals import EDITABLE
from projects.views.kept_forms import forget, keeps_typed_text, kept
from projects.views.refusals import add_errors

COSTS, RETURNS = "costs", "returns"


class Parts(NamedTuple):
    """The form and its two kinds of rows, which are checked and stored together."""

    form: ProposalForm
    costs: Any
    returns: Any

    def is_valid(self) -> bool:
        """Return whether all hold. Each is asked, so that everything wrong is said at once."""
        return not [part for part in self if not part.is_valid()]


@keeps_typed_text
def proposal_create(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not can_write_proposals(user):
        raise PermissionDenied
    if request.method == "POST":
        return _store(request, None)
    typed = kept(request)
    if typed is not None:
        return _page(request, None, _bound(user, None, typed), is_restored=True)
    form = ProposalForm(user=user, initial=_first_values(request))
    costs = CostRows(prefix=COSTS, initial=[{"year": _year(None)}])
    return _page(request, None, Parts(form, costs, ReturnRows(prefix=RETURNS)))


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
        return _page(request, proposal, _bound(user, proposal, typed), is_restored=True)
    parts = _opened(user, proposal)
    if "send" not in request.GET:
        return _page(request, proposal, parts)
    bound = _bound(user, proposal, _as_posted(parts))
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
    parts = _bound(user, proposal, request.POST)
    if not parts.is_valid():
        return _page(request, proposal, parts, status=422)
    try:
        saved = _save(user, proposal, parts)
    except StaleProposal as stale:
        return _conflict(request, stale.proposal, parts)
    except ValidationError as error:
        add_errors(parts.form, error)
        return _page(request, proposal, parts, status=422)
    forget(request, request.path)
    if "send" in request.POST:
        return _send(request, saved)
    messages.success(request, _("The draft is saved. Nobody has been sent anything yet."))
    return redirect("projects:proposal-edit", pk=saved.pk)


def _save(user: User, proposal: Proposal | None, parts: Parts) -> Proposal:
    form = parts.form
    pool, values = form.cleaned_data["pool"], form.values
    lines = {"costs": parts.costs.costs, "returns": parts.returns.returns}
    if proposal is None:
        return create_proposal(pool=pool, values=values, by=user, **lines)
    version = form.cleaned_data.get("version") or 0
    return save_proposal(proposal=proposal, expected_version=version, values=values, pool=pool, by=user, **lines)


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


def _conflict(request: HttpRequest, current: Proposal, parts: Parts) -> HttpResponse:
    """Show what the other one saved beside what was typed; saving again stores what was typed."""
    theirs = _opened(_user(request), current)
    differences = [
        (field.label, shown(field), shown(theirs.form[field.name]))
        for field in parts.form
        if not field.is_hidden and _same(shown(field)) != _same(shown(theirs.form[field.name]))
    ]
    for label, mine, stored in (
        (_("Economy per year"), _lines(parts.costs), _lines(theirs.costs)),
        (_("Expected return"), _lines(parts.returns), _lines(theirs.returns)),
    ):
        if mine != stored:
            differences.append((label, mine, stored))
    data = request.POST.copy()
    data["version"] = str(current.version)
    return _page(request, current, _bound(_user(request), current, data), status=409, differences=differences)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(rows: Any) -> str:
    lines = [" · ".join(shown(field) for field in row if shown(field)) for row in rows if not row.is_empty]
    return "\n".join(lines)


def _page(
    request: HttpRequest, proposal: Proposal | None, parts: Parts, *, status: int = 200, **more: Any
) -> HttpResponse:
    rates = fte_rates()
    context = {
        "form": parts.form,
        "rows": parts.costs,
        "returns": parts.returns,
        "proposal": proposal,
        "variants": {} if proposal else parts.form.pool_variants,
        "authors": proposal.authors if proposal else str(request.user),
        "rates": {str(year): str(amount) for year, amount in rates.items()},
        "rate_list": sorted(rates.items()),
        **more,
    }
    return render(request, "projects/proposal_form.html", context, status=status)


def _bound(user: User, proposal: Proposal | None, data: QueryDict) -> Parts:
    form = ProposalForm(data, user=user, proposal=proposal)
    return Parts(form, CostRows(data, prefix=COSTS), ReturnRows(data, prefix=RETURNS))


def _opened(user: User, proposal: Proposal) -> Parts:
    return Parts(
        ProposalForm(user=user, proposal=proposal, initial=opened(proposal)),
        CostRows(prefix=COSTS, initial=opened_costs(proposal.costs.all(), _year(proposal))),
        ReturnRows(prefix=RETURNS, initial=first_values(proposal.returns.all(), EXPECTED)),
    )


def _as_posted(parts: Parts) -> QueryDict:
    rows = (part for rows in (parts.costs, parts.returns) for part in (rows.management_form, *rows.forms))
    return typed_data(parts.form, *rows)


def _tell_missing(parts: Parts, error: ValidationError) -> None:
    """Put each message at its field; that lines have no size is said at those lines."""
    parts.is_valid()
    for name, errors in error.error_dict.items():
        if name == "costs" and any(each.code == "unsized" for each in errors):
            parts.costs.tell_unsized()
        else:
            parts.form.add_error("economy" if name == "costs" else name, errors)


def _year(proposal: Proposal | None) -> int:
    """Return the year to suggest for a new line: the pool's first, else this one."""
    frame = proposal.pool.years.order_by("year").first() if proposal else None
    return frame.year if frame else timezone.localdate().year


def _first_values(request: HttpRequest) -> dict[str, Any]:
    user = _user(request)
    pool = Pool.objects.filter(code=request.GET.get("pool", "")).first()
    roles = {Role.PROPOSER, Role.MANAGER}
    unit = next((role.unit_id for role in user.current_assignments if role.role in roles and role.unit_id), None)
    only_pool = Pool.objects.first() if pool is None and Pool.objects.count() == 1 else pool
    return {"pool": only_pool, "unit": unit, "variant": only_pool.form_variant if only_pool else ""}
