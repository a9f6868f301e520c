"""The integration project with its people and tables, and October as it was approved: what November is typed on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.enums import CountingRule, Role
from projects.models import Breakdown, BreakdownCategory, Indicator, Project, StatusSnapshot, User
from tests import factories

OCTOBER, NOVEMBER = date(2017, 10, 1), date(2017, 11, 1)
ORIGINS = {
    "Syrien": 22,
    "Somalia": 4,
    "Iran": 3,
    "Rusland": 3,
    "Afghanistan": 2,
    "Statsløse fra Bhutan": 2,
    "Belarus": 1,
    "Egypten": 1,
    "Elfenbenskysten": 1,
    "Kuwait": 1,
    "Tunesien": 1,
}
ENDED = {
    "Egen virksomhed": 2,
    "Flyttet": 3,
    "Forsørget af ægtefælle": 2,
    "Ønskede ikke at deltage": 2,
    "Ordinær uddannelse": 6,
    "Ordinært arbejde": 6,
    "Fleksjob": 1,
    "Repatrieret": 1,
}
ACTIVE = {
    "Løntilskud": 0,
    "Praktik uden småjob": 5,
    "Småjob og praktik": 5,
    "Barsel": 1,
    "IGU": 2,
    "Mentor": 5,
}
UNDER_MENTOR = {"Indstilles til rehabilitering": 1, "I praktik": 2, "I psykiatrisk behandling": 1}
COHORT = {"Overdraget 1.10.2016": 31, "Kommet til senere": 10}


@dataclass(frozen=True)
class World:
    project: Project
    caseworker: User
    colleague: User
    manager: User
    outsider: User
    citizens: Indicator
    cohort: Breakdown
    origins: Breakdown
    outcomes: Breakdown
    october: StatusSnapshot | None

    def row(self, name: str) -> BreakdownCategory:
        return BreakdownCategory.objects.get(breakdown__project=self.project, name=name)


def integration_month(*, with_october: bool = True) -> World:
    """Return the project in November 2017, with October approved unless told otherwise."""
    unit = factories.OrgUnitFactory(name="Integration")
    manager = factories.UserFactory(
        username="leder", first_name="Lone", last_name="Leder", roles=[Role.MANAGER], roles__unit=unit
    )
    project = factories.ProjectFactory(
        code="integration", name="Integration", pool__unit=unit, starts_on=date(2016, 10, 1)
    )
    caseworker = factories.UserFactory(username="sagsbehandler", first_name="Sara", last_name="Sag")
    colleague = factories.UserFactory(username="kollega", first_name="Karl", last_name="Kollega")
    for person in (caseworker, colleague):
        factories.RoleAssignmentFactory(user=person, role=Role.CASEWORKER)
        factories.ProjectAssignmentFactory(project=project, user=person)
    citizens = factories.IndicatorFactory(
        project=project, code="borgere", name="Borgere i projektet", counting_rule=CountingRule.SINCE_START
    )
    factories.StatusRoundFactory(committee=project.committee)
    factories.BudgetLineFactory(project=project, year=2017, amount=Decimal(500_000))
    cohort = _split(project, "kohorte", "Kohorten", citizens, 0)
    _rows(cohort, COHORT)
    origins = _split(project, "nationalitet", "Nationalitet", citizens, 1)
    _rows(origins, ORIGINS)
    outcomes = _split(project, "resultat", "Hvor er de nu?", citizens, 2)
    ended, active = (_total(outcomes, name, place) for place, name in enumerate(("Afsluttet", "Aktive")))
    _rows(outcomes, ENDED, parent=ended)
    _rows(outcomes, ACTIVE, parent=active)
    _rows(outcomes, UNDER_MENTOR, parent=outcomes.categories.get(name="Mentor"))
    return World(
        project,
        caseworker,
        colleague,
        manager,
        factories.UserFactory(username="udenfor", roles=[Role.CASEWORKER]),
        citizens,
        cohort,
        origins,
        outcomes,
        _october(project, caseworker, manager) if with_october else None,
    )


def _split(project: Project, code: str, name: str, indicator: Indicator, position: int) -> Breakdown:
    return factories.BreakdownFactory(
        project=project, code=code, name=name, indicator=indicator, unit="borgere", position=position
    )


def _total(breakdown: Breakdown, name: str, position: int) -> BreakdownCategory:
    return factories.BreakdownCategoryFactory(
        breakdown=breakdown, code=name.lower(), name=name, is_total=True, position=position
    )


def _rows(breakdown: Breakdown, rows: dict[str, int], parent: BreakdownCategory | None = None) -> None:
    for position, name in enumerate(rows):
        factories.BreakdownCategoryFactory(breakdown=breakdown, name=name, parent=parent, position=position)


def _october(project: Project, caseworker: User, manager: User) -> StatusSnapshot:
    """Return October, approved: 40 citizens, one fewer from Syria and one fewer in ordinary work."""
    october = factories.StatusSnapshotFactory(
        project=project,
        month=OCTOBER,
        created_by=caseworker,
        as_of=date(2017, 10, 31),
        forecast=Decimal(480_000),
        narrative="# Siden sommer\n\nHoldet er samlet.",
        light_overall="green",
        light_economy="yellow",
        light_schedule="green",
        light_results="green",
        comment_economy="Forbruget ligger lidt under det ventede.",
    )
    indicator = project.indicators.get()
    factories.MeasurementFactory(snapshot=october, indicator=indicator, value=Decimal(40))
    last = COHORT | ORIGINS | ENDED | ACTIVE | UNDER_MENTOR
    last |= {"Kommet til senere": 9, "Syrien": 21, "Ordinært arbejde": 5}
    for category in BreakdownCategory.objects.filter(breakdown__project=project, is_total=False):
        factories.BreakdownValueFactory(snapshot=october, category=category, count=last[category.name])
    return factories.approved(october, by=manager)
