"""Every model of the app, by subject."""

from projects.models.accounts import Account
from projects.models.boards import Criterion, CriterionScore, Scenario, ScenarioAmount, ScenarioLine
from projects.models.catalogue import Benefit, FteRate, LegalBasis, StrategicGoal, TargetGroup, Track
from projects.models.commitments import Commitment
from projects.models.events import Event
from projects.models.follow_ups import FollowUp
from projects.models.indicators import Breakdown, BreakdownCategory, Indicator, Target
from projects.models.ledger import ImportBatch, LedgerMapping, LedgerUpload, PlacementRule, Posting
from projects.models.mail import CalendarKey, MailMessage
from projects.models.meetings import AgendaItem, Committee, Meeting, StatusRound
from projects.models.paybacks import ExpectedReturn, RealisedReturn
from projects.models.people import Absence, OrgUnit, RoleAssignment, StandIn, User
from projects.models.pools import FiscalYear, Pool, PoolYear, PriceIndex
from projects.models.projects import BudgetLine, DeviationReason, Project, ProjectAlias, ProjectAssignment
from projects.models.proposals import (
    EstimateLine,
    Proposal,
    ProposalComment,
    ProposalCost,
    ProposalDecision,
    ProposalVersion,
)
from projects.models.returns import ReturnedSection, SnapshotReturn
from projects.models.rollups import ProjectStanding, ProjectYear
from projects.models.snapshots import (
    Attachment,
    BreakdownValue,
    Finding,
    Measurement,
    SnapshotReference,
    StatusSnapshot,
)
from projects.models.state_pools import Effort, StatePoolTerms
from projects.models.stories import CaseStory
from projects.models.workers import Worker

__all__ = [
    "Absence",
    "Account",
    "AgendaItem",
    "Attachment",
    "Benefit",
    "Breakdown",
    "BreakdownCategory",
    "BreakdownValue",
    "BudgetLine",
    "CalendarKey",
    "CaseStory",
    "Commitment",
    "Committee",
    "Criterion",
    "CriterionScore",
    "DeviationReason",
    "Effort",
    "EstimateLine",
    "Event",
    "ExpectedReturn",
    "Finding",
    "FiscalYear",
    "FollowUp",
    "FteRate",
    "ImportBatch",
    "Indicator",
    "LedgerMapping",
    "LedgerUpload",
    "LegalBasis",
    "MailMessage",
    "Measurement",
    "Meeting",
    "OrgUnit",
    "PlacementRule",
    "Pool",
    "PoolYear",
    "Posting",
    "PriceIndex",
    "Project",
    "ProjectAlias",
    "ProjectAssignment",
    "ProjectStanding",
    "ProjectYear",
    "Proposal",
    "ProposalComment",
    "ProposalCost",
    "ProposalDecision",
    "ProposalVersion",
    "RealisedReturn",
    "ReturnedSection",
    "RoleAssignment",
    "Scenario",
    "ScenarioAmount",
    "ScenarioLine",
    "SnapshotReference",
    "SnapshotReturn",
    "StandIn",
    "StatePoolTerms",
    "StatusRound",
    "StatusSnapshot",
    "StrategicGoal",
    "Target",
    "TargetGroup",
    "Track",
    "User",
    "Worker",
]
