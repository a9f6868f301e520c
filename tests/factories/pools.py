"""Pools and frames."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from projects import models
from projects.enums import PoolKind
from tests.factories.meetings import CommitteeFactory
from tests.factories.people import OrgUnitFactory, UserFactory


class PoolFactory(DjangoModelFactory):
    class Meta:
        model = models.Pool

    code = factory.Sequence("PULJE-{}".format)
    name = factory.LazyAttribute("Pulje {0.code}".format)
    committee = factory.SubFactory(CommitteeFactory)
    unit = factory.SubFactory(OrgUnitFactory)


class PoolYearFactory(DjangoModelFactory):
    class Meta:
        model = models.PoolYear

    pool = factory.SubFactory(PoolFactory)
    year = 2016
    frame = Decimal(4_300_000)
    price_level = factory.SelfAttribute("year")


class StatePoolTermsFactory(DjangoModelFactory):
    class Meta:
        model = models.StatePoolTerms

    pool = factory.SubFactory(PoolFactory, kind=PoolKind.STATE_POOL)


class EffortFactory(DjangoModelFactory):
    class Meta:
        model = models.Effort

    pool = factory.SubFactory(PoolFactory, kind=PoolKind.STATE_POOL)
    unit = factory.SelfAttribute("pool.unit")
    title = factory.Sequence("Indsats {}".format)


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = models.Scenario

    pool = factory.SubFactory(PoolFactory)
    name = factory.Sequence("Alternativ {}".format)
    created_by = factory.SubFactory(UserFactory)
