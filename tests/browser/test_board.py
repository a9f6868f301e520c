"""The prioritisation by mouse, by keyboard alone and without script; and one alternative adopted."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from projects.enums import ProposalState, Role
from projects.models import BudgetLine, PoolYear, Project, Scenario, User
from projects.queries.boards import board
from tests.chromium import DESKTOP, PHONE
from tests.factories import EstimateLineFactory, MeetingFactory, PoolYearFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "/puljer/GENINV-2016/prioritering/"
NAMES = ("Mentorkorps", "Gruppeforløb", "Rusmidler", "Autisme")


@pytest.fixture
def year() -> PoolYear:
    year = PoolYearFactory(pool__code="GENINV-2016", frame=Decimal(1_000_000))
    for number, name in enumerate(NAMES, start=1):
        proposal = ProposalFactory(pool=year.pool, number=number, title=name, state=ProposalState.SUBMITTED)
        EstimateLineFactory(pool_year=year, proposal=proposal, amount=Decimal(300_000), position=number)
    MeetingFactory(committee=year.pool.committee)
    return year


@pytest.fixture
def manager(year: PoolYear) -> User:
    return UserFactory(first_name="Birgit", last_name="Leder", roles=[Role.MANAGER], roles__unit=year.pool.unit)


def order(page: Any, *names: str) -> None:
    expect(page.locator("[data-sort-row] th .row-link")).to_have_text(names)


def row(page: Any, name: str) -> Any:
    return page.locator("[data-sort-row]", has_text=name)


def rest(page: Any, amount: str) -> None:
    expect(page.locator("[data-rest]")).to_have_text(f"{amount}\u00a0kr.")


def server_rest(year: PoolYear) -> Decimal:
    """Return what the server says is left, to hold against what the browser showed."""
    return board(year.pool, Scenario.objects.get()).tally.years[0].rest


@pytest.mark.parametrize("viewport", [DESKTOP])
def test_by_mouse(page: Any, login: Callable[..., None], axe: Callable[[Any], None], year: PoolYear, manager: User):
    login(page, manager)
    page.goto(BOARD)
    order(page, *NAMES)
    rest(page, "−200.000")
    expect(page.locator("[data-cut]")).to_be_visible()
    handle = row(page, "Autisme").locator("[data-sort-handle]")
    handle.drag_to(row(page, "Mentorkorps").locator("th"))
    order(page, "Autisme", "Mentorkorps", "Gruppeforløb", "Rusmidler")
    expect(page.get_by_text("Autisme er nu nummer 1 af 4.")).to_be_attached()
    page.get_by_label("Rusmidler er med").uncheck()
    rest(page, "100.000")
    expect(page.locator("[data-cut]")).to_be_hidden()
    page.get_by_label("Autisme, beløb i 2016").fill("400.000,50")
    rest(page, "−1")
    page.get_by_label("Alternativets navn").fill("Autisme først")
    page.get_by_role("button", name="Gem som et alternativ").click()
    expect(page.get_by_text("Alternativet er gemt.")).to_be_visible()
    order(page, "Autisme", "Mentorkorps", "Gruppeforløb", "Rusmidler")
    assert server_rest(year) == Decimal("-0.50")
    expect(page.locator("[data-cut]")).to_be_visible()
    axe(page)


def tab_to(page: Any, target: Any) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard never reaches it")


@pytest.mark.parametrize("viewport", [DESKTOP])
def test_by_keyboard_to_an_adopted_alternative(
    page: Any, login: Callable[..., None], axe: Callable[[Any], None], year: PoolYear, manager: User
):
    login(page, manager)
    page.goto(BOARD)
    tab_to(page, page.get_by_role("button", name="Flyt Rusmidler op"))
    page.keyboard.press("Enter")
    order(page, "Mentorkorps", "Rusmidler", "Gruppeforløb", "Autisme")
    place = page.get_by_label("Plads for Autisme")
    tab_to(page, place)
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(place).to_have_value("1")
    order(page, "Autisme", "Mentorkorps", "Rusmidler", "Gruppeforløb")
    tab_to(page, page.get_by_label("Gruppeforløb er med"))
    page.keyboard.press("Space")
    rest(page, "100.000")
    tab_to(page, page.get_by_label("Alternativets navn"))
    page.keyboard.type("Tre i alt")
    tab_to(page, page.get_by_role("button", name="Gem som et alternativ"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tre i alt")).to_be_visible()
    assert server_rest(year) == Decimal(100_000)
    tab_to(page, page.get_by_role("link", name="Vedtag"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 forslag bevilges")).to_be_visible()
    axe(page)
    tab_to(page, page.get_by_role("textbox", name="Begrundelse"))
    page.keyboard.type("Udvalget følger indstillingen.")
    tab_to(page, page.get_by_label("Projekterne begynder"))
    page.keyboard.type("1/4-2016")
    tab_to(page, page.get_by_role("button", name="Vedtag og bevilg"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alternativet er vedtaget: 3 projekter er oprettet.")).to_be_visible()
    assert sum(line.amount for line in BudgetLine.objects.all()) == Decimal(900_000)
    assert set(Project.objects.values_list("name", flat=True)) == {"Autisme", "Mentorkorps", "Rusmidler"}
    axe(page)


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_without_script(
    new_page: Callable[..., Any], login: Callable[..., None], year: PoolYear, manager: User
):
    page = new_page(java_script_enabled=False)
    login(page, manager)
    page.goto(BOARD)
    page.get_by_role("button", name="Flyt Autisme op").click()
    order(page, "Mentorkorps", "Gruppeforløb", "Autisme", "Rusmidler")
    page.get_by_label("Rusmidler er med").uncheck(force=True)
    page.get_by_role("button", name="Regn sammen igen").last.click()
    rest(page, "100.000")
    page.get_by_label("Alternativets navn").fill("På telefonen")
    page.get_by_role("button", name="Gem som et alternativ").click()
    expect(page.get_by_text("Alternativet er gemt.")).to_be_visible()
    assert server_rest(year) == Decimal(100_000)
