"""The demo data: the agreed figures, loaded once and for development only."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from projects.actions.catalogue import save_record
from projects.enums import Role, SnapshotState
from projects.models import (
    BudgetLine,
    Event,
    Indicator,
    PoolYear,
    Posting,
    Project,
    Proposal,
    StatusSnapshot,
    User,
)
from projects.queries.pools import pool_sums
from projects.queries.snapshots import current_snapshots, snapshot_content
from projects.rules.pools import PoolSums
from reports.facts.gathering import gather
from reports.facts.home.follow_ups import follow_up_blocks
from reports.markup import note_markup
from reports.models import StatusNote
from tests.reports.conftest import run_demo

NOVEMBER = date(2017, 11, 1)
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


def rows() -> dict[str, int]:
    models = [*apps.get_app_config("projects").get_models(), *apps.get_app_config("reports").get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


def user(name: str) -> User:
    return User.objects.get(username=name)


def status(code: str) -> StatusSnapshot:
    project = Project.objects.get(code=code)
    return current_snapshots([project], NOVEMBER)[project.pk]


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
    assert sums == PoolSums(
        frame=Decimal(4_300_000), granted=Decimal(2_510_000), proposed=Decimal(2_810_000), awaiting=Decimal(300_000)
    )
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
    out = run_demo()
    assert rows() == before
    assert out == "Demodata var der i forvejen. Intet er ændret.\n"


@pytest.mark.usefixtures("demo")
def test_what_a_person_has_changed_stays_changed():
    indicator = Indicator.objects.get(project__code="integration", code="borgere")
    indicator.name = "Deltagere i alt"
    save_record(record=indicator, by=user("administrator"))
    run_demo()
    indicator.refresh_from_db()
    assert indicator.name == "Deltagere i alt"


@pytest.mark.usefixtures("demo")
def test_json_is_one_object_and_nothing_else():
    answer = json.loads(run_demo("--json"))
    assert set(answer) == {"added", "total"}
    assert set(answer["added"].values()) == {0}
    assert {name: answer["total"][name] for name in ("users", "pools", "proposals", "projects", "notes")} == {
        "users": 8,
        "pools": 3,
        "proposals": 10,
        "projects": 10,
        "notes": 1,
    }


@pytest.mark.usefixtures("demo")
def test_what_the_committee_asked_is_an_example_in_the_next_note_on_the_project_and_for_its_caseworker(client):
    asked = gather(StatusNote.objects.get()).facts.follow_ups
    assert [(fact.project_code, bool(fact.answer), fact.meeting_date, fact.example[:13]) for fact in asked] == [
        ("sund-i-job", True, date(2017, 11, 6), "Eksempeldata:"),
        ("housing-first", False, date(2017, 11, 6), "Eksempeldata:"),
    ]
    (block,) = follow_up_blocks(user("sagsbehandler"))
    assert [task.title for task in block.tasks] == [asked[1].text]
    assert asked[1].example in block.tasks[0].note
    client.force_login(user("sagsbehandler"))
    page = client.get(reverse("projects:project-detail", args=["sund-i-job"])).text
    assert [text in page for text in (asked[0].text, asked[0].answer, asked[0].example)] == [True, True, True]
    printed = note_markup(gather(StatusNote.objects.get()).facts).html
    assert [fact.example in printed for fact in asked] == [True, True]
