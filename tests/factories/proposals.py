"""Proposals with their economy and decisions."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from projects import models
from projects.enums import DecisionOutcome
from tests.factories.dates import MOMENT
from tests.factories.people import UserFactory
from tests.factories.pools import PoolFactory, PoolYearFactory


class ProposalFactory(DjangoModelFactory):
    """A draft in its pool's unit, with the ten fields empty. Its author has no role unless given one."""

    class Meta:
        model = models.Proposal

    pool = factory.SubFactory(PoolFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute("Forslag {0.number}".format)
    short_name = factory.SelfAttribute("title")
    unit = factory.SelfAttribute("pool.unit")
    author = factory.SubFactory(UserFactory)


class ProposalCostFactory(DjangoModelFactory):
    class Meta:
        model = models.ProposalCost

    proposal = factory.SubFactory(ProposalFactory)
    year = 2016
    label = "Løn"
    amount = Decimal(100_000)
    basis = "Overslag"


class EstimateLineFactory(DjangoModelFactory):
    class Meta:
        model = models.EstimateLine

    proposal = factory.SubFactory(ProposalFactory)
    pool_year = factory.LazyAttribute(lambda line: PoolYearFactory(pool=line.proposal.pool))
    label = factory.SelfAttribute("proposal.title")
    amount = Decimal(100_000)


class ProposalDecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.ProposalDecision

    proposal = factory.SubFactory(ProposalFactory)
    outcome = DecisionOutcome.GRANTED
    reason = "Udvalget følger indstillingen."
    decided_by = factory.SubFactory(UserFactory)
    decided_at = MOMENT
