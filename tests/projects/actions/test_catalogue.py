"""One way to store and one to delete what an administrator keeps."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from projects.actions.catalogue import delete_record, save_record
from projects.enums import Subject
from projects.models import Event, FteRate, OrgUnit, StandIn, StatusRound, TargetGroup
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.UserFactory()


def events():
    return list(Event.objects.order_by("pk").values_list("subject", "verb", "summary", "changes"))


def test_units_make_no_ring(by):
    above = factories.OrgUnitFactory()
    below = factories.OrgUnitFactory(parent=factories.OrgUnitFactory(parent=above))
    above.parent = below
    with pytest.raises(ValidationError) as refused:
        save_record(record=above, by=by)
    assert refused.value.error_dict["parent"][0].code == "ring"
    assert (OrgUnit.objects.get(pk=above.pk).parent, events()) == (None, [])


def test_new_record_is_stored_with_what_it_says(by):
    rate = FteRate(year=2016, amount=Decimal(370_000))
    assert save_record(record=rate, by=by) is True
    assert events() == [
        (
            Subject.FTE_RATE,
            "created",
            "Årsværkspris oprettet: 2016",
            [["År", "", "2016"], ["Kroner pr. årsværk", "", "370.000\u00a0kr."]],
        )
    ]
    assert Event.objects.get().actor == by


def test_change_is_recorded_from_and_to_in_danish(by):
    round_ = factories.StatusRoundFactory()
    round_.month, round_.caseworker_due = date(2017, 10, 1), date(2017, 10, 27)
    save_record(record=round_, by=by)
    ((subject, verb, _summary, changes),) = events()
    assert (subject, verb) == (Subject.ROUND, "changed")
    assert [(before, after) for _label, before, after in changes] == [
        ("november 2017", "oktober 2017"),
        ("22.11.2017", "27.10.2017"),
    ]
    assert StatusRound.objects.get().month == date(2017, 10, 1)


def test_same_values_change_nothing(by):
    unit = factories.OrgUnitFactory()
    assert save_record(record=OrgUnit.objects.get(pk=unit.pk), by=by) is False
    assert events() == []


def test_what_does_not_hold_is_refused_and_nothing_stored(by):
    with pytest.raises(ValidationError) as refusal:
        save_record(record=StandIn(absent=by, stand_in=by, valid_from=date(2018, 1, 1)), by=by)
    assert refusal.value.messages == ["Vælg en anden kollega som stedfortræder."]
    assert (StandIn.objects.count(), events()) == (0, [])


def test_stand_in_belongs_to_the_history_of_the_absent(by):
    absent = factories.UserFactory()
    save_record(record=StandIn(absent=absent, stand_in=by, valid_from=date(2018, 1, 1)), by=by)
    assert list(Event.objects.values_list("subject", "subject_id")) == [(Subject.USER, absent.pk)]


def test_row_of_a_table_belongs_to_the_history_of_its_project(by):
    row = factories.BreakdownCategoryFactory(name="Job")
    row.name = "Ordinært job"
    save_record(record=row, by=by)
    event = Event.objects.get()
    assert (event.subject, event.subject_id, event.project) == (
        Subject.PROJECT,
        row.breakdown.project_id,
        row.breakdown.project,
    )
    assert event.changes == [["Navn", "Job", "Ordinært job"]]


def test_code_chosen_by_a_proposal_is_not_deleted(by):
    group = factories.TargetGroupFactory()
    factories.ProposalFactory().target_groups.add(group)
    with pytest.raises(ProtectedError):
        delete_record(record=group, by=by)
    assert (TargetGroup.objects.count(), events()) == (1, [])


def test_unit_that_is_used_is_not_deleted(by):
    unit = factories.PoolFactory().unit
    with pytest.raises(ProtectedError):
        delete_record(record=unit, by=by)
    assert (OrgUnit.objects.filter(pk=unit.pk).exists(), events()) == (True, [])


def test_deleted_record_leaves_what_it_said(by):
    unit = factories.OrgUnitFactory(name="Ungeenheden")
    delete_record(record=unit, by=by, reason="Oprettet to gange")
    event = Event.objects.get()
    assert (event.summary, event.reason) == ("Enhed slettet: Ungeenheden", "Oprettet to gange")
    assert ["Navn", "Ungeenheden", ""] in event.changes
    assert not OrgUnit.objects.exists()
