"""Every rule over everything: what is noticed, whether it was answered, and what it costs to ask."""

from datetime import date
from decimal import Decimal

import pytest

from projects.enums import PoolKind, ProposalState, Severity
from projects.models import Finding
from projects.queries.findings import pool_notices, portfolio_notices, snapshot_notices
from projects.queries.snapshots import snapshot_content
from tests.factories import (
    MOMENT,
    MONTH,
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    BudgetLineFactory,
    EstimateLineFactory,
    FteRateFactory,
    IndicatorFactory,
    MeasurementFactory,
    MeetingFactory,
    PoolFactory,
    PoolYearFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    SnapshotReferenceFactory,
    StatusNoteFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db

NOTE_DATE = date(2017, 11, 27)


def rules(notices):
    return [(item.notice.rule, item.notice.field) for item in notices]


def mentor_status(*, typed: int = 5, children=(1, 2, 1)):
    """Five with a mentor, of whom the three rows below count four."""
    snapshot = StatusSnapshotFactory(project__code="integration", project__name="Integration")
    breakdown = BreakdownFactory(project=snapshot.project, code="udfald")
    parent = BreakdownCategoryFactory(breakdown=breakdown, code="mentor", name="mentor")
    BreakdownValueFactory(snapshot=snapshot, category=parent, count=typed)
    for count in children:
        child = BreakdownCategoryFactory(breakdown=breakdown, parent=parent)
        BreakdownValueFactory(snapshot=snapshot, category=child, count=count)
    return snapshot


def answer_to(item, text="Kendt: én er flyttet."):
    return Finding.objects.create(
        subject=item.subject,
        rule=item.notice.rule,
        field=item.notice.field,
        fingerprint=item.notice.fingerprint,
        message=item.notice.message,
        answer=text,
        answered_by=UserFactory(),
        answered_at=MOMENT,
    )


def test_sub_rows_that_miss_one_are_noticed_at_their_row():
    (item,) = snapshot_notices(snapshot_content(mentor_status()))

    assert (item.notice.rule, item.notice.field, item.subject, item.object_label, item.is_open) == (
        "R2",
        "breakdown.udfald.mentor",
        "status/integration/2017-11",
        "Integration, november 2017",
        True,
    )
    assert item.notice.figures == (5, 4)


def test_an_answer_stands_while_the_figures_do_and_lapses_when_they_change():
    snapshot = mentor_status()
    answer_to(snapshot_notices(snapshot_content(snapshot))[0])
    (answered,) = snapshot_notices(snapshot_content(snapshot))
    assert (answered.answer, answered.is_open) == ("Kendt: én er flyttet.", False)

    snapshot.breakdown_values.filter(category__code="mentor").update(count=6)

    (reopened,) = snapshot_notices(snapshot_content(snapshot))
    assert (reopened.notice.figures, reopened.answer, reopened.is_open) == ((6, 4), "", True)


def test_an_answer_goes_with_the_month_to_its_correction():
    snapshot = mentor_status()
    item = snapshot_notices(snapshot_content(snapshot))[0]
    answer_to(item)
    approved(snapshot)
    second = StatusSnapshotFactory(project=snapshot.project, revision=2, correction_reason="Kommentar tilføjet.")
    for value in snapshot.breakdown_values.all():
        BreakdownValueFactory(snapshot=second, category=value.category, count=value.count)

    (carried,) = snapshot_notices(snapshot_content(second))

    assert carried.answer == "Kendt: én er flyttet."


def test_text_dates_and_references_are_read_too():
    snapshot = StatusSnapshotFactory(
        as_of=date(2017, 11, 30), narrative="Projektet -> tal mangler\n\nDen 31.10 var der 9."
    )
    SnapshotReferenceFactory(snapshot=snapshot, title="Orientering")
    StatusRoundFactory(committee=snapshot.project.committee)

    found = snapshot_notices(snapshot_content(snapshot))

    assert rules(found) == [("R3", "as_of"), ("R9", "narrative"), ("R4", "narrative"), ("R10", "references.1")]
    assert [item.notice.severity for item in found][1] == Severity.BLOCKING


def test_figures_are_held_against_the_note_once_there_is_one_and_till_then_against_the_day_it_is_to_be_ready():
    snapshot = StatusSnapshotFactory(as_of=date(2017, 11, 28))
    meeting = MeetingFactory(committee=snapshot.project.committee)
    StatusRoundFactory(committee=snapshot.project.committee, meeting=meeting, secretary_due=date(2017, 11, 28))
    assert snapshot_notices(snapshot_content(snapshot)) == []

    note = StatusNoteFactory(meeting=meeting, dated=NOTE_DATE)
    (found,) = snapshot_notices(snapshot_content(snapshot))
    assert (found.notice.field, found.notice.figures) == ("as_of", (date(2017, 11, 28), NOTE_DATE))
    assert found.message.endswith("opgjort pr. 28.11.2017, én dag efter notatets dato 27.11.2017.")

    note.dated = date(2017, 11, 28)
    note.save()
    assert snapshot_notices(snapshot_content(snapshot)) == []


def test_a_drifting_unit_and_a_claim_the_numbers_do_not_carry():
    june = StatusSnapshotFactory(month=date(2017, 6, 1))
    indicator = IndicatorFactory(project=june.project, code="brug", name="Brug")
    MeasurementFactory(snapshot=june, indicator=indicator, value=18, unit="borgere/familier")
    approved(june)
    november = StatusSnapshotFactory(project=june.project, narrative="Der er sket en fordobling i brugen.")
    MeasurementFactory(snapshot=november, indicator=indicator, value=35)

    found = snapshot_notices(snapshot_content(november))

    assert rules(found) == [("R13", "indicator.brug"), ("R12", "narrative")]


def test_a_figure_nobody_has_typed_is_not_asked_about():
    june = StatusSnapshotFactory(month=date(2017, 6, 1))
    MeasurementFactory(
        snapshot=june, indicator=IndicatorFactory(project=june.project, unit="borgere"), value=18, unit="familier"
    )
    approved(june)
    assert snapshot_notices(snapshot_content(StatusSnapshotFactory(project=june.project))) == []


def the_pool_of_2016():
    """4.300.000; one proposal in the list at its own price, one at another, one missing; one line without proposal."""
    FteRateFactory(year=2016, amount=370_000)
    frame = PoolYearFactory(pool__code="GENINV-2016")
    asking = {"pool": frame.pool, "state": ProposalState.SUBMITTED}
    mentors, adviser, autism = (ProposalFactory(number=n, **asking) for n in (2, 6, 1))
    ProposalCostFactory(proposal=mentors, fte=Decimal("0.5"), amount=None)
    ProposalCostFactory(proposal=adviser, fte=Decimal("0.5"), amount=None)
    ProposalCostFactory(proposal=autism, fte=Decimal(2), amount=None)
    EstimateLineFactory(proposal=mentors, pool_year=frame, amount=185_000)
    EstimateLineFactory(proposal=adviser, pool_year=frame, amount=150_000)
    loose = EstimateLineFactory(proposal=None, pool_year=frame, label="Uden forslag", amount=1_000)
    return frame, mentors, adviser, autism, loose


def test_the_proposal_that_is_missing_from_the_list_changes_the_rest():
    frame, _mentors, adviser, autism, loose = the_pool_of_2016()
    adviser_line = frame.estimates.get(proposal=adviser)

    found = pool_notices([frame.pool])

    assert rules(found) == [
        ("R6", f"2016.proposal.{autism.pk}"),
        ("R7", f"2016.estimate.{adviser_line.pk}"),
        ("R6", f"2016.estimate.{loose.pk}"),
        ("R8", "2016"),
    ]
    assert found[-1].notice.figures == (Decimal(4_300_000), Decimal(336_000), Decimal(3_224_000))
    assert {item.subject for item in found} == {"pool/GENINV-2016"}


def test_a_mended_list_is_not_noticed():
    frame, _mentors, adviser, autism, loose = the_pool_of_2016()
    EstimateLineFactory(proposal=autism, pool_year=frame, amount=740_000)
    frame.estimates.filter(proposal=adviser).update(amount=185_000)
    loose.delete()
    assert pool_notices([frame.pool]) == []


def test_more_granted_than_the_frame_holds_is_blocking():
    frame = PoolYearFactory(frame=Decimal(100))
    BudgetLineFactory(pool_year=frame, amount=Decimal("100.40"))

    (item,) = pool_notices([frame.pool])

    assert (item.notice.rule, item.notice.severity, item.notice.figures) == (
        "R8",
        Severity.BLOCKING,
        (Decimal(100), Decimal("100.40")),
    )


def test_a_proposal_for_a_later_year_is_asked_for_in_that_year_only():
    pool = PoolFactory()
    PoolYearFactory(pool=pool, year=2016)
    PoolYearFactory(pool=pool, year=2017)
    proposal = ProposalFactory(pool=pool, state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=proposal, year=2017, amount=200_000)

    found = pool_notices([pool])

    assert rules(found) == [("R6", f"2017.proposal.{proposal.pk}"), ("R8", "2017")]


def test_projects_paid_from_elsewhere_and_months_without_a_status():
    project = ProjectFactory(code="sund-i-job", pool=None)
    agreement = ProjectFactory(
        pool__kind=PoolKind.BUDGET_AGREEMENT, committee=project.committee, ends_on=date(2016, 12, 31)
    )
    StatusRoundFactory(committee=project.committee)

    found = [item for item in portfolio_notices() if item.subject.startswith("project/")]

    assert [(item.subject, item.notice.rule) for item in found] == [
        (f"project/{agreement.code}", "R15"),
        ("project/sund-i-job", "R15"),
        ("project/sund-i-job", "R20"),
    ]


def test_a_frozen_month_is_left_alone_once_there_is_a_newer_one():
    october = StatusSnapshotFactory(month=date(2017, 10, 1), narrative="TODO")
    approved(october)
    assert [item.notice.rule for item in portfolio_notices()] == ["R9"]

    approved(StatusSnapshotFactory(project=october.project, month=MONTH))

    assert portfolio_notices() == []


@pytest.mark.parametrize("count", [1, 3])
def test_everything_is_checked_in_a_bounded_number_of_queries(count, django_assert_max_num_queries):
    frame, *_rest = the_pool_of_2016()
    for _number in range(count):
        snapshot = StatusSnapshotFactory(project__pool=frame.pool, narrative="TODO")
        PoolYearFactory(pool__committee=snapshot.project.committee)
    StatusRoundFactory(committee=frame.pool.committee)
    with django_assert_max_num_queries(28):
        found = portfolio_notices()
    assert sum(item.notice.rule == "R9" for item in found) == count
