"""What a note says is new: held against the committee's last note, and against the version it replaces."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.enums import Light, ProjectState
from reports.actions import issue_note
from reports.facts.body import body, contents
from reports.facts.canonical import from_json, to_json
from reports.facts.comparing import says_the_same
from reports.facts.gathering import gather
from reports.facts.note import NoteFacts
from reports.facts.parts import ChangeLine, FrameFact, HistoryLine, ProjectChanges
from reports.models import NotePart, NoteSection
from tests.factories import (
    BudgetLineFactory,
    MeetingFactory,
    NoteSectionFactory,
    NoteVersionFactory,
    PoolYearFactory,
    StatusNoteFactory,
    StatusSnapshotFactory,
    approved,
)
from tests.reports.note_cases import AS_OF, CASE_NUMBER, DATED, corrected, note_case, small_note, status

pytestmark = pytest.mark.django_db

LIGHTS = {f"light_{dimension}": Light.GREEN for dimension in ("economy", "schedule", "results")}
KINDS = ("overview", "changes", "projects", "economy", "history", "decisions", "annexes")


def with_parts(note, kinds=KINDS, **texts):
    for place, kind in enumerate(kinds, start=1):
        NotePart.objects.create(note=note, position=place, kind=kind, heading=kind, text=texts.get(kind, ""))
    return note


def _month(project, told):
    return StatusSnapshotFactory(project=project, **LIGHTS, **told)


@pytest.fixture
def case():
    """Two projects in November."""
    case = small_note(1)
    new = approved(status(case.pool, code="ny", name="Nyt projekt"))
    NoteSectionFactory(note=case.note, project=new.project, position=2)
    return case


def test_numbers_money_lights_texts_and_projects_that_came_and_went(case):
    corrected(case.snapshots["projekt-1"], **LIGHTS, light_overall=Light.GREEN, forecast=Decimal(1200))
    october(case)
    changes = gather(with_parts(case.note)).facts.changes
    assert (changes.meeting_date, changes.version, changes.unchanged) == (date(2017, 11, 6), 1, ())
    changed, new, gone = changes.projects
    assert (changed.code, changed.kind) == ("projekt-1", "changed")
    assert changed.lines == (
        ChangeLine("light", "Samlet", before_word="Gul", after_word="Grøn"),
        ChangeLine("money", "Forventet 2017", "kr.", Decimal(900), Decimal(1200)),
        ChangeLine("text", "Status i ord"),
    )
    assert changed.lines[1].difference == 300
    assert new == ProjectChanges("ny", "Nyt projekt", "new")
    assert gone == ProjectChanges("gammel", "Gammelt projekt", "gone")


def october(case):
    meeting = MeetingFactory(committee=case.meeting.committee, date=date(2017, 11, 6))
    note = StatusNoteFactory(meeting=meeting, title="Oktober", case_number=CASE_NUMBER, dated=date(2017, 10, 31))
    told = {"month": date(2017, 10, 1), "narrative": "Oktobers tekst.", "as_of": AS_OF, "forecast": Decimal(900)}
    first = _month(case.projects["projekt-1"], {**told, "light_overall": Light.YELLOW})
    for position, snapshot in enumerate((first, status(case.pool, code="gammel", name="Gammelt projekt", **told)), 1):
        approved(snapshot)
        NoteSectionFactory(note=note, project=snapshot.project, position=position)
    return NoteVersionFactory(note=note, facts=to_json(gather(note).facts))


def test_a_project_that_closed_says_so_whether_it_is_still_in_the_note_or_not(case):
    version = october(case)
    gone = version.note.sections.get(project__code="gammel").project
    for project in (gone, case.projects["projekt-1"]):
        project.state = ProjectState.CLOSED
        project.save(update_fields=["state"])
    changes = gather(with_parts(case.note)).facts.changes
    assert [(item.code, item.kind) for item in changes.projects] == [
        ("projekt-1", "closed"),
        ("ny", "new"),
        ("gammel", "closed"),
    ]


def test_counts_of_a_table_are_told_by_the_row_that_moved():
    case = note_case()
    earlier = gather(case.note).facts
    section = earlier.sections[0]
    nationality, outcome = section.tables
    fewer = tuple(replace(row, value=20) if row.label == "Syrien" else row for row in nationality.rows)
    was = replace(section, tables=(replace(nationality, rows=fewer), outcome))
    text = to_json(replace(earlier, sections=(was, *earlier.sections[1:])))
    meeting = MeetingFactory(committee=case.meeting.committee, date=date(2017, 11, 6))
    NoteVersionFactory(note=StatusNoteFactory(meeting=meeting), facts=text)
    (changed,) = gather(with_parts(case.note)).facts.changes.projects
    assert changed.lines == (
        ChangeLine("number", "Nationalitet, borgere: Syrien", "borgere", Decimal(20), Decimal(22)),
    )


def test_the_first_note_to_a_committee_is_compared_with_nothing(case):
    facts = gather(with_parts(case.note)).facts
    assert (facts.changes, facts.corrections, facts.history) == (None, None, ())
    assert "changes" not in [item.kind for item in body(facts)]


def test_a_new_version_marks_what_it_corrects_and_still_counts_as_unchanged(case):
    with_parts(case.note)
    issue_note(note=case.note, by=case.secretary)
    corrected(case.snapshots["projekt-1"], light_overall=Light.RED)
    second = issue_note(note=case.note, by=case.secretary, reason="Lyset var forkert.")
    corrections = from_json(NoteFacts, second.facts).corrections
    (project,) = corrections.projects
    assert (corrections.version, project.code) == (1, "projekt-1")
    assert project.lines[0] == ChangeLine("light", "Samlet", before_word="Grøn", after_word="Rød")
    again = gather(case.note).facts
    assert again.corrections is None
    assert says_the_same(second.facts, again)


def test_the_body_follows_the_notes_headings_and_leaves_out_what_has_nothing_to_say(case):
    with_parts(case.note, decisions="Det indstilles, at orienteringen tages til efterretning.")
    facts = gather(case.note).facts
    assert [item.kind for item in body(facts)] == ["overview", "projects", "section", "section", "decisions"]
    assert [title for _anchor, title in contents(facts)] == [item.heading for item in body(facts)]
    NoteSection.objects.filter(note=case.note).delete()
    assert [item.kind for item in body(gather(case.note).facts)] == ["decisions"]


def test_tables_are_numbered_in_the_order_they_are_read(case):
    BudgetLineFactory(project=case.projects["projekt-1"], amount=Decimal(500))
    PoolYearFactory(pool=case.pool, year=2017)
    facts = gather(with_parts(case.note, ("economy", "projects", "overview"))).facts
    assert [pool.number for pool in facts.pools] == [1]
    assert (facts.sections[0].economy.number, facts.overview.number) == (2, 3)


def test_the_economy_page_holds_the_pools_frames_to_the_notes_year(case):
    PoolYearFactory(pool=case.pool, year=2017, frame=Decimal(4_300_000), price_level=2016)
    PoolYearFactory(pool=case.pool, year=2018, frame=Decimal(1), price_level=2016)
    (pool,) = gather(with_parts(case.note)).facts.pools
    frame = FrameFact(2017, 2016, Decimal(4_300_000), Decimal(0), Decimal(0), Decimal(4_300_000))
    assert (pool.frames, pool.total, pool.as_of) == ((frame,), None, DATED)


def test_earlier_notes_stand_with_their_meeting(case):
    october(case)
    assert gather(with_parts(case.note)).facts.history == (HistoryLine("Oktober", date(2017, 11, 6), CASE_NUMBER, 1),)


def test_a_heading_with_only_its_text_to_show_blocks_while_it_is_empty(case):
    part = NotePart.objects.create(note=case.note, position=1, kind="text", heading="Historik")
    (item,) = gather(case.note).blocking
    assert (item.rule, item.notice.field) == ("R9", f"part.{part.pk}")
    part.is_included = False
    part.save()
    assert gather(case.note).blocking == []


def test_facts_from_before_there_were_headings_are_read_as_they_were(case):
    facts = gather(case.note).facts
    text = to_json(facts)
    for gone in (
        '"parts":[],',
        '"changes":null,',
        '"corrections":null,',
        '"pools":[],',
        '"history":[],',
        '"decisions":[],',
    ):
        assert gone in text
        text = text.replace(gone, "")
    assert from_json(NoteFacts, text) == facts
    assert [item.anchor for item in body(facts)] == ["overblik", "projekt-projekt-1", "projekt-ny"]
