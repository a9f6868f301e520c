"""Money that moves is two lines that sum to zero; a closed year takes none."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from projects.actions.budget_moves import Decision, carry_over_budget, transfer_budget
from projects.actions.fiscal_years import close_year, reopen_year
from projects.actions.projects import add_budget_line
from projects.enums import BudgetKind
from projects.models import BudgetLine, Event, FiscalYear
from tests.factories import BudgetLineFactory, PoolYearFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

WHY = Decision("Udvalget 6.11.2017, punkt 4")


@pytest.fixture
def frame():
    return PoolYearFactory(frame=Decimal(100_000))


@pytest.fixture
def giver(frame):
    line = BudgetLineFactory(
        project=ProjectFactory(pool=frame.pool), pool_year=frame, year=2016, amount=Decimal(100_000)
    )
    return line.project


def transfer(giver, receiver, frame, amount=Decimal(40_000), decision=WHY):
    return transfer_budget(
        giver=giver, receiver=receiver, year=2016, pool_year=frame, amount=amount, decision=decision, by=UserFactory()
    )


def granted(**where):
    return BudgetLine.objects.filter(**where).aggregate(total=Sum("amount"))["total"]


def test_a_transfer_takes_from_one_and_gives_to_the_other_also_when_the_frame_is_used_up(giver, frame):
    receiver = ProjectFactory(pool=frame.pool)
    taken, given = transfer(giver, receiver, frame)
    assert (taken.amount, given.amount, given.counterpart) == (Decimal(-40_000), Decimal(40_000), taken)
    assert {taken.kind, given.kind} == {BudgetKind.TRANSFER}
    assert (granted(project=giver), granted(project=receiver)) == (Decimal(60_000), Decimal(40_000))
    assert granted(pool_year=frame) == Decimal(100_000)
    assert (receiver.standing.granted, giver.standing.granted) == (Decimal(40_000), Decimal(60_000))


def test_a_carry_over_stays_taken_from_its_frame(giver, frame):
    old, new = carry_over_budget(
        project=giver, year=2016, pool_year=frame, amount=Decimal(25_000), decision=WHY, by=UserFactory()
    )
    assert (old.year, new.year, new.pool_year, new.price_level) == (2016, 2017, frame, frame.price_level)
    assert (granted(project=giver, year=2016), granted(project=giver, year=2017)) == (Decimal(75_000), Decimal(25_000))


@pytest.mark.parametrize(
    ("amount", "decision", "code"),
    [
        (Decimal("100000.01"), WHY, "below_zero"),
        (Decimal(0), WHY, "amount_not_positive"),
        (Decimal(-5), WHY, "amount_not_positive"),
        (Decimal(5), Decision(" "), "reason_missing"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_stores_neither_half(giver, frame, amount, decision, code):
    with pytest.raises(ValidationError) as refused:
        transfer(giver, ProjectFactory(pool=frame.pool), frame, amount, decision)
    assert refused.value.code == code
    assert (BudgetLine.objects.count(), Event.objects.count()) == (1, 0)


def test_money_of_a_pool_stays_in_it(giver, frame):
    for receiver, code in ((ProjectFactory(), "other_pool"), (giver, "same_project")):
        with pytest.raises(ValidationError) as refused:
            transfer(giver, receiver, frame)
        assert refused.value.code == code
    assert BudgetLine.objects.count() == 1


def test_half_a_transfer_and_a_return_with_plus_are_refused(giver, frame):
    values = {
        "project": giver,
        "year": 2016,
        "pool_year": frame,
        "price_level": 2016,
        "reason": "Mindre hold",
        "by": UserFactory(),
    }
    for kind, amount, code in (
        (BudgetKind.TRANSFER, 5, "half_missing"),
        (BudgetKind.CARRY_OVER, 5, "half_missing"),
        (BudgetKind.RETURN, 5, "amount_not_negative"),
    ):
        with pytest.raises(ValidationError) as refused:
            add_budget_line(kind=kind, amount=Decimal(amount), **values)
        assert refused.value.code == code
    add_budget_line(kind=BudgetKind.RETURN, amount=Decimal(-30_000), **values)
    assert granted(pool_year=frame) == Decimal(70_000)


def test_a_closed_year_takes_no_money_until_it_is_opened_again(giver, frame):
    by = UserFactory()
    close_year(year=2016, reason="Regnskabet er godkendt", by=by)
    for move in (
        lambda: transfer(giver, ProjectFactory(pool=frame.pool), frame),
        lambda: carry_over_budget(project=giver, year=2016, pool_year=frame, amount=1, decision=WHY, by=by),
        lambda: carry_over_budget(project=giver, year=2015, pool_year=None, amount=1, decision=WHY, by=by),
        lambda: close_year(year=2016, reason="Igen", by=by),
    ):
        with pytest.raises(ValidationError) as refused:
            move()
        assert refused.value.code == "year_closed"
    assert BudgetLine.objects.count() == 1
    reopen_year(year=2016, reason="En rettelse fra revisor", by=by)
    transfer(giver, ProjectFactory(pool=frame.pool), frame)
    assert BudgetLine.objects.count() == 3
    verbs = Event.objects.filter(subject="fiscal_year", subject_id=FiscalYear.objects.get(year=2016).pk)
    assert set(verbs.values_list("verb", "reason")) == {
        ("closed", "Regnskabet er godkendt"),
        ("reopened", "En rettelse fra revisor"),
    }
