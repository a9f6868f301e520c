"""Writing in the note: what is stored and printed, what lapses, what is refused, and earlier drafts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from projects.enums import Subject
from projects.models import Event
from reports.actions import create_note, issue_note, save_note
from reports.actions.composing import add_headings
from reports.actions.drafts import restore_draft
from reports.actions.sections import (
    SectionValues,
    StalePartError,
    StaleSectionError,
    save_part,
    save_section,
    section_originals,
)
from reports.facts.canonical import from_json
from reports.facts.drafts import Draft, differences, draft_of
from reports.facts.exhibits import blocks
from reports.facts.gathering import gather
from reports.facts.texts import fingerprint
from reports.models import NoteDraft, NoteEdit, NoteSection, NoteTemplate, TemplateHeading
from tests.factories import MeetingFactory, ProjectAliasFactory, ProjectFactory, StatusRoundFactory, UserFactory
from tests.reports.note_cases import CASE_NUMBER, DATED, corrected, note_case, small_note
from tests.reports.test_note_actions import values as note_values

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 11, 27, 11, 0, tzinfo=UTC)


@pytest.fixture
def case():
    return small_note(2)


def section_of(case, code="projekt-1"):
    return case.note.sections.select_related("project", "note__meeting").get(project__code=code)


def write(case, code="projekt-1", *, version=1, seen=None, by=None, length="narrative", **texts):
    section = section_of(case, code)
    told = {"text_length": length, "decision": "", "exhibits": (), "texts": {"narrative": "Indsatsen følger planen."}}
    for name in ("decision", "exhibits"):
        told[name] = texts.pop(name, told[name])
    told["texts"] = told["texts"] | texts
    seen = seen or fingerprint(section_originals(case.note, section, section.text_length))
    values = SectionValues(**told, seen=seen)
    return save_section(section=section, expected_version=version, values=values, by=by or case.secretary)


def facts_of(case, code="projekt-1"):
    return next(one for one in gather(case.note).facts.sections if one.project_code == code)


class TestSection:
    def test_an_edit_is_printed_and_the_status_is_not_touched(self, case):
        saved = write(case, narrative="Skrevet om.", heading="Projekt 1 kort fortalt")
        case.note.refresh_from_db()
        facts = facts_of(case)
        assert (facts.heading, facts.narrative) == ("Projekt 1 kort fortalt", "Skrevet om.")
        assert facts.edited == ("Overskrift", "Status i ord")
        assert (saved.version, case.note.saves, case.note.version) == (2, 2, 1)
        snapshot = case.snapshots["projekt-1"]
        snapshot.refresh_from_db()
        assert snapshot.narrative == "Indsatsen følger planen."
        edit = NoteEdit.objects.get(place="narrative")
        assert (edit.text, edit.base) == ("Skrevet om.", "Indsatsen følger planen.")

    def test_a_project_under_another_name_is_noticed_wherever_the_note_says_it(self, case):
        ProjectAliasFactory(project=section_of(case).project, name="Forsøg fra 2016")
        write(case, heading="Det nye tiltag", narrative="Forsøg fra 2016 går godt.")
        case.note.introduction = "Om forsøg fra 2016."
        case.note.save()
        found = {item.notice.field for item in gather(case.note).notices if item.rule == "R19"}
        assert found == {"section.projekt-1.heading", "section.projekt-1.narrative", "introduction"}

    def test_what_says_the_same_as_the_status_is_no_edit(self, case):
        write(case, narrative="Skrevet om.")
        write(case, version=2, narrative="Indsatsen følger planen.\n")
        assert NoteEdit.objects.count() == 0
        assert facts_of(case).edited == ()

    def test_nothing_happens_when_nothing_changed(self, case):
        assert write(case).version == 1
        assert (NoteDraft.objects.count(), Event.objects.filter(subject=Subject.NOTE).count()) == (1, 0)

    def test_an_edit_lapses_when_the_status_says_something_else_and_blocks_until_it_is_chosen(self, case):
        write(case, narrative="Skrevet om.")
        corrected(case.snapshots["projekt-1"], narrative="Rettet status.")
        assert facts_of(case).narrative == "Rettet status."
        (item,) = gather(case.note).blocking
        assert (item.rule, item.notice.field, item.object_label) == ("EDIT", "section.projekt-1.narrative", "Projekt 1")
        write(case, version=2, narrative="Skrevet om.")
        assert gather(case.note).blocking == []
        assert facts_of(case).narrative == "Skrevet om."

    def test_draft_text_in_what_the_secretary_wrote_blocks_and_in_what_was_replaced_does_not(self):
        case = small_note()
        corrected(case.snapshots["projekt-1"], narrative="Afventer barsel.")
        assert [item.rule for item in gather(case.note).blocking] == ["R9"]
        write(case, narrative="Medarbejderen er på barsel til maj 2018.")
        assert gather(case.note).blocking == []
        write(case, version=2, narrative="TODO", decision="??? mangler")
        found = [(item.rule, item.notice.field) for item in gather(case.note).blocking]
        assert found == [("R9", "section.projekt-1.narrative"), ("R9", "section.projekt-1.decision")]

    @pytest.mark.parametrize("place", ["narrative", "heading", "comment_economy"])
    def test_cpr_numbers_are_refused_at_their_place(self, case, place):
        with pytest.raises(ValidationError) as refused:
            write(case, **{place: "Borgeren 010180-1234 er i job."})
        assert list(refused.value.message_dict) == [place]
        assert (NoteEdit.objects.count(), NoteDraft.objects.count(), section_of(case).version) == (0, 0, 1)

    def test_a_heading_of_400_signs_is_refused(self, case):
        with pytest.raises(ValidationError) as refused:
            write(case, heading="x" * 400)
        assert list(refused.value.message_dict) == ["heading"]
        assert NoteEdit.objects.count() == 0

    def test_the_second_of_two_on_one_section_is_told_and_those_on_two_do_not_meet(self, case):
        write(case, narrative="Den førstes.")
        write(case, "projekt-2", narrative="En andens afsnit.")
        with pytest.raises(StaleSectionError):
            write(case, narrative="Den andens.")
        assert facts_of(case).narrative == "Den førstes."

    def test_a_status_that_changes_while_somebody_writes_is_told(self, case):
        seen = fingerprint(section_originals(case.note, section_of(case), "narrative"))
        corrected(case.snapshots["projekt-1"], narrative="Rettet imens.")
        with pytest.raises(ValidationError) as refused:
            write(case, seen=seen, narrative="Skrevet til den gamle.")
        assert refused.value.code == "status_changed"
        assert NoteEdit.objects.count() == 0

    def test_the_length_chosen_is_printed_and_the_old_lengths_text_is_no_edit(self, case):
        corrected(case.snapshots["projekt-1"], narrative="Lang.", summary_short="Kort.")
        write(case, length="summary_short", narrative="Lang.")
        facts = facts_of(case)
        assert (facts.narrative, facts.text_length, facts.edited) == ("Kort.", "summary_short", ())

    def test_a_decision_stands_in_the_section_and_among_the_decisions(self, case):
        write(case, decision="At projektet forlænges til 2019.")
        facts = gather(case.note).facts
        assert [(one.project, one.text) for one in facts.decisions] == [
            ("Projekt 1", "At projektet forlænges til 2019.")
        ]

    def test_tables_are_left_out_put_in_order_and_numbered_as_they_stand(self):
        case = note_case()
        before = facts_of(case, "integration")
        assert [table.number for table in before.tables] == [4, 5]
        printed = ("lights", "narrative", "measures", "table.udfald", "table.nationalitet", "remarks")
        order = (*((key, True) for key in printed), ("economy", False), ("references", False))
        write(case, "integration", exhibits=order, narrative=before.narrative)
        facts = facts_of(case, "integration")
        assert [(table.key, table.number) for table in facts.tables] == [("table.udfald", 3), ("table.nationalitet", 4)]
        assert (facts.economy, facts.references, facts.money.granted) == (None, (), Decimal("500000.00"))
        kinds = [block.kind for block in blocks(facts)]
        assert kinds == ["lights", "narrative", "measures", "table", "table", "remarks"]
        assert not [
            item for item in gather(case.note).notices if item.rule == "R10" and "Integration" in item.object_label
        ]


class TestPart:
    @pytest.fixture
    def part(self, case):
        add_headings(note=case.note, by=case.secretary)
        return case.note.parts.get(kind="decisions")

    def test_the_text_is_printed_under_its_heading(self, case, part):
        assert part.text == "Det indstilles, at orienteringen tages til efterretning."
        save_part(part=part, expected_version=1, heading="Beslutning", text="At puljen øges.", by=case.secretary)
        facts = gather(case.note).facts
        assert [(row.heading, row.text) for row in facts.parts if row.kind == "decisions"] == [
            ("Beslutning", "At puljen øges.")
        ]

    def test_cpr_and_the_second_of_two_are_refused(self, case, part):
        with pytest.raises(ValidationError) as refused:
            save_part(part=part, expected_version=1, heading="", text="010180-1234", by=case.secretary)
        assert list(refused.value.message_dict) == ["text"]
        save_part(part=part, expected_version=1, heading="", text="Den førstes", by=case.secretary)
        with pytest.raises(StalePartError):
            save_part(part=part, expected_version=1, heading="", text="Den andens", by=case.secretary)
        part.refresh_from_db()
        assert (part.text, part.version) == ("Den førstes", 2)

    def test_headings_are_ordered_and_left_out_but_never_the_projects(self, case, part):
        parts = list(case.note.parts.values_list("pk", flat=True))
        told = replace(note_values(case.note), parts=tuple((pk, False) for pk in reversed(parts)))
        save_note(note=case.note, expected_version=1, values=told, by=case.secretary)
        stored = list(case.note.parts.values_list("pk", "kind", "is_included"))
        assert [pk for pk, _kind, _included in stored] == parts[::-1]
        assert [kind for _pk, kind, is_included in stored if is_included] == ["projects"]


class TestTemplate:
    def begin(self, meeting):
        by = UserFactory()
        return create_note(
            meeting=meeting,
            title="Status",
            case_number=CASE_NUMBER,
            case_officer="Fagkonsulenten",
            dated=DATED,
            introduction="",
            project_ids=[ProjectFactory(pool__committee=meeting.committee).pk],
            by=by,
        )

    @pytest.fixture
    def meeting(self):
        meeting = MeetingFactory()
        StatusRoundFactory(committee=meeting.committee, meeting=meeting)
        return meeting

    def test_a_new_note_has_the_standard_headings(self, meeting):
        kinds = list(self.begin(meeting).parts.values_list("kind", flat=True))
        assert kinds == ["overview", "changes", "projects", "follow_up", "economy", "decisions", "annexes"]

    def test_a_committees_own_headings_come_before_those_for_all(self, meeting):
        for owner, heading in ((None, "For alle"), (meeting.committee, "Beslutningstema")):
            template = NoteTemplate.objects.create(committee=owner)
            TemplateHeading.objects.create(template=template, heading=heading, text="Fast tekst.", position=1)
        parts = list(self.begin(meeting).parts.values_list("kind", "heading", "text"))
        # What a note is for comes with it even where the template forgot it.
        assert parts == [("text", "Beslutningstema", "Fast tekst."), ("projects", "", "")]


class TestDrafts:
    def test_what_one_person_saves_in_a_stretch_is_one_draft(self, case):
        with time_machine.travel(NOON, tick=False) as clock:
            write(case, narrative="Et.")
            clock.shift(timedelta(minutes=1))
            write(case, version=2, narrative="To.")
            clock.shift(timedelta(minutes=20))
            write(case, version=3, narrative="Tre.")
        texts = [
            [edit.text for section in from_json(Draft, draft.content).sections for edit in section.edits]
            for draft in NoteDraft.objects.order_by("number")
        ]
        assert texts == [[], ["To."], ["Tre."]]
        assert Event.objects.filter(subject=Subject.NOTE, verb="changed").count() == 2

    def test_an_earlier_draft_comes_back_whole_and_what_stood_is_kept(self, case):
        add_headings(note=case.note, by=case.secretary)
        write(case, narrative="Først.", decision="At der sker noget.")
        part = case.note.parts.get(kind="decisions")
        save_part(part=part, expected_version=1, heading="Indstilling", text="Anden tekst.", by=case.secretary)
        before = draft_of(case.note)
        wanted = NoteDraft.objects.order_by("-number").first()
        other = UserFactory()
        write(case, version=2, narrative="Bagefter.", by=other)
        save_part(part=part, expected_version=2, heading="", text="", by=other)
        NoteSection.objects.filter(note=case.note, project__code="projekt-2").update(is_included=False, position=0)
        restored = restore_draft(draft=wanted, by=other)
        assert draft_of(restored) == before
        kept = from_json(Draft, NoteDraft.objects.order_by("-number")[1].content)
        assert {line.mine for line in differences(before, kept)} >= {"Bagefter.", ""}
        with pytest.raises(StaleSectionError):
            write(case, version=3, narrative="Fra en gammel fane.")

    def test_only_what_has_been_seen_is_issued(self, case):
        write(case, narrative="Skrevet om.")
        with pytest.raises(ValidationError) as refused:
            issue_note(note=case.note, by=case.secretary, expected_version=1)
        assert refused.value.code == "stale"
        version = issue_note(note=case.note, by=case.secretary, expected_version=2)
        assert '"narrative":"Skrevet om."' in version.facts
        assert version.facts.count("Indsatsen følger planen.") == 1
