"""What proposals, projects and pools cost and give back, expected and realised, year by year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Sum

from projects.models import BudgetLine, ExpectedReturn, Pool, Project, Proposal, RealisedReturn
from projects.queries.proposals import YearCosts
from projects.rules.paybacks import Expectation, Place, Sensitivity, flows_back, places, sensitivity

NOTHING = Decimal(0)


@dataclass(frozen=True)
class PaybackYear:
    """`realised` None: nothing has been entered for the year."""

    year: int
    invested: Decimal
    expected: Decimal
    realised: Decimal | None
    balance: Decimal


@dataclass(frozen=True)
class Payback:
    """An investment and what it gives back. `back_expected` and `back_realised`: what comes back to the pool, None
    while the pool has not decided how much does. `rate` is per cent a year, None when the pool states none;
    `rate_basis` says what it rests on. `written` of `asked` projects have written what they expect.
    """

    years: tuple[PaybackYear, ...]
    places: tuple[Place, ...]
    sensitivity: Sensitivity
    invested: Decimal
    realised: Decimal | None
    rate: Decimal | None
    rate_basis: str
    share: Decimal | None
    back_expected: Decimal | None
    back_realised: Decimal | None
    written: int = 1
    asked: int = 1


def proposal_payback(proposal: Proposal, costs: Sequence[YearCosts]) -> Payback | None:
    """Return what the proposal gives back by its own form; None when no return is written. One query."""
    invested = {year.year: year.total for year in costs if year.total is not None}
    return _payback(proposal.pool, invested, list(proposal.returns.all()), [])


def project_payback(project: Project) -> Payback | None:
    """Return the project's grants against its proposal's return and what came in; None when neither is written.

    Three queries.
    """
    invested = dict(project.budget_lines.order_by().values_list("year").annotate(Sum("amount")))
    expected = ExpectedReturn.objects.filter(proposal__project=project)
    return _payback(project.pool, invested, expected, list(project.returns.all()))


def pool_payback(pool: Pool) -> Payback | None:
    """Return the pool's grants against what its projects are expected to give back, and gave. Four queries."""
    lines = BudgetLine.objects.filter(pool_year__pool=pool).order_by()
    invested = dict(lines.values_list("year").annotate(Sum("amount")))
    expected = ExpectedReturn.objects.filter(proposal__project__pool=pool)
    found = _payback(pool, invested, expected, list(RealisedReturn.objects.filter(project__pool=pool)))
    if found is None:
        return None
    written = len({row.proposal_id for row in expected})
    return replace(found, written=written, asked=lines.values("project").distinct().count())


def _payback(
    pool: Pool | None,
    invested: Mapping[int, Decimal],
    expected_rows: Iterable[ExpectedReturn],
    realised_rows: Sequence[RealisedReturn],
) -> Payback | None:
    expected = [
        Expectation(row.year, row.falls_in, row.service_frame, row.expected, row.low, row.high) for row in expected_rows
    ]
    realised = [Expectation(row.year, row.falls_in, row.service_frame, row.amount) for row in realised_rows]
    if not expected and not realised:
        return None
    rate = pool.discount_rate if pool else None
    share = pool.returned_percent if pool else None
    whole = sum((line.expected for line in realised), NOTHING) if realised else None
    found = sensitivity(expected, invested=invested, rate=rate)
    return Payback(
        years=tuple(_years(invested, expected, realised)),
        places=tuple(places(expected, realised)),
        sensitivity=found,
        invested=sum(invested.values(), NOTHING),
        realised=whole,
        rate=rate,
        rate_basis=pool.discount_rate_basis if pool else "",
        share=share,
        back_expected=flows_back(found.expected.returned, share),
        back_realised=None if whole is None else flows_back(whole, share),
    )


def _years(
    invested: Mapping[int, Decimal], expected: Sequence[Expectation], realised: Sequence[Expectation]
) -> Iterable[PaybackYear]:
    hoped, came = _by_year(expected), _by_year(realised)
    balance = NOTHING
    for year in sorted({*invested, *hoped, *came}):
        balance += hoped.get(year, NOTHING) - invested.get(year, NOTHING)
        yield PaybackYear(year, invested.get(year, NOTHING), hoped.get(year, NOTHING), came.get(year), balance)


def _by_year(lines: Sequence[Expectation]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.year] += line.expected
    return dict(sums)
