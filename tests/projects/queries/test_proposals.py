from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from projects.alphabet import alphabetical
from projects.models import FteRate, Proposal, ProposalCost
from projects.money import sum_known
from projects.queries.alphabet import in_danish_order
from projects.queries.proposals import (
    AskedSums,
    asked_sums,
    grantable_years,
    proposal_costs,
    proposal_rows,
    with_asked,
)
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
    with django_assert_num_queries(2):
        rows = proposal_rows(with_asked(Proposal.objects.all()))
        assert [(row.proposal.pool.name, row.proposal.unit.name, str(row.proposal.author)) for row in rows]
    assert [row.asked for row in rows] == [Decimal(100_000)] * count


def test_a_proposal_without_an_amount_asks_for_nothing_known():
    ProposalFactory()
    assert [row.asked for row in proposal_rows(with_asked(Proposal.objects.all()))] == [None]


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


fractions = st.none() | st.integers(1, 999_999).map(lambda thousandths: Decimal(thousandths) / 1000)
amounts = st.none() | st.integers(-(10**11), 10**11).map(lambda ore: Decimal(ore) / 100)
lines = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([2016, 2017, 2018]), fractions, amounts), max_size=9)
words = st.text(alphabet="abekåzæøöäüéAEÅÆØÖÄÜÉ -", max_size=7)


class SqlIsTheRule(TestCase):
    """2018 has no rate: full-time equivalents of that year have no amount."""

    @given(lines=lines, rates=st.tuples(*[st.integers(1, 99_999_999)] * 2))
    @settings(max_examples=25)
    def test_what_proposals_ask_for_is_what_the_rule_makes_of_their_lines(self, lines, rates):
        FteRate.objects.bulk_create(
            FteRate(year=year, amount=Decimal(ore) / 100) for year, ore in zip((2016, 2017), rates, strict=True)
        )
        proposals = [ProposalFactory(), ProposalFactory()]
        ProposalCost.objects.bulk_create(
            ProposalCost(proposal=proposals[place], year=year, label="Løn", fte=fte, amount=amount)
            for place, year, fte, amount in lines
        )
        wanted = [sum_known(year.total for year in proposal_costs(proposal)) for proposal in proposals]
        found = with_asked(Proposal.objects.all())
        assert [row.asked for row in proposal_rows(found.order_by("pk"))] == wanted
        assert asked_sums(found) == AskedSums(2, sum_known(wanted), wanted.count(None))

    @given(names=st.lists(words, min_size=2, max_size=8))
    @settings(max_examples=15)
    def test_the_database_puts_names_in_danish_order(self, names):
        template = ProposalFactory()
        Proposal.objects.bulk_create(
            Proposal(pool=template.pool, unit=template.unit, author=template.author, number=n, short_name=name)
            for n, name in enumerate(names, start=1000)
        )
        stored = Proposal.objects.filter(number__gte=1000).order_by(in_danish_order("short_name"), "number")
        assert list(stored.values_list("short_name", flat=True)) == sorted(names, key=alphabetical)
