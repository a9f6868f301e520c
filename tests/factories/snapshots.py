"""Monthly statuses with what was filled in, answers to findings, and events."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from projects import models
from projects.actions.rollups import refresh_rollups
from projects.enums import SnapshotState, Subject
from tests.factories.dates import MOMENT, MONTH
from tests.factories.people import UserFactory
from tests.factories.projects import BreakdownCategoryFactory, IndicatorFactory, KeptReadyFactory, ProjectFactory


class StatusSnapshotFactory(KeptReadyFactory):
    """An empty draft. Fill it first and then call `approved`: the database refuses rows added to an approved status."""

    class Meta:
        model = models.StatusSnapshot

    project = factory.SubFactory(ProjectFactory)
    month = MONTH
    created_by = factory.SubFactory(UserFactory)
    updated_by = factory.SelfAttribute("created_by")


def approved(snapshot: models.StatusSnapshot, *, by: models.User | None = None) -> models.StatusSnapshot:
    """Approve past all rules, for tests of what comes after."""
    snapshot.state = SnapshotState.APPROVED
    snapshot.approved_by = by or snapshot.created_by
    snapshot.approved_at = MOMENT
    snapshot.save()
    refresh_rollups([snapshot.project_id])
    return snapshot


class MeasurementFactory(DjangoModelFactory):
    class Meta:
        model = models.Measurement

    snapshot = factory.SubFactory(StatusSnapshotFactory)
    indicator = factory.LazyAttribute(lambda row: IndicatorFactory(project=row.snapshot.project))
    value = Decimal(41)
    unit = factory.SelfAttribute("indicator.unit")


class BreakdownValueFactory(DjangoModelFactory):
    class Meta:
        model = models.BreakdownValue

    snapshot = factory.SubFactory(StatusSnapshotFactory)
    category = factory.LazyAttribute(lambda row: BreakdownCategoryFactory(breakdown__project=row.snapshot.project))
    count = 5


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Attachment

    snapshot = factory.SubFactory(StatusSnapshotFactory)
    title = "Bilag"


class SnapshotReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.SnapshotReference

    snapshot = factory.SubFactory(StatusSnapshotFactory)
    title = "Status på projektet"


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Finding

    subject = "projects.statussnapshot:1"
    rule = "R1"
    fingerprint = factory.Sequence("{:032x}".format)
    message = "Rækkerne giver 4, men der står 5."
    answer = "Kendt: én er flyttet."
    answered_by = factory.SubFactory(UserFactory)
    answered_at = MOMENT


class EventFactory(DjangoModelFactory):
    class Meta:
        model = models.Event

    subject = Subject.PROJECT
    subject_id = 1
    verb = "changed"
    actor = factory.SubFactory(UserFactory)
    at = MOMENT
