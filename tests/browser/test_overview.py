"""The front page and the overview in a real browser: drawn under the strict policy, by keyboard, on a telephone."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from projects.enums import Light, Role, SnapshotState
from tests.chromium import PHONE, overflow
from tests.factories import (
    BudgetLineFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
)

TABLE_ROWS = ".overview-table tbody tr"


@pytest.fixture
def portfolio(live_server):
    """Two projects of a pool: Integration is yellow and sent, Mentorer has not been begun."""
    unit = OrgUnitFactory(name="Beskæftigelse")
    pool = PoolFactory(code="GENINV-2016", name="Geninvesteringspuljen", unit=unit)
    frame = PoolYearFactory(pool=pool)
    StatusRoundFactory(committee=pool.committee)
    caseworker = UserFactory(username="sagsbehandler", first_name="Asta", last_name="Berg", roles=[Role.CASEWORKER])
    for name, amount in (("Integration", 500_000), ("Mentorer", 185_000)):
        project = ProjectFactory(name=name, code=name.lower(), pool=pool)
        ProjectAssignmentFactory(project=project, user=caseworker)
        BudgetLineFactory(project=project, pool_year=frame, amount=Decimal(amount))
        PostingFactory(project=project, amount=Decimal(amount) / 2)
        if name == "Integration":
            StatusSnapshotFactory(project=project, state=SnapshotState.SUBMITTED, light_overall=Light.YELLOW)
    UserFactory(username="leder", first_name="Lise", roles=[Role.MANAGER])


@pytest.fixture
def manager(page, login, portfolio):
    login(page, "leder")
    return page


def test_charts_are_drawn_with_their_figures_beside_them(manager, axe):
    manager.goto("/overblik/")
    expect(manager.locator("#pools .chart-plot svg.main-svg").first).to_be_visible()
    figures = manager.locator("#projects .chart-plot text.bartext")
    expect(figures).to_have_text(["500.000", "185.000", "250.000", "92.500"])
    expect(manager.locator("#projects table tbody tr").first).to_have_text(
        re.compile("Integration *500.000 *250.000 *–")
    )
    axe(manager)


def test_a_filter_changes_the_page_stays_in_the_address_and_survives_reload_and_back(manager):
    manager.goto("/overblik/")
    manager.get_by_label("Samlet lys").select_option("yellow")
    expect(manager.locator(TABLE_ROWS)).to_have_count(1)
    expect(manager.locator("#overview-shown")).to_have_text("Viser 1 af 2 projekter.")
    expect(manager).to_have_url(re.compile(r"/overblik/\?month=\d{4}-\d{2}&light=yellow$"))
    expect(manager.locator("#projects .chart-plot .bars .point").first).to_be_visible()

    manager.reload()
    expect(manager.locator(TABLE_ROWS)).to_have_count(1)
    expect(manager.get_by_label("Samlet lys")).to_have_value("yellow")

    manager.get_by_label("Månedsstatus").select_option("missing")
    expect(manager.get_by_text("Ingen projekter passer")).to_be_visible()
    manager.go_back()
    expect(manager.locator(TABLE_ROWS)).to_have_count(1)
    expect(manager.get_by_label("Månedsstatus")).to_have_value("")

    manager.get_by_role("link", name="Ryd filtre").click()
    expect(manager.locator(TABLE_ROWS)).to_have_count(2)
    expect(manager).to_have_url(re.compile(r"/overblik/$"))


def test_columns_are_sorted_by_keyboard_and_focus_stays(manager):
    manager.goto("/overblik/")
    heading = manager.locator("#sort-granted")
    heading.focus()
    manager.keyboard.press("Enter")
    expect(manager.locator("th[aria-sort]")).to_have_text(re.compile("Bevilget"))
    expect(manager.locator(TABLE_ROWS).first).to_contain_text("Integration")
    expect(heading).to_be_focused()
    manager.keyboard.press("Enter")
    expect(manager.locator(TABLE_ROWS).first).to_contain_text("Mentorer")
    manager.get_by_label("Enhed med underenheder").select_option(label="Beskæftigelse")
    expect(manager).to_have_url(re.compile("unit=.*sort=granted"))
    expect(manager.locator(TABLE_ROWS).first).to_contain_text("Mentorer")


def test_it_all_works_without_scripts(new_page, login, portfolio):
    page = new_page(java_script_enabled=False)
    login(page, "leder")
    page.goto("/overblik/")
    page.get_by_label("Samlet lys").select_option("yellow")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator(TABLE_ROWS)).to_have_count(1)
    expect(page.locator("#projects table tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("light=yellow"))


def test_the_file_is_downloaded(manager):
    manager.goto("/overblik/?light=yellow")
    with manager.expect_download() as download:
        manager.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()] == ["Projekt", "Integration"]


@pytest.mark.parametrize("viewport", [PHONE])
@pytest.mark.parametrize(("user", "address"), [("leder", "/overblik/"), ("leder", "/"), ("sagsbehandler", "/")])
def test_pages_fit_a_telephone(page, login, portfolio, axe, user, address):
    login(page, user)
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert overflow(page) == 0
    axe(page)


def test_front_page_leads_to_what_waits(page, login, portfolio, axe):
    login(page, "sagsbehandler")
    page.goto("/")
    expect(page.get_by_role("heading", name="Én status mangler for november 2017.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Udfyld Mentorer").press("Enter")
    expect(page).to_have_url(re.compile("/projekter/mentorer/status/2017-11/$"))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_figure_leads_to_its_rows_and_a_view_is_kept_and_let_go(manager, axe, width):
    manager.set_viewport_size({"width": width, "height": 900})
    manager.goto("/overblik/?light=yellow")
    axe(manager)
    manager.locator(".overview-table tfoot a.drill").nth(1).click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Posteringer")
    expect(manager.locator("tfoot .total .num")).to_have_text(re.compile("250.000,00"))
    axe(manager)
    manager.go_back()
    manager.get_by_role("link", name="Gem visningen").click()
    manager.get_by_label("Navn").fill("Gule projekter")
    axe(manager)
    manager.get_by_role("button", name="Gem").click()
    manager.get_by_role("link", name="Gule projekter").click()
    expect(manager).to_have_url(re.compile(r"/overblik/\?light=yellow$"))
    manager.get_by_role("button", name="Slet visningen “Gule projekter”").click()
    expect(manager.get_by_role("link", name="Gule projekter")).to_have_count(0)
