import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from projects.actions.findings import answer_finding
from projects.actions.returns import return_snapshot
from projects.actions.snapshots import (
    AttachmentValue,
    CountValue,
    ReferenceValue,
    SnapshotValues,
    StaleSnapshot,
    approve_snapshot,
    correct_snapshot,
    discard_draft,
    save_snapshot,
    start_snapshot,
    submit_snapshot,
)
from projects.enums import Role, SnapshotState
from projects.models import Attachment, Event, Finding, StatusSnapshot
from projects.queries.findings import snapshot_notices
from projects.queries.snapshot_values import stored_values
from projects.queries.snapshots import snapshot_content
from tests import annex_files, factories
from tests.integration_month import NOVEMBER, UNDER_MENTOR, World, integration_month

pytestmark = pytest.mark.django_db

LIGHTS = {"overall": "green", "economy": "yellow", "schedule": "green", "results": "green"}
COMMENTS = {"economy": "Forbruget ligger lidt under."}
PDF = annex_files.paper("indhold")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world() -> World:
    return integration_month()


def values(world: World, **changes: object) -> SnapshotValues:
    whole = SnapshotValues(
        as_of=date(2017, 11, 30),
        lights=LIGHTS,
        comments=COMMENTS,
        forecast=Decimal(490_000),
        narrative="## Holdet\n\nEn er kommet til.",
        measurements={world.citizens.pk: Decimal(41)},
        counts={
            world.row("Syrien").pk: CountValue(22),
            world.row("Mentor").pk: CountValue(5),
            **{world.row(name).pk: CountValue(count) for name, count in UNDER_MENTOR.items()},
        },
        references=(ReferenceValue("Orientering om holdet", world.project.committee_id, date(2017, 6, 12), "4"),),
    )
    return replace(whole, **changes)


def draft(world: World, **changes: object) -> StatusSnapshot:
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    return save_snapshot(
        snapshot=snapshot,
        expected_version=snapshot.version,
        values=values(world, **changes),
        by=world.caseworker,
    )


def sent(world: World) -> StatusSnapshot:
    return submit_snapshot(snapshot=draft(world), by=world.caseworker)


def code_of(caught: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(caught.value.error_list[0].code)


def verbs(snapshot: StatusSnapshot) -> list[str]:
    return list(Event.objects.filter(subject_id=snapshot.pk).order_by("pk").values_list("verb", flat=True))


def test_a_month_is_begun_once_and_holds_nothing_yet(world):
    first = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    second = start_snapshot(project=world.project, month=NOVEMBER, by=world.colleague)
    assert (second, second.version, second.created_by) == (first, 0, world.caseworker)
    assert stored_values(first).normalised() == SnapshotValues(attachments=()).normalised()
    assert verbs(first) == ["started"]


@pytest.mark.parametrize(
    ("month", "code"), [(date(2017, 12, 1), "month_in_future"), (date(2016, 9, 1), "month_before_project")]
)
def test_a_month_that_is_not_the_projects_is_refused(world, month, code):
    with pytest.raises(ValidationError) as caught:
        start_snapshot(project=world.project, month=month, by=world.caseworker)
    assert code_of(caught) == code
    assert not StatusSnapshot.objects.filter(month=month).exists()


def test_what_is_saved_comes_back_whole_and_leaves_what_changed(world):
    saved = draft(world)
    assert (saved.state, saved.version, saved.updated_by) == (SnapshotState.DRAFT, 1, world.caseworker)
    assert replace(stored_values(saved), attachments=None).normalised() == values(world).normalised()
    event = Event.objects.get(subject_id=saved.pk, verb="saved")
    assert (event.actor, event.project) == (world.caseworker, world.project)
    changes = {label: (before, after) for label, before, after in event.changes}
    assert changes["Borgere i projektet"] == ("", "41")
    assert changes["Nationalitet: Syrien"] == ("", "22")
    assert changes["prognose for året"] == ("", "490.000\u00a0kr.")
    assert changes["økonomi"] == ("", "Gul")
    assert changes["Henvisninger"] == ("", "Orientering om holdet, 12.06.2017, 4")


def test_the_words_of_a_start_are_told_as_they_were_written(world):
    row = world.row("Syrien").pk
    saved = draft(world, counts={row: CountValue(9, 7, None, "siden sidste registrering")})
    event = Event.objects.get(subject_id=saved.pk, verb="saved")
    assert ["Nationalitet: Syrien", "", "9, 7 ud, “siden sidste registrering”"] in event.changes


def test_the_same_content_again_changes_nothing(world):
    saved = draft(world)
    again = save_snapshot(snapshot=saved, expected_version=0, values=values(world), by=world.colleague)
    assert (again.version, again.updated_by) == (1, world.caseworker)
    assert verbs(saved) == ["started", "saved"]


def test_a_second_person_with_other_content_is_told_what_stands_there(world):
    saved = draft(world)
    with pytest.raises(StaleSnapshot) as caught:
        save_snapshot(snapshot=saved, expected_version=0, values=values(world, narrative="Mit"), by=world.colleague)
    assert caught.value.stored.narrative == "## Holdet\n\nEn er kommet til."
    assert caught.value.snapshot.updated_by == world.caseworker
    saved.refresh_from_db()
    assert (saved.narrative, saved.version) == ("## Holdet\n\nEn er kommet til.", 1)


def test_unread_text_is_kept_in_a_draft_and_stops_the_sending(world):
    name = f"count_{world.row('Iran').pk}"
    saved = draft(world, unparsed={name: "tre", "narrative": ""})
    assert saved.unparsed == {name: "tre", "narrative": ""}
    with pytest.raises(ValidationError) as caught:
        submit_snapshot(snapshot=saved, by=world.caseworker)
    assert set(caught.value.message_dict) == {name}
    saved.refresh_from_db()
    assert saved.state == SnapshotState.DRAFT


@pytest.mark.parametrize(
    "changes",
    [
        {"narrative": "Borgeren 010190-1234 er flyttet."},
        {"comments": {"overall": "010190-1234"}},
        {"unparsed": {"forecast": "0101901234x"}},
        {"references": (ReferenceValue("Sag 010190-1234"),)},
        {"attachments": (AttachmentValue("010190-1234"),)},
    ],
)
def test_a_cpr_number_anywhere_stores_nothing(world, changes):
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    with pytest.raises(ValidationError) as caught:
        save_snapshot(snapshot=snapshot, expected_version=0, values=values(world, **changes), by=world.caseworker)
    assert code_of(caught) == "cpr"
    assert stored_values(snapshot).normalised() == SnapshotValues(attachments=()).normalised()


def test_rows_of_another_project_and_typed_totals_are_refused(world):
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    foreign = factories.BreakdownCategoryFactory()
    for pk, code in ((foreign.pk, "unknown_row"), (world.row("Aktive").pk, "total_typed")):
        with pytest.raises(ValidationError) as caught:
            save_snapshot(
                snapshot=snapshot,
                expected_version=0,
                values=SnapshotValues(counts={pk: CountValue(1)}),
                by=world.caseworker,
            )
        assert code_of(caught) == code
    assert not snapshot.breakdown_values.exists()


def test_sending_asks_for_lights_comments_and_finished_text(world):
    saved = draft(world, lights={"overall": "red"}, comments={}, narrative="-> Kort om holdet")
    with pytest.raises(ValidationError) as caught:
        submit_snapshot(snapshot=saved, by=world.caseworker)
    expected = {"comment_overall", "light_economy", "light_schedule", "light_results", "narrative"}
    assert set(caught.value.message_dict) == expected
    saved.refresh_from_db()
    assert saved.state == SnapshotState.DRAFT


def test_an_open_finding_does_not_stop_the_sending(world):
    saved = draft(world)
    assert "R2" in {item.notice.rule for item in snapshot_notices(snapshot_content(saved))}
    submitted = submit_snapshot(snapshot=saved, by=world.caseworker)
    assert (submitted.state, submitted.submitted_by) == (SnapshotState.SUBMITTED, world.caseworker)
    assert verbs(submitted) == ["started", "saved", "submitted"]
    with pytest.raises(ValidationError) as caught:
        submit_snapshot(snapshot=submitted, by=world.caseworker)
    assert code_of(caught) == "transition"
    assert verbs(submitted).count("submitted") == 1


def test_what_is_sent_cannot_be_changed_until_it_is_returned(world):
    submitted = sent(world)
    with pytest.raises(ValidationError) as caught:
        save_snapshot(snapshot=submitted, expected_version=1, values=SnapshotValues(), by=world.caseworker)
    assert code_of(caught) == "not_editable"
    returned = return_snapshot(snapshot=submitted, reason="Der mangler én under mentor.", by=world.manager)
    assert (returned.state, returned.return_reason) == ("returned", "Der mangler én under mentor.")
    saved = save_snapshot(
        snapshot=returned, expected_version=1, values=values(world, narrative="Rettet"), by=world.caseworker
    )
    assert (saved.narrative, saved.state) == ("Rettet", "returned")
    assert submit_snapshot(snapshot=saved, by=world.caseworker).state == "submitted"


@pytest.mark.parametrize("reason", ["", "  ", "!!", "ok"])
def test_returning_needs_a_reason(world, reason):
    submitted = sent(world)
    with pytest.raises(ValidationError) as caught:
        return_snapshot(snapshot=submitted, reason=reason, by=world.manager)
    assert code_of(caught) == "reason_missing"
    submitted.refresh_from_db()
    assert (submitted.state, submitted.return_reason) == ("submitted", "")


def test_a_manager_over_the_unit_approves_and_the_rows_freeze(world):
    approved = approve_snapshot(snapshot=sent(world), by=world.manager)
    assert (approved.state, approved.approved_by) == (SnapshotState.APPROVED, world.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        approved.measurements.update(value=1)
    assert approved.measurements.get().value == 41


def test_nobody_approves_what_they_wrote_or_what_is_not_theirs(world):
    factories.RoleAssignmentFactory(user=world.colleague, role=Role.MANAGER, unit=world.project.unit)
    submitted = sent(world)
    elsewhere = factories.UserFactory(roles=[Role.MANAGER], roles__unit=factories.OrgUnitFactory())
    for person in (elsewhere, world.caseworker):
        with pytest.raises(PermissionDenied):
            approve_snapshot(snapshot=submitted, by=person)
    returned = return_snapshot(snapshot=submitted, reason="Se på teksten igen.", by=world.manager)
    save_snapshot(snapshot=returned, expected_version=1, values=values(world, narrative="Ny"), by=world.colleague)
    save_snapshot(snapshot=returned, expected_version=2, values=values(world, narrative="Nyere"), by=world.caseworker)
    submit_snapshot(snapshot=returned, by=world.caseworker)
    with pytest.raises(ValidationError) as caught:
        approve_snapshot(snapshot=returned, by=world.colleague)
    assert code_of(caught) == "own_snapshot"
    returned.refresh_from_db()
    assert returned.state == SnapshotState.SUBMITTED


def test_a_correction_is_a_new_revision_and_the_approved_one_stands(world):
    file = ContentFile(PDF, name="bilag.pdf")
    annexes = (AttachmentValue("Oversigt", "Egen registrering", date(2017, 11, 1), file=file),)
    saved = draft(world, attachments=annexes)
    references = (ReferenceValue("Oversigten", attachment_title="Oversigt"),)
    stored = stored_values(saved)
    save_snapshot(
        snapshot=saved,
        expected_version=1,
        values=values(world, references=references, attachments=stored.attachments),
        by=world.caseworker,
    )
    approved = approve_snapshot(snapshot=submit_snapshot(snapshot=saved, by=world.caseworker), by=world.manager)
    correction = correct_snapshot(snapshot=approved, reason="Et tal var forkert.", by=world.caseworker)
    assert (correction.revision, correction.state, correction.correction_reason) == (2, "draft", "Et tal var forkert.")
    assert stored_values(correction).same_content(stored_values(approved))
    with pytest.raises(ValidationError) as caught:
        correct_snapshot(snapshot=approved, reason="Også mig.", by=world.colleague)
    assert code_of(caught) == "open_revision"
    approved.refresh_from_db()
    assert approved.state == SnapshotState.APPROVED
    assert StatusSnapshot.objects.filter(month=NOVEMBER).count() == 2


def test_a_discarded_correction_takes_no_file_from_the_approved_one(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        saved = draft(world, attachments=(AttachmentValue("Oversigt", file=ContentFile(PDF, name="bilag.pdf")),))
        approved = approve_snapshot(snapshot=submit_snapshot(snapshot=saved, by=world.caseworker), by=world.manager)
        correction = correct_snapshot(snapshot=approved, reason="Et tal var forkert.", by=world.caseworker)
        discard_draft(snapshot=correction, by=world.caseworker)
    name = approved.attachments.get().file.name
    assert default_storage.exists(name)
    assert list(StatusSnapshot.objects.filter(month=NOVEMBER)) == [approved]
    assert Event.objects.get(verb="discarded").actor == world.caseworker


def test_a_draft_is_discarded_with_its_files_and_a_sent_status_is_not(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        saved = draft(world, attachments=(AttachmentValue("Oversigt", file=ContentFile(PDF, name="bilag.pdf")),))
        name = saved.attachments.get().file.name
        assert default_storage.exists(name)
        submitted = submit_snapshot(snapshot=saved, by=world.caseworker)
        with pytest.raises(ValidationError) as caught:
            discard_draft(snapshot=submitted, by=world.caseworker)
        assert code_of(caught) == "not_a_draft"
        StatusSnapshot.objects.filter(pk=submitted.pk).update(state="draft")
        discard_draft(snapshot=submitted, by=world.caseworker)
    assert not default_storage.exists(name)
    assert not Attachment.objects.exists()


def test_a_wrong_file_stores_nothing(world):
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    annex = AttachmentValue("Regneark", file=ContentFile(b"MZ program", name="tal.xlsx"))
    with pytest.raises(ValidationError) as caught:
        save_snapshot(
            snapshot=snapshot, expected_version=0, values=values(world, attachments=(annex,)), by=world.caseworker
        )
    assert code_of(caught) == "file_content"
    assert not Attachment.objects.exists()
    assert not snapshot.measurements.exists()


def test_an_answer_stands_as_long_as_its_figures(world):
    saved = draft(world)
    (notice,) = [item for item in snapshot_notices(snapshot_content(saved)) if item.notice.rule == "R2"]
    answer_finding(subject=notice.subject, notice=notice.notice, answer="Kendt: én er flyttet.", by=world.caseworker)
    (answered,) = [item for item in snapshot_notices(snapshot_content(saved)) if item.notice.rule == "R2"]
    assert (answered.answer, answered.answered_by) == ("Kendt: én er flyttet.", world.caseworker)
    counts = {**values(world).counts, world.row("I praktik").pk: CountValue(1)}
    save_snapshot(snapshot=saved, expected_version=1, values=values(world, counts=counts), by=world.caseworker)
    (lapsed,) = [item for item in snapshot_notices(snapshot_content(saved)) if item.notice.rule == "R2"]
    assert lapsed.answer == ""
    event = Event.objects.get(verb="answered")
    assert (event.subject_id, event.changes) == (saved.pk, [["R2", "", "Kendt: én er flyttet."]])


def test_answers_that_say_nothing_or_answer_what_must_be_solved_are_refused(world):
    saved = draft(world, narrative="-> Kort om holdet")
    notices = {item.notice.rule: item for item in snapshot_notices(snapshot_content(saved))}
    for rule, answer, code in (
        ("R2", "ok", "reason_missing"),
        ("R2", "010190-1234", "cpr"),
        ("R9", "Fint", "blocking"),
    ):
        with pytest.raises(ValidationError) as caught:
            answer_finding(
                subject=notices[rule].subject, notice=notices[rule].notice, answer=answer, by=world.caseworker
            )
        assert code_of(caught) == code
    assert not Finding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_at_once_do_not_overwrite_each_other(world):
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    together = threading.Barrier(2)
    outcomes = []

    def save(person, text):
        try:
            together.wait()
            save_snapshot(snapshot=snapshot, expected_version=0, values=SnapshotValues(narrative=text), by=person)
            outcomes.append("saved")
        except StaleSnapshot:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(person, text))
        for person, text in ((world.caseworker, "Saras"), (world.colleague, "Karls"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    snapshot.refresh_from_db()
    assert sorted(outcomes) == ["saved", "stale"]
    assert (snapshot.version, snapshot.narrative in {"Saras", "Karls"}) == (1, True)


@pytest.mark.parametrize("extra_rows", [1, 3])
def test_saving_takes_the_same_number_of_queries_however_many_rows(world, extra_rows, django_assert_num_queries):
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    rows = [factories.BreakdownCategoryFactory(breakdown=world.cohort) for _number in range(extra_rows)]
    indicators = [factories.IndicatorFactory(project=world.project) for _number in range(extra_rows)]
    filled = SnapshotValues(
        measurements={row.pk: Decimal(1) for row in indicators}, counts={row.pk: CountValue(1) for row in rows}
    )
    with django_assert_num_queries(19):
        save_snapshot(snapshot=snapshot, expected_version=0, values=filled, by=world.caseworker)
