"""Code lists."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from projects import models
from tests.factories.dates import SINCE


class StrategicGoalFactory(DjangoModelFactory):
    class Meta:
        model = models.StrategicGoal

    code = factory.Sequence(lambda n: str(n + 1))
    name = factory.LazyAttribute("Mål {0.code}".format)
    valid_from = SINCE


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = models.Track

    code = factory.Sequence(lambda n: str(n + 1))
    name = factory.LazyAttribute("Spor {0.code}".format)
    valid_from = SINCE


class BenefitFactory(DjangoModelFactory):
    class Meta:
        model = models.Benefit

    code = factory.Sequence("YD-{}".format)
    name = factory.LazyAttribute("Ydelse {0.code}".format)
    valid_from = SINCE


class LegalBasisFactory(DjangoModelFactory):
    class Meta:
        model = models.LegalBasis

    code = factory.Sequence("SEL-{}".format)
    name = factory.LazyAttribute("Hjemmel {0.code}".format)
    valid_from = SINCE


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.TargetGroup

    code = factory.Sequence(lambda n: f"2.{n + 1}")
    name = factory.LazyAttribute("Målgruppe {0.code}".format)
    valid_from = SINCE


class FteRateFactory(DjangoModelFactory):
    class Meta:
        model = models.FteRate

    year = 2016
    amount = Decimal(370_000)


class PriceIndexFactory(DjangoModelFactory):
    class Meta:
        model = models.PriceIndex

    year = factory.Sequence(lambda number: 2016 + number)
    index = Decimal(100)
