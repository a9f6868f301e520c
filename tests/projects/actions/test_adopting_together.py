"""Fifty grants and adoptions at the same moment, one frame. Runs on whichever database the tests run on."""

import threading
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from projects.actions import boards, decisions, pools, projects
from projects.actions.boards import TriedLine, adopt_scenario, save_scenario
from projects.actions.decisions import grant_proposal
from projects.enums import ProposalState
from projects.models import BudgetLine, PoolYear, Project, ProposalDecision
from projects.queries.boards import board
from tests.factories import BudgetLineFactory, PoolYearFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

EACH = Decimal(200_000)
AT_ONCE = 50
START = date(2016, 4, 1)


@pytest.fixture
def frames():
    """Return two years with room for seven grants in the first and six in the second."""
    first = PoolYearFactory()
    second = PoolYearFactory(pool=first.pool, year=2017)
    BudgetLineFactory(project__pool=first.pool, pool_year=first, amount=first.frame - 7 * EACH)
    BudgetLineFactory(project__pool=first.pool, pool_year=second, year=2017, amount=second.frame - 6 * EACH)
    return [first, second]


def sent(frames, count):
    return [ProposalFactory(pool=frames[0].pool, state=ProposalState.SUBMITTED) for _ in range(count)]


def granting(proposal, frames, by):
    """Return what grants one proposal from both years, as a manager does it on the proposal's own page."""

    def act():
        grant_proposal(
            proposal=proposal,
            amounts={PoolYear.objects.get(pk=frame.pk): EACH for frame in frames},
            reason="Før pengene er væk",
            project_values={
                "name": "Projekt",
                "code": f"samtidig-{proposal.pk}",
                "starts_on": START,
                "unit": proposal.unit,
                "committee": proposal.pool.committee,
            },
            by=by,
        )

    return act


def adopting(chosen, frames, by):
    """Return what adopts an alternative with the proposals, as it was seen before anybody began."""
    lines = [TriedLine(proposal.pk, True, {frame.pk: EACH for frame in frames}) for proposal in chosen]
    name = f"Alternativ {chosen[0].pk}"
    scenario = save_scenario(pool=frames[0].pool, name=name, reason="", lines=lines, by=by)
    seen = board(scenario.pool, scenario).stamp
    return lambda: adopt_scenario(scenario=scenario, seen=seen, reason="Alt på én gang", starts_on=START, by=by)


def at_once(acts):
    """Do everything at the same moment, each in a thread of its own, and return what each was answered."""
    start, answers = threading.Barrier(len(acts)), []

    def do(act):
        try:
            start.wait(timeout=60)
            act()
            answers.append("granted")
        except ValidationError as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(answers) == len(acts)
    return Counter(answers)


def granted(frame):
    return sum(line.amount for line in BudgetLine.objects.filter(pool_year=frame))


def test_fifty_at_once_never_take_more_than_any_years_frame(frames):
    manager = UserFactory()
    alone, pairs = sent(frames, AT_ONCE - 10), [sent(frames, 2) for _ in range(10)]
    acts = [granting(proposal, frames, manager) for proposal in alone]
    acts += [adopting(pair, frames, manager) for pair in pairs]
    answers = at_once(acts)
    first, second = frames
    assert granted(first) <= first.frame
    assert granted(second) <= second.frame
    # Everybody gets an answer, and what was decided, what was made and what was taken are the same.
    assert set(answers) <= {"granted", "over_granted", "changed_since"}
    made = Project.objects.filter(proposal__isnull=False).count()
    assert made == ProposalDecision.objects.count()
    assert made >= 5
    assert granted(second) == second.frame - 6 * EACH + made * EACH


def test_the_last_money_goes_to_one_and_the_other_is_told_what_is_left(frames):
    first, second = frames
    BudgetLineFactory(project__pool=first.pool, pool_year=second, year=2017, amount=5 * EACH)
    manager, (one, two) = UserFactory(), sent(frames, 2)
    adopting_one = adopting([one], [second], manager)
    grant = granting(two, [second], manager)
    grant()
    with pytest.raises(ValidationError) as refused:
        adopting_one()
    told = refused.value.messages[0].replace("\xa0", " ")
    assert "Der er bevilget penge af 2017 imens; der er 0 kr. tilbage." in told
    assert Project.objects.filter(proposal=one).count() == 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="On SQLite the transaction itself is the lock.")
def test_without_the_lock_adoptions_would_take_more_than_the_frame(frames, monkeypatch):
    """The test above can fail: this is what it would see."""
    _first, second = frames
    BudgetLineFactory(project__pool=second.pool, pool_year=second, year=2017, amount=5 * EACH)
    together = threading.Barrier(2)
    check = projects.check_grant

    def look_together(**sums):
        together.wait(timeout=30)
        check(**sums)

    def unlocked(pool_year_ids):
        return PoolYear.objects.filter(pk__in=set(pool_year_ids)).order_by("pk")

    def unlocked_board(scenario):
        return board(scenario.pool, scenario)

    for module in (pools, projects, decisions, boards):
        monkeypatch.setattr(module, "locked_pool_years", unlocked)
    monkeypatch.setattr(boards, "_locked_board", unlocked_board)
    # A year that is not to be closed meanwhile is a lock, too.
    monkeypatch.setattr(decisions, "lock_open_year", lambda year: None)
    monkeypatch.setattr(projects, "check_grant", look_together)
    manager, pairs = UserFactory(), [sent(frames, 1), sent(frames, 1)]
    assert at_once([adopting(pair, [second], manager) for pair in pairs]) == {"granted": 2}
    assert granted(second) == second.frame + EACH
