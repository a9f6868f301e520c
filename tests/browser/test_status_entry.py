"""A month typed in a real browser, by mouse, by keyboard alone, on a telephone, and without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from projects.enums import BreakdownKind
from projects.models import StatusSnapshot
from projects.queries.snapshot_values import stored_values
from tests import factories
from tests.chromium import DESKTOP, PHONE, overflow, settle
from tests.integration_month import (
    ACTIVE,
    COHORT,
    ENDED,
    NOVEMBER,
    ORIGINS,
    UNDER_MENTOR,
    World,
    integration_month,
)

pytestmark = pytest.mark.django_db(transaction=True)

EDIT = "/projekter/integration/status/2017-11/"
SHOW = re.compile(r"/status/2017-11/vis/$")


@pytest.fixture
def world() -> World:
    return integration_month()


def section(page: Any, name: str) -> Any:
    return page.get_by_role("group", name=name, exact=True)


def type_row(page: Any, table: str, label: str, value: object) -> None:
    section(page, table).get_by_label(label, exact=True).fill(str(value))


def row_sum(page: Any, label: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True)).locator("output")


def total(page: Any, table: str) -> Any:
    return section(page, table).locator("[data-sum]")


def open_month(page: Any, login: Callable[[Any, Any], None], who: Any) -> None:
    login(page, who)
    page.goto(EDIT)


def november() -> StatusSnapshot:
    return StatusSnapshot.objects.get(month=NOVEMBER)


def type_the_figures(page: Any) -> None:
    page.get_by_label("Borgere i projektet", exact=True).fill("41")
    for label, number in COHORT.items():
        type_row(page, "Kohorten", label, number)
    expect(total(page, "Kohorten")).to_contain_text("I alt 41 af 41")
    expect(total(page, "Nationalitet")).to_contain_text("I alt 40 af 41 – én mangler")
    for label, number in ORIGINS.items():
        type_row(page, "Nationalitet", label, number)
    expect(total(page, "Nationalitet")).to_contain_text("I alt 41 af 41")
    expect(section(page, "Nationalitet").get_by_text("Alle felter her er gennemgået")).to_be_visible()
    for label, number in (ENDED | ACTIVE | UNDER_MENTOR).items():
        type_row(page, "Hvor er de nu?", label, number)
    expect(row_sum(page, "Afsluttet")).to_have_text("23")
    expect(row_sum(page, "Aktive")).to_have_text("18")
    expect(page.get_by_text("Underrækker 4 af 5 – én mangler")).to_be_visible()


def type_the_text(page: Any) -> None:
    page.get_by_label("Det, udvalget skal vide").fill("Holdet\n\nDer er 41 borgere.")
    page.keyboard.press("Control+Home")
    page.get_by_role("button", name="Overskrift").click()
    page.get_by_role("button", name="Vis som i notatet").first.click()
    expect(page.locator("#preview-narrative h3")).to_have_text("Holdet")


def set_the_lights(page: Any) -> None:
    for dimension in ("Samlet", "Tidsplan", "Resultater"):
        page.get_by_role("group", name=dimension).get_by_label("Grøn").check()
    economy = page.locator("[data-light-line]").filter(has_text="Økonomi")
    economy.get_by_label("Gul").check()
    expect(economy.get_by_text("(skriv hvorfor)")).to_be_visible()
    economy.get_by_label("Kommentar").fill("Forbruget ligger lidt under.")


def test_the_integration_month_is_typed_left_found_again_answered_and_sent(world, page, login, axe):
    open_month(page, login, world.caseworker)
    expect(page.get_by_text("11 felter viser stadig okt. 2017")).to_be_visible()
    type_the_figures(page)
    type_the_text(page)
    page.get_by_label("Forventet forbrug i hele året").fill("halvdelen")
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    axe(page)

    page.goto("/status/")
    page.get_by_role("link", name="Integration", exact=True).click()
    page.wait_for_url("**/status/2017-11/")
    page.get_by_text("Hvad der er gemt og ændret siden oktober 2017").click()
    expect(page.locator("#changes-so-far").get_by_role("row").filter(has_text="Syrien")).to_contain_text("+1")
    expect(page.get_by_label("Forventet forbrug i hele året")).to_have_value("halvdelen")
    expect(page.get_by_label("Det, udvalget skal vide")).to_have_value("# Holdet\n\nDer er 41 borgere.")
    expect(section(page, "Nationalitet").get_by_label("Syrien")).to_have_value("22")
    expect(page.get_by_text("som sidst")).to_have_count(0)

    page.get_by_role("button", name="Send til godkendelse").click()
    summary = page.get_by_role("alert").filter(has_text="Ikke sendt endnu")
    expect(summary).to_be_visible()
    settle(page)
    summary.get_by_role("link", name="Forventet forbrug i hele året").click()
    expect(page.get_by_label("Forventet forbrug i hele året")).to_be_focused()
    page.keyboard.type("490.000")
    set_the_lights(page)
    finding = page.get_by_role("listitem").filter(has_text="underrækkerne giver 4 – én mangler")
    finding.locator("summary").click()
    finding.get_by_label("Hvorfor det er, som det skal være").fill("Kendt: én er flyttet.")
    page.get_by_role("button", name="Send til godkendelse").click()

    expect(page).to_have_url(SHOW)
    expect(page.get_by_text("Kendt: én er flyttet.").first).to_be_visible()
    axe(page)
    assert_the_month_is_sent(world)


def assert_the_month_is_sent(world: World) -> None:
    values = stored_values(november())
    assert november().state == "submitted"
    assert (values.forecast, values.narrative) == (490_000, "# Holdet\n\nDer er 41 borgere.")
    typed = COHORT | ORIGINS | ENDED | ACTIVE | UNDER_MENTOR
    assert {world.row(name).pk: number for name, number in typed.items()} == {
        pk: value.count for pk, value in values.counts.items()
    }


def is_focused(found: Any) -> bool:
    return bool(found.evaluate("element => element === document.activeElement"))


def tab_to(page: Any, found: Any) -> None:
    """Press Tab until it is reached, as somebody without a mouse does."""
    for _press in range(150):
        if is_focused(found):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard never reaches it")


def test_the_keyboard_alone_sends_a_month(world, page, login):
    open_month(page, login, world.caseworker)
    tab_to(page, page.get_by_role("button", name="Hele måneden er uændret"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("som sidst")).to_have_count(0)
    typed = {"Borgere i projektet": "41", "Opgjort pr.": "30.11.2017", "Kommet til senere": "10"}
    for label, text in (typed | {"Det, udvalget skal vide": "Der er 41 borgere."}).items():
        tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
    for dimension in ("Samlet", "Økonomi", "Tidsplan", "Resultater"):
        tab_to(page, page.get_by_role("group", name=dimension).get_by_role("radio").first)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Send til godkendelse"))
    page.keyboard.press("Enter")
    page.wait_for_url("**send=1**")
    expect(page.locator("#problems li")).to_have_count(0)
    # What the rules notice is seen before it is sent as it is.
    tab_to(page, page.get_by_role("button", name="Send til godkendelse"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(SHOW)
    expect(page.get_by_text("Sendt", exact=True).first).to_be_visible()
    assert (november().state, str(november().as_of)) == ("submitted", "2017-11-30")


def test_the_keyboard_alone_is_enough(world, page, login):
    open_month(page, login, world.caseworker)
    page.get_by_label("Borgere i projektet", exact=True).focus()
    page.wait_for_function("getSelection().toString() === '40'")
    page.keyboard.type("41")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Opgjort pr.")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    choose = page.get_by_role("button", name="Vis som figur i notatet")
    expect(choose).to_be_visible()
    tab_to(page, choose)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Er en figur i notatet")).to_be_visible()
    tab_to(page, section(page, "Kohorten").get_by_role("button", name="Uændret siden sidst"))
    expect(section(page, "Kohorten").get_by_role("button", name="Uændret siden sidst")).to_be_focused()
    page.keyboard.press("Enter")
    expect(section(page, "Kohorten").get_by_text("Alle felter her er gennemgået")).to_be_visible()
    expect(page.get_by_label("Overdraget 1.10.2016")).to_be_focused()
    page.get_by_role("radio", name="Grøn").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Gul").first).to_be_checked()
    page.get_by_label("Opgjort pr.").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    values = stored_values(november())
    assert (values.measurements[world.citizens.pk], values.lights["overall"]) == (41, "yellow")
    assert {pk: value.count for pk, value in values.counts.items()} == {
        world.row("Overdraget 1.10.2016").pk: 31,
        world.row("Kommet til senere").pk: 9,
    }


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_pages_fit_the_window_and_stop_nobody(world, page, login, axe):
    flow = factories.BreakdownFactory(project=world.project, kind=BreakdownKind.FLOW)
    factories.BreakdownCategoryFactory(breakdown=flow, name="§ 85")
    open_month(page, login, world.caseworker)
    for address in (EDIT, "/status/", "/projekter/integration/status/2017-10/vis/"):
        page.goto(address)
        if address == EDIT:
            page.get_by_label("§ 85, ind").fill("8")
            page.get_by_label("§ 85, ud").fill("6")
            expect(page.locator("[data-remaining]")).to_have_text("2")
            for fold in page.locator(".figure-fold > summary").all():
                fold.click()
            expect(page.locator(".figure-preview button")).to_have_count(len(page.locator(".figure-fold").all()))
        assert overflow(page) == 0
        axe(page)


def test_without_scripts_a_section_is_confirmed_and_sums_come_on_saving(world, new_page, login):
    page = new_page(java_script_enabled=False)
    open_month(page, login, world.caseworker)
    type_row(page, "Kohorten", "Kommet til senere", 10)
    section(page, "Kohorten").get_by_role("button", name="Uændret siden sidst").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    expect(total(page, "Kohorten")).to_contain_text("I alt 41 af 40 – én for mange")
    expect(page.locator(".finding-message", has_text="Rækkerne i “Kohorten” giver 41")).to_be_visible()
    counts = stored_values(november()).counts
    assert [counts[world.row(name).pk].count for name in COHORT] == [31, 10]
    page.get_by_role("link", name="Slet kladde").click()
    page.get_by_role("button", name="Slet kladden").click()
    expect(page.get_by_text("Kladden for november 2017 er slettet.")).to_be_visible()


def test_two_people_on_one_month_see_each_other(world, new_page, login, watch, axe):
    watch.allow("409")
    sara, karl = new_page(), new_page()
    open_month(sara, login, world.caseworker)
    open_month(karl, login, world.colleague)
    karl.get_by_label("Det, udvalget skal vide").fill("Karls tekst")
    karl.get_by_label("Iran").fill("5")
    karl.get_by_role("button", name="Gem kladde").click()
    expect(karl.get_by_text("Kladden er gemt.")).to_be_visible()
    sara.get_by_label("Det, udvalget skal vide").fill("Saras tekst")
    sara.get_by_role("button", name="Gem kladde").click()
    expect(sara.get_by_role("heading", name="Karl Kollega gemte denne måned")).to_be_visible()
    axe(sara)
    expect(sara.get_by_role("row").filter(has_text="Iran").get_by_label("Brug den gemte").first).to_be_checked()
    sara.get_by_role("button", name="Gem med disse valg").click()
    expect(sara.get_by_text("Kladden er gemt.")).to_be_visible()
    values = stored_values(november())
    assert (values.narrative, values.counts[world.row("Iran").pk].count) == ("Saras tekst", 5)


def test_rows_of_references_are_added_and_removed_in_the_page(world, page, login):
    open_month(page, login, world.caseworker)
    rows = section(page, "Henvisninger")
    rows.get_by_label("Hvad der henvises til").fill("Status i juni")
    rows.get_by_label("Mødedato").fill("12/6-2017")
    rows.get_by_role("button", name="Endnu en henvisning").click()
    rows.get_by_label("Hvad der henvises til").nth(1).fill("En til, som fortrydes")
    rows.get_by_role("button", name="Fjern").nth(1).click()
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    (reference,) = stored_values(november()).references
    assert (reference.title, f"{reference.meeting_date:%d.%m.%Y}") == ("Status i juni", "12.06.2017")


def test_leaving_unsaved_text_is_asked_about_and_a_saved_draft_is_not(world, page, login):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_month(page, login, world.caseworker)
    page.get_by_label("Iran").fill("tre")
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    page.goto("/status/")
    assert asked == []
    page.goto(EDIT)
    page.get_by_label("Iran").fill("4")
    page.goto("/status/")
    assert asked == ["beforeunload"]
