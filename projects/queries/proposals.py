"""Proposals in lists and as papers, with what their economy comes to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from projects.models import PoolYear, Proposal
from projects.queries.pool_notices import form_amount
from projects.queries.pools import CostRow, cost_rows, fte_rates, pool_sums


@dataclass(frozen=True)
class YearCosts:
    """A year of a proposal's economy. `total` None: no amount is known. `is_complete`: every amount is."""

    year: int
    rows: tuple[CostRow, ...]
    total: Decimal | None
    is_complete: bool


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in a list. `asked` is what it asks for in all years, None when its form gives no amount."""

    proposal: Proposal
    asked: Decimal | None


def proposal_rows(proposals: QuerySet[Proposal]) -> list[ProposalRow]:
    """Return the proposals in the order given. Four queries, however many proposals."""
    rates = fte_rates()
    loaded = proposals.select_related("pool", "unit", "author").prefetch_related("costs", "co_authors")
    return [
        ProposalRow(proposal, known_sum(row.amount for row in cost_rows(proposal.costs.all(), rates)))
        for proposal in loaded
    ]


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is known, None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def proposal_costs(proposal: Proposal) -> list[YearCosts]:
    """Return the proposal's economy, year by year. Two queries."""
    by_year: dict[int, list[CostRow]] = defaultdict(list)
    for row in cost_rows(proposal.costs.all(), fte_rates()):
        by_year[row.cost.year].append(row)
    return [
        YearCosts(
            year,
            tuple(rows),
            known_sum(row.amount for row in rows),
            all(row.amount is not None for row in rows),
        )
        for year, rows in sorted(by_year.items())
    ]


@dataclass(frozen=True)
class GrantableYear:
    """A frame a proposal can be granted from. `rest` is left to grant; the others are what was asked, if known."""

    pool_year: PoolYear
    rest: Decimal
    listed: Decimal | None
    in_form: Decimal | None

    @property
    def suggested(self) -> Decimal | None:
        """Return the list's amount, else the form's; None rather than nothing."""
        return self.listed or self.in_form or None


def grantable_years(proposal: Proposal) -> list[GrantableYear]:
    """Return the pool's frames, oldest first, with what the proposal asks of each. Six queries."""
    prefetch_related_objects([proposal], "costs")
    frames = list(proposal.pool.years.order_by("year"))
    sums = pool_sums(frames)
    rates = fte_rates()
    listed = dict(proposal.estimates.values_list("pool_year_id", "amount"))
    return [
        GrantableYear(
            pool_year=frame,
            rest=sums[frame.pk].rest_after_granted,
            listed=listed.get(frame.pk),
            in_form=form_amount(proposal, frame.year, rates),
        )
        for frame in frames
    ]
