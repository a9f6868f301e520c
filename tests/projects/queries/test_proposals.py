from decimal import Decimal

import pytest

from projects.models import Proposal
from projects.queries.proposals import grantable_years, known_sum, proposal_costs, proposal_rows
from tests.factories import (
    BudgetLineFactory,
    EstimateLineFactory,
    FteRateFactory,
    PoolYearFactory,
    ProposalCostFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db


def test_costs_are_computed_year_by_year():
    FteRateFactory(year=2016, amount=Decimal(370_000))
    proposal = ProposalFactory()
    for values in (
        {"year": 2017, "label": "Rådgiver", "fte": Decimal("0.25"), "amount": None},
        {"year": 2016, "label": "Rådgiver", "fte": Decimal("0.5"), "amount": None},
        {"year": 2016, "label": "Møder", "amount": Decimal(5_000)},
    ):
        ProposalCostFactory(proposal=proposal, **values)
    assert [
        (year.year, [row.amount for row in year.rows], year.total, year.is_complete)
        for year in proposal_costs(proposal)
    ] == [
        (2016, [Decimal(185_000), Decimal(5_000)], Decimal(190_000), True),
        (2017, [None], None, False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_proposal_rows_query_count(count, django_assert_num_queries):
    for _ in range(count):
        ProposalCostFactory()
    with django_assert_num_queries(4):
        rows = proposal_rows(Proposal.objects.all())
        assert [(row.proposal.pool.name, row.proposal.unit.name, str(row.proposal.author)) for row in rows]
    assert [row.asked for row in rows] == [Decimal(100_000)] * count


def test_a_proposal_without_an_amount_asks_for_nothing_known():
    ProposalFactory()
    assert [row.asked for row in proposal_rows(Proposal.objects.all())] == [None]
    assert known_sum([None, None]) is None
    assert known_sum([None, Decimal(5), Decimal(0)]) == Decimal(5)


@pytest.mark.parametrize("count", [1, 3])
def test_grantable_years(count, django_assert_num_queries):
    proposal = ProposalFactory()
    years = [PoolYearFactory(pool=proposal.pool, year=2016 + step) for step in range(count)]
    EstimateLineFactory(proposal=proposal, pool_year=years[0], amount=Decimal(150_000))
    ProposalCostFactory(proposal=proposal, amount=Decimal(185_000))
    BudgetLineFactory(project__pool=proposal.pool, pool_year=years[0], amount=Decimal(300_000))
    with django_assert_num_queries(6):
        found = grantable_years(proposal)
    first = found[0]
    assert len(found) == count
    assert (first.rest, first.listed, first.in_form, first.suggested) == (
        Decimal(4_000_000),
        Decimal(150_000),
        Decimal(185_000),
        Decimal(150_000),
    )


def test_a_list_that_says_nothing_leaves_it_to_the_form():
    line = EstimateLineFactory(amount=Decimal(0))
    ProposalCostFactory(proposal=line.proposal, amount=Decimal(185_000))
    [year] = grantable_years(line.proposal)
    assert (year.listed, year.suggested) == (Decimal(0), Decimal(185_000))
