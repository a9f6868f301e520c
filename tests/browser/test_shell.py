"""The frame around every page: menus, skip link, dialogs, and care for what is typed; by keyboard and at 360 px."""

import re

import pytest
from playwright.sync_api import expect

from projects.enums import Role
from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

FORM = """
<form id="typed" method="get" action="/healthz" data-unsaved-warning>
  <label for="words">Ord</label><input id="words" name="words" value="før">
  <button name="action" value="draft">Gem</button>
  <button type="button" data-dialog-open="ask">Spørg</button>
</form>
<dialog id="ask" class="dialog" aria-labelledby="ask-h">
  <h2 id="ask-h">Sikker?</h2><button type="button" data-dialog-close>Nej</button>
</dialog>
"""
# In two turns: of two in one turn the browser itself would send the last only.
TWICE = """() => {
    document.querySelector("#typed button").click();
    setTimeout(() => document.getElementById("typed").requestSubmit(), 0);
}"""


@pytest.fixture
def manager(live_server):
    return UserFactory(username="leder", first_name="Jens", last_name="Bo", roles=[Role.MANAGER])


@pytest.fixture
def form_page(page, login, manager):
    """Return the help page with a form added, so that scripts meet it as they meet any page's own."""

    def add_form(route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</main>", f"{FORM}</main>"))

    login(page, manager)
    page.route("**/hjaelp/", add_form)
    page.goto("/hjaelp/")
    return page


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("address", ["/konto/log-ind/", "/hjaelp/", "/konto/adgangskode/", "/findes-ikke/"])
def test_pages_fit_and_can_be_read_by_everyone(page, login, manager, axe, watch, address: str):
    watch.allow("404")
    if address != "/konto/log-ind/":
        login(page, manager)
    page.goto(address)
    axe(page)
    assert overflow(page) == 0


def test_a_wrong_password_keeps_the_user_name_and_the_right_one_opens(page, manager):
    page.goto("/konto/log-ind/?next=/hjaelp/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("leder")
    page.keyboard.press("Tab")
    page.keyboard.type("forkert")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Brugernavn og adgangskode passer ikke sammen. Prøv igen.")
    expect(page.locator("#id_username")).to_have_value("leder")
    page.fill("#id_password", "demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hjaelp/")


def test_the_skip_link_jumps_over_the_menu(page, login, manager):
    login(page, manager)
    page.goto("/hjaelp/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_the_user_menu_opens_and_closes_by_keyboard_and_logs_out(page, login, manager):
    login(page, manager)
    page.goto("/hjaelp/")
    button = page.locator("summary", has_text="Jens Bo")
    button.press("Enter")
    expect(page.locator(".user-menu-role")).to_have_text("Leder")
    page.get_by_role("link", name="Skift adgangskode").press("Escape")
    expect(page.locator(".user-menu")).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    button.click()
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url("**/konto/log-ind/")


@pytest.mark.parametrize("viewport", [PHONE])
def test_the_mobile_menu_works_by_keyboard(page, login, manager, axe):
    login(page, manager)
    page.goto("/hjaelp/")
    menu_button = page.get_by_role("button", name="Menu")
    menu_button.press("Enter")
    drawer = page.get_by_role("dialog", name="Menu")
    drawer.wait_for()
    expect(page.get_by_role("button", name="Luk", exact=True)).to_be_focused()
    axe(page)
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".mobile-drawer :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    expect(menu_button).to_be_focused()


@pytest.mark.parametrize("viewport", [PHONE])
def test_filters_are_folded_on_a_phone_until_they_are_wanted_or_chosen(page, login, manager, axe):
    ProjectFactory(name="Kor")
    login(page, manager)
    page.goto("/projekter/")
    expect(page.get_by_role("link", name="Kor", exact=True)).to_be_in_viewport()
    search = page.get_by_label("Søg")
    expect(search).to_be_hidden()
    axe(page)
    page.get_by_text("Afgræns listen").press("Enter")
    search.fill("Ko")
    search.press("Enter")
    page.wait_for_url("**search=Ko**")
    expect(page.get_by_label("Søg")).to_have_value("Ko")
    expect(page.get_by_label("Søg")).to_be_visible()
    page.goto("/projekter/")
    expect(page.get_by_label("Søg")).to_be_hidden()
    page.set_viewport_size(DESKTOP)
    expect(page.get_by_label("Søg")).to_be_visible()


def test_a_form_is_sent_once_with_the_button_that_was_pressed(form_page, watch):
    sent = []

    def hold(route) -> None:
        sent.append(route.request.url)
        # As a slow server: time for a second request to come, should one be sent.
        form_page.wait_for_timeout(300)
        route.continue_()

    form_page.route("**/healthz?**", hold)
    form_page.evaluate(TWICE)
    form_page.wait_for_url("**/healthz?**")
    assert [re.sub(r".*\?", "", address) for address in sent] == ["words=f%C3%B8r&action=draft"]


def test_the_browser_asks_before_typed_text_is_left(form_page):
    asked = []
    form_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form_page.fill("#words", "efter")
    form_page.goto("/konto/adgangskode/")
    assert asked == ["beforeunload"]


def test_the_browser_does_not_ask_when_nothing_is_typed_or_it_is_sent(form_page):
    asked = []
    form_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form_page.goto("/konto/adgangskode/")
    form_page.goto("/hjaelp/")
    form_page.fill("#words", "efter")
    form_page.get_by_role("button", name="Gem").click()
    form_page.wait_for_url("**/healthz?**")
    assert asked == []


def test_the_back_button_gives_a_living_form(form_page):
    form_page.get_by_role("button", name="Gem").click()
    form_page.wait_for_url("**/healthz?**")
    form_page.go_back()
    expect(form_page.get_by_role("button", name="Gem")).to_be_enabled()


def test_a_dialog_opens_and_closes(form_page):
    form_page.get_by_role("button", name="Spørg").click()
    dialog = form_page.get_by_role("dialog", name="Sikker?")
    dialog.get_by_role("button", name="Nej").click()
    dialog.wait_for(state="hidden")
    expect(form_page.get_by_role("button", name="Spørg")).to_be_focused()
