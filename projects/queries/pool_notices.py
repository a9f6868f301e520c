"""What the rules notice in pools: their proposals' economy, the economy list, and the frame."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from projects.enums import ProposalState
from projects.models import BudgetLine, EstimateLine, FteRate, Pool, PoolYear, Proposal, ProposalCost
from projects.queries.notices import Found
from projects.rules.notices import Notice
from projects.rules.pools import over_granted_notice, true_rest_notice
from projects.rules.proposals import (
    CostFact,
    EstimateFact,
    ProposalFact,
    asked_amount,
    cost_notices,
    estimate_notices,
)

ASKING = (ProposalState.SUBMITTED, ProposalState.GRANTED, ProposalState.REJECTED)


@dataclass
class _PoolRows:
    """One pool's rows. `costs` are by proposal and year, `lines` by frame, `listed_in` a proposal's frames.

    Read as bare values where there may be thousands: as rows of the models they cost a third of the overview.
    """

    years: list[PoolYear] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    costs: dict[int, dict[int, list[CostFact]]] = field(default_factory=dict)
    lines: dict[int, list[EstimateLine]] = field(default_factory=lambda: defaultdict(list))
    listed_in: dict[int | None, set[int]] = field(default_factory=lambda: defaultdict(set))


def pools_found(pools: Sequence[Pool]) -> Iterator[Found]:
    """Yield R6, R7 and R8 for the pools. Six queries, however many pools and proposals."""
    rates = dict(FteRate.objects.values_list("year", "amount"))
    granted = granted_by_frame(pools)
    rows = _rows(pools, rates)
    for pool in pools:
        own = rows[pool.pk]
        for proposal in own.proposals:
            for notice in cost_notices(list(chain.from_iterable(own.costs[proposal.pk].values()))):
                yield f"proposal/{pool.code}/{proposal.number}", str(proposal), notice
        for pool_year in own.years:
            for notice in _year_notices(pool, pool_year, own, granted.get(pool_year.pk, Decimal(0))):
                label = _("%(pool)s, frame of %(year)s") % {"pool": pool.name, "year": pool_year.year}
                yield f"pool/{pool.code}", label, notice


def granted_by_frame(pools: Sequence[Pool]) -> dict[int, Decimal]:
    """Return the sum of what was taken from each frame, by frame id; frames nothing was taken from are left out."""
    lines = BudgetLine.objects.filter(pool_year__pool__in=pools).order_by()
    return dict(lines.values_list("pool_year_id").annotate(Sum("amount")))


def cost_fact(cost: ProposalCost, rates: Mapping[int, Decimal]) -> CostFact:
    return CostFact(cost.label, cost.fte, rates.get(cost.year), cost.amount, cost.basis)


def form_amount(proposal: Proposal, year: int, rates: Mapping[int, Decimal]) -> Decimal | None:
    """Return the form's `asked_amount` in the year. The proposal's costs must be loaded."""
    return asked_amount(cost_fact(cost, rates) for cost in proposal.costs.all() if cost.year == year)


def _rows(pools: Sequence[Pool], rates: Mapping[int, Decimal]) -> dict[int, _PoolRows]:
    rows: dict[int, _PoolRows] = {pool.pk: _PoolRows() for pool in pools}
    pool_of: dict[int, int] = {}
    for year in PoolYear.objects.filter(pool__in=pools).order_by("year"):
        rows[year.pool_id].years.append(year)
        pool_of[year.pk] = year.pool_id
    costs = _costs(pools, rates)
    for proposal in _asking(pools):
        rows[proposal.pool_id].proposals.append(proposal)
        rows[proposal.pool_id].costs[proposal.pk] = costs.get(proposal.pk, {})
    listed = EstimateLine.objects.filter(pool_year__in=pool_of)
    for line in listed.only("pool_year", "proposal", "label", "amount"):
        own = rows[pool_of[line.pool_year_id]]
        own.lines[line.pool_year_id].append(line)
        own.listed_in[line.proposal_id].add(line.pool_year_id)
    return rows


def _costs(pools: Iterable[Pool], rates: Mapping[int, Decimal]) -> dict[int, dict[int, list[CostFact]]]:
    """Return the proposals' costs by proposal id and year, in the form's order."""
    found: dict[int, dict[int, list[CostFact]]] = {}
    costs = ProposalCost.objects.filter(proposal__in=_asking(pools)).order_by("year", "position", "pk")
    for pk, year, label, fte, amount, basis in costs.values_list(
        "proposal_id", "year", "label", "fte", "amount", "basis"
    ):
        found.setdefault(pk, {}).setdefault(year, []).append(CostFact(label, fte, rates.get(year), amount, basis))
    return found


def _asking(pools: Iterable[Pool]) -> QuerySet[Proposal]:
    """Return the proposals without their long texts: there may be hundreds, and the rules read none of them."""
    proposals = Proposal.objects.filter(pool__in=pools, state__in=ASKING)
    return proposals.only("pool", "number", "title", "short_name")


def _year_notices(pool: Pool, pool_year: PoolYear, rows: _PoolRows, granted: Decimal) -> Iterator[Notice]:
    place = str(pool_year.year)
    lines = rows.lines[pool_year.pk]
    facts = [
        ProposalFact(
            str(proposal.pk),
            proposal.title,
            proposal.short_name,
            asked_amount(rows.costs[proposal.pk].get(pool_year.year, ())),
        )
        for proposal in rows.proposals
        if _concerns(proposal, pool_year, rows)
    ]
    listed = [
        EstimateFact(str(line.pk), line.label, line.amount, str(line.proposal_id) if line.proposal_id else None)
        for line in lines
    ]
    yield from estimate_notices(proposals=facts, estimates=listed, field=place)

    priced = {str(line.proposal_id) for line in lines}
    unlisted = [
        (fact.short_name or fact.title, fact.form_amount)
        for fact in facts
        if fact.key not in priced and fact.form_amount is not None
    ]
    total = sum((line.amount for line in lines), Decimal(0))
    rest = true_rest_notice(pool=pool.name, frame=pool_year.frame, listed=total, unlisted=unlisted, field=place)
    excess = over_granted_notice(pool=pool.name, frame=pool_year.frame, granted=granted, field=place)
    yield from (notice for notice in (rest, excess) if notice is not None)


def _concerns(proposal: Proposal, pool_year: PoolYear, rows: _PoolRows) -> bool:
    """Return whether the proposal belongs to the frame: it has a line there, or none at all and asks for that year.

    One that names no year belongs to the pool's first.
    """
    if proposal.pk in rows.listed_in:
        return pool_year.pk in rows.listed_in[proposal.pk]
    asked = [year for year in rows.years if year.year in rows.costs[proposal.pk]] or rows.years[:1]
    return pool_year in asked
