"""Projects, what they were granted and spent, and what is counted in them."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from projects import models
from projects.actions.rollups import refresh_rollups
from projects.enums import BreakdownKind, PlacementKind, Role
from tests.factories.dates import SINCE
from tests.factories.meetings import CommitteeFactory
from tests.factories.people import OrgUnitFactory, UserFactory
from tests.factories.pools import PoolFactory


class KeptReadyFactory(DjangoModelFactory):
    """A row that lists are sorted and added up by: what the actions keep ready is kept here, too."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        project_id = row.pk if isinstance(row, models.Project) else row.project_id
        # A posting that was put aside belongs to no project yet.
        refresh_rollups([project_id] if project_id else [])
        return row


class ProjectFactory(KeptReadyFactory):
    """A running project of a pool, in the pool's unit and committee. Without budget, caseworkers or indicators."""

    class Meta:
        model = models.Project

    code = factory.Sequence("projekt-{}".format)
    name = factory.LazyAttribute("Projekt {0.code}".format)
    pool = factory.SubFactory(PoolFactory)
    unit = factory.LazyAttribute(lambda project: project.pool.unit if project.pool else OrgUnitFactory())
    committee = factory.LazyAttribute(lambda project: project.pool.committee if project.pool else CommitteeFactory())
    starts_on = date(2016, 4, 1)


class ProjectAliasFactory(DjangoModelFactory):
    class Meta:
        model = models.ProjectAlias

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence("Andet navn {}".format)


class ProjectAssignmentFactory(DjangoModelFactory):
    """`user` is a caseworker, who has the role as well as the project."""

    class Meta:
        model = models.ProjectAssignment

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory, roles=[Role.CASEWORKER])
    valid_from = SINCE


class BudgetLineFactory(KeptReadyFactory):
    """A line that takes nothing from a frame; give `pool_year` where the frame matters."""

    class Meta:
        model = models.BudgetLine

    project = factory.SubFactory(ProjectFactory)
    year = 2016
    amount = Decimal(100_000)
    price_level = factory.SelfAttribute("year")
    reason = "Bevilget af udvalget."
    created_by = factory.SubFactory(UserFactory)


class CommitmentFactory(KeptReadyFactory):
    class Meta:
        model = models.Commitment

    project = factory.SubFactory(ProjectFactory)
    amount = Decimal(10_000)
    text = "Kursus hos leverandør"
    expected_on = date(2016, 9, 1)
    created_by = factory.SubFactory(UserFactory)


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportBatch

    file_name = "posteringer.csv"
    sha256 = factory.Sequence("{:064x}".format)
    row_count = 1
    control_total = Decimal(0)
    created_by = factory.SubFactory(UserFactory)


class PostingFactory(KeptReadyFactory):
    class Meta:
        model = models.Posting

    batch = factory.SubFactory(ImportBatchFactory)
    line_number = factory.Sequence(lambda n: n + 1)
    project = factory.SubFactory(ProjectFactory)
    posted_on = date(2016, 6, 30)
    amount = Decimal(10_000)


class PlacementRuleFactory(DjangoModelFactory):
    class Meta:
        model = models.PlacementRule

    pool = factory.SubFactory(PoolFactory)
    project = factory.SubFactory(ProjectFactory)
    kind = PlacementKind.PROJECT_KEY
    value = factory.Sequence("98-{}".format)
    created_by = factory.SubFactory(UserFactory)


class LedgerUploadFactory(DjangoModelFactory):
    class Meta:
        model = models.LedgerUpload

    pool = factory.SubFactory(PoolFactory)
    file = factory.django.FileField(data="Dato;Beløb\n30.06.2016;100,00\n".encode(), filename="fil")
    name = "posteringer.csv"
    year = 2016
    created_by = factory.SubFactory(UserFactory)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence("maaltal-{}".format)
    name = factory.LazyAttribute("Måltal {0.code}".format)
    unit = "borgere"


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = models.Target

    indicator = factory.SubFactory(IndicatorFactory)
    due_on = date(2017, 12, 31)
    value = Decimal(25)


class BreakdownFactory(DjangoModelFactory):
    """A split that need not sum to anything; give `indicator` where it must."""

    class Meta:
        model = models.Breakdown

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence("opgoerelse-{}".format)
    name = factory.LazyAttribute("Opgørelse {0.code}".format)
    kind = BreakdownKind.SPLIT
    unit = "borgere"


class BreakdownCategoryFactory(DjangoModelFactory):
    class Meta:
        model = models.BreakdownCategory

    breakdown = factory.SubFactory(BreakdownFactory)
    code = factory.Sequence("raekke-{}".format)
    name = factory.LazyAttribute("Række {0.code}".format)
    position = factory.Sequence(lambda n: n)


class CaseStoryFactory(DjangoModelFactory):
    """A draft with a title and nothing more."""

    class Meta:
        model = models.CaseStory

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence("Historie {}".format)
    written_by = factory.SubFactory(UserFactory)
