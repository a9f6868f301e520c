"""Committees, meetings and rounds."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from projects import models
from tests.factories.dates import MEETING, MONTH


class CommitteeFactory(DjangoModelFactory):
    class Meta:
        model = models.Committee

    code = factory.Sequence("UDV{}".format)
    name = factory.LazyAttribute("Udvalg {0.code}".format)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = models.Meeting

    committee = factory.SubFactory(CommitteeFactory)
    date = MEETING


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    title = factory.LazyAttribute("Punkt {0.number}".format)


class StatusRoundFactory(DjangoModelFactory):
    class Meta:
        model = models.StatusRound

    committee = factory.SubFactory(CommitteeFactory)
    month = MONTH
    caseworker_due = date(2017, 11, 22)
    manager_due = date(2017, 11, 24)
    secretary_due = date(2017, 11, 27)
