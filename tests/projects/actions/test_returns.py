"""A status on its way back: section by section, mended, taken back, opened again."""

from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.actions.returns import mark_mended, reopen_snapshot, return_snapshot, withdraw_snapshot
from projects.actions.snapshots import approve_snapshot, save_snapshot, submit_snapshot
from projects.models import Event, MailMessage, ReturnedSection, SnapshotReturn, StatusRound, StatusSnapshot
from projects.queries.returns import last_return, since_return
from projects.queries.snapshot_values import stored_values
from projects.queries.snapshots import snapshot_content
from tests import factories
from tests.integration_month import NOVEMBER, integration_month
from tests.projects.actions.test_snapshots import code_of, draft, sent, values, verbs

pytestmark = pytest.mark.django_db
MENTOR = "Under mentor mangler én."


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world():
    return integration_month()


@pytest.fixture
def section(world):
    return f"table_{world.outcomes.pk}"


@pytest.fixture
def returned(world, section):
    return return_snapshot(snapshot=sent(world), sections={section: MENTOR, "text": "Hvem er “de”?"}, by=world.manager)


def test_each_section_has_its_reason_and_history_keeps_them(world, section, returned):
    assert (returned.state, returned.return_reason) == (
        "returned",
        f"Hvor er de nu?: {MENTOR}\nStatus i ord: Hvem er “de”?",
    )
    rows = ReturnedSection.objects.values_list("section", "title", "reason", "mended_at")
    assert list(rows) == [(section, "Hvor er de nu?", MENTOR, None), ("text", "Status i ord", "Hvem er “de”?", None)]
    event = Event.objects.get(verb="returned")
    assert (event.reason, event.changes) == (
        "",
        [["Hvor er de nu?", "", MENTOR], ["Status i ord", "", "Hvem er “de”?"]],
    )


def test_the_project_is_held_before_its_sums_as_by_those_who_decide_its_money(world):
    """PostgreSQL holds the project for the event; the other way about, a grant at the same moment is a deadlock."""
    snapshot = sent(world)
    steps = (
        lambda: withdraw_snapshot(snapshot=snapshot, by=world.caseworker),
        lambda: submit_snapshot(snapshot=snapshot, by=world.caseworker),
        lambda: return_snapshot(snapshot=snapshot, reason="Hvem er “de”?", by=world.manager),
    )
    for step in steps:
        with CaptureQueriesContext(connection) as queries:
            step()
        said = [query["sql"] for query in queries]
        event = max(place for place, sql in enumerate(said) if 'INSERT INTO "projects_event"' in sql)
        assert not [sql for sql in said[:event] if '"projects_projectstanding"' in sql]


def test_who_writes_is_told_at_once_and_once_of_what_is_returned_and_asked_for_again(world, section):
    StatusRound.objects.update(closed_at=timezone.now())
    waiting = sent(world)
    return_snapshot(snapshot=waiting, reason="Se på", sections={section: MENTOR}, by=world.manager)
    with pytest.raises(ValidationError):
        return_snapshot(snapshot=waiting, reason="Se på", by=world.manager)
    waiting.refresh_from_db()
    approve_snapshot(snapshot=submit_snapshot(snapshot=waiting, by=world.caseworker), by=world.manager)
    reopen_snapshot(snapshot=waiting, reason="Tallet er et andet.", by=world.manager)
    keys = MailMessage.objects.order_by("pk").values_list("key", flat=True)
    returns = SnapshotReturn.objects.order_by("pk")
    both = (world.caseworker, world.colleague)
    assert list(keys) == [f"returned/{item.pk}/{user.pk}" for item in returns for user in both]
    first, second = MailMessage.objects.filter(recipient=world.caseworker).order_by("pk")
    assert [first.subject, second.subject] == [
        "Returneret: Integration, november 2017",
        "Skal rettes: Integration, november 2017",
    ]
    for words in ("har returneret november 2017", f"Se på\n\n- Hvor er de nu?: {MENTOR}\n"):
        assert words in first.body
    for words in ("beder om en rettelse", "\nTallet er et andet.\n"):
        assert words in second.body
    assert second.body.rstrip().endswith("/projekter/integration/status/2017-11/")


def test_a_refused_return_stores_nothing(world):
    waiting = sent(world)
    for sections in ({}, {"table_0": "Er den væk?"}, {"text": "010190-1234 er nævnt"}):
        with pytest.raises(ValidationError):
            return_snapshot(snapshot=waiting, sections=sections, by=world.manager)
    with pytest.raises(PermissionDenied):
        return_snapshot(snapshot=waiting, reason="Se igen på teksten.", by=world.caseworker)
    waiting.refresh_from_db()
    assert (waiting.state, SnapshotReturn.objects.count(), verbs(waiting)[-1]) == ("submitted", 0, "submitted")


def test_the_manager_sees_field_by_field_what_changed_since(world, section, returned):
    mended = values(world, narrative="## Holdet\n\nEn borger er kommet til.")
    counts = {**mended.counts, world.row("I praktik").pk: type(mended.counts[world.row("Syrien").pk])(3)}
    save_snapshot(
        snapshot=returned,
        expected_version=1,
        values=values(world, narrative=mended.narrative, counts=counts, forecast=Decimal(500_000)),
        by=world.caseworker,
    )
    again = submit_snapshot(snapshot=returned, by=world.caseworker)
    since = since_return(last_return(again), snapshot_content(again))
    shown = [(part.section.section, [(c.label, c.before, c.after) for c in part.changes]) for part in since.parts]
    assert shown == [
        (section, [("I praktik", "2", "3")]),
        ("text", [("Status i ord", "## Holdet\n\nEn er kommet til.", mended.narrative)]),
    ]
    assert [(item.section, [c.change for c in item.changed]) for item in since.others] == [
        ("economy", [Decimal(10_000)])
    ]


def test_a_section_is_marked_as_mended_once_and_can_be_unmarked(world, returned):
    first, second = ReturnedSection.objects.order_by("position")
    shown = {first.pk, second.pk}
    for _twice in range(2):
        mark_mended(snapshot=returned, mended={first.pk}, shown=shown, by=world.caseworker)
    first.refresh_from_db()
    assert (first.is_mended, first.mended_by) == (True, world.caseworker)
    assert verbs(returned).count("mended") == 1
    mark_mended(snapshot=returned, mended={second.pk}, shown=shown, by=world.colleague)
    assert [row.is_mended for row in ReturnedSection.objects.order_by("position")] == [False, True]
    submit_snapshot(snapshot=returned, by=world.caseworker)
    with pytest.raises(ValidationError) as caught:
        mark_mended(snapshot=returned, mended=set(), shown=shown, by=world.caseworker)
    assert code_of(caught) == "not_editable"


def test_marks_of_another_status_are_left_alone(world, returned):
    other = ReturnedSection.objects.create(
        returned=SnapshotReturn.objects.create(
            snapshot=factories.StatusSnapshotFactory(), returned_by=world.manager, returned_at=returned.updated_at
        ),
        section="text",
        title="Status i ord",
        reason="En anden",
    )
    mark_mended(snapshot=returned, mended={other.pk}, shown={other.pk}, by=world.caseworker)
    other.refresh_from_db()
    assert not other.is_mended


def test_what_was_sent_is_taken_back_and_sent_again(world):
    waiting = sent(world)
    back = withdraw_snapshot(snapshot=waiting, by=world.caseworker)
    assert (back.state, back.submitted_by, back.submitted_at) == ("draft", None, None)
    assert verbs(back) == ["started", "saved", "submitted", "withdrawn"]
    returned = return_snapshot(
        snapshot=submit_snapshot(snapshot=back, by=world.caseworker), reason="Se igen på teksten.", by=world.manager
    )
    submit_snapshot(snapshot=returned, by=world.caseworker)
    assert withdraw_snapshot(snapshot=returned, by=world.caseworker).state == "returned"


def test_an_approved_status_is_not_taken_back(world):
    approved = approve_snapshot(snapshot=sent(world), by=world.manager)
    with pytest.raises(ValidationError) as caught:
        withdraw_snapshot(snapshot=approved, by=world.caseworker)
    assert code_of(caught) == "not_waiting"
    approved.refresh_from_db()
    assert approved.state == "approved"


def test_a_manager_asks_for_a_correction_and_may_approve_it(world):
    approved = approve_snapshot(snapshot=sent(world), by=world.manager)
    asked = reopen_snapshot(snapshot=approved, reason="Tallet for mentor er forkert.", by=world.manager)
    assert (asked.revision, asked.state, asked.return_reason) == (2, "returned", "Tallet for mentor er forkert.")
    assert stored_values(asked).same_content(stored_values(approved))
    assert verbs(asked) == ["reopened"]
    save_snapshot(snapshot=asked, expected_version=1, values=values(world, narrative="Rettet"), by=world.caseworker)
    again = approve_snapshot(snapshot=submit_snapshot(snapshot=asked, by=world.caseworker), by=world.manager)
    assert (again.state, again.revision) == ("approved", 2)


def test_only_the_manager_reopens_and_only_what_is_approved(world):
    saved = draft(world)
    with pytest.raises(ValidationError) as caught:
        reopen_snapshot(snapshot=saved, reason="Tallet er forkert.", by=world.manager)
    assert code_of(caught) == "not_approved"
    approved = approve_snapshot(snapshot=submit_snapshot(snapshot=saved, by=world.caseworker), by=world.manager)
    with pytest.raises(PermissionDenied):
        reopen_snapshot(snapshot=approved, reason="Tallet er forkert.", by=world.caseworker)
    with pytest.raises(ValidationError):
        reopen_snapshot(snapshot=approved, reason=" ", by=world.manager)
    assert StatusSnapshot.objects.filter(month=NOVEMBER).count() == 1
