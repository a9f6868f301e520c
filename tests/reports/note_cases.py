"""A committee's note with three projects whose figures are those of the first round, for tests of the note."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from projects.enums import BreakdownKind, Light, Role, SnapshotState
from projects.models import Meeting, Pool, Project, StatusSnapshot, User
from reports.models import NoteSection, StatusNote
from tests.factories import (
    MONTH,
    AttachmentFactory,
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    BudgetLineFactory,
    CommitteeFactory,
    IndicatorFactory,
    MeasurementFactory,
    MeetingFactory,
    NoteSectionFactory,
    OrgUnitFactory,
    PoolFactory,
    PostingFactory,
    ProjectFactory,
    SnapshotReferenceFactory,
    StatusNoteFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
    approved,
)

AS_OF = date(2017, 11, 24)
DATED = date(2017, 11, 27)
CASE_NUMBER = "15.00.00-A00-2-16"
NATIONALITIES = (
    *(("Syrien", 22), ("Somalia", 4), ("Iran", 3), ("Rusland", 3), ("Afghanistan", 2), ("Statsløs, født i Bhutan", 2)),
    *(("Belarus", 1), ("Egypten", 1), ("Elfenbenskysten", 1), ("Kuwait", 1), ("Tunesien", 1)),
)
ENDED = (
    *(("Egen virksomhed", 2), ("Flyttet", 3), ("Ægtefælleforsørgelse", 2), ("Ønskede ikke at deltage", 2)),
    *(("Ordinær uddannelse", 6), ("Ordinært arbejde", 6), ("Fleksjob", 1), ("Repatrieret", 1)),
)
ACTIVE = (
    *(("Løntilskud", 0), ("Praktik uden småjob", 5), ("Småjob og praktik", 5), ("Barsel", 1), ("IGU", 2)),
    ("Mentor", 5),
)
MENTOR = (("Indstilles til rehabilitering", 1), ("Praktik i få timer", 2), ("Psykiatrisk behandling", 1))


@dataclass
class NoteCase:
    note: StatusNote
    meeting: Meeting
    pool: Pool
    secretary: User
    projects: dict[str, Project]
    snapshots: dict[str, StatusSnapshot]


def note_case(*, is_approved: bool = True) -> NoteCase:
    """Store the note of the UFB meeting on 4.12.2017 with three projects in order, everything filled in."""
    pool = PoolFactory(committee=CommitteeFactory(code="UFB", name="Udvalget for Beskæftigelse"))
    meeting = MeetingFactory(committee=pool.committee)
    StatusRoundFactory(committee=pool.committee, meeting=meeting)
    secretary = UserFactory(username="udvalgssekretaer", first_name="Sofie", roles=[Role.SECRETARY])
    note = StatusNoteFactory(
        meeting=meeting,
        title="Oversigt og status over geninvesteringsprojekterne",
        case_number=CASE_NUMBER,
        case_officer="Fagkonsulenten",
        dated=DATED,
        introduction="Udvalget får en **samlet** status.",
        created_by=secretary,
    )
    snapshots = {
        "integration": integration(pool),
        "housing-first": housing_first(pool),
        "raadgiver": adviser(pool),
    }
    for position, snapshot in enumerate(snapshots.values(), start=1):
        NoteSectionFactory(note=note, project=snapshot.project, position=position)
        if is_approved:
            approved(snapshot)
    projects = {code: snapshot.project for code, snapshot in snapshots.items()}
    return NoteCase(note, meeting, pool, secretary, projects, snapshots)


def small_note(project_count: int = 1, **values: Any) -> NoteCase:
    """Store a note with bare approved statuses: enough to be issued."""
    pool = PoolFactory(committee__code="UFB", committee__name="Udvalget for Beskæftigelse")
    meeting = MeetingFactory(committee=pool.committee)
    secretary = UserFactory(username="udvalgssekretaer", roles=[Role.SECRETARY])
    note = StatusNoteFactory(meeting=meeting, case_number=CASE_NUMBER, dated=DATED, created_by=secretary)
    snapshots = {}
    for number in range(1, project_count + 1):
        snapshot = status(pool, code=f"projekt-{number}", name=f"Projekt {number}", **values)
        snapshots[snapshot.project.code] = approved(snapshot)
        NoteSectionFactory(note=note, project=snapshot.project, position=number)
    projects = {code: snapshot.project for code, snapshot in snapshots.items()}
    return NoteCase(note, meeting, pool, secretary, projects, snapshots)


def status(pool: Pool, *, code: str, name: str, **values: Any) -> StatusSnapshot:
    lights = {f"light_{dimension}": Light.GREEN for dimension in ("overall", "economy", "schedule", "results")}
    project = ProjectFactory(code=code, name=name, pool=pool, unit=OrgUnitFactory(name=f"Enhed for {name}"))
    told = {"as_of": AS_OF, "narrative": "Indsatsen følger planen.", **lights, **values}
    return StatusSnapshotFactory(project=project, **told)


def integration(pool: Pool) -> StatusSnapshot:
    """Forty-one people by nationality and by outcome; the five with a mentor have sub-rows for four."""
    snapshot = status(
        pool,
        code="integration",
        name="Integration",
        forecast=Decimal(480_000),
        light_economy=Light.YELLOW,
        comment_economy="En stilling har stået ledig siden august.",
        narrative="### Hvad der virker\n\nVirksomhedspraktik og **småjob** side om side.",
    )
    project = snapshot.project
    BudgetLineFactory(project=project, amount=Decimal(500_000))
    PostingFactory(project=project, amount=Decimal("412350.40"))
    people = IndicatorFactory(project=project, code="borgere", name="Borgere i alt", source="Jobcentrets fagsystem")
    TargetFactory(indicator=people, value=Decimal(45))
    MeasurementFactory(snapshot=snapshot, indicator=people, value=Decimal(41))
    nationality = BreakdownFactory(project=project, code="nationalitet", name="Nationalitet", indicator=people)
    for name, count in NATIONALITIES:
        _row(snapshot, nationality, name, count)
    outcome = BreakdownFactory(project=project, code="udfald", name="Hvor borgerne er nu", indicator=people)
    for heading, rows in (("Afsluttet", ENDED), ("Aktive", ACTIVE)):
        total = BreakdownCategoryFactory(breakdown=outcome, code=heading.lower(), name=heading, is_total=True)
        for name, count in rows:
            row = _row(snapshot, outcome, name, count, parent=total)
            for sub, sub_count in MENTOR if name == "Mentor" else ():
                _row(snapshot, outcome, sub, sub_count, parent=row)
    SnapshotReferenceFactory(snapshot=snapshot, title="Tidligere status")
    annex = AttachmentFactory(snapshot=snapshot, title="Orientering om Integration", source="Integration", dated=DATED)
    SnapshotReferenceFactory(snapshot=snapshot, title="Orientering om Integration", attachment=annex)
    return snapshot


def _row(snapshot, breakdown, name, count, **values):
    category = BreakdownCategoryFactory(breakdown=breakdown, name=name, **values)
    BreakdownValueFactory(snapshot=snapshot, category=category, count=count)
    return category


def housing_first(pool: Pool) -> StatusSnapshot:
    """Three sections of the law, each counted since its own day; one of them since no known day."""
    snapshot = status(pool, code="housing-first", name="Housing First")
    flow = BreakdownFactory(project=snapshot.project, name="Ind- og udskrevne", kind=BreakdownKind.FLOW)
    rows = (
        ("§ 85", 8, 6, date(2016, 5, 30), ""),
        ("§ 99", 6, 2, date(2016, 4, 6), ""),
        ("§ 110", 9, 7, None, "siden sidste registrering"),
    )
    for name, count, count_out, since, since_text in rows:
        category = BreakdownCategoryFactory(breakdown=flow, name=name)
        BreakdownValueFactory(
            snapshot=snapshot, category=category, count=count, count_out=count_out, since=since, since_text=since_text
        )
    SnapshotReferenceFactory(
        snapshot=snapshot,
        title="Status til udvalget",
        committee=pool.committee,
        meeting_date=date(2017, 12, 4),
        item_number="12",
    )
    return snapshot


def adviser(pool: Pool) -> StatusSnapshot:
    """From 18 families in May to 35 in November, and a text that calls it a doubling."""
    snapshot = status(
        pool,
        code="raadgiver",
        name="Frivillig økonomisk rådgiver",
        narrative="Siden foråret er der sket en fordobling af brugen.",
    )
    families = IndicatorFactory(
        project=snapshot.project,
        code="familier",
        name="Brug af rådgiveren",
        unit="familier",
        source="Rådgiverens egen optælling",
        is_figure=True,
    )
    earlier = StatusSnapshotFactory(
        project=snapshot.project, month=date(2017, 5, 1), created_by=snapshot.created_by, as_of=date(2017, 5, 31)
    )
    MeasurementFactory(snapshot=earlier, indicator=families, value=Decimal(18))
    approved(earlier)
    MeasurementFactory(snapshot=snapshot, indicator=families, value=Decimal(35))
    annex = AttachmentFactory(snapshot=snapshot, title="Optælling")
    SnapshotReferenceFactory(snapshot=snapshot, title="Rådgiverens optælling", attachment=annex)
    return snapshot


def corrected(snapshot: StatusSnapshot, **values: Any) -> StatusSnapshot:
    """Store and approve the next revision of an approved status, without its rows."""
    later = StatusSnapshotFactory(
        project=snapshot.project,
        month=MONTH,
        revision=snapshot.revision + 1,
        state=SnapshotState.DRAFT,
        correction_reason="Et tal var skrevet forkert.",
        as_of=AS_OF,
        **{"narrative": "Rettet.", **values},
    )
    return approved(later)


def included(note: StatusNote) -> list[str]:
    sections = NoteSection.objects.filter(note=note, is_included=True).select_related("project")
    return [section.project.code for section in sections]
