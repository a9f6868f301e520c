"""The demo data: the agreed figures, loaded once, with every finding the sources deserve – and each one mendable."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from projects.actions.catalogue import save_record
from projects.actions.findings import answer_finding
from projects.actions.pools import set_estimate
from projects.actions.projects import change_project
from projects.actions.snapshots import (
    CountValue,
    correct_snapshot,
    return_snapshot,
    save_snapshot,
    start_snapshot,
)
from projects.enums import Role, SnapshotState
from projects.models import (
    BreakdownCategory,
    BudgetLine,
    Event,
    Indicator,
    Pool,
    PoolYear,
    Posting,
    Project,
    Proposal,
    StatusSnapshot,
    User,
)
from projects.queries.findings import portfolio_notices
from projects.queries.pools import pool_sums
from projects.queries.snapshot_values import SnapshotValues, stored_values
from projects.queries.snapshots import current_snapshots, snapshot_content
from projects.rules.pools import PoolSums
from reports.models import StatusNote
from reports.queries.note_dates import note_dates

NOVEMBER = date(2017, 11, 1)
FRAME = "Geninvesteringspuljen 2016, rammen for 2016"
LOGINS = {
    "sagsbehandler": Role.CASEWORKER,
    "sagsbehandler2": Role.CASEWORKER,
    "leder": Role.MANAGER,
    "udvalgssekretaer": Role.SECRETARY,
    "oekonom": Role.CONTROLLER,
    "forslagsstiller": Role.PROPOSER,
    "laeser": Role.READER,
    "administrator": Role.ADMINISTRATOR,
}


def run(*arguments: str) -> str:
    out = StringIO()
    with override_settings(IS_TRIAL=True):
        call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker):
    """Load once for the whole file; each test's own changes are rolled back on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        run()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, db):
    """Give a test the loaded demo data."""


def rows() -> dict[str, int]:
    models = [*apps.get_app_config("projects").get_models(), *apps.get_app_config("reports").get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


def found() -> set[tuple[str, str]]:
    return {(item.rule, item.object_label) for item in portfolio_notices(note_dates())}


def user(name: str) -> User:
    return User.objects.get(username=name)


def status(code: str) -> StatusSnapshot:
    project = Project.objects.get(code=code)
    return current_snapshots([project], NOVEMBER)[project.pk]


def save(snapshot: StatusSnapshot, values: SnapshotValues, by: str = "sagsbehandler") -> StatusSnapshot:
    return save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=user(by))


def corrected(code: str) -> StatusSnapshot:
    return correct_snapshot(snapshot=status(code), reason="Rettet efter notatet", by=user("sagsbehandler"))


def category(project: str, code: str) -> int:
    return BreakdownCategory.objects.get(breakdown__project__code=project, code=code).pk


def with_count(snapshot: StatusSnapshot, category_id: int, value: CountValue) -> SnapshotValues:
    values = stored_values(snapshot)
    return replace(values, counts={**values.counts, category_id: value})


@pytest.mark.django_db
def test_production_is_refused_and_nothing_is_stored():
    # First in the file: the tests below share one load.
    with override_settings(IS_TRIAL=False), pytest.raises(CommandError, match="DEBUG=false"):
        call_command("demo", stdout=StringIO())
    assert not any(rows().values())


@pytest.mark.usefixtures("demo")
def test_pool_holds_the_papers_figures_and_six_example_grants():
    frame = PoolYear.objects.get(pool__code="GENINV-2016")
    sums = pool_sums([frame])[frame.pk]
    assert (frame.year, frame.price_level, frame.estimates.count()) == (2016, 2016, 9)
    assert sums == PoolSums(frame=Decimal(4_300_000), granted=Decimal(2_510_000), proposed=Decimal(2_810_000))
    assert sums.frame - sums.proposed == Decimal(1_490_000)
    lines = BudgetLine.objects.filter(pool_year=frame)
    assert dict(lines.values_list("project__code", "amount")) == {
        "frivillighed": Decimal(185_000),
        "sygemeldte-ledige": Decimal(425_000),
        "frivillig-oekonomisk-raadgiver": Decimal(150_000),
        "integration": Decimal(500_000),
        "fleksjob-jobspor": Decimal(450_000),
        "housing-first": Decimal(800_000),
    }
    assert all(line.example_note for line in lines)
    assert set(Proposal.objects.filter(state="submitted").values_list("number", flat=True)) == {1, 3, 5, 10}


@pytest.mark.usefixtures("demo")
def test_budget_agreement_pays_the_evening_phone():
    line = BudgetLine.objects.get(project__code="aftentelefonen")
    assert (line.pool_year.frame, line.amount, line.item_number) == (Decimal(500_000), Decimal(330_000), "101")
    assert (line.meeting.date, line.example_note) == (date(2017, 11, 6), "")


@pytest.mark.usefixtures("demo")
def test_november_has_the_notes_figures():
    facts = {
        (content.project.code, fact.code): (fact.previous, fact.value)
        for content in map(snapshot_content, StatusSnapshot.objects.filter(month=NOVEMBER))
        for fact in content.indicators
    }
    assert facts == {
        ("aftentelefonen", "tilfoert"): (None, 500_000),
        ("frivillighed", "mentorer"): (20, 21),
        ("frivillighed", "borgere"): (30, 32),
        ("integration", "borgere"): (40, 41),
        ("fleksjob-jobspor", "uden-refusion"): (9, 9),
        ("frivillig-oekonomisk-raadgiver", "brugere"): (18, 35),
    }


@pytest.mark.usefixtures("demo")
def test_integrations_tables_sum_to_41_with_23_ended_and_18_active():
    tables = {table.code: table for table in snapshot_content(status("integration")).breakdowns}
    values = {row.code: row.value for row in tables["udfald"].rows}
    assert {code: table.total for code, table in tables.items()} == {
        "bruttogruppe": 41,
        "nationalitet": 41,
        "udfald": 41,
    }
    assert (values["afsluttet"], values["aktive"], values["mentor"]) == (23, 18, 5)
    assert len(tables["nationalitet"].rows) == 11


@pytest.mark.usefixtures("demo")
def test_housing_firsts_flows_have_their_own_starts():
    (table,) = snapshot_content(status("housing-first")).breakdowns
    assert [(row.label, row.value, row.count_out, row.remaining, row.since, row.since_text) for row in table.rows] == [
        ("§ 85", 8, 6, 2, date(2016, 5, 30), ""),
        ("§ 99", 6, 2, 4, date(2016, 4, 6), ""),
        ("§ 110", 9, 7, 2, None, "siden sidste registrering"),
    ]


@pytest.mark.usefixtures("demo")
def test_three_statuses_are_not_approved():
    states = dict(StatusSnapshot.objects.filter(month=NOVEMBER).values_list("project__code", "state"))
    assert {code: state for code, state in states.items() if state != SnapshotState.APPROVED} == {
        "integration": SnapshotState.DRAFT,
        "housing-first": SnapshotState.DRAFT,
        "frivillig-oekonomisk-raadgiver": SnapshotState.SUBMITTED,
    }
    assert len(states) == 8


@pytest.mark.usefixtures("demo")
def test_what_the_sources_do_not_say_is_marked_as_example():
    assert not StatusSnapshot.objects.filter(example_note="").exists()
    assert not Posting.objects.filter(batch__example_note="").exists()
    assert Posting.objects.exists()


@pytest.mark.usefixtures("demo")
def test_note_is_drafted_in_the_papers_order():
    note = StatusNote.objects.get()
    assert (note.meeting.date, note.dated, note.case_number) == (
        date(2017, 12, 4),
        date(2017, 11, 27),
        "15.00.00-A00-2-16",
    )
    assert list(note.sections.filter(is_included=True).values_list("project__name", flat=True)) == [
        "Aftentelefonen",
        "Frivillighed",
        "Integration",
        "Sygemeldte ledige",
        "Sund i job",
        "Housing First",
        "Fleksjob Jobspor",
        "Frivillig økonomisk rådgiver",
    ]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("username", "role"), LOGINS.items())
def test_everyone_can_log_in_and_has_one_role(username, role, rf):
    colleague = authenticate(rf.post("/"), username=username, password="demo")
    assert colleague is not None
    assert colleague.role_set == {role}


@pytest.mark.usefixtures("demo")
def test_all_but_the_first_administrators_own_events_have_an_actor():
    unsigned = Event.objects.filter(actor=None).values_list("subject", "subject_id")
    assert set(unsigned) == {("user", user("administrator").pk)}


@pytest.mark.usefixtures("demo")
def test_second_time_changes_nothing():
    before = rows()
    out = run()
    assert rows() == before
    assert out == "Demodata var der i forvejen. Intet er ændret.\n"


@pytest.mark.usefixtures("demo")
def test_what_a_person_has_changed_stays_changed():
    indicator = Indicator.objects.get(project__code="integration", code="borgere")
    indicator.name = "Deltagere i alt"
    save_record(record=indicator, by=user("administrator"))
    run()
    indicator.refresh_from_db()
    assert indicator.name == "Deltagere i alt"


@pytest.mark.usefixtures("demo")
def test_json_is_one_object_and_nothing_else():
    answer = json.loads(run("--json"))
    assert set(answer) == {"added", "total"}
    assert set(answer["added"].values()) == {0}
    assert {name: answer["total"][name] for name in ("users", "pools", "proposals", "projects", "notes")} == {
        "users": 8,
        "pools": 2,
        "proposals": 10,
        "projects": 8,
        "notes": 1,
    }


@pytest.mark.usefixtures("demo")
def test_the_sources_flaws_are_found():
    assert found() == {
        ("R1", "Aftentelefonen, november 2017"),
        ("R2", "Integration, november 2017"),
        ("R3", "Integration, november 2017"),
        ("R4", "Fleksjob Jobspor, november 2017"),
        ("R4", "Housing First, november 2017"),
        ("R6", FRAME),
        ("R7", FRAME),
        ("R8", FRAME),
        ("R9", "Housing First, november 2017"),
        ("R10", "Frivillig økonomisk rådgiver, november 2017"),
        ("R10", "Frivillighed, november 2017"),
        ("R10", "Integration, november 2017"),
        ("R10", "Sund i job, november 2017"),
        ("R10", "Sygemeldte ledige, november 2017"),
        ("R12", "Frivillig økonomisk rådgiver, november 2017"),
        ("R13", "Frivillig økonomisk rådgiver, november 2017"),
        ("R15", "Aftentelefonen"),
        ("R15", "Sund i job"),
        ("R16", "Sygemeldte ledige"),
        ("R20", "Frivillig økonomisk rådgiver"),
    }


def mend_r1() -> None:
    others = BreakdownCategory(
        breakdown=BreakdownCategory.objects.get(code="aftentelefonen").breakdown,
        code="andre-formaal",
        name="Andre formål",
        position=2,
    )
    save_record(record=others, by=user("administrator"))
    draft = corrected("aftentelefonen")
    save(draft, with_count(draft, others.pk, CountValue(count=170_000)))


def mend_r2() -> None:
    draft = status("integration")
    save(draft, with_count(draft, category("integration", "psykiatri"), CountValue(count=2)))


def mend_r3() -> None:
    draft = status("integration")
    save(draft, replace(stored_values(draft), as_of=date(2017, 11, 27)))


def mend_r4() -> None:
    draft = status("housing-first")
    since = CountValue(count=9, count_out=7, since=date(2017, 6, 1))
    save(draft, with_count(draft, category("housing-first", "sel-110"), since))


def mend_r4_words() -> None:
    draft = corrected("fleksjob-jobspor")
    save(draft, replace(stored_values(draft), narrative="Der var ni pr. 31.10.2017 og ni pr. 24.11.2017."))


def mend_r6_and_r8() -> None:
    proposal = Proposal.objects.get(number=1)
    set_estimate(
        pool_year=PoolYear.objects.get(year=2016),
        proposal=proposal,
        label=proposal.short_name,
        amount=Decimal(740_000),
        by=user("leder"),
    )


def mend_r9() -> None:
    draft = status("housing-first")
    save(draft, replace(stored_values(draft), narrative="Otte borgere er indskrevet efter § 85."))


def mend_r10() -> None:
    draft = status("integration")
    values = stored_values(draft)
    whole = replace(values.references[0], meeting_date=date(2017, 11, 6), item_number="99")
    save(draft, replace(values, references=(whole,)))


def returned() -> StatusSnapshot:
    return return_snapshot(
        snapshot=status("frivillig-oekonomisk-raadgiver"), reason="Se på ordene og enheden", by=user("leder")
    )


def mend_r12() -> None:
    draft = returned()
    save(draft, replace(stored_values(draft), narrative="Tallet er gået fra 18 til 35."))


def count_families_again() -> None:
    indicator = Indicator.objects.get(code="brugere")
    indicator.unit = "borgere/familier"
    save_record(record=indicator, by=user("administrator"))


def mend_r13() -> None:
    count_families_again()
    draft = returned()
    values = stored_values(draft)
    # The unit is kept with the figure, so the figure is taken out and given again.
    emptied = save(draft, replace(values, measurements={}))
    save(emptied, values)


def mend_r15() -> None:
    pool = Pool.objects.get(code="GENINV-2016")
    change_project(project=Project.objects.get(code="sund-i-job"), pool=pool, by=user("administrator"))


def mend_r20() -> None:
    count_families_again()
    project = Project.objects.get(code="frivillig-oekonomisk-raadgiver")
    start_snapshot(project=project, month=date(2017, 10, 1), by=user("sagsbehandler2"))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("mend", "gone"),
    [
        (mend_r1, {("R1", "Aftentelefonen, november 2017")}),
        (mend_r2, {("R2", "Integration, november 2017")}),
        (mend_r3, {("R3", "Integration, november 2017")}),
        (mend_r4, {("R4", "Housing First, november 2017")}),
        (mend_r4_words, {("R4", "Fleksjob Jobspor, november 2017")}),
        (mend_r6_and_r8, {("R6", FRAME), ("R8", FRAME)}),
        (mend_r9, {("R9", "Housing First, november 2017")}),
        (mend_r10, {("R10", "Integration, november 2017")}),
        (mend_r12, {("R12", "Frivillig økonomisk rådgiver, november 2017")}),
        (mend_r13, {("R13", "Frivillig økonomisk rådgiver, november 2017")}),
        (mend_r15, {("R15", "Sund i job")}),
        (mend_r20, {("R20", "Frivillig økonomisk rådgiver")}),
    ],
)
def test_a_mended_datum_takes_its_finding_and_no_other(mend: Callable[[], None], gone: set[tuple[str, str]]):
    before = found()
    mend()
    assert before - found() == gone
    assert found() - before == set()


@pytest.mark.usefixtures("demo")
def test_r7_goes_line_by_line_when_the_list_says_what_the_form_says():
    before = {item.message for item in portfolio_notices() if item.rule == "R7"}
    proposal = Proposal.objects.get(number=6)
    set_estimate(
        pool_year=PoolYear.objects.get(year=2016),
        proposal=proposal,
        label=proposal.short_name,
        amount=Decimal(185_000),
        by=user("leder"),
    )
    after = {item.message for item in portfolio_notices() if item.rule == "R7"}
    (gone,) = before - after
    assert gone.startswith("“Frivillig økonomisk rådgiver” er 150.000\u00a0kr. i økonomilisten")
    assert len(before) == 7


@pytest.mark.usefixtures("demo")
def test_an_answered_finding_stays_answered_while_its_figures_stand():
    item = next(item for item in portfolio_notices(note_dates()) if item.rule == "R2")
    answer_finding(subject=item.subject, notice=item.notice, answer="Kendt: én er flyttet", by=user("sagsbehandler"))
    again = next(item for item in portfolio_notices(note_dates()) if item.rule == "R2")
    assert (again.answer, again.is_open) == ("Kendt: én er flyttet", False)
