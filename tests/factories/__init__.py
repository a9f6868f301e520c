"""Rows for tests, without surprises: fixed values, nothing random, and only the rows the database demands.

A factory gives what its model cannot do without; a test states everything it asserts on. Days and amounts are those
of the first round in 2016–2017, roles hold since 2010, and every password is "demo".
"""

from tests.factories.catalogue import (
    BenefitFactory,
    FteRateFactory,
    LegalBasisFactory,
    PriceIndexFactory,
    StrategicGoalFactory,
    TargetGroupFactory,
    TrackFactory,
)
from tests.factories.dates import MEETING, MOMENT, MONTH, SINCE
from tests.factories.follow_ups import FollowUpFactory
from tests.factories.mail import MailMessageFactory
from tests.factories.meetings import AgendaItemFactory, CommitteeFactory, MeetingFactory, StatusRoundFactory
from tests.factories.note_drafts import NoteDraftFactory, NotePartFactory
from tests.factories.notes import (
    IssuedPaperFactory,
    NoteFileFactory,
    NoteSectionFactory,
    NoteTemplateFactory,
    NoteVersionFactory,
    PublicEditionFactory,
    RenderingFactory,
    SavedViewFactory,
    StatusNoteFactory,
)
from tests.factories.people import AbsenceFactory, OrgUnitFactory, RoleAssignmentFactory, StandInFactory, UserFactory
from tests.factories.pools import (
    EffortFactory,
    PoolFactory,
    PoolYearFactory,
    ScenarioFactory,
    StatePoolTermsFactory,
)
from tests.factories.projects import (
    BreakdownCategoryFactory,
    BreakdownFactory,
    BudgetLineFactory,
    CaseStoryFactory,
    CommitmentFactory,
    ImportBatchFactory,
    IndicatorFactory,
    LedgerUploadFactory,
    PlacementRuleFactory,
    PostingFactory,
    ProjectAliasFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    TargetFactory,
)
from tests.factories.proposals import EstimateLineFactory, ProposalCostFactory, ProposalDecisionFactory, ProposalFactory
from tests.factories.snapshots import (
    AttachmentFactory,
    BreakdownValueFactory,
    EventFactory,
    FindingFactory,
    MeasurementFactory,
    SnapshotReferenceFactory,
    StatusSnapshotFactory,
    approved,
)

__all__ = [
    "MEETING",
    "MOMENT",
    "MONTH",
    "SINCE",
    "AbsenceFactory",
    "AgendaItemFactory",
    "AttachmentFactory",
    "BenefitFactory",
    "BreakdownCategoryFactory",
    "BreakdownFactory",
    "BreakdownValueFactory",
    "BudgetLineFactory",
    "CaseStoryFactory",
    "CommitmentFactory",
    "CommitteeFactory",
    "EffortFactory",
    "EstimateLineFactory",
    "EventFactory",
    "FindingFactory",
    "FollowUpFactory",
    "FteRateFactory",
    "ImportBatchFactory",
    "IndicatorFactory",
    "IssuedPaperFactory",
    "LedgerUploadFactory",
    "LegalBasisFactory",
    "MailMessageFactory",
    "MeasurementFactory",
    "MeetingFactory",
    "NoteDraftFactory",
    "NoteFileFactory",
    "NotePartFactory",
    "NoteSectionFactory",
    "NoteTemplateFactory",
    "NoteVersionFactory",
    "OrgUnitFactory",
    "PlacementRuleFactory",
    "PoolFactory",
    "PoolYearFactory",
    "PostingFactory",
    "PriceIndexFactory",
    "ProjectAliasFactory",
    "ProjectAssignmentFactory",
    "ProjectFactory",
    "ProposalCostFactory",
    "ProposalDecisionFactory",
    "ProposalFactory",
    "PublicEditionFactory",
    "RenderingFactory",
    "RoleAssignmentFactory",
    "SavedViewFactory",
    "ScenarioFactory",
    "SnapshotReferenceFactory",
    "StandInFactory",
    "StatePoolTermsFactory",
    "StatusNoteFactory",
    "StatusRoundFactory",
    "StatusSnapshotFactory",
    "StrategicGoalFactory",
    "TargetFactory",
    "TargetGroupFactory",
    "TrackFactory",
    "UserFactory",
    "approved",
]
