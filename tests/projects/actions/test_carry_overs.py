"""A pool's year carried over as its rule says: all of it in one confirmation, or nothing; undone by counter-lines."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.urls import reverse

from projects.actions.budget_moves import Decision, carry_back_budget, carry_over_pool
from projects.actions.fiscal_years import close_year
from projects.enums import BudgetKind, CarryOver, ProjectState, Role
from projects.models import BudgetLine, Event
from projects.queries.carry_overs import carry_over_page
from projects.queries.rollups import rollup_differences
from projects.rules.pools import carried_over_by_project
from tests.factories import (
    BudgetLineFactory,
    CommitmentFactory,
    MeetingFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    UserFactory,
)

WHY = Decision("Overførselssagen")


@pytest.fixture
def frame(db):
    return PoolYearFactory(year=2016, frame=Decimal(100_000), pool__code="PULJE", pool__carry_over=CarryOver.ALL)


def project_of(frame, name, granted, spent, **values):
    project = ProjectFactory(pool=frame.pool, name=name, **values)
    BudgetLineFactory(project=project, pool_year=frame, year=2016, amount=Decimal(granted))
    PostingFactory(project=project, posted_on=date(2016, 6, 1), amount=Decimal(spent))
    return project


@pytest.fixture
def projects(frame):
    mentor, over = project_of(frame, "Mentor", 50_000, 20_000), project_of(frame, "Over", 10_000, 12_000)
    closed = project_of(frame, "Slut", 30_000, 5_000, state=ProjectState.CLOSED)
    CommitmentFactory(project=mentor, amount=Decimal(4_000), expected_on=date(2016, 12, 1))
    return mentor, over, closed


def carry(pool, decision=WHY, seen=None):
    shown = carry_over_page(pool, 2016).fingerprint if seen is None else seen
    return carry_over_pool(pool=pool, year=2016, seen=shown, decision=decision, by=UserFactory())


def granted(project):
    return dict(BudgetLine.objects.filter(project=project).order_by("year").values_list("year").annotate(Sum("amount")))


def test_every_rest_goes_on_in_two_lines_and_the_frame_holds_as_much(frame, projects):
    mentor, over, closed = projects
    meeting = MeetingFactory(committee=frame.pool.committee)
    page = carry(frame.pool, Decision("Overførselssagen", meeting, "7"))
    # 50.000 less 20.000 spent and 4.000 committed; what is overspent and what has ended stay.
    assert {row.project: row.amount for row in page.rows} == {mentor: 26_000, over: 0, closed: 0}
    assert granted(mentor) == {2016: Decimal(24_000), 2017: Decimal(26_000)}
    assert (granted(over), granted(closed)) == ({2016: Decimal(10_000)}, {2016: Decimal(30_000)})
    lines = BudgetLine.objects.filter(kind=BudgetKind.CARRY_OVER).order_by("pk")
    assert [(line.year, line.pool_year, line.reason, line.meeting, line.item_number) for line in lines] == [
        (2016, frame, "Overførselssagen", meeting, "7"),
        (2017, frame, "Overførselssagen", meeting, "7"),
    ]
    assert list(rollup_differences()) == []
    assert carry_over_page(frame.pool, 2016).total == 0


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("closed year", "year_closed"),
        ("closed next", "year_closed"),
        ("changed", "changed_meanwhile"),
        ("no reason", "reason_missing"),
        ("lapses", "nothing_to_carry"),
        ("undecided", "nothing_to_carry"),
    ],
)
def test_what_is_refused_stores_nothing(frame, projects, case, code):
    pool, seen, decision = frame.pool, carry_over_page(frame.pool, 2016).fingerprint, WHY
    if case.startswith("closed"):
        close_year(year=2016 if case == "closed year" else 2017, reason="Godkendt", by=UserFactory())
    elif case == "changed":
        PostingFactory(project=projects[0], posted_on=date(2016, 12, 31), amount=Decimal(1))
    elif case == "no reason":
        decision = Decision(" ")
    else:
        pool.carry_over = CarryOver.NONE if case == "lapses" else CarryOver.LIMITED
        pool.save(update_fields=["carry_over"])
    before = (BudgetLine.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError) as refused:
        carry(pool, decision, seen)
    assert (refused.value.code, (BudgetLine.objects.count(), Event.objects.count())) == (code, before)


def test_a_carry_over_is_undone_by_counter_lines_once_and_not_when_it_is_spent(frame, projects):
    mentor, by = projects[0], UserFactory()
    carry(frame.pool)
    (line,) = carry_over_page(frame.pool, 2016).carried
    BudgetLineFactory(project=mentor, pool_year=frame, year=2017, kind="return", amount=Decimal(-1))
    with pytest.raises(ValidationError) as refused:
        carry_back_budget(line=line, decision=WHY, by=by)
    assert refused.value.code == "below_zero"
    BudgetLineFactory(project=mentor, pool_year=frame, year=2017, kind="supplementary", amount=Decimal(1))
    carry_back_budget(line=line, decision=WHY, by=by)
    assert granted(mentor) == {2016: Decimal(50_000), 2017: Decimal(0)}
    assert carry_over_page(frame.pool, 2016).carried == ()
    BudgetLineFactory(project=mentor, pool_year=frame, year=2017, kind="supplementary", amount=Decimal(90_000))
    with pytest.raises(ValidationError) as refused:
        carry_back_budget(line=line, decision=WHY, by=by)
    assert refused.value.code == "already_countered"


def test_a_controller_carries_over_on_the_page(client, frame, projects, django_assert_num_queries):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    address = reverse("projects:pool-carry-over", args=["PULJE", 2016])
    page = client.get(address)
    assert page.context["page"].total == Decimal(26_000)
    answer = {"reason": "Overførselssagen", "seen": page.context["page"].fingerprint}
    assert client.post(address, {**answer, "reason": ""}).status_code == 422
    assert client.post(address, {**answer, "seen": "andet"}).status_code == 422
    assert BudgetLine.objects.filter(kind=BudgetKind.CARRY_OVER).count() == 0
    client.post(address, answer)
    (line,) = client.get(address).context["page"].carried
    client.post(reverse("projects:carry-over-back", args=["PULJE", line.pk]), {"reason": "Forkert"})
    assert client.get(address).context["page"].carried == ()
    with django_assert_num_queries(11):
        carry_over_page(frame.pool, 2016)


def test_what_has_gone_on_takes_up_the_limit(frame, projects):
    pool = frame.pool
    pool.carry_over, pool.carry_over_percent = CarryOver.LIMITED, Decimal(10)
    pool.save(update_fields=["carry_over", "carry_over_percent"])
    assert carry(pool).total == Decimal(10_000)
    page = carry_over_page(pool, 2016)
    assert (page.total, page.carried_total) == (0, Decimal(10_000))
    assert page.rows[0].stays == Decimal(16_000)


def shares(rests, rule, percent=None, frame=1000):
    kroner = {key: Decimal(rest) for key, rest in rests.items()}
    percent = None if percent is None else Decimal(percent)
    whole = {"rests": kroner, "rule": rule, "frame": Decimal(frame), "percent": percent}
    return carried_over_by_project(**whole, already=Decimal(0))


def test_a_limit_is_shared_by_the_rests_to_the_krone():
    rests = {1: 100, 2: 200, 3: 33, 4: -50}
    assert shares(rests, CarryOver.ALL) == {1: 100, 2: 200, 3: 33}
    assert shares(rests, CarryOver.NONE) == {}
    assert shares(rests, CarryOver.LIMITED) is None
    assert shares(rests, CarryOver.LIMITED, 50) == {1: 100, 2: 200, 3: 33}
    limited = shares(rests, CarryOver.LIMITED, 10)
    assert (limited, sum(limited.values())) == ({1: 30, 2: 61, 3: 9}, 100)


def test_a_limit_that_is_no_whole_amount_is_rounded_down_and_can_be_carried(frame, projects):
    frame.frame, frame.pool.carry_over = Decimal(100_001), CarryOver.LIMITED
    frame.pool.carry_over_percent = Decimal("3.33")
    frame.save()
    frame.pool.save()
    # 3.33 per cent is 3.330,0333 kr.
    assert carry(frame.pool).total == Decimal(3_330)
    assert carry_over_page(frame.pool, 2016).total == 0
