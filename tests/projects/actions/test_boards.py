from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.actions import boards, decisions, projects
from projects.actions.boards import (
    CriterionValue,
    StaleScenario,
    TriedLine,
    adopt_scenario,
    delete_scenario,
    save_scenario,
    score_proposal,
    set_criteria,
)
from projects.actions.pools import set_frame
from projects.actions.proposals import withdraw_proposal
from projects.enums import ProposalState
from projects.models import (
    BudgetLine,
    CriterionScore,
    Event,
    FiscalYear,
    Project,
    ProjectStanding,
    ProposalDecision,
    Scenario,
)
from projects.queries.boards import board
from tests.factories import (
    BudgetLineFactory,
    EstimateLineFactory,
    MeetingFactory,
    PoolYearFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
REASON = "Størst virkning for pengene."
START = date(2016, 4, 1)


@pytest.fixture
def frame():
    return PoolYearFactory(frame=Decimal(1_000))


@pytest.fixture
def later(frame):
    return PoolYearFactory(pool=frame.pool, year=2017, frame=Decimal(100))


@pytest.fixture
def manager():
    return UserFactory()


def sent(frame, number=1, **values):
    return ProposalFactory(pool=frame.pool, number=number, state=ProposalState.SUBMITTED, **values)


def alternative(frame, manager, *lines, name="A"):
    return save_scenario(pool=frame.pool, name=name, reason="", lines=lines, by=manager)


def tried(proposal, amounts, is_included=True):
    return TriedLine(proposal.pk, is_included, {frame.pk: Decimal(amount) for frame, amount in amounts.items()})


def adopt(scenario, manager, **values):
    seen = values.pop("seen", None) or board(scenario.pool, scenario).stamp
    given = {"reason": REASON, "starts_on": START, **values}
    return adopt_scenario(scenario=scenario, seen=seen, by=manager, **given)


def stored():
    return Project.objects.count(), BudgetLine.objects.count(), ProposalDecision.objects.count()


def test_adopting_grants_what_is_in_over_all_years(frame, later, manager):
    first, second, third = sent(frame, 1, title="Mentorkorps"), sent(frame, 2, title="Mentorkorps"), sent(frame, 3)
    meeting = MeetingFactory(committee=frame.pool.committee)
    scenario = alternative(
        frame,
        manager,
        tried(second, {frame: 700, later: 100}),
        tried(first, {frame: 300}),
        tried(third, {frame: 900}, is_included=False),
    )
    projects = adopt(scenario, manager, meeting=meeting, item_number="7")
    assert [(project.code, project.name) for project in projects] == [
        ("mentorkorps", "Mentorkorps"),
        ("mentorkorps-2", "Mentorkorps"),
    ]
    lines = BudgetLine.objects.values_list("project__proposal__number", "year", "amount", "meeting", "item_number")
    assert sorted(lines) == [
        (1, 2016, Decimal(300), meeting.pk, "7"),
        (2, 2016, Decimal(700), meeting.pk, "7"),
        (2, 2017, Decimal(100), meeting.pk, "7"),
    ]
    assert set(ProposalDecision.objects.values_list("outcome", "reason")) == {("granted", REASON)}
    third.refresh_from_db()
    scenario.refresh_from_db()
    assert third.state == ProposalState.SUBMITTED
    assert (scenario.adopted_by, scenario.reason, scenario.adopted_at is not None) == (manager, REASON, True)


def test_the_years_are_locked_before_the_frames_as_by_every_grant(frame, later, manager, monkeypatch):
    """The other way about, whoever adds the year's first budget line at the same moment waits for ever."""
    locked = []
    for module in (boards, decisions, projects):
        frames, year = module.locked_pool_years, module.lock_open_year
        monkeypatch.setattr(module, "locked_pool_years", lambda ids, lock=frames: locked.append("frames") or lock(ids))
        monkeypatch.setattr(module, "lock_open_year", lambda year, lock=year: locked.append(year) or lock(year))
    first, second = sent(frame), sent(frame, 2)
    adopt(alternative(frame, manager, tried(first, {frame: 600}), tried(second, {later: 70}, False)), manager)
    assert locked[:2] == [frame.year, "frames"], "and 2017, from which nothing is granted, may be closed"
    locked.clear()
    values = {"name": "Ny", "code": "ny-2", "starts_on": START, "unit": second.unit, "committee": frame.pool.committee}
    amounts = {later: Decimal(10), frame: Decimal(10)}
    decisions.grant_proposal(proposal=second, amounts=amounts, reason=REASON, project_values=values, by=manager)
    assert locked[:3] == [2016, 2017, "frames"]


def test_what_is_out_can_be_rejected_with_the_same_reason(frame, manager):
    first, second = sent(frame, 1), sent(frame, 2)
    scenario = alternative(frame, manager, tried(first, {frame: 1}), tried(second, {}, is_included=False))
    adopt(scenario, manager, rejects_rest=True)
    second.refresh_from_db()
    assert (second.state, second.decisions.get().reason) == (ProposalState.REJECTED, REASON)


@pytest.mark.parametrize(("amount", "second_year"), [(1_001, 0), (1, 101)])
def test_more_than_a_frame_holds_grants_nothing_at_all(frame, later, manager, amount, second_year):
    one, two = sent(frame, 1), sent(frame, 2)
    scenario = alternative(
        frame, manager, tried(one, {frame: 0, later: 0.5}), tried(two, {frame: amount, later: second_year})
    )
    before = (stored(), Event.objects.count())
    with pytest.raises(ValidationError) as refused:
        adopt(scenario, manager)
    assert (refused.value.code, (stored(), Event.objects.count())) == ("over_granted", before)
    scenario.refresh_from_db()
    assert scenario.adopted_at is None


def withdrawn(frame, proposal, scenario, manager):
    withdraw_proposal(proposal=proposal, by=manager)


def reframed(frame, proposal, scenario, manager):
    set_frame(pool=frame.pool, year=2016, frame=Decimal(2_000), price_level=2016, reason="Flere penge", by=manager)


def spent(frame, proposal, scenario, manager):
    BudgetLineFactory(project__pool=frame.pool, pool_year=frame, amount=Decimal(5))


def saved(frame, proposal, scenario, manager):
    lines = [tried(proposal, {frame: 2})]
    save_scenario(pool=frame.pool, name="A", reason="", lines=lines, by=manager, scenario=scenario, expected_version=1)


def joined(frame, proposal, scenario, manager):
    sent(frame, 9)


@pytest.mark.parametrize("change", [withdrawn, reframed, spent, saved, joined])
def test_whatever_changed_since_refuses_the_adoption(frame, manager, change):
    proposal = sent(frame)
    scenario = alternative(frame, manager, tried(proposal, {frame: 1}))
    seen = board(frame.pool, scenario).stamp
    change(frame, proposal, scenario, manager)
    before = stored()
    with pytest.raises(ValidationError) as refused:
        adopt(scenario, manager, seen=seen)
    assert (refused.value.code, stored()) == ("changed_since", before)


def test_an_adopted_alternative_is_neither_adopted_again_changed_nor_deleted(frame, manager):
    proposal = sent(frame)
    scenario = alternative(frame, manager, tried(proposal, {frame: 1}))
    adopt(scenario, manager)
    acts = (
        lambda: adopt(scenario, manager),
        lambda: delete_scenario(scenario=scenario, by=manager),
        lambda: save_scenario(
            pool=frame.pool, name="B", reason="", lines=[], by=manager, scenario=scenario, expected_version=2
        ),
    )
    for act in acts:
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "adopted"
    assert (stored(), Scenario.objects.get().name) == ((1, 1, 1), "A")


def test_two_people_on_one_alternative_do_not_overwrite_each_other(frame, manager):
    proposal = sent(frame)
    scenario = alternative(frame, manager, tried(proposal, {frame: 1}))
    save_scenario(pool=frame.pool, name="A2", reason="", lines=[], by=manager, scenario=scenario, expected_version=1)
    with pytest.raises(StaleScenario):
        save_scenario(
            pool=frame.pool, name="A3", reason="", lines=[], by=manager, scenario=scenario, expected_version=1
        )
    assert Scenario.objects.get().name == "A2"


def test_criteria_are_kept_changed_and_taken_away_with_their_scores(frame, manager):
    proposal = sent(frame)
    goals, reach = set_criteria(
        pool=frame.pool, criteria=[CriterionValue("Mål", 3), CriterionValue("Bredde", 1)], by=manager
    )
    score_proposal(proposal=proposal, scores={goals: 4, reach: 2}, by=manager)
    assert board(frame.pool).rows[0].score == Decimal("3.5")
    set_criteria(pool=frame.pool, criteria=[CriterionValue("Mål", 5, pk=goals.pk)], by=manager)
    assert (CriterionScore.objects.get().criterion, board(frame.pool).rows[0].score) == (goals, Decimal("4.0"))
    score_proposal(proposal=proposal, scores={goals: None}, by=manager)
    assert not CriterionScore.objects.exists()
    with pytest.raises(ValidationError):
        score_proposal(proposal=proposal, scores={goals: 6}, by=manager)
    assert not CriterionScore.objects.exists()


def test_the_board_starts_from_the_economy_list_and_counts_what_is_granted_elsewhere(frame, manager):
    unlisted, listed = sent(frame, 1), sent(frame, 2)
    EstimateLineFactory(pool_year=frame, proposal=listed, amount=Decimal(200))
    BudgetLineFactory(project__pool=frame.pool, pool_year=frame, amount=Decimal(100))
    start = board(frame.pool)
    assert [(row.proposal, row.is_included, row.amounts) for row in start.rows] == [
        (listed, True, (Decimal(200),)),
        (unlisted, False, (None,)),
    ]
    [year] = start.tally.years
    assert (year.room.elsewhere, year.taken, year.rest) == (Decimal(100), Decimal(200), Decimal(700))


@pytest.mark.parametrize("count", [1, 3])
def test_an_alternative_costs_the_same_for_one_and_for_three(frame, later, manager, count, django_assert_num_queries):
    proposals = [sent(frame, number) for number in range(1, count + 1)]
    scenario = alternative(frame, manager, *(tried(each, {frame: 1, later: 1}) for each in proposals))
    set_criteria(pool=frame.pool, criteria=[CriterionValue("Mål", 3)], by=manager)
    with django_assert_num_queries(10):
        assert len(board(frame.pool, scenario).rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_adopting_many_refreshes_their_sums_and_tells_of_them_once(frame, manager, count):
    lines = [tried(sent(frame, number), {frame: 100}) for number in range(1, count + 1)]
    scenario = alternative(frame, manager, *lines)
    saved = Event.objects.count()
    with CaptureQueriesContext(connection) as queries:
        adopt(scenario, manager)
    written = [query for query in queries if query["sql"].startswith('INSERT INTO "projects_projectyear"')]
    sums = list(ProjectStanding.objects.values_list("granted", flat=True))
    assert (len(written), sums) == (1, [Decimal(100)] * count)
    told = [query for query in queries if query["sql"].startswith('INSERT INTO "projects_event"')]
    each = [("proposal", "granted"), ("project", "created"), ("budget_line", "added"), ("pool", "granted")]
    events = list(Event.objects.order_by("pk").values_list("subject", "verb")[saved:])
    assert (len(told), events) == (2, [*each * count, ("pool", "scenario_adopted")])


def test_each_proposal_adopted_costs_the_same_few_statements_however_many_frames_it_takes_from(frame, later, manager):
    """The years and the frames are locked once, and what an alternative holds is not looked for line by line."""
    for each in (frame, later):
        FiscalYear.objects.create(year=each.year)
    costs = []
    for frames, count, first in (((frame,), 1, 1), ((frame,), 3, 11), ((frame, later), 1, 21), ((frame, later), 3, 31)):
        lines = [tried(sent(frame, first + place), dict.fromkeys(frames, 1)) for place in range(count)]
        scenario = alternative(frame, manager, *lines, name=f"A{first}")
        with CaptureQueriesContext(connection) as queries:
            adopt(scenario, manager)
        costs.append(len(queries))
    one, three, one_of_both, three_of_both = costs
    assert (three - one, three_of_both - one_of_both) == (2 * 18, 2 * 18)
