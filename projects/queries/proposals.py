"""Proposals in lists and as papers, with what their economy comes to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce, Round

from projects.enums import Subject
from projects.fields import ORE
from projects.models import Event, FteRate, PoolYear, Proposal, ProposalCost, User
from projects.money import sum_known
from projects.queries.pool_notices import form_amount
from projects.queries.pools import CostRow, cost_rows, fte_rates, pool_sums

THOUSANDTHS = 1000


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


class ExactMoneyField(BigIntegerField):  # type: ignore[type-arg]
    """Thousandths of an øre: what thousandths of a full-time equivalent cost is whole, so that SQL adds it exactly."""

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(value) / (ORE * THOUSANDTHS)


def with_asked(proposals: QuerySet[Proposal]) -> Any:
    """Return them with `asked`: the sum of `rules.proposals.cost_amount` over their lines. No query of its own."""
    rate = Cast(Subquery(FteRate.objects.filter(year=OuterRef("year")).values("amount")[:1]), BigIntegerField())
    of_fte = Cast(Round(F("fte") * THOUSANDTHS), BigIntegerField()) * rate
    amount = Coalesce(Cast("amount", BigIntegerField()) * THOUSANDTHS, of_fte, output_field=ExactMoneyField())
    lines = ProposalCost.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return proposals.annotate(asked=Subquery(lines.annotate(total=Sum(amount)).values("total")))


@dataclass(frozen=True)
class AskedSums:
    """All of some proposals: what they ask for together, and how many give no amount and are not in it."""

    count: int
    total: Decimal | None
    unpriced: int


def asked_sums(proposals: Any) -> AskedSums:
    """Return the sums of `with_asked` proposals. One query."""
    return AskedSums(
        **proposals.order_by().aggregate(
            count=Count("pk"), total=Sum("asked"), unpriced=Count("pk", filter=Q(asked__isnull=True))
        )
    )


def proposal_rows(proposals: Any) -> list[ProposalRow]:
    """Return the `with_asked` proposals in the order given. Two queries, however many proposals."""
    return [ProposalRow(proposal, proposal.asked) for proposal in _loaded(proposals)]


def proposal_rows_in_parts(proposals: Any, part: int = 500) -> Iterator[ProposalRow]:
    """Yield `proposal_rows` without holding them. One query, and one more per part."""
    for proposal in _loaded(proposals).iterator(part):
        yield ProposalRow(proposal, proposal.asked)


def _loaded(proposals: Any) -> Any:
    return proposals.select_related("pool", "unit", "author").prefetch_related("co_authors")


def proposal_costs(proposal: Proposal) -> list[YearCosts]:
    """Return the proposal's economy, year by year. Two queries."""
    by_year: dict[int, list[CostRow]] = defaultdict(list)
    for row in cost_rows(proposal.costs.all(), fte_rates()):
        by_year[row.cost.year].append(row)
    return [
        YearCosts(
            year,
            tuple(rows),
            sum_known(row.amount for row in rows),
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


def last_writer(proposal: Proposal) -> str:
    """Return who saved the proposal last: whose changes wait to be told, else who was told of last. One query."""
    if proposal.untold:
        return str(User.objects.get(pk=proposal.untold["by"]))
    event = Event.objects.about(Subject.PROPOSAL, proposal.pk).filter(verb__in=("created", "changed")).first()
    return str(event.actor) if event and event.actor else str(proposal.author)
