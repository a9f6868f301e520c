"""Proposals and their economy: full-time equivalents, rates, estimates and the decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.enums import DecisionOutcome, ProposalState
from projects.money import format_kroner, sum_known
from projects.rules.notices import Notice
from projects.rules.snapshots import check_reason
from projects.rules.wording import joined, place


@dataclass(frozen=True)
class CostFact:
    """One line of a proposal's economy: full-time equivalents × a yearly rate, or an amount with its basis."""

    label: str
    fte: Decimal | None
    rate: Decimal | None
    amount: Decimal | None
    basis: str = ""


@dataclass(frozen=True)
class ProposalFact:
    """`form_amount` is what the proposal's own form gives; None when it gives none."""

    key: str
    title: str
    short_name: str
    form_amount: Decimal | None


@dataclass(frozen=True)
class EstimateFact:
    """One line of the list that prices the proposals together; `proposal_key` None when it prices none of them."""

    key: str
    label: str
    amount: Decimal | None
    proposal_key: str | None


def _calculated(cost: CostFact) -> Decimal | None:
    return None if cost.fte is None or cost.rate is None else cost.fte * cost.rate


def cost_amount(cost: CostFact) -> Decimal | None:
    """Return the amount as typed, else full-time equivalents × rate; None when neither is known."""
    return _calculated(cost) if cost.amount is None else cost.amount


def asked_amount(costs: Iterable[CostFact]) -> Decimal | None:
    """Return what the form asks for with these lines, in kroner; None when it gives no amount that can be known."""
    return sum_known(map(cost_amount, costs))


def cost_notices(costs: Sequence[CostFact], field: str = "costs") -> list[Notice]:
    """R7: an amount without a basis, or one that is not the full-time equivalents × the rate.

    The place of a notice is the line's number, from 0.
    """
    notices = []
    for number, cost in enumerate(costs):
        calculated = _calculated(cost)
        where = place(field, number)
        if cost.amount and calculated is None and not cost.basis.strip():
            message = _("“%(label)s” is %(amount)s, but nothing says how the amount was found.") % {
                "label": cost.label,
                "amount": _kroner(cost.amount),
            }
            notices.append(Notice("R7", where, message, (cost.amount,)))
        elif cost.amount is not None and calculated is not None and calculated != cost.amount:
            notices.append(_rate_notice(cost, calculated, where))
    return notices


def _rate_notice(cost: CostFact, calculated: Decimal, where: str) -> Notice:
    message = _("“%(label)s” is %(amount)s, but %(fte)s full-time equivalents at %(rate)s are %(calculated)s.") % {
        "label": cost.label,
        "amount": _kroner(cost.amount),
        "fte": format_count(cost.fte),
        "rate": _kroner(cost.rate),
        "calculated": _kroner(calculated),
    }
    return Notice("R7", where, message, (cost.amount, cost.fte, cost.rate))


def estimate_notices(
    *, proposals: Sequence[ProposalFact], estimates: Sequence[EstimateFact], field: str = ""
) -> list[Notice]:
    """R6: a proposal without a line in the list, or a line without a proposal. R7: a line its form does not support.

    Places are "proposal.<key>" and "estimate.<key>".
    """
    by_key = {proposal.key: proposal for proposal in proposals}
    priced = {estimate.proposal_key for estimate in estimates}
    notices = [
        _unlisted_notice(proposal, place(field, f"proposal.{proposal.key}"))
        for proposal in proposals
        if proposal.key not in priced
    ]
    for estimate in estimates:
        where = place(field, f"estimate.{estimate.key}")
        proposal = by_key.get(estimate.proposal_key or "")
        notice = _orphan_notice(estimate, where) if proposal is None else _basis_notice(estimate, proposal, where)
        if notice is not None:
            notices.append(notice)
    return notices


def _unlisted_notice(proposal: ProposalFact, where: str) -> Notice:
    if proposal.form_amount is None:
        message = _("“%(title)s” is missing from the economy list, and its form has no amount.")
    else:
        message = _("“%(title)s” is missing from the economy list, though its form says %(amount)s.")
    values = {"title": _name(proposal), "amount": _kroner(proposal.form_amount)}
    return Notice("R6", where, message % values, (proposal.key, proposal.form_amount))


def _orphan_notice(estimate: EstimateFact, where: str) -> Notice:
    message = _("The line “%(label)s” of %(amount)s in the economy list belongs to no proposal.") % {
        "label": estimate.label,
        "amount": _kroner(estimate.amount),
    }
    return Notice("R6", where, message, (estimate.key, estimate.amount))


def _basis_notice(estimate: EstimateFact, proposal: ProposalFact, where: str) -> Notice | None:
    if estimate.amount is None or estimate.amount == proposal.form_amount:
        return None
    values = {
        "title": _name(proposal),
        "amount": _kroner(estimate.amount),
        "form_amount": _kroner(proposal.form_amount),
    }
    if proposal.form_amount is not None:
        message = _("“%(title)s” is %(amount)s in the economy list, but %(form_amount)s in its form.")
    elif estimate.amount > 0:
        message = _("“%(title)s” is %(amount)s in the economy list, but its form has no amount.")
    else:
        return None
    return Notice("R7", where, message % values, (estimate.amount, proposal.form_amount))


def _name(proposal: ProposalFact) -> str:
    return proposal.short_name or proposal.title


def _kroner(amount: Decimal | None) -> str:
    return format_kroner(amount, 0 if amount is None or amount == amount.to_integral_value() else 2)


def check_submittable(
    fields: Mapping[str, str],
    *,
    has_target_group: bool,
    has_cost_or_reason: bool,
    unsized: Sequence[str] = (),
    expired: Sequence[str] = (),
) -> None:
    """Raise ValidationError with one message per field that must be filled before the proposal can be sent.

    `fields` are the texts that must not be empty, by field name. Other places: target_groups, costs.
    `unsized` are cost lines with neither full-time equivalents nor an amount, `expired` codes that no longer hold.
    """
    errors = {
        name: ValidationError(_("Fill in this field before you send the proposal."), code="required")
        for name, text in fields.items()
        if not text.strip()
    }
    if not has_target_group:
        errors["target_groups"] = ValidationError(_("Choose at least one target group."), code="required")
    if not has_cost_or_reason:
        errors["costs"] = ValidationError(
            _("Write what the proposal costs, or why the cost is not known yet."), code="required"
        )
    if unsized:
        message = _("Write full-time equivalents or an amount for %(names)s, or empty the line.")
        names = joined([f"“{label}”" for label in unsized])
        errors["costs"] = ValidationError(message, code="unsized", params={"names": names})
    if expired:
        message = _("No longer in force: %(names)s. Choose codes that hold today.")
        errors["target_groups"] = ValidationError(message, code="expired", params={"names": joined(expired)})
    if errors:
        raise ValidationError(errors)


EDITABLE = frozenset({ProposalState.DRAFT, ProposalState.WITHDRAWN})
DECIDED = frozenset({ProposalState.GRANTED, ProposalState.REJECTED})


def check_editable(state: ProposalState | str) -> None:
    """Raise not_editable: what was sent stays as it was sent, until it is withdrawn."""
    if state == ProposalState.SUBMITTED:
        raise ValidationError(
            _("The proposal has been sent. Withdraw it first if it must be changed."), code="not_editable"
        )
    if state not in EDITABLE:
        raise ValidationError(_("The proposal has been decided and cannot be changed."), code="not_editable")


def check_withdrawable(state: ProposalState | str) -> None:
    """Raise not_submitted: only what has been sent and not yet decided can be withdrawn."""
    if state != ProposalState.SUBMITTED:
        raise ValidationError(
            _("Only a proposal that has been sent and not yet decided can be withdrawn."), code="not_submitted"
        )


def check_co_author(*, state: ProposalState, is_author: bool, is_co_author: bool, can_write: bool) -> None:
    """Raise decided, is_author, is_co_author or cannot_write: who may come to write a proposal too."""
    if state in DECIDED:
        raise ValidationError(_("The proposal has been decided and cannot be changed."), code="decided")
    if is_author:
        raise ValidationError(_("The author writes the proposal already."), code="is_author")
    if is_co_author:
        raise ValidationError(_("The colleague writes the proposal already."), code="is_co_author")
    if not can_write:
        raise ValidationError(_("Only proposers and managers can write proposals."), code="cannot_write")


def check_decision(*, state: ProposalState, outcome: DecisionOutcome | str, reason: str) -> None:
    """Raise not_submitted, unknown_outcome or reason_missing: only a sent proposal is decided, and never silently."""
    if state == ProposalState.DRAFT:
        raise ValidationError(_("The proposal has not been sent yet and cannot be decided."), code="not_submitted")
    if state == ProposalState.WITHDRAWN:
        raise ValidationError(_("The proposal has been withdrawn and cannot be decided."), code="not_submitted")
    if state != ProposalState.SUBMITTED:
        raise ValidationError(_("The proposal has already been decided."), code="not_submitted")
    if outcome not in DecisionOutcome.values:
        raise ValidationError(_("Choose whether the proposal is granted or rejected."), code="unknown_outcome")
    check_reason(reason)
