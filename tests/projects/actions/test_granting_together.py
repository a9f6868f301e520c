"""Two managers, one frame with room for one of them. Runs on whichever database the tests run on."""

import contextlib
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections

from projects.actions import decisions, pools, projects
from projects.actions.decisions import grant_proposal
from projects.enums import ProposalState
from projects.models import BudgetLine, PoolYear, Project, ProposalDecision
from tests.factories import BudgetLineFactory, PoolYearFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LAST = Decimal(200_000)


@pytest.fixture
def year():
    year = PoolYearFactory()
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=year.frame - LAST)
    return year


@pytest.fixture
def patience():
    """Return how many seconds the first who has looked waits for the other, whom a lock is to keep from it."""
    return 1


# Where no lock keeps the other away, both do look, however slow the machine.
both_come = pytest.mark.parametrize("patience", [60])


@pytest.fixture
def both_look(monkeypatch, patience):
    """Hold everyone who has looked at what is left until the other has looked too, or cannot."""
    barrier = threading.Barrier(2)
    check = projects.check_grant

    def look_together(**sums):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=patience)
        check(**sums)

    monkeypatch.setattr(projects, "check_grant", look_together)


def grant_at_once(proposals, year):
    """Grant all the proposals at the same moment, each in a thread of its own. Return what each was answered."""
    start = threading.Barrier(len(proposals))
    answers = []

    def grant(number, proposal):
        values = {
            "name": f"Projekt {number}",
            "code": f"samtidig-{number}",
            "starts_on": date(2016, 4, 1),
            "unit": proposal.unit,
            "committee": proposal.pool.committee,
        }
        try:
            start.wait(timeout=60)
            grant_proposal(
                proposal=proposal,
                amounts={PoolYear.objects.get(pk=year.pk): LAST},
                reason="De sidste penge",
                project_values=values,
                by=manager,
            )
            answers.append("granted")
        except ValidationError as refused:
            answers.append(refused.code)
        except OperationalError:
            answers.append("locked out")
        finally:
            connection.close()

    manager = UserFactory()
    threads = [threading.Thread(target=grant, args=each) for each in enumerate(proposals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return sorted(answers)


def granted(year):
    return sum(line.amount for line in BudgetLine.objects.filter(pool_year=year))


def sent(year, count):
    return [ProposalFactory(pool=year.pool, state=ProposalState.SUBMITTED) for _ in range(count)]


def test_the_last_money_is_granted_once(year, both_look):
    proposals = sent(year, 2)
    assert grant_at_once(proposals, year) == ["granted", "over_granted"]
    assert granted(year) == year.frame
    assert Project.objects.filter(proposal__in=proposals).count() == 1


def test_one_proposal_decided_twice_at_once_is_granted_once(year):
    proposal = sent(year, 1)[0]
    assert grant_at_once([proposal, proposal], year) == ["granted", "not_submitted"]
    assert granted(year) == year.frame
    assert (ProposalDecision.objects.count(), Project.objects.filter(proposal=proposal).count()) == (1, 1)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="On SQLite the transaction itself is the lock; see the test below."
)
@both_come
def test_without_the_lock_the_pool_would_be_over_granted(year, both_look, monkeypatch):
    """The tests above can fail: this is what they would see."""

    def unlocked(pool_year_ids):
        return PoolYear.objects.filter(pk__in=set(pool_year_ids))

    monkeypatch.setattr(pools, "locked_pool_years", unlocked)
    monkeypatch.setattr(projects, "locked_pool_years", unlocked)
    monkeypatch.setattr("projects.actions.decisions.locked_pool_years", unlocked)
    # A year that is not to be closed meanwhile is a lock, too.
    monkeypatch.setattr(decisions, "lock_open_year", lambda year: None)
    assert grant_at_once(sent(year, 2), year) == ["granted", "granted"]
    assert granted(year) == year.frame + LAST


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite begins its transactions with a mode.")
def test_without_immediate_transactions_one_of_two_is_locked_out(year, monkeypatch):
    """The mode is what lets the second manager wait for her answer, instead of meeting a locked database."""
    monkeypatch.setattr(
        type(connections["default"]),
        "_start_transaction_under_autocommit",
        lambda self: self.cursor().execute("BEGIN DEFERRED"),
    )
    # Both have read before either writes; to look at the year the first time is to write it down.
    have_read, check = threading.Barrier(2), decisions.check_decision

    def check_together(**values):
        have_read.wait(timeout=60)
        check(**values)

    monkeypatch.setattr(decisions, "check_decision", check_together)
    monkeypatch.setattr(decisions, "lock_open_year", lambda year: None)
    assert grant_at_once(sent(year, 2), year) == ["granted", "locked out"]
