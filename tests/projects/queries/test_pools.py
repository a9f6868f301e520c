from decimal import Decimal

import pytest

from projects.enums import ProposalState, Role
from projects.models import PoolYear
from projects.queries.findings import pool_notices
from projects.queries.pools import estimate_tables, granted_rows, pool_rows, pool_sums, pools_for
from projects.rules.pools import PoolSums
from tests.factories import (
    BudgetLineFactory,
    EstimateLineFactory,
    FteRateFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# The economy list of January 2016: what the list says, and what each form asks for in full-time equivalents.
LIST = (
    ("Mentorkorps", 185_000, "0.5"),
    ("Gruppeforløb", 300_000, None),
    ("Langtidsledige sygemeldte", 425_000, None),
    ("Myndighed følger borgeren", 0, None),
    ("Frivillig økonomisk rådgiver", 150_000, "0.5"),
    ("Ikke-vestlige", 500_000, None),
    ("Fleksjob ambassadører", 450_000, None),
    ("Tilbud § 85", 800_000, "2"),
    ("Koordinator", 0, "0.5"),
)


@pytest.fixture
def year() -> PoolYear:
    FteRateFactory()
    year = PoolYearFactory()
    for number, (label, amount, fte) in enumerate(LIST, start=2):
        proposal = ProposalFactory(pool=year.pool, number=number, title=label, state=ProposalState.SUBMITTED)
        if fte:
            ProposalCostFactory(proposal=proposal, fte=Decimal(fte), amount=None, basis="")
        EstimateLineFactory(pool_year=year, proposal=proposal, label=label, amount=Decimal(amount), position=number)
    return year


def test_sums_of_the_economy_list(year):
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(185_000))
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(-85_000))
    sums = pool_sums([year])[year.pk]
    assert sums == PoolSums(Decimal(4_300_000), Decimal(100_000), Decimal(2_810_000), Decimal(2_810_000))
    assert (sums.rest_after_granted, sums.rest_after_all, sums.rest_of_list) == (
        Decimal(4_200_000),
        Decimal(1_390_000),
        Decimal(1_490_000),
    )


def test_a_frame_nobody_has_touched_is_whole():
    year = PoolYearFactory()
    assert pool_sums([year]) == {year.pk: PoolSums(year.frame, Decimal(0), Decimal(0), Decimal(0))}


def test_the_list_stands_beside_the_forms_and_the_tenth_proposal_is_found(year):
    autism = ProposalFactory(pool=year.pool, number=1, title="Autisme", state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=autism, amount=Decimal(740_000))
    [table] = estimate_tables(year.pool, pool_notices([year.pool]))
    assert [(row.line.label, row.line.amount, row.form_amount) for row in table.rows] == [
        (label, Decimal(amount), Decimal(fte) * 370_000 if fte else None) for label, amount, fte in LIST
    ]
    assert [(row.proposal, row.form_amount, row.notice.rule) for row in table.unlisted] == [
        (autism, Decimal(740_000), "R6")
    ]
    assert [notice.rule for notice in table.notices] == ["R8"]
    assert [notice.rule for row in table.rows for notice in row.notices] == ["R7"] * 7
    assert table.rows[0].notices == ()


@pytest.mark.parametrize("count", [1, 3])
def test_estimate_tables_query_count(count, django_assert_num_queries):
    year = PoolYearFactory()
    for _ in range(count):
        line = EstimateLineFactory(pool_year=year, proposal__pool=year.pool)
        ProposalCostFactory(proposal=line.proposal)
    notices = pool_notices([year.pool])
    with django_assert_num_queries(7):
        [table] = estimate_tables(year.pool, notices)
        assert len(table.rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_pool_rows_query_count(count, django_assert_num_queries):
    user = UserFactory(roles=[Role.CONTROLLER])
    for _ in range(count):
        PoolYearFactory()
    assert user.role_set
    with django_assert_num_queries(4):
        rows = pool_rows(user)
        assert [(row.pool.committee.code, row.pool.unit.name) for row in rows]
    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_granted_rows_query_count(count, django_assert_num_queries):
    year = PoolYearFactory()
    for _ in range(count):
        BudgetLineFactory(project__pool=year.pool, pool_year=year)
    with django_assert_num_queries(2):
        assert len([row.project.unit for row in granted_rows(year.pool)]) == count


def test_granted_rows_add_a_projects_lines_by_year_in_danish_order():
    first = PoolYearFactory()
    second = PoolYearFactory(pool=first.pool, year=2017)
    aa, oe = (ProjectFactory(pool=first.pool, name=name) for name in ("Åben dør", "Økonomi"))
    for year, amount in ((first, 100), (first, -40), (second, 30)):
        BudgetLineFactory(project=oe, pool_year=year, year=year.year, amount=Decimal(amount), example_note="Eksempel")
    BudgetLineFactory(project=aa, pool_year=second, year=2017, amount=Decimal(5))
    assert [(row.project, row.amounts, row.total, row.example_note) for row in granted_rows(first.pool)] == [
        (oe, ((2016, Decimal(60)), (2017, Decimal(30))), Decimal(90), "Eksempel"),
        (aa, ((2017, Decimal(5)),), Decimal(5), ""),
    ]


def test_a_manager_sees_the_pools_that_touch_the_units():
    unit = OrgUnitFactory()
    child = OrgUnitFactory(parent=unit)
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=unit)
    own = PoolFactory(unit=child)
    paying = ProjectFactory(pool=PoolFactory(), unit=child).pool
    asked = ProposalFactory(pool=PoolFactory(), unit=unit).pool
    PoolFactory()
    assert set(pools_for(manager)) == {own, paying, asked}


def test_others_see_no_pools_and_those_for_the_whole_municipality_all():
    pool = PoolFactory()
    roles = {role: UserFactory(roles=[role]) for role in Role}
    seen = {role for role, user in roles.items() if list(pools_for(user)) == [pool]}
    assert seen == {Role.MANAGER, Role.SECRETARY, Role.CONTROLLER, Role.ADMINISTRATOR}
