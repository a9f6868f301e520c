"""Who and where: units, people, committees with meetings and rounds, code lists, pools."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from projects.enums import PoolKind, Role
from projects.models import (
    Committee,
    FteRate,
    Meeting,
    OrgUnit,
    Pool,
    RoleAssignment,
    StatusRound,
    StrategicGoal,
    TargetGroup,
    Track,
    User,
)
from projects.months import COPENHAGEN, next_month
from reports.management.example_data.size import CODE, NOTE, Size

PASSWORD = "demo"  # noqa: S105 - only ever stored in development
COMMITTEES = (
    ("EKS-BU", "Eksempeludvalget for Beskæftigelse"),
    ("EKS-SU", "Eksempeludvalget for Social og Omsorg"),
    ("EKS-LU", "Eksempeludvalget for Læring"),
    ("EKS-TU", "Eksempeludvalget for Teknik"),
)
DEPARTMENTS = ("Job og Uddannelse", "Social", "Omsorg", "Læring")
TEAMS = ("Nord", "Syd", "Øst", "Vest", "Midt")
GOALS = ("Flere i job", "Flere i uddannelse", "Færre på forsørgelse", "Tidligere indsats")
TRACKS = ("Investering i borgeren", "Investering i arbejdsgangen")
GROUPS = ("Jobparate", "Aktivitetsparate", "Sygedagpenge", "Unge under 30", "Uddannelsesparate", "Fleksjob")


@dataclass(frozen=True)
class Frame:
    """What the projects hang on. `teams` are the units below the departments, `moment` when everything was stored."""

    teams: tuple[OrgUnit, ...]
    committees: tuple[Committee, ...]
    pools: tuple[Pool, ...]
    goals: tuple[StrategicGoal, ...]
    tracks: tuple[Track, ...]
    groups: tuple[TargetGroup, ...]
    caseworkers: tuple[User, ...]
    manager: User
    controller: User
    moment: datetime


def load_frame(size: Size) -> Frame:
    since = date(size.years[0], 1, 1)
    root = OrgUnit.objects.create(name="Eksempelkommunen")
    departments = [OrgUnit.objects.create(name=f"{name} (eksempel)", parent=root) for name in DEPARTMENTS]
    teams = tuple(
        OrgUnit.objects.create(name=f"{unit.name.split(' (')[0]} {team} (eksempel)", parent=unit)
        for unit in departments
        for team in TEAMS
    )
    committees = tuple(Committee.objects.create(code=code, name=name) for code, name in COMMITTEES)
    people = _people(size, since)
    _rounds(size, committees)
    FteRate.objects.bulk_create([FteRate(year=year, amount=370_000) for year in size.years], ignore_conflicts=True)
    return Frame(
        teams=teams,
        committees=committees,
        pools=_pools(size, committees, root),
        goals=_codes(StrategicGoal, GOALS, since),
        tracks=_codes(Track, TRACKS, since),
        groups=_codes(TargetGroup, GROUPS, since),
        caseworkers=tuple(people[Role.CASEWORKER]),
        manager=people[Role.MANAGER][0],
        controller=people[Role.CONTROLLER][0],
        moment=datetime(size.last.year, size.last.month, 25, 10, tzinfo=COPENHAGEN),
    )


def _people(size: Size, since: date) -> dict[str, list[User]]:
    """Store example users. They can log in where the demo can, with its password, and nowhere else."""
    password = make_password(PASSWORD if settings.IS_TRIAL else None)
    wanted = [
        (Role.MANAGER, "leder", "Leder", 1),
        (Role.CONTROLLER, "oekonom", "Økonom", 1),
        (Role.SECRETARY, "sekretaer", "Sekretær", 1),
        (Role.READER, "laeser", "Læser", 1),
        (Role.ADMINISTRATOR, "administrator", "Administrator", 1),
        (Role.CASEWORKER, "sagsbehandler", "Sagsbehandler", size.caseworkers),
    ]
    people: dict[str, list[User]] = {}
    for role, login, name, count in wanted:
        users = [
            User(
                username=f"{CODE}-{login}-{number}" if count > 1 else f"{CODE}-{login}",
                first_name="Eksempel",
                last_name=f"{name} {number}" if count > 1 else name,
                email=f"{CODE}-{login}-{number}@example.com",
                password=password,
            )
            for number in range(1, count + 1)
        ]
        people[role] = User.objects.bulk_create(users)
        RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role, valid_from=since) for user in users)
    return people


def _rounds(size: Size, committees: tuple[Committee, ...]) -> None:
    """Store a meeting in the middle of each following month; the newest month's rounds are open."""
    for committee in committees:
        for month in size.month_list:
            after = next_month(month)
            day = date(after.year, after.month, 14)
            due = day - timedelta(days=9)
            closed = None if month == size.last else datetime(day.year, day.month, day.day, 12, tzinfo=COPENHAGEN)
            StatusRound.objects.create(
                committee=committee,
                month=month,
                meeting=Meeting.objects.create(committee=committee, date=day),
                caseworker_due=due,
                manager_due=due + timedelta(days=2),
                secretary_due=due + timedelta(days=4),
                closed_at=closed,
            )


def _pools(size: Size, committees: tuple[Committee, ...], unit: OrgUnit) -> tuple[Pool, ...]:
    return tuple(
        Pool.objects.create(
            code=f"{CODE}-pulje-{number:02}",
            name=f"Eksempelpulje {number}",
            kind=PoolKind.REINVESTMENT,
            committee=committees[(number - 1) % len(committees)],
            unit=unit,
            description=NOTE,
        )
        for number in range(1, size.pools + 1)
    )


def _codes(model, names, since):  # type: ignore[no-untyped-def]
    return tuple(
        model.objects.create(code=f"eks.{number}", name=name, valid_from=since)
        for number, name in enumerate(names, start=1)
    )
