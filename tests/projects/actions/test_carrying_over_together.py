"""Two controllers confirm the same pool's year at once. Runs on whichever database the tests run on."""

import contextlib
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.db.models import QuerySet, Sum

from projects.actions import budget_moves
from projects.actions.budget_moves import Decision, carry_over_pool
from projects.actions.rollups import refresh_all_rollups
from projects.enums import BudgetKind, CarryOver
from projects.models import BudgetLine
from projects.queries.carry_overs import carry_over_page
from projects.queries.rollups import rollup_differences
from tests.factories import BudgetLineFactory, PoolYearFactory, PostingFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

REST = Decimal(30_000)


@pytest.fixture
def pool():
    frame = PoolYearFactory(year=2016, frame=Decimal(100_000), pool__carry_over=CarryOver.ALL)
    for _project in range(2):
        project = ProjectFactory(pool=frame.pool)
        BudgetLineFactory(project=project, pool_year=frame, year=2016, amount=REST + 20_000)
        PostingFactory(project=project, posted_on=date(2016, 6, 1), amount=Decimal(20_000))
    return frame.pool


@pytest.fixture
def patience():
    """Return how many seconds the first who has counted waits for the other, whom a lock is to keep from it."""
    return 1


@pytest.fixture
def both_count(monkeypatch, patience):
    """Hold everyone who has counted the rests until the other has counted too, or cannot."""
    barrier = threading.Barrier(2)

    def count_together(pool, year):
        page = carry_over_page(pool, year)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=patience)
        return page

    monkeypatch.setattr(budget_moves, "carry_over_page", count_together)


def confirm_at_once(pool) -> list[str]:
    """Let two confirm what both have seen; return what each was answered."""
    seen, people, start = carry_over_page(pool, 2016).fingerprint, [UserFactory(), UserFactory()], threading.Barrier(2)
    answers = []

    def confirm(by):
        try:
            start.wait(timeout=60)
            carry_over_pool(pool=pool, year=2016, seen=seen, decision=Decision("Overførselssagen"), by=by)
            answers.append("carried")
        except ValidationError as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return sorted(answers)


def carried_to_2017() -> Decimal:
    return BudgetLine.objects.filter(year=2017, kind=BudgetKind.CARRY_OVER).aggregate(total=Sum("amount"))["total"]


def test_one_carries_over_and_the_other_is_told_that_nothing_is_left_to_carry(pool, both_count):
    assert confirm_at_once(pool) == ["carried", "nothing_to_carry"]
    assert (carried_to_2017(), BudgetLine.objects.filter(kind=BudgetKind.CARRY_OVER).count()) == (2 * REST, 4)
    assert list(rollup_differences()) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="On SQLite the transaction itself is the lock.")
@pytest.mark.parametrize("patience", [60])
def test_without_the_locks_every_rest_would_be_carried_twice(pool, both_count, monkeypatch):
    """The test above can fail: this is what it would see."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    # A year that is not to be closed meanwhile is a lock, too.
    monkeypatch.setattr(budget_moves, "lock_open_year", lambda year: None)
    assert confirm_at_once(pool) == ["carried", "carried"]
    assert carried_to_2017() == 4 * REST
    # The sums that are kept ready were computed by two who did not see each other.
    refresh_all_rollups()
