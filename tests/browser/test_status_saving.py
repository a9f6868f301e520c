"""The form saves itself, tells when it cannot, loses nothing, and never writes over a colleague."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from projects.models import Event, Finding, StatusSnapshot
from projects.queries.snapshot_values import stored_values
from tests.chromium import settle
from tests.integration_month import NOVEMBER, World, integration_month

pytestmark = pytest.mark.django_db(transaction=True)

EDIT = "/projekter/integration/status/2017-11/"
SAVED = re.compile(r"^Gemt kl\. \d\d\.\d\d$")


@pytest.fixture
def world() -> World:
    return integration_month()


def state(page: Any) -> Any:
    return page.locator("[data-save-state]")


def text(page: Any) -> Any:
    return page.get_by_label("Det, udvalget skal vide")


def keeps(page: Any, count: int) -> None:
    page.wait_for_function("count => Object.keys(localStorage).length === count", arg=count)


def missing_one(page: Any) -> Any:
    """Return the finding of the sub-rows that count four of five."""
    return page.locator(".finding").filter(has_text="underrækkerne giver 4 – én mangler")


def answer(page: Any) -> Any:
    return missing_one(page).get_by_label("Hvorfor det er, som det skal være")


def stored_answer() -> str:
    return Finding.objects.values_list("answer", flat=True).get()


def november() -> StatusSnapshot:
    return StatusSnapshot.objects.get(month=NOVEMBER)


def test_typed_text_survives_a_dead_line_a_closed_page_and_an_expired_login(world, page, login, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|401")
    login(page, world.caseworker)
    page.goto(EDIT)
    page.get_by_label("Iran").fill("4")
    expect(state(page)).to_have_text(SAVED)
    assert stored_values(november()).counts[world.row("Iran").pk].count == 4

    page.context.set_offline(True)
    text(page).fill("Skrevet uden forbindelse")
    missing_one(page).locator("summary").click()
    answer(page).fill("Kendt: én er flyttet.")
    expect(state(page)).to_contain_text("Ingen forbindelse")
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(state(page)).to_contain_text("Ikke sendt: Der er ingen forbindelse")
    expect(text(page)).to_have_value("Skrevet uden forbindelse")
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    assert (november().narrative, stored_answer()) == ("Skrevet uden forbindelse", "Kendt: én er flyttet.")

    missing_one(page).get_by_role("button", name="Tag svaret tilbage").click()
    expect(missing_one(page).locator(".finding-kind")).to_have_text("Ret eller svar")
    assert not Finding.objects.exists()

    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    text(page).fill("Skrevet efter udløbet login")
    missing_one(page).locator("summary").click()
    answer(page).fill("Kendt: én er rejst.")
    expect(state(page).get_by_role("link", name="Log ind igen")).to_have_attribute("href", re.compile("next=" + EDIT))
    page.evaluate("window.onbeforeunload = null")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.add_cookies(cookies)
    page.goto("/status/")
    page.goto(EDIT)
    expect(text(page)).to_have_value("Skrevet uden forbindelse")
    page.get_by_role("button", name="Hent den ind").click()
    expect(text(page)).to_have_value("Skrevet efter udløbet login")
    expect(answer(page)).to_have_value("Kendt: én er rejst.")
    expect(state(page)).to_have_text(SAVED)
    assert (november().narrative, stored_answer()) == ("Skrevet efter udløbet login", "Kendt: én er rejst.")
    keeps(page, 0)
    assert not Event.objects.filter(verb="saved").exists()


def test_a_colleagues_save_leads_to_the_differences_and_a_logout_forgets(world, new_page, login, watch):
    watch.allow("409|ERR_INTERNET_DISCONNECTED")
    sara, karl = new_page(), new_page()
    for page, who in ((sara, world.caseworker), (karl, world.colleague)):
        login(page, who)
        page.goto(EDIT)
    text(karl).fill("Karls tekst")
    expect(state(karl)).to_have_text(SAVED)
    text(sara).fill("Saras tekst")
    expect(state(sara)).to_contain_text("Karl Kollega har gemt denne måned imens.")
    assert november().narrative == "Karls tekst"
    state(sara).get_by_role("button", name="Se forskellene").click()
    expect(sara.get_by_role("heading", name=re.compile("^Karl Kollega gemte denne måned"))).to_be_visible()
    expect(sara.get_by_label("Det, udvalget skal vide: Behold mit")).to_be_checked()
    sara.get_by_role("button", name="Gem med disse valg").click()
    expect(sara.get_by_text("Kladden er gemt.")).to_be_visible()
    assert november().narrative == "Saras tekst"

    karl.on("dialog", lambda dialog: dialog.accept())
    karl.goto(EDIT)
    for page, words in ((karl, "Karls svar"), (sara, "Saras svar")):
        settle(page)
        missing_one(page).locator("summary").click()
        answer(page).fill(words)
        expect(state(page)).to_have_text(SAVED)
    assert stored_answer() == "Karls svar"
    expect(missing_one(sara)).to_contain_text("Karl Kollega har svaret imens: “Karls svar”.")
    missing_one(sara).get_by_role("button", name="Brug mit svar").click()
    expect(missing_one(sara).get_by_role("button", name="Brug mit svar")).to_have_count(0)
    text(sara).focus()
    expect(missing_one(sara).locator(".finding-answer")).to_contain_text("Saras svar – Sara Sag")
    assert stored_answer() == "Saras svar"

    settle(sara)
    sara.context.set_offline(True)
    text(sara).fill("Det sidste ord")
    keeps(sara, 1)
    sara.context.set_offline(False)
    sara.on("dialog", lambda dialog: dialog.accept())
    sara.locator("details.user-menu summary").click()
    sara.get_by_role("button", name="Log ud").first.click()
    expect(sara.get_by_label("Brugernavn")).to_be_visible()
    keeps(sara, 0)


def test_an_ordinary_month_takes_few_interactions_beyond_typing_the_figures(world, page, login, axe):
    """From “Mine projekter” to “Sendt”, counting every click; typing a figure is not one."""
    login(page, world.caseworker)
    page.goto("/projekter/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine projekter")
    clicks = 0

    def click(target: Any) -> None:
        nonlocal clicks
        clicks += 1
        target.click()

    click(page.get_by_role("link", name=re.compile("^November 2017")))
    page.wait_for_url(f"**{EDIT}")
    figures = {"Borgere i projektet": 41, "Kommet til senere": 10, "Syrien": 22, "Ordinært arbejde": 6}
    for label, number in figures.items():
        page.get_by_label(label, exact=True).fill(str(number))
    click(page.get_by_role("button", name="Hele måneden er uændret"))
    for dimension in ("Samlet", "Økonomi", "Tidsplan", "Resultater"):
        click(page.locator("[data-light-line]").filter(has_text=dimension).get_by_role("radio", name="Grøn"))
    click(page.get_by_role("button", name="Send til godkendelse"))
    expect(page.get_by_role("alert")).to_contain_text("Ikke sendt endnu: Se på dette først")
    axe(page)
    finding = page.get_by_role("listitem").filter(has_text="underrækkerne giver 4 – én mangler")
    click(finding.locator("summary"))
    finding.get_by_role("textbox").fill("Kendt: én er flyttet.")
    click(page.get_by_role("button", name="Send til godkendelse"))
    expect(page).to_have_url(re.compile("/vis/$"))
    assert clicks <= 12
    assert november().state == "submitted"
