"""Composing and issuing a note: what is stored, what is refused, and what never changes again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.enums import Role, Subject
from projects.models import Event
from reports.actions import NoteValues, StaleNoteError, create_note, save_note
from reports.actions.issuing import AlreadyIssuedError, NoteBlockedError, issue_note
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.models import NoteSection, NoteVersion, StatusNote
from reports.queries.notes import outdated_projects
from tests import pdf
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    MeetingFactory,
    ProjectFactory,
    StatusRoundFactory,
    UserFactory,
)
from tests.reports.note_cases import CASE_NUMBER, DATED, corrected, included, note_case, small_note

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def by(case):
    return case.secretary


def stored(note):
    note = StatusNote.objects.get(pk=note.pk)
    sections = list(note.sections.values_list("project__code", "is_included"))
    return note.title, note.case_number, note.introduction, note.version, sections


def values(note, **changes):
    projects = tuple(note.sections.values_list("project_id", "is_included"))
    told = NoteValues(note.title, note.case_number, note.case_officer, note.dated, note.introduction, projects)
    return replace(told, **changes)


class TestCreate:
    def create(self, meeting, by, **changes):
        return create_note(
            **{
                "meeting": meeting,
                "title": "Status",
                "case_number": CASE_NUMBER,
                "case_officer": "Fagkonsulenten",
                "dated": DATED,
                "introduction": "",
                "project_ids": [],
                "by": by,
                **changes,
            }
        )

    @pytest.fixture
    def meeting(self):
        meeting = MeetingFactory()
        StatusRoundFactory(committee=meeting.committee, meeting=meeting)
        return meeting

    @pytest.fixture
    def by(self):
        return UserFactory(roles=[Role.SECRETARY])

    def test_the_chosen_projects_come_in_order_and_the_others_are_left_out(self, meeting, by):
        a, _b, c = (ProjectFactory(code=code, pool__committee=meeting.committee) for code in "abc")
        note = self.create(meeting, by, project_ids=[c.pk, a.pk])
        assert stored(note) == ("Status", CASE_NUMBER, "", 1, [("c", True), ("a", True), ("b", False)])
        event = Event.objects.about(Subject.NOTE, note.pk).get()
        assert (event.verb, event.actor) == ("created", by)

    def test_a_meeting_has_one_note(self, meeting, by):
        self.create(meeting, by)
        with pytest.raises(ValidationError) as refused:
            self.create(meeting, by)
        assert refused.value.code == "note_exists"
        assert StatusNote.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"case_number": "17/46"}, "case_number"),
            ({"introduction": "Borgeren 010180-1234 er i job."}, "introduction"),
            ({"title": ""}, "title"),
        ],
    )
    def test_what_cannot_be_stored_is_refused_at_its_field(self, meeting, by, changes, field):
        with pytest.raises(ValidationError) as refused:
            self.create(meeting, by, **changes)
        assert list(refused.value.message_dict) == [field]
        assert (StatusNote.objects.count(), Event.objects.count()) == (0, 0)

    def test_a_case_number_from_a_word_processor_is_stored_with_plain_hyphens(self, meeting, by):
        assert self.create(meeting, by, case_number=" 15.00.00–A00–2–16 ").case_number == CASE_NUMBER

    def test_another_committees_project_is_refused(self, meeting, by):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            self.create(meeting, by, project_ids=[ProjectFactory().pk])
        assert refused.value.code == "foreign_project"
        assert StatusNote.objects.count() == 0


class TestSave:
    def test_texts_order_and_choice_are_stored_with_an_event(self, case, by):
        first, second = case.note.sections.values_list("project_id", flat=True)
        told = values(case.note, title="Ny titel", projects=((second, True), (first, False)))
        saved = save_note(note=case.note, expected_version=1, values=told, by=by)
        sections = [("projekt-2", True), ("projekt-1", False)]
        assert stored(saved) == ("Ny titel", CASE_NUMBER, "", 2, sections)
        event = Event.objects.about(Subject.NOTE, case.note.pk).get()
        assert event.changes[0][1:] == ["Status på geninvesteringspuljens projekter", "Ny titel"]
        assert event.changes[1][1:] == ["Projekt 1, Projekt 2", "Projekt 2"]

    def test_nothing_happens_when_nothing_changed(self, case, by):
        save_note(note=case.note, expected_version=1, values=values(case.note), by=by)
        assert stored(case.note)[3] == 1
        assert not Event.objects.filter(subject=Subject.NOTE).exists()

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self, case, by):
        save_note(note=case.note, expected_version=1, values=values(case.note, introduction="Den førstes"), by=by)
        before = stored(case.note)
        with pytest.raises(StaleNoteError) as refused:
            save_note(note=case.note, expected_version=1, values=values(case.note, introduction="Den andens"), by=by)
        assert refused.value.current.introduction == "Den førstes"
        assert stored(case.note) == before


class TestIssue:
    def test_facts_paper_checksums_and_statuses_are_stored(self, case, by):
        with time_machine.travel(NOON, tick=False):
            version = issue_note(note=case.note, by=by)
        kept = NoteVersion.objects.get()
        assert (kept.number, kept.reason, kept.issued_by, kept.issued_at) == (1, "", by, NOON)
        assert kept.facts_sha256 == sha256(kept.facts.encode()).hexdigest()
        assert kept.pdf_sha256 == sha256(bytes(kept.pdf)).hexdigest() == version.pdf_sha256
        assert kept.page_count == pdf.page_count(bytes(kept.pdf))
        assert set(kept.snapshots.all()) == set(case.snapshots.values())
        facts = from_json(NoteFacts, kept.facts)
        assert [section.project for section in facts.sections] == ["Projekt 1", "Projekt 2"]

    def test_an_event_says_who_issued_what(self, case, by):
        version = issue_note(note=case.note, by=by)
        event = Event.objects.about(Subject.NOTE, case.note.pk).get()
        assert (event.verb, event.actor, event.changes[0][2]) == ("issued", by, version.pdf_sha256)

    def test_the_database_itself_refuses_a_change_of_what_was_issued(self, case, by):
        version = issue_note(note=case.note, by=by)
        for change in ({"facts": "{}"}, {"pdf": b""}, {"reason": "Andet"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                NoteVersion.objects.filter(pk=version.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            NoteVersion.objects.filter(pk=version.pk).delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            version.snapshots.clear()
        assert bytes(NoteVersion.objects.get().pdf) == bytes(version.pdf)

    def test_what_was_issued_stays_byte_for_byte_when_the_data_changes(self, case, by):
        version = issue_note(note=case.note, by=by)
        before = (version.facts, bytes(version.pdf))
        corrected(case.snapshots["projekt-1"])
        BudgetLineFactory(project=case.projects["projekt-2"], amount=Decimal(900_000))
        case.projects["projekt-2"].name = "Et nyt navn"
        case.projects["projekt-2"].save()
        kept = NoteVersion.objects.get()
        assert (kept.facts, bytes(kept.pdf)) == before
        assert outdated_projects(kept) == ["Projekt 1"]

    def test_a_new_issue_is_version_2_with_a_reason_and_the_first_stands(self, case, by):
        first = issue_note(note=case.note, by=by)
        corrected(case.snapshots["projekt-1"])
        second = issue_note(note=case.note, by=by, reason="Projekt 1 er rettet.")
        assert (second.number, second.reason) == (2, "Projekt 1 er rettet.")
        assert "2 – erstatter version 1: Projekt 1 er rettet." in pdf.text_of(bytes(second.pdf))
        assert bytes(NoteVersion.objects.get(number=1).pdf) == bytes(first.pdf)

    def test_a_new_version_without_a_reason_is_refused(self, case, by):
        issue_note(note=case.note, by=by)
        corrected(case.snapshots["projekt-1"])
        with pytest.raises(ValidationError) as refused:
            issue_note(note=case.note, by=by)
        assert refused.value.code == "reason_missing"
        assert NoteVersion.objects.count() == 1

    def test_the_same_is_issued_only_once(self, case, by):
        first = issue_note(note=case.note, by=by)
        with pytest.raises(AlreadyIssuedError) as refused:
            issue_note(note=case.note, by=by, reason="Et klik til")
        assert refused.value.version == first
        assert NoteVersion.objects.count() == 1

    def test_all_that_stands_in_the_way_is_listed_and_nothing_is_stored(self, by, case):
        missing = ProjectFactory(pool=case.pool, code="uden-status", name="Uden status")
        NoteSection.objects.create(note=case.note, project=missing, position=3)
        StatusNote.objects.update(case_number="", introduction="Teksten kommer -> Bodil")
        with pytest.raises(NoteBlockedError) as refused:
            issue_note(note=case.note, by=by)
        found = [(item.notice.rule, item.subject, item.notice.field) for item in refused.value.notices]
        assert found == [
            ("CASE", "note/UFB/2017-12-04", "case_number"),
            ("R9", "note/UFB/2017-12-04", "introduction"),
            ("APPROVAL", "status/uden-status/2017-11", ""),
        ]
        assert len(refused.value.messages) == 3
        assert (NoteVersion.objects.count(), Event.objects.filter(verb="issued").count()) == (0, 0)

    def test_draft_text_in_a_status_stops_the_note_and_says_where(self):
        case = note_case(is_approved=False)
        case.snapshots["integration"].narrative = "Afventer barsel."
        case.snapshots["integration"].save()
        with pytest.raises(NoteBlockedError) as refused:
            issue_note(note=case.note, by=case.secretary)
        drafts = [(item.subject, item.notice.field) for item in refused.value.notices if item.notice.rule == "R9"]
        assert drafts == [("status/integration/2017-11", "narrative")]

    def test_a_project_that_was_left_out_does_not_stand_in_the_way(self, case, by):
        missing = ProjectFactory(pool=case.pool)
        NoteSection.objects.create(note=case.note, project=missing, position=3, is_included=False)
        assert issue_note(note=case.note, by=by).number == 1
        assert included(case.note) == ["projekt-1", "projekt-2"]

    def test_someone_who_has_not_seen_the_newest_save_does_not_issue_it(self, case, by):
        save_note(note=case.note, expected_version=1, values=values(case.note, title="Ændret"), by=by)
        with pytest.raises(StaleNoteError):
            issue_note(note=case.note, by=by, expected_version=1)
        assert NoteVersion.objects.count() == 0

    def test_figures_that_change_while_the_paper_is_made_are_not_frozen(self, case, by, monkeypatch):
        from reports import pdf as paper

        render = paper.render_note

        def render_and_meddle(*parts):
            StatusNote.objects.filter(pk=case.note.pk).update(title="Imens")
            return render(*parts)

        monkeypatch.setattr(paper, "render_note", render_and_meddle)
        with pytest.raises(ValidationError) as refused:
            issue_note(note=case.note, by=by)
        assert refused.value.code == "changed_meanwhile"
        assert NoteVersion.objects.count() == 0

    def test_a_paper_that_cannot_be_made_leaves_nothing(self, case, by, monkeypatch):
        from reports import pdf as paper

        def fail(*parts):
            raise paper.PaperError("no")

        monkeypatch.setattr(paper, "render_note", fail)
        with pytest.raises(paper.PaperError):
            issue_note(note=case.note, by=by)
        assert (NoteVersion.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_note_without_a_round_is_about_the_month_before(case, by):
    version = issue_note(note=case.note, by=by)
    assert from_json(NoteFacts, version.facts).month == date(2017, 11, 1)


def test_a_project_that_moved_to_another_committee_is_told_of_and_can_be_taken_out():
    case = small_note(2)
    moved = case.projects["projekt-2"]
    moved.committee = CommitteeFactory()
    moved.save()
    saved = save_note(
        note=case.note,
        expected_version=case.note.version,
        values=values(case.note, title="Ny titel"),
        by=case.secretary,
    )
    assert saved.title == "Ny titel"
    with pytest.raises(NoteBlockedError) as refusal:
        issue_note(note=saved, by=case.secretary)
    assert [item.notice.rule for item in refusal.value.notices] == ["MOVED"]
    rest = tuple((pk, pk != moved.pk) for pk, _included in values(saved).projects)
    save_note(note=saved, expected_version=saved.version, values=values(saved, projects=rest), by=case.secretary)
    assert included(case.note) == ["projekt-1"]
