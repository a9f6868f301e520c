"""A portfolio of any size for tests that ask whether size matters: same shape, more rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.actions.rollups import refresh_all_rollups
from projects.enums import Light, ProposalState, Role, SnapshotState
from projects.models import (
    Breakdown,
    BreakdownCategory,
    BreakdownValue,
    BudgetLine,
    EstimateLine,
    Indicator,
    Measurement,
    Meeting,
    Pool,
    Posting,
    Project,
    ProjectAssignment,
    Proposal,
    ProposalCost,
    StatusSnapshot,
    User,
)
from reports.models import NoteSection, StatusNote
from tests.factories import (
    MOMENT,
    MONTH,
    SINCE,
    FteRateFactory,
    ImportBatchFactory,
    MeetingFactory,
    PoolYearFactory,
    StatusNoteFactory,
    StatusRoundFactory,
    UserFactory,
)

OCTOBER = date(2017, 10, 1)


@dataclass
class Portfolio:
    """`caseworker` is on every project; the first project's November is a draft, the others' approved."""

    pool: Pool
    meeting: Meeting
    note: StatusNote
    projects: list[Project]
    proposals: list[Proposal]
    caseworker: User
    manager: User
    secretary: User
    controller: User
    proposer: User


def make_portfolio(size: int) -> Portfolio:
    """Store a pool with `size` proposals and as many projects, each with money, figures and two months."""
    frame = PoolYearFactory(pool__code="PULJE-2016", frame=Decimal(4_300_000))
    pool = frame.pool
    FteRateFactory()
    people = {
        role: UserFactory(username=f"rolle-{role}", roles=[role])
        for role in (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER, Role.PROPOSER)
    }
    meeting = MeetingFactory(committee=pool.committee)
    StatusRoundFactory(committee=pool.committee, meeting=meeting)
    proposals = _proposals(size, frame, people[Role.PROPOSER])
    projects = _projects(size, frame, proposals, people)
    _months(projects, people)
    refresh_all_rollups()
    note = StatusNoteFactory(meeting=meeting, created_by=people[Role.SECRETARY])
    NoteSection.objects.bulk_create(
        NoteSection(note=note, project=project, position=number) for number, project in enumerate(projects, start=1)
    )
    return Portfolio(pool, meeting, note, projects, proposals, *people.values())


def _proposals(size, frame, author) -> list[Proposal]:
    proposals = Proposal.objects.bulk_create(
        Proposal(
            pool=frame.pool,
            number=number,
            title=f"Forslag {number}",
            short_name=f"Forslag {number}",
            unit=frame.pool.unit,
            author=author,
            state=ProposalState.GRANTED,
            submitted_at=MOMENT,
        )
        for number in range(1, size + 1)
    )
    ProposalCost.objects.bulk_create(
        ProposalCost(proposal=proposal, year=2016, label="Løn", amount=Decimal(1_000), basis="Overslag")
        for proposal in proposals
    )
    EstimateLine.objects.bulk_create(
        EstimateLine(pool_year=frame, proposal=proposal, label=proposal.title, amount=Decimal(1_000), position=number)
        for number, proposal in enumerate(proposals)
    )
    return proposals


def _projects(size, frame, proposals, people) -> list[Project]:
    projects = Project.objects.bulk_create(
        Project(
            code=f"projekt-{number:04}",
            name=f"Projekt {number:04}",
            pool=frame.pool,
            proposal=proposals[number - 1],
            unit=frame.pool.unit,
            committee=frame.pool.committee,
            starts_on=date(2016, 4, 1),
        )
        for number in range(1, size + 1)
    )
    ProjectAssignment.objects.bulk_create(
        ProjectAssignment(project=project, user=people[Role.CASEWORKER], valid_from=SINCE) for project in projects
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            project=project,
            pool_year=frame,
            year=2016,
            amount=Decimal(1_000),
            price_level=2016,
            reason="Bevilget af udvalget.",
            created_by=people[Role.MANAGER],
        )
        for project in projects
    )
    batch = ImportBatchFactory(
        pool=frame.pool,
        row_count=size,
        control_total=Decimal(250) * size,
        created_by=people[Role.CONTROLLER],
    )
    Posting.objects.bulk_create(
        Posting(batch=batch, line_number=size + n, posted_on=date(2016, 6, 30), amount=Decimal(1))
        for n, _project in enumerate(projects, start=1)
    )
    Posting.objects.bulk_create(
        Posting(batch=batch, line_number=n, project=project, posted_on=date(2016, 6, 30), amount=Decimal(250))
        for n, project in enumerate(projects, start=1)
    )
    return projects


def _months(projects, people) -> None:
    indicators = Indicator.objects.bulk_create(
        Indicator(
            project=project, code="borgere", name="Borgere i alt", unit="borgere", source="Fagsystemet", is_figure=True
        )
        for project in projects
    )
    tables = Breakdown.objects.bulk_create(
        Breakdown(project=indicator.project, code="udfald", name="Udfald", indicator=indicator)
        for indicator in indicators
    )
    rows = BreakdownCategory.objects.bulk_create(
        BreakdownCategory(breakdown=table, code=code, name=code, position=position)
        for table in tables
        for position, code in enumerate(("job", "uddannelse"))
    )
    for month, value in ((OCTOBER, 40), (MONTH, 41)):
        snapshots = _snapshots(projects, month, people)
        by_project = {snapshot.project_id: snapshot for snapshot in snapshots}
        Measurement.objects.bulk_create(
            Measurement(snapshot=by_project[item.project_id], indicator=item, value=value, unit="borgere")
            for item in indicators
        )
        BreakdownValue.objects.bulk_create(
            BreakdownValue(snapshot=by_project[row.breakdown.project_id], category=row, count=count)
            for row, count in zip(rows, [value - 1, 1] * len(projects), strict=True)
        )
        _approve(snapshots, month, people)


def _snapshots(projects, month, people) -> list[StatusSnapshot]:
    return StatusSnapshot.objects.bulk_create(
        StatusSnapshot(
            project=project,
            month=month,
            as_of=date(month.year, month.month, 20),
            narrative="Indsatsen følger planen.",
            forecast=Decimal(1_000),
            **{f"light_{name}": Light.GREEN for name in ("overall", "economy", "schedule", "results")},
            created_by=people[Role.CASEWORKER],
            updated_by=people[Role.CASEWORKER],
        )
        for project in projects
    )


def _approve(snapshots, month, people) -> None:
    finished = snapshots if month == OCTOBER else snapshots[1:]
    StatusSnapshot.objects.filter(pk__in=[snapshot.pk for snapshot in finished]).update(
        state=SnapshotState.APPROVED,
        submitted_by=people[Role.CASEWORKER],
        submitted_at=MOMENT,
        approved_by=people[Role.MANAGER],
        approved_at=MOMENT,
    )
