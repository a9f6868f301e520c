"""What a note says, gathered from approved statuses."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from projects.enums import SnapshotState
from projects.models import Finding
from projects.queries.notices import status_notices
from projects.queries.snapshots import snapshot_content
from reports.facts.canonical import from_json, to_json
from reports.facts.gathering import gather
from reports.facts.note import (
    AnnexFact,
    CountRow,
    CountTable,
    MoneyFact,
    NoteFacts,
    PointFact,
    ReferenceLine,
    RemarkFact,
)
from tests.factories import (
    MOMENT,
    BudgetLineFactory,
    CommitmentFactory,
    PostingFactory,
    StatusSnapshotFactory,
    UserFactory,
)
from tests.reports.note_cases import AS_OF, CASE_NUMBER, DATED, corrected, note_case, small_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return note_case()


@pytest.fixture
def facts(case):
    return gather(case.note).facts


def test_head_of_the_note(facts):
    head = (facts.municipality, facts.committee_code, facts.committee, facts.meeting_date, facts.month)
    assert head == (
        "Hedensted Kommune",
        "UFB",
        "Udvalget for Beskæftigelse",
        date(2017, 12, 4),
        date(2017, 11, 1),
    )
    assert (facts.case_number, facts.case_officer, facts.dated) == (CASE_NUMBER, "Fagkonsulenten", DATED)
    assert (facts.edition, facts.schema) == ("full", 1)


def test_sections_stand_in_the_notes_order_under_their_headings(facts):
    assert [section.heading for section in facts.sections] == [
        "Ad geninvesteringspuljen projekt – Integration",
        "Ad geninvesteringspuljen projekt – Housing First",
        "Ad geninvesteringspuljen projekt – Frivillig økonomisk rådgiver",
    ]


def test_outcomes_print_their_totals(facts):
    _nationality, outcome = facts.sections[0].tables
    printed = {row.label: row.value for row in outcome.rows if row.is_total}
    assert (printed, outcome.total, outcome.expected) == ({"Afsluttet": 23, "Aktive": 18}, 41, Decimal("41.00"))
    depths = {row.label: row.depth for row in outcome.rows if row.label in {"Aktive", "Mentor", "Praktik i få timer"}}
    assert depths == {"Aktive": 0, "Mentor": 1, "Praktik i få timer": 2}


def test_sub_rows_that_miss_one_follow_the_figures(facts):
    printed = facts.sections[0].printed_remarks
    assert [remark.rule for remark in printed] == ["R2"]
    assert "4" in printed[0].message
    assert "5" in printed[0].message


def test_an_answer_follows_its_remark(case):
    (item,) = [item for item in gather(case.note).findings if item.notice.rule == "R2"]
    Finding.objects.create(
        subject=item.subject,
        rule="R2",
        field=item.notice.field,
        fingerprint=item.notice.fingerprint,
        message=item.notice.message,
        answer="Kendt: én venter på udredning.",
        answered_by=UserFactory(),
        answered_at=MOMENT,
    )
    (remark,) = gather(case.note).facts.sections[0].printed_remarks
    assert remark == RemarkFact("R2", item.notice.message, "Kendt: én venter på udredning.")


def test_a_flow_keeps_each_rows_own_start_and_has_no_sum(facts):
    (flow,) = facts.sections[1].tables
    rows = [(row.label, row.value, row.count_out, row.remaining, row.since, row.since_text) for row in flow.rows]
    assert rows == [
        ("§ 85", 8, 6, 2, date(2016, 5, 30), ""),
        ("§ 99", 6, 2, 4, date(2016, 4, 6), ""),
        ("§ 110", 9, 7, 2, None, "siden sidste registrering"),
    ]
    assert (flow.is_flow, flow.total) == (True, None)


def test_the_figure_runs_from_18_to_35_with_number_source_and_date(facts):
    (figure,) = facts.sections[2].figures
    assert figure.points == (
        PointFact(date(2017, 5, 1), Decimal("18.00")),
        PointFact(date(2017, 11, 1), Decimal("35.00")),
    )
    assert (figure.number, figure.source, figure.as_of) == (1, "Rådgiverens egen optælling", AS_OF)


def test_tables_are_numbered_through_the_whole_note(facts):
    numbers = [facts.overview.number]
    for section in facts.sections:
        tables = (section.economy, section.measures, *section.tables)
        numbers += [table.number for table in tables if table is not None]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_table_says_where_it_comes_from_and_when(facts):
    for section in facts.sections:
        for table in (section.economy, section.measures, *section.tables, *section.figures):
            assert table is None or (table.source and table.as_of)


def test_money_is_added_exactly_and_the_rest_is_what_is_left(facts):
    assert facts.sections[0].money == MoneyFact(
        Decimal("500000.00"), Decimal("412350.40"), Decimal("87649.60"), Decimal("480000.00")
    )
    assert facts.sections[1].economy is None
    # Two projects have no grant at all: the sum is of what is known, and says so.
    assert (facts.overview.total, facts.overview.is_partial) == (facts.sections[0].money, True)


def test_money_known_only_later_is_left_out():
    case = small_note()
    project = case.projects["projekt-1"]
    BudgetLineFactory(project=project, year=2017, amount=Decimal(200_000))
    BudgetLineFactory(project=project, year=2018, amount=Decimal(900_000))
    PostingFactory(project=project, posted_on=DATED, amount=Decimal(50_000))
    PostingFactory(project=project, posted_on=date(2017, 11, 28), amount=Decimal(70_000))
    (section,) = gather(case.note).facts.sections
    assert section.money == MoneyFact(Decimal(200_000), Decimal(50_000), Decimal(150_000), None)
    assert section.economy.as_of == DATED


def test_what_is_committed_is_taken_from_the_rest_on_paper_too():
    case = small_note()
    project = case.projects["projekt-1"]
    BudgetLineFactory(project=project, year=2017, amount=Decimal(200_000))
    bound = {"project": project, "expected_on": date(2017, 12, 1)}
    CommitmentFactory(amount=Decimal(30_000), **bound)
    # Let go after the note's day; let go before it; bound in another year.
    CommitmentFactory(amount=Decimal(5_000), end="posted", ended_at=datetime(2017, 12, 30, tzinfo=UTC), **bound)
    CommitmentFactory(amount=Decimal(700), end="released", ended_at=datetime(2017, 11, 1, tzinfo=UTC), **bound)
    CommitmentFactory(amount=Decimal(90), project=project, expected_on=date(2018, 1, 1))
    facts = gather(case.note).facts
    (section,) = facts.sections
    money = section.money
    assert (money.committed, money.rest, money.spent) == (Decimal(35_000), Decimal(165_000), None)
    assert (facts.overview.total.committed, facts.overview.total.rest) == (Decimal(35_000), Decimal(165_000))


def test_invented_money_says_so():
    case = small_note()
    BudgetLineFactory(project=case.projects["projekt-1"], example_note="Eksempeldata.")
    (section,) = gather(case.note).facts.sections
    assert section.economy.example == "Eksempeldata."


def test_references_point_to_annexes_and_mark_meetings_to_come(facts):
    assert facts.annexes == (
        AnnexFact(1, "Orientering om Integration", "Integration", DATED, "Integration"),
        AnnexFact(2, "Optælling", "", None, "Frivillig økonomisk rådgiver"),
    )
    assert [section.references for section in facts.sections] == [
        (
            ReferenceLine("Tidligere status", "", None, "", None, False),
            ReferenceLine("Orientering om Integration", "", None, "", 1, False),
        ),
        (ReferenceLine("Status til udvalget", "UFB", date(2017, 12, 4), "12", None, True),),
        (ReferenceLine("Rådgiverens optælling", "", None, "", 2, False),),
    ]


def test_lights_come_with_word_and_comment(facts):
    lights = {light.dimension: (light.light, light.word, light.comment) for light in facts.sections[0].lights}
    assert lights["economy"] == ("yellow", "Gul", "En stilling har stået ledig siden august.")
    assert lights["overall"] == ("green", "Grøn", "")


def test_the_newest_approved_revision_is_used_and_says_it_is_a_correction():
    case = small_note()
    corrected(case.snapshots["projekt-1"])
    (section,) = gather(case.note).facts.sections
    assert (section.revision, section.correction) == (2, "Et tal var skrevet forkert.")


def test_a_correction_under_way_leaves_the_approved_status_in_the_note():
    case = small_note()
    StatusSnapshotFactory(project=case.projects["projekt-1"], revision=2, correction_reason="Et tal.", narrative="Nyt")
    gathered = gather(case.note)
    assert gathered.facts.sections[0].narrative == "Indsatsen følger planen."
    assert gathered.blocking == []


def test_a_project_without_a_status_is_shown_as_missing_and_blocks():
    case = small_note()
    case.note.sections.update(project=StatusSnapshotFactory(project__pool=case.pool, month=date(2017, 9, 1)).project)
    gathered = gather(case.note)
    assert [(item.notice.rule, item.subject[:7]) for item in gathered.blocking] == [("APPROVAL", "status/")]
    assert (gathered.facts.sections[0].state, gathered.facts.sections[0].lights) == ("", ())


def test_an_unapproved_status_is_gathered_but_blocks():
    case = note_case(is_approved=False)
    gathered = gather(case.note)
    assert [section.state for section in gathered.facts.sections] == [SnapshotState.DRAFT] * 3
    assert [item.notice.rule for item in gathered.blocking] == ["APPROVAL"] * 3


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"case_number": ""}, "CASE"),
        ({"case_number": "17/46"}, "CASE"),
        ({"introduction": "Teksten kommer -> Bodil"}, "R9"),
    ],
)
def test_the_notes_own_faults_block(changes, rule):
    case = small_note()
    for name, value in changes.items():
        setattr(case.note, name, value)
    assert [(item.notice.rule, item.subject) for item in gather(case.note).blocking] == [(rule, "note/UFB/2017-12-04")]


def test_a_note_without_projects_blocks():
    case = small_note()
    case.note.sections.update(is_included=False)
    gathered = gather(case.note)
    assert [item.notice.rule for item in gathered.blocking] == ["EMPTY"]
    assert gathered.facts.overview is None


def test_a_status_date_after_the_notes_date_is_a_finding(case):
    case.note.dated = date(2017, 11, 20)
    late = [item for item in gather(case.note).findings if item.notice.rule == "R3"]
    assert [item.subject for item in late] == [
        "status/integration/2017-11",
        "status/housing-first/2017-11",
        "status/raadgiver/2017-11",
    ]


def test_a_figure_without_source_or_date_is_a_finding():
    case = note_case(is_approved=False)
    case.projects["raadgiver"].indicators.update(source="")
    case.snapshots["raadgiver"].as_of = None
    case.snapshots["raadgiver"].save()
    found = [item.notice.message for item in gather(case.note).findings if item.notice.rule == "R11"]
    assert found == [
        "Figuren “Måltal, november 2017” mangler dato.",
        "Figuren “Brug af rådgiveren, familier” mangler kilde.",
        "Figuren “Brug af rådgiveren, familier” mangler dato. Skriv, hvilken dag tallene gælder for.",
    ]
    # An answer on the status' own page stands in the note: both say it at the same place, of the same figure.
    content = snapshot_content(case.snapshots["raadgiver"])
    own = [item for item in status_notices(content) if item.rule == "R11"]
    in_note = {item.notice.fingerprint for item in gather(case.note).findings if item.notice.rule == "R11"}
    assert len(own) == 2
    assert {item.fingerprint for item in own} < in_note


@pytest.mark.parametrize("project_count", [1, 3])
def test_gathering_costs_the_same_for_any_number_of_projects_and_findings(project_count):
    case = small_note(project_count)
    with CaptureQueriesContext(connection) as quiet:
        assert gather(case.note).notices == ()
    case.note.dated = date(2017, 11, 20)
    case.note.title = "Status til den 1. december"
    for item in gather(case.note).notices:
        Finding.objects.create(
            subject=item.subject,
            fingerprint=item.notice.fingerprint,
            rule=item.rule,
            answer="Kendt",
            answered_by=case.secretary,
            answered_at=MOMENT,
        )
    with CaptureQueriesContext(connection) as answered:
        notices = gather(case.note).notices
    assert [(item.rule, item.answer) for item in notices] == [("R4", "Kendt"), *[("R3", "Kendt")] * project_count]
    assert (len(quiet), len(answered)) == (25, 25)


def test_facts_come_back_from_their_json_the_same(facts):
    text = to_json(facts)
    assert from_json(NoteFacts, text) == facts
    assert to_json(from_json(NoteFacts, text)) == text


def test_json_holds_decimals_as_text_and_days_in_iso_form(facts):
    text = to_json(facts)
    assert '"granted":"500000"' in text
    assert '"spent":"412350.4"' in text
    assert '"meeting_date":"2017-12-04"' in text
    assert text.index('"annexes"') < text.index('"case_number"') < text.index('"overview"')


@pytest.mark.parametrize(
    ("granted", "committed", "bound"),
    [(Decimal(100), Decimal(5), Decimal(5)), (Decimal(100), None, Decimal(0)), (None, None, None)],
)
def test_a_project_with_a_grant_and_nothing_committed_says_so(granted, committed, bound):
    assert MoneyFact(granted, None, None, None, committed).bound == bound


@pytest.mark.parametrize(
    ("unit", "head"), [("kr.", "Kr."), ("timer", "Timer"), ("borgere", "Antal"), ("sager", "Antal")]
)
def test_a_table_of_amounts_is_headed_by_its_unit_and_one_of_people_by_their_number(unit: str, head: str):
    row = CountRow("Drift", 0, is_total=False, value=330_000, count_out=None, remaining=None, since=None, since_text="")
    told = {"is_flow": False, "is_exclusive": True, "expected_label": "", "expected": None, "source": "", "as_of": None}
    table = CountTable(3, "Midler efter formål", unit, rows=(row,), total=330_000, **told)
    printed = render_to_string("reports/pdf/_counts.html", {"table": table, "month": date(2017, 11, 1)})
    assert re.findall(r'<th scope="col">(.*?)</th>', printed) == ["Kategori", head]
