"""A project that has just been granted is set up in the browser, and its month asks for exactly that."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import ProjectAssignmentFactory, ProjectFactory, StatusRoundFactory

HOME = "/projekter/integration/maaltal/"


@pytest.fixture
def caseworker(page, login, live_server):
    project = ProjectFactory(code="integration", name="Integration", starts_on=date(2017, 11, 1))
    StatusRoundFactory(committee=project.committee, month=date(2017, 11, 1))
    login(page, ProjectAssignmentFactory(project=project).user)
    return page


def make_indicator(page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name="Nyt måltal").click()
    page.get_by_label("Navn").fill("Borgere i alt")
    page.get_by_label("Enhed").fill("borgere")
    page.get_by_label("Siden start").check(force=True)
    page.locator("#id_targets-0-value").fill("45")
    page.locator("#id_targets-0-due_on").fill("31.12.2017")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("heading", name="Borgere i alt")).to_be_visible()


def begins_with(page, *names: str) -> None:
    for place, name in enumerate(names):
        expect(page.locator(".scheme-name input").nth(place)).to_have_value(name)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_fresh_project_is_set_up_and_its_month_asks_for_it(caseworker, axe):
    page = caseworker
    make_indicator(page)
    axe(page)
    assert overflow(page) == 0
    page.get_by_role("link", name="Udfald: afsluttet og aktive").click()
    expect(page.locator("#down-n2")).to_be_visible()
    axe(page)
    assert overflow(page) == 0

    # By keyboard: the focus stays on the button of the row that moved.
    page.locator("#down-n2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#scheme-said")).to_have_text("“Ordinært arbejde” er nummer 2 af 3")
    expect(page.locator("#down-n2")).to_be_focused()
    begins_with(page, "Afsluttet", "Uddannelse", "Ordinært arbejde", "Anden årsag")
    page.keyboard.press("Enter")
    expect(page.locator("#scheme-said")).to_have_text("“Ordinært arbejde” er nummer 3 af 3")

    page.get_by_text("Indsæt flere rækker på én gang").click()
    page.get_by_label("Én række pr. linje").fill("Barsel\nFleksjob")
    page.get_by_label("Under hvilken række?").select_option("n5")
    page.get_by_role("button", name="Tilføj linjerne").click()
    expect(page.locator(".scheme-name input")).to_have_count(10)
    expect(page.locator("#scheme-preview")).to_contain_text("Fleksjob")
    axe(page)

    page.get_by_role("button", name="Gem opgørelsen").click()
    expect(page.locator(".messages")).to_contain_text("Opgørelsen er gemt")
    assert overflow(page) == 0

    page.goto("/projekter/integration/status/2017-11/")
    expect(page.get_by_label("Borgere i alt", exact=True)).to_be_visible()
    ended = ["Afsluttet", "Uddannelse", "Anden årsag", "Ordinært arbejde"]
    active = ["Aktive", "Mentor", "Virksomhedspraktik", "Venter på et tilbud", "Barsel", "Fleksjob"]
    expect(page.locator(".entry-table tbody th")).to_have_text(ended + active, use_inner_text=True)


def test_rows_follow_what_they_stand_under_while_the_name_is_typed(caseworker, axe):
    page = caseworker
    page.goto("/projekter/integration/opgoerelser/ny/?skabelon=blank")
    names = page.locator(".scheme-name input")
    names.nth(0).fill("Aktive")
    names.nth(1).fill("Mentor")
    page.get_by_label("Navn", exact=True).fill("Hvor er de nu?")
    expect(page.locator("#scheme-preview")).to_contain_text("Mentor")
    page.get_by_role("button", name="Tilføj en række").click()
    expect(page.locator(".scheme-name input").last).to_be_focused()
    page.locator("#id_n2-parent").select_option("n1")
    expect(page.locator(".scheme-row.depth-1 .scheme-name input")).to_have_value("Mentor")
    page.get_by_label("Ind, ud og tilbage").check(force=True)
    expect(page.locator("#id_n2-parent")).to_have_count(0)
    expect(page.locator("#scheme-sums")).to_be_empty()
    axe(page)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_table_is_made_without_scripts_too(new_page, login, live_server, has_scripts):
    project = ProjectFactory(code="integration")
    page = new_page(java_script_enabled=has_scripts)
    login(page, ProjectAssignmentFactory(project=project).user)
    page.goto("/projekter/integration/opgoerelser/ny/?skabelon=blank")
    page.get_by_label("Navn", exact=True).fill("Hvor er de nu?")
    page.locator(".scheme-name input").nth(0).fill("Mentor")
    page.locator(".scheme-name input").nth(1).fill("Barsel")
    page.locator("#up-n2").click()
    expect(page.locator(".scheme-name input").nth(0)).to_have_value("Barsel")
    page.get_by_role("button", name="Gem opgørelsen").click()
    expect(page.locator(".messages")).to_contain_text("Opgørelsen er gemt")
    rows = project.breakdowns.get().categories.order_by("position").values_list("name", flat=True)
    assert list(rows) == ["Barsel", "Mentor"]
