from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions.pools import create_pool, remove_estimate, set_estimate, set_frame
from projects.enums import Subject
from projects.models import EstimateLine, Event, Pool, PoolYear
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    EstimateLineFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def events(pool):
    rows = Event.objects.filter(subject=Subject.POOL, subject_id=pool.pk).order_by("pk")
    return [(event.verb, event.summary.replace("\xa0", " "), event.reason) for event in rows]


def test_create_pool_stores_it_with_its_frames():
    by = UserFactory()
    pool = create_pool(
        code="GENINV-2016",
        name="Geninvesteringspuljen",
        committee=CommitteeFactory(),
        unit=OrgUnitFactory(),
        frames=[(2016, Decimal(4_300_000)), (2017, Decimal(1_000_000))],
        by=by,
    )
    assert [(year.year, year.frame, year.price_level) for year in pool.years.all()] == [
        (2016, Decimal(4_300_000), 2016),
        (2017, Decimal(1_000_000), 2017),
    ]
    assert [verb for verb, _summary, _reason in events(pool)] == ["created", "frame_set", "frame_set"]
    assert set(Event.objects.values_list("actor", flat=True)) == {by.pk}


def test_create_pool_with_a_code_in_use_stores_nothing():
    pool = PoolFactory(code="GENINV-2016")
    with pytest.raises(ValidationError) as refused:
        create_pool(code="GENINV-2016", name="En til", committee=pool.committee, unit=pool.unit, by=UserFactory())
    assert set(refused.value.message_dict) == {"code"}
    assert (Pool.objects.count(), Event.objects.count()) == (1, 0)


def test_set_frame_changes_a_frame_with_a_reason():
    year = PoolYearFactory(frame=Decimal(4_300_000))
    set_frame(
        pool=year.pool, year=2016, frame=Decimal(5_000_000), price_level=2017, by=UserFactory(), reason=" Ny aftale "
    )
    year.refresh_from_db()
    assert (year.frame, year.price_level) == (Decimal(5_000_000), 2017)
    assert events(year.pool) == [("frame_changed", "Rammen for 2016 er 5.000.000 kr.", "Ny aftale")]
    assert Event.objects.get().changes == [
        ["Ramme", "4.300.000\xa0kr.", "5.000.000\xa0kr."],
        ["Prisniveau", "2016", "2017"],
    ]


def test_set_frame_to_what_it_is_leaves_no_event():
    year = PoolYearFactory()
    set_frame(pool=year.pool, year=2016, frame=year.frame, price_level=year.price_level, by=UserFactory())
    assert events(year.pool) == []


@pytest.mark.parametrize(
    ("frame", "reason", "code"),
    [
        (Decimal(99_999), "Ny aftale", "frame_below_granted"),
        (Decimal(-1), "Ny aftale", "frame_negative"),
        (Decimal(200_000), "", "reason_missing"),
    ],
)
def test_set_frame_refuses(frame, reason, code):
    year = PoolYearFactory()
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(100_000))
    with pytest.raises(ValidationError) as refused:
        set_frame(pool=year.pool, year=2016, frame=frame, price_level=2016, by=UserFactory(), reason=reason)
    assert refused.value.code == code
    assert PoolYear.objects.get().frame == Decimal(4_300_000)
    assert events(year.pool) == []


def test_set_estimate_puts_lines_last_and_changes_the_proposals_line():
    year = PoolYearFactory()
    proposal = ProposalFactory(pool=year.pool)
    by = UserFactory()
    set_estimate(pool_year=year, proposal=proposal, label="Mentorkorps", amount=Decimal(185_000), by=by)
    set_estimate(pool_year=year, label="Uden forslag", amount=Decimal(0), note="kan ses sammen med § 85", by=by)
    set_estimate(pool_year=year, proposal=proposal, label="Mentorkorps", amount=Decimal(200_000), by=by)
    rows = EstimateLine.objects.values_list("label", "amount", "note", "proposal", "position")
    assert list(rows) == [
        ("Mentorkorps", Decimal(200_000), "", proposal.pk, 1),
        ("Uden forslag", Decimal(0), "kan ses sammen med § 85", None, 2),
    ]
    assert [verb for verb, _summary, _reason in events(year.pool)] == [
        "estimate_added",
        "estimate_added",
        "estimate_changed",
    ]


def test_set_estimate_refuses_a_negative_amount():
    year = PoolYearFactory()
    with pytest.raises(ValidationError):
        set_estimate(pool_year=year, label="Tilbage", amount=Decimal(-1), by=UserFactory())
    assert (EstimateLine.objects.count(), events(year.pool)) == (0, [])


def test_set_estimate_refuses_to_list_a_proposal_twice():
    line = EstimateLineFactory()
    other = EstimateLineFactory(pool_year=line.pool_year, proposal=None, label="En anden")
    with pytest.raises(ValidationError):
        set_estimate(
            pool_year=line.pool_year, line=other, proposal=line.proposal, label="x", amount=Decimal(1), by=UserFactory()
        )
    other.refresh_from_db()
    assert (other.proposal, other.label) == (None, "En anden")


def test_remove_estimate_needs_a_reason():
    line = EstimateLineFactory()
    with pytest.raises(ValidationError):
        remove_estimate(line=line, reason="", by=UserFactory())
    assert EstimateLine.objects.count() == 1
    pool = line.pool_year.pool
    remove_estimate(line=line, reason="Står der to gange", by=UserFactory())
    assert EstimateLine.objects.count() == 0
    assert [(verb, reason) for verb, _summary, reason in events(pool)] == [("estimate_removed", "Står der to gange")]
