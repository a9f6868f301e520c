"""The overview's figures: what is counted, what is not, and that 300 projects cost no more queries than one."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from projects.actions.rollups import refresh_all_rollups
from projects.enums import Dimension, Light, ProjectState, ProposalState, Role, SnapshotState
from projects.models import Pool, Project, User
from projects.queries.pools import pools_for
from projects.rules.pools import PoolSums
from reports.facts.overview import OverviewFacts, overview_facts
from reports.facts.overview_rows import BETTER, SAME, WORSE
from reports.queries.overview import NOT_DUE, overview_projects
from reports.queries.overview_order import in_order
from reports.queries.overview_sums import MoneySums
from tests.factories import (
    MOMENT,
    MONTH,
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    BudgetLineFactory,
    EstimateLineFactory,
    FindingFactory,
    IndicatorFactory,
    MeasurementFactory,
    PoolFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]

OCTOBER = date(2017, 10, 1)


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def secretary() -> User:
    return UserFactory(roles=[Role.SECRETARY])


@pytest.fixture
def pool() -> Pool:
    """4.300.000 kr. in 2016, and a round for November."""
    pool = PoolFactory(code="GENINV-2016", name="Geninvesteringspuljen")
    PoolYearFactory(pool=pool)
    StatusRoundFactory(committee=pool.committee)
    return pool


def project_in(pool: Pool, name: str = "Integration", **values) -> Project:
    return ProjectFactory(pool=pool, name=name, **values)


def facts_for(user: User, *, year: int | None = None, month: date = MONTH) -> OverviewFacts:
    return overview_facts(user, month=month, projects=overview_projects(user, month), pools=pools_for(user), year=year)


def sent(project: Project, month: date = MONTH, **values):
    return StatusSnapshotFactory(project=project, month=month, state=SnapshotState.SUBMITTED, **values)


def kroner(thousands: int) -> Decimal:
    return Decimal(thousands) * 1000


def test_pool_is_split_into_granted_awaiting_and_rest(pool, secretary):
    frame = pool.years.get()
    granted = ProposalFactory(pool=pool, state=ProposalState.GRANTED)
    waiting = ProposalFactory(pool=pool, state=ProposalState.SUBMITTED)
    rejected = ProposalFactory(pool=pool, state=ProposalState.REJECTED)
    for proposal, amount in ((granted, 2_325), (waiting, 300), (rejected, 185)):
        EstimateLineFactory(proposal=proposal, pool_year=frame, amount=kroner(amount))
    BudgetLineFactory(project=project_in(pool), pool_year=frame, amount=kroner(2_300))
    facts = facts_for(secretary)
    (row,) = facts.pools
    assert row.sums == facts.pool_total.sums == PoolSums(kroner(4_300), kroner(2_300), kroner(2_810), kroner(300))
    assert (row.sums.rest_after_all, row.sums.rest_of_list) == (kroner(1_700), kroner(1_490))


def test_project_money_and_its_sums_leave_the_unknown_unknown(pool, secretary):
    first, second = project_in(pool, "Integration"), project_in(pool, "Aftentelefonen")
    BudgetLineFactory(project=first, year=2017, amount=kroner(500))
    PostingFactory(project=first, posted_on=date(2017, 6, 30), amount=kroner(300))
    sent(first, forecast=kroner(520))
    facts = facts_for(secretary)
    money = {fact.project: fact.money for fact in facts.projects}
    assert (money[first].rest, money[first].deviation) == (kroner(200), kroner(20))
    assert (money[second].granted, money[second].forecast) == (None, None)
    assert facts.total == MoneySums(2, kroner(500), kroner(300), kroner(200), kroner(520), kroner(20), 1, kroner(0))


def test_expected_is_all_the_money_or_the_chosen_years(pool, secretary):
    project = project_in(pool)
    BudgetLineFactory(project=project, year=2016, amount=kroner(500))
    for year, amount in ((2016, 100), (2017, 300)):
        PostingFactory(project=project, posted_on=date(year, 12, 1), amount=kroner(amount))
    sent(project, forecast=kroner(350))
    (all_years,), (one_year,) = (facts_for(secretary, year=year).projects for year in (None, 2017))
    assert (all_years.expected, all_years.money.spent, all_years.money.deviation) == (
        kroner(450),
        kroner(400),
        kroner(-50),
    )
    assert (one_year.expected, one_year.money.spent, one_year.money.deviation) == (
        kroner(350),
        kroner(300),
        kroner(-50),
    )


def test_sums_by_committee_unit_and_year_add_up_to_the_total(pool, secretary):
    own, other = project_in(pool, "Integration"), ProjectFactory(name="Andet udvalgs")
    for project, year, amount in ((own, 2016, 100), (own, 2017, 200), (other, 2017, 400)):
        BudgetLineFactory(project=project, year=year, amount=kroner(amount))
    PostingFactory(project=own, posted_on=date(2016, 12, 31), amount=kroner(50))
    facts = facts_for(secretary)
    for each in facts.groupings:
        assert sorted(group.sums.granted for group in each.groups) == [kroner(300), kroner(400)], each.parameter
    assert {each.parameter for each in facts.groupings} == {"pool", "unit", "committee"}
    years = [(row.year, row.granted, row.spent, row.projects) for row in facts.by_year]
    assert years == [(2016, kroner(100), kroner(50), 1), (2017, kroner(600), kroner(0), 2)]
    assert facts.total.granted == kroner(700)
    assert [row.year for row in facts_for(secretary, year=2017).by_year] == [2017]


def test_lights_are_those_sent_in_with_the_change_since_last_month(pool, secretary):
    project = project_in(pool)
    approved(sent(project, OCTOBER, light_overall=Light.GREEN, light_economy=Light.RED, light_schedule=Light.GREEN))
    sent(
        project,
        light_overall=Light.YELLOW,
        light_economy=Light.YELLOW,
        light_schedule=Light.GREEN,
        comment_overall="Færre henvisninger end ventet.",
    )
    (fact,) = facts_for(secretary).projects
    assert [(light.dimension, light.light, light.trend) for light in fact.lights] == [
        (Dimension.OVERALL, "yellow", WORSE),
        (Dimension.ECONOMY, "yellow", BETTER),
        (Dimension.SCHEDULE, "green", SAME),
        (Dimension.RESULTS, "", ""),
    ]
    assert fact.comment == "Færre henvisninger end ventet."


def test_a_drafts_lights_are_nobodys_business_but_last_approved_revision_still_stands(pool, secretary):
    draft, corrected = project_in(pool, "Kladde"), project_in(pool, "Rettes")
    StatusSnapshotFactory(project=draft, light_overall=Light.RED)
    approved(StatusSnapshotFactory(project=corrected, light_overall=Light.GREEN))
    StatusSnapshotFactory(project=corrected, revision=2, correction_reason="Fejl.", light_overall=Light.RED)
    facts = {fact.project: fact for fact in facts_for(secretary).projects}
    assert (facts[draft].state, facts[draft].overall.light) == ("draft", "")
    assert (facts[corrected].state, facts[corrected].overall.light) == ("draft", "green")


def test_a_controller_reads_only_approved_lights(pool):
    sent(project_in(pool), light_overall=Light.RED)
    (fact,) = facts_for(UserFactory(roles=[Role.CONTROLLER])).projects
    assert (fact.state, fact.overall.light) == ("submitted", "")


def test_state_says_who_owes_and_how_late(pool, secretary):
    project_in(pool, "Mangler")
    project_in(pool, "Lukket", state=ProjectState.CLOSED)
    ProjectFactory(name="Uden runde")
    sent(project_in(pool, "Sendt"))
    states = [
        (fact.project.name, fact.state, fact.state_label, fact.days_late) for fact in facts_for(secretary).projects
    ]
    assert states == [
        ("Lukket", NOT_DUE, "Ventes ikke", 0),
        ("Mangler", "missing", "Mangler", 5),
        ("Sendt", "submitted", "Sendt", 0),
        ("Uden runde", NOT_DUE, "Ventes ikke", 0),
    ]


def test_a_proposal_missing_from_the_economy_list_is_a_finding_until_it_is_answered_or_mended(pool, secretary):
    listed, forgotten = (
        ProposalFactory(pool=pool, number=number, short_name=name, state=ProposalState.SUBMITTED)
        for number, name in ((2, "Mentorkorps"), (1, "Autisme og ADHD"))
    )
    for proposal in (listed, forgotten):
        ProposalCostFactory(proposal=proposal, amount=kroner(185))
    EstimateLineFactory(proposal=listed, pool_year=pool.years.get(), amount=kroner(185))
    found = facts_for(secretary).findings
    assert [(item.notice.notice.rule, item.notice.subject) for item in found] == [
        ("R6", "pool/GENINV-2016"),
        ("R8", "pool/GENINV-2016"),
    ]
    assert "Autisme og ADHD" in found[0].notice.notice.message
    for item in found:
        FindingFactory(subject=item.notice.subject, fingerprint=item.notice.notice.fingerprint)
    assert facts_for(secretary).findings == ()


def test_a_proposals_own_finding_knows_its_page(pool, secretary):
    proposal = ProposalFactory(pool=pool, number=3, state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=proposal, amount=kroner(185), basis="")
    EstimateLineFactory(proposal=proposal, pool_year=pool.years.get(), amount=kroner(185))
    (found,) = facts_for(secretary).findings
    assert (found.notice.subject, found.proposal_id) == ("proposal/GENINV-2016/3", proposal.pk)


def test_a_projects_findings_are_counted_where_they_belong(pool, secretary):
    project = project_in(pool)
    mentored = IndicatorFactory(project=project)
    table = BreakdownFactory(project=project, indicator=mentored)
    snapshot = sent(project)
    MeasurementFactory(snapshot=snapshot, indicator=mentored, value=Decimal(5))
    BreakdownValueFactory(snapshot=snapshot, category=BreakdownCategoryFactory(breakdown=table), count=4)
    project_in(pool, "Uden bemærkninger")
    facts = facts_for(secretary)
    assert [(fact.project.name, fact.findings) for fact in facts.projects] == [
        ("Integration", 1),
        ("Uden bemærkninger", 0),
    ]
    assert [item.notice.notice.rule for item in facts.findings] == ["R1"]


def test_a_status_that_is_not_sent_keeps_its_findings_to_itself(pool, secretary):
    project = project_in(pool)
    snapshot = StatusSnapshotFactory(project=project, narrative="Tal følger -> senere")
    (fact,) = facts_for(secretary).projects
    assert (fact.findings, facts_for(secretary).findings) == (1, ())
    snapshot.state = SnapshotState.SUBMITTED
    snapshot.save()
    assert [item.notice.notice.rule for item in facts_for(secretary).findings] == ["R9"]


def test_rows_are_those_the_user_may_see(pool):
    unit_project = project_in(pool, "Egen")
    ProjectFactory(name="Anden enhed")
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=unit_project.unit)
    facts = facts_for(manager)
    assert [fact.project.name for fact in facts.projects] == ["Egen"]
    assert [row.code for row in facts.pools] == ["GENINV-2016"]


def test_names_stand_in_the_alphabets_order_and_what_is_unknown_last_both_ways(pool, secretary):
    for name, amount in (("Åben dør", 10), ("Ærlig snak", 30), ("Østbyen", None), ("Bostøtte", 20)):
        project = project_in(pool, name)
        if amount:
            BudgetLineFactory(project=project, amount=kroner(amount))
    projects = overview_projects(secretary, MONTH)

    def names(order: str) -> list[str]:
        return [row.name for row in in_order(projects, order, user=secretary, month=MONTH, year=None)]

    assert names("name") == names("comment") == ["Bostøtte", "Ærlig snak", "Østbyen", "Åben dør"]
    assert names("granted") == ["Åben dør", "Bostøtte", "Ærlig snak", "Østbyen"]
    assert names("-granted") == ["Ærlig snak", "Bostøtte", "Åben dør", "Østbyen"]
    assert names("nonsense") == names("name")


@pytest.mark.parametrize("project_count", [1, 3])
def test_query_count(project_count, pool, secretary, django_assert_num_queries):
    for number in range(project_count):
        fill(pool, number)
    assert secretary.role_set
    with django_assert_num_queries(43):
        facts = facts_for(secretary)
    assert len(facts.projects) == project_count


def test_query_count_of_three_hundred_projects_is_that_of_one(pool, secretary, django_assert_num_queries):
    for number in range(20):
        fill(pool, number)
    Project.objects.bulk_create(
        Project(
            code=f"stor-{number}",
            name=f"Stort {number}",
            pool=pool,
            unit=pool.unit,
            committee=pool.committee,
            starts_on=date(2016, 4, 1),
        )
        for number in range(280)
    )
    refresh_all_rollups()
    assert secretary.role_set
    with django_assert_num_queries(43):
        facts = facts_for(secretary)
    assert len(facts.projects) == 300


def fill(pool: Pool, number: int) -> None:
    project = project_in(pool, f"Projekt {number}")
    proposal = ProposalFactory(pool=pool, state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=proposal)
    BudgetLineFactory(project=project, pool_year=pool.years.get(), amount=kroner(10))
    PostingFactory(project=project)
    approved(sent(project, OCTOBER))
    snapshot = sent(project, forecast=kroner(10))
    indicator = IndicatorFactory(project=project)
    MeasurementFactory(snapshot=snapshot, indicator=indicator)
    category = BreakdownCategoryFactory(breakdown=BreakdownFactory(project=project, indicator=indicator))
    BreakdownValueFactory(snapshot=snapshot, category=category)
