from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from projects.enums import BreakdownKind
from projects.forms.entry_checks import Check
from projects.forms.entry_page import places, problems, tables
from projects.forms.snapshot_entry import SnapshotEntry
from projects.queries.snapshot_values import CountValue, ReferenceValue, stored_values
from projects.queries.snapshots import blank_content, snapshot_content
from tests import factories
from tests.annex_files import paper
from tests.integration_month import COHORT, NOVEMBER, ORIGINS, World, integration_month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world() -> World:
    return integration_month()


def opened(world: World) -> SnapshotEntry:
    return SnapshotEntry.opened(blank_content(world.project, NOVEMBER), None)


def posted(world: World, post: dict[str, object], files: dict[str, object] | None = None) -> SnapshotEntry:
    data = QueryDict(mutable=True)
    for name, value in post.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    uploads = MultiValueDict({name: [file] for name, file in (files or {}).items()})
    return SnapshotEntry.posted(blank_content(world.project, NOVEMBER), None, data, uploads)


def count(world: World, name: str) -> str:
    return f"count_{world.row(name).pk}"


def test_a_new_month_shows_last_month_in_every_field_that_had_a_value_but_lights(world):
    entry = opened(world)
    citizens = f"indicator_{world.citizens.pk}"
    assert (entry.texts[citizens], entry.texts[count(world, "Syrien")]) == ("40", "21")
    assert (entry.texts["forecast"], entry.texts["narrative"]) == ("480.000", "# Siden sommer\n\nHoldet er samlet.")
    assert {name for name, text in entry.texts.items() if name.startswith(("light_", "comment_")) and text} == set()
    assert entry.carried == {citizens, "forecast", "narrative"} | {
        f"count_{row.category_id}" for fact in entry.content.breakdowns for row in fact.rows if not row.is_total
    }


def test_what_nobody_has_touched_is_not_stored_as_this_months(world):
    names = [count(world, name) for name in ORIGINS]
    post = dict.fromkeys(names, "1") | {"carried": names}
    post |= {count(world, name): str(number) for name, number in ORIGINS.items()}
    post |= {count(world, "Syrien"): "22"}
    entry = posted(world, post)
    assert entry.carried >= set(names) - {count(world, "Syrien")}
    assert entry.values().counts == {world.row("Syrien").pk: CountValue(22)}
    assert {name: entry.values(with_carried=True).counts[world.row(name).pk].count for name in ORIGINS} == ORIGINS


def test_one_button_says_that_a_section_is_unchanged(world):
    names = [count(world, name) for name in COHORT]
    entry = posted(world, {"carried": [*names, "forecast"], "confirm": f"table_{world.cohort.pk}"})
    assert "forecast" in entry.carried
    assert {pk: value.count for pk, value in entry.values().counts.items()} == {
        world.row("Overdraget 1.10.2016").pk: 31,
        world.row("Kommet til senere").pk: 9,
    }
    assert posted(world, {"carried": [*names, "forecast"], "confirm": "all"}).carried == set()


def test_a_field_emptied_on_purpose_stays_empty(world):
    entry = posted(world, {"narrative": "", count(world, "Iran"): " "})
    assert entry.values().narrative == ""
    assert entry.values().unparsed == {"narrative": "", count(world, "Iran"): ""}


def test_text_where_a_number_belongs_is_kept_as_typed_and_said_beside_the_field(world):
    typed = {
        count(world, "Iran"): "tre",
        count(world, "Egypten"): "-1",
        "forecast": "1,250,000",
        "as_of": "31.10",
        "narrative": "Hej",
    }
    entry = posted(world, typed)
    assert entry.values().unparsed == {name: text for name, text in typed.items() if name != "narrative"}
    assert entry.values().narrative == "Hej"
    assert [(problem.label, problem.anchor) for problem in problems(entry, {})] == [
        ("Opgjort pr.", "id_as_of"),
        ("Nationalitet: Iran", f"id_{count(world, 'Iran')}"),
        ("Nationalitet: Egypten", f"id_{count(world, 'Egypten')}"),
        ("Forventet forbrug i hele året", "id_forecast"),
    ]


def test_fields_a_request_does_not_mention_stay_as_they_are(world):
    snapshot = factories.StatusSnapshotFactory(project=world.project, narrative="Står her", forecast=Decimal(5))
    factories.SnapshotReferenceFactory(snapshot=snapshot, title="Orientering")
    entry = SnapshotEntry.posted(snapshot_content(snapshot), stored_values(snapshot), QueryDict("forecast=6"))
    values = entry.values()
    assert (values.narrative, values.forecast) == ("Står her", Decimal(6))
    assert values.references == (ReferenceValue("Orientering"),)


def test_a_file_as_narrative_is_refused_and_takes_nothing_away(world):
    file = SimpleUploadedFile("status.docx", b"PK")
    entry = posted(world, {"forecast": "490.000"}, {"narrative": file})
    assert entry.is_refused
    assert entry.texts["narrative"] == "# Siden sommer\n\nHoldet er samlet."


@pytest.mark.parametrize(
    "post",
    [
        {"narrative": "Ring til 010190-1234"},
        {"forecast": "010190-1234"},
        {"reference-TOTAL_FORMS": "1", "reference-INITIAL_FORMS": "0", "reference-0-title": "010190-1234"},
    ],
)
def test_a_cpr_number_is_refused_wherever_it_is_typed(world, post):
    assert posted(world, post).is_refused


def test_a_cpr_number_in_an_answer_holds_back_the_answer_and_not_the_month(world):
    entry = posted(world, {"answer-abc": "Det er 010190-1234"})
    assert (entry.is_refused, list(entry.answer_errors)) == (False, ["abc"])
    assert entry.answer_errors["abc"].startswith("CPR-numre må ikke skrives her.")


def test_references_and_annexes_are_rows_and_an_empty_row_is_nothing(world):
    committee = world.project.committee
    entry = posted(
        world,
        {
            "reference-TOTAL_FORMS": "3",
            "reference-INITIAL_FORMS": "0",
            "reference-1-title": "Status på holdet",
            "reference-1-committee": committee.pk,
            "reference-1-meeting_date": "12.6.2017",
            "reference-2-title": "Orientering",
            "reference-2-meeting_date": "2017",
            "attachment-TOTAL_FORMS": "2",
            "attachment-INITIAL_FORMS": "0",
        },
        {"attachment-1-file": SimpleUploadedFile("Læringsinformation.pdf", paper("Læring"))},
    )
    values = entry.values()
    assert values.references == (
        ReferenceValue("Status på holdet", committee.pk, date(2017, 6, 12)),
        ReferenceValue("Orientering"),
    )
    assert values.unparsed == {"reference-1-meeting_date": "2017"}
    assert [row.title for row in values.attachments] == ["Læringsinformation"]
    assert not entry.is_refused


def test_a_file_that_is_not_what_it_says_is_refused(world):
    management = {"attachment-TOTAL_FORMS": "1", "attachment-INITIAL_FORMS": "0"}
    assert posted(world, management, {"attachment-0-file": SimpleUploadedFile("tal.xlsx", b"MZ")}).is_refused


def test_a_flow_keeps_a_day_as_a_day_and_words_as_words(world):
    flow = factories.BreakdownFactory(project=world.project, kind=BreakdownKind.FLOW)
    dated, worded = factories.BreakdownCategoryFactory.create_batch(2, breakdown=flow)
    entry = posted(
        world,
        {
            f"count_{dated.pk}": "8",
            f"out_{dated.pk}": "6",
            f"since_{dated.pk}": "30/5-2016",
            f"count_{worded.pk}": "9",
            f"out_{worded.pk}": "7",
            f"since_{worded.pk}": "siden sidste registrering",
        },
    )
    counts = entry.values().counts
    assert counts[dated.pk] == CountValue(8, 6, date(2016, 5, 30))
    assert counts[worded.pk] == CountValue(9, 7, None, "siden sidste registrering")
    (table,) = [table for table in tables(entry) if table.fact.breakdown_id == flow.pk]
    assert [row.fact.remaining for row in table.rows] == [2, 2]


def test_sums_follow_what_is_typed_and_what_is_still_last_months(world):
    entry = posted(
        world,
        {
            f"indicator_{world.citizens.pk}": "41",
            count(world, "Kommet til senere"): "10",
            "carried": [count(world, name) for name in ORIGINS],
        },
    )
    cohort, origins, outcomes = tables(entry)
    assert cohort.sum == Check("I alt 41 af 41", "ok")
    assert origins.sum == Check("I alt 40 af 41 – én mangler", "off")
    rows = {row.fact.label: row for row in outcomes.rows}
    assert (rows["Afsluttet"].fact.value, rows["Aktive"].fact.value) == (22, 18)
    assert rows["Mentor"].check == Check("Underrækker 4 af 5 – én mangler", "off")
    assert rows["Barsel"].check is None


def test_every_place_a_rule_names_is_a_place_on_the_page(world):
    entry = opened(world)
    where = places(entry)
    assert where[f"indicator.{world.citizens.code}"] == (f"id_indicator_{world.citizens.pk}", "Borgere i projektet")
    assert where[f"breakdown.{world.outcomes.code}.{world.row('Mentor').code}"] == (
        f"id_{count(world, 'Mentor')}",
        "Hvor er de nu?: Mentor",
    )
    assert where["light_overall"][0] == "id_light_overall_0"


def test_a_returned_month_and_a_correction_show_only_what_they_hold(world):
    returned = factories.StatusSnapshotFactory(project=world.project, state="returned")
    entry = SnapshotEntry.opened(snapshot_content(returned), stored_values(returned))
    assert (entry.carried, entry.texts["narrative"]) == (frozenset(), "")
