"""What a proposal costs and gives back, line by line: stored with the proposal, by whoever holds its lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.actions.events import Change
from projects.counts import format_count
from projects.enums import ServiceFrame
from projects.models import ExpectedReturn, Proposal, ProposalCost
from projects.money import format_kroner
from projects.rules.paybacks import check_expectation


@dataclass(frozen=True)
class CostValue:
    """One line of the economy: full-time equivalents, or an amount in kroner, or both. None is unknown."""

    year: int
    label: str
    fte: Decimal | None = None
    amount: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True)
class ReturnValue:
    """One line of an expected return, kroner, + is saved. None: nobody has said."""

    year: int
    falls_in: str
    expected: Decimal
    service_frame: str = ServiceFrame.UNKNOWN
    low: Decimal | None = None
    high: Decimal | None = None
    basis: str = ""


def money_changes(
    proposal: Proposal, costs: Sequence[CostValue], returns: Sequence[ReturnValue] | None
) -> list[Change]:
    """Return what differs from the stored lines, in words. `returns` None: they are left as they are. Two queries."""
    changes: list[Change] = []
    stored = [CostValue(row.year, row.label, row.fte, row.amount, row.basis) for row in proposal.costs.all()]
    if stored != sorted(costs, key=lambda cost: cost.year):
        changes.append((_("Economy per year"), _cost_words(stored), _cost_words(costs)))
    if returns is None:
        return changes
    hoped = [
        ReturnValue(row.year, row.falls_in, row.expected, row.service_frame, row.low, row.high, row.basis)
        for row in proposal.returns.all()
    ]
    if hoped != sorted(returns, key=lambda line: line.year):
        changes.append((_("Expected return"), _return_words(hoped), _return_words(returns)))
    return changes


def store_costs(proposal: Proposal, costs: Sequence[CostValue]) -> None:
    """Store the lines instead of those the proposal had. Raises ValidationError by field."""
    proposal.costs.all().delete()
    rows = [ProposalCost(proposal=proposal, position=number, **vars(cost)) for number, cost in enumerate(costs)]
    for row in rows:
        row.full_clean()
    ProposalCost.objects.bulk_create(rows)


def store_returns(proposal: Proposal, returns: Sequence[ReturnValue]) -> None:
    """Store the lines instead of those the proposal had. Raises ValidationError by field."""
    proposal.returns.all().delete()
    rows = [ExpectedReturn(proposal=proposal, position=number, **vars(line)) for number, line in enumerate(returns)]
    for row in rows:
        check_expectation(low=row.low, expected=row.expected, high=row.high)
        row.full_clean()
    ExpectedReturn.objects.bulk_create(rows)


def _cost_words(costs: Sequence[CostValue]) -> str:
    return "; ".join(
        f"{cost.year} {cost.label}: {format_kroner(cost.amount) if cost.fte is None else format_count(cost.fte)}"
        for cost in costs
    )


def _return_words(lines: Sequence[ReturnValue]) -> str:
    return "; ".join(f"{line.year} {line.falls_in}: {format_kroner(line.expected)}" for line in lines)
