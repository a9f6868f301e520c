"""A proposal in a real browser, from the first draft to the project it becomes; and what goes wrong on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from projects.enums import ProposalState, Role
from projects.models import BudgetLine, PoolYear, Project, Proposal, User
from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import (
    BudgetLineFactory,
    FteRateFactory,
    MeetingFactory,
    OrgUnitFactory,
    PoolYearFactory,
    ProposalCostFactory,
    ProposalFactory,
    RoleAssignmentFactory,
    StrategicGoalFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/forslag/nyt/"
YEAR = re.compile(r"^År\b")
TEXTS = {
    "Hvilken udfordring skal løses?": "Unge står alene uden netværk.",
    "Beskrivelse af indsatsen": "Et korps af frivillige mentorer.",
    "Forventede resultater": "Flere unge i uddannelse.",
    "Motivering": "Det støtter kerneopgaven.",
}


@dataclass
class World:
    year: PoolYear
    proposer: User
    manager: User
    caseworker: User


@pytest.fixture
def world() -> World:
    unit = OrgUnitFactory(name="Beskæftigelse")
    year = PoolYearFactory(pool__code="GENINV-2016", pool__name="Geninvesteringspuljen 2016", pool__unit=unit)
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=year.frame - 200_000)
    FteRateFactory()
    StrategicGoalFactory(code="1", name="Færre langtidsledige")
    TargetGroupFactory(name="Unge under 30")
    MeetingFactory(committee=year.pool.committee)
    proposer = UserFactory(first_name="Emil", last_name="Forslag")
    RoleAssignmentFactory(user=proposer, role=Role.PROPOSER, unit=unit)
    manager = UserFactory(first_name="Birgit", last_name="Leder", roles=[Role.MANAGER], roles__unit=unit)
    caseworker = UserFactory(first_name="Sofie", last_name="Sagsbehandler", roles=[Role.CASEWORKER])
    return World(year, proposer, manager, caseworker)


def cost(page: Any, number: int) -> Any:
    return page.get_by_role("group", name="Linje i økonomien").nth(number)


def type_proposal(page: Any) -> None:
    for label, text in TEXTS.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Målgruppen i ord").fill("Unge uden netværk")
    page.get_by_label("1 Færre langtidsledige").check()


def write_and_send(page: Any, axe: Callable[[Any], None]) -> None:
    type_proposal(page)
    cost(page, 0).get_by_label("Udgift til").fill("Koordinator")
    cost(page, 0).get_by_label(YEAR).fill("2016")
    cost(page, 0).get_by_label("Årsværk").fill("0,5")
    expect(cost(page, 0).locator("output")).to_have_text("185.000\u00a0kr.")
    page.get_by_role("button", name="Tilføj en linje").click()
    expect(cost(page, 1).get_by_label("Udgift til")).to_be_focused()
    cost(page, 1).get_by_label("Udgift til").fill("Møder")
    expect(cost(page, 1).get_by_label(YEAR)).to_have_value("2016")
    cost(page, 1).get_by_label("eller beløb").fill("15.000")
    cost(page, 1).get_by_label("Hvordan beløbet er fundet").fill("Sidste års udgift")
    expect(page.locator("[data-economy] [data-economy-total]")).to_have_text("200.000\u00a0kr.")
    page.get_by_role("button", name="Tilføj en linje").click()
    cost(page, 2).get_by_label("Udgift til").fill("Fortrudt")
    cost(page, 2).get_by_label("eller beløb").fill("1.000")
    expect(page.locator("[data-economy] [data-economy-total]")).to_have_text("201.000\u00a0kr.")
    cost(page, 2).get_by_role("button", name="Fjern").click()
    expect(page.locator("[data-economy] [data-economy-total]")).to_have_text("200.000\u00a0kr.")
    give_back(page)
    page.get_by_role("button", name="Gem og send").click()
    expect(page.get_by_text("Forslaget er sendt til dem, der afgør puljens forslag.")).to_be_visible()
    expect(page.get_by_role("row", name="I alt")).to_contain_text("200.000\u00a0kr.")
    expect(page.get_by_role("row", name="Social Omsorg")).to_contain_text("Inden for")
    axe(page)


def give_back(page: Any) -> None:
    """Write what it gives back in two years; it is stored by the form's one save."""
    lines = page.get_by_role("group", name="Linje i afkastet")
    lines.nth(0).get_by_label(YEAR).fill("2017")
    lines.nth(0).get_by_label("Hvor det falder").fill("Social Omsorg")
    lines.nth(0).get_by_label("Servicerammen").select_option(label="Inden for servicerammen")
    lines.nth(0).get_by_label("Forventet").fill("120.000")
    page.get_by_role("button", name="Tilføj et år eller et sted").click()
    expect(lines.nth(1).get_by_label(YEAR)).to_be_focused()
    lines.nth(1).get_by_label("Hvor det falder").fill("Regionen")
    lines.nth(1).get_by_label("Forventet").fill("30.000")
    expect(page.locator("[data-returns] output")).to_have_text("150.000\u00a0kr.")


def grant(page: Any, world: World, axe: Callable[[Any], None]) -> None:
    page.get_by_role("link", name="Mentorkorps for unge").first.click()
    page.get_by_role("link", name="Afgør").click()
    expect(page.get_by_label("Beløb for 2016")).to_have_value("200.000")
    axe(page)
    page.get_by_label("Beløb for 2016").fill("200.001")
    page.get_by_label("Begrundelse").fill("Udvalget følger indstillingen.")
    page.get_by_label("Start").fill("1/4-2016")
    page.get_by_label("Sagsbehandler").select_option(label=str(world.caseworker))
    page.get_by_role("button", name="Bevilg", exact=True).click()
    refused = "Puljen har 200.000\u00a0kr. tilbage, men bevillingen er på 200.001\u00a0kr.: Der mangler 1\u00a0kr."
    expect(page.locator("#main-content").get_by_text(refused).first).to_be_visible()
    assert not Project.objects.filter(proposal__isnull=False).exists()

    page.get_by_label("Beløb for 2016").fill("200.000")
    page.get_by_role("button", name="Bevilg", exact=True).dblclick()
    expect(page).to_have_url(re.compile(r"/projekter/mentorkorps-for-unge/$"))
    expect(page.get_by_text("er bevilget, og projektet er oprettet.")).to_be_visible()
    axe(page)


def test_from_a_draft_to_a_project(world, page, new_page, login, axe, watch):
    watch.allow("422")
    login(page, world.proposer)
    page.goto("/forslag/")
    page.get_by_role("link", name="Nyt forslag").first.click()
    page.wait_for_url(f"**{NEW}**")
    axe(page)
    page.get_by_label("Titel").fill("Mentorkorps for unge")
    page.get_by_role("button", name="Gem og send").click()
    # Too early: the draft is saved, and everything that is missing is said beside its field.
    expect(page.get_by_role("heading", name="Noget skal rettes")).to_be_visible()
    expect(page.locator(".form-group.form-error")).to_have_count(6)
    axe(page)
    write_and_send(page, axe)

    other = new_page()
    login(other, world.manager)
    other.goto("/puljer/GENINV-2016/")
    axe(other)
    other.get_by_role("link", name="Sæt på listen").click()
    expect(other.get_by_label("Beløb")).to_have_value("200.000")
    other.get_by_role("button", name="Gem").click()
    expect(other.get_by_text("Økonomilisten er gemt.")).to_be_visible()
    grant(other, world, axe)
    project = Project.objects.get(proposal__isnull=False)
    assert [line.amount for line in project.budget_lines.all()] == [Decimal(200_000)]
    assert [row.user for row in project.assignments.all()] == [world.caseworker]
    assert sum(line.amount for line in BudgetLine.objects.filter(pool_year=world.year)) == world.year.frame


@pytest.mark.parametrize("viewport", [PHONE])
def test_a_proposal_is_written_on_a_phone(world, page, login, axe):
    login(page, world.proposer)
    page.goto(f"{NEW}?pool=GENINV-2016")
    page.get_by_label("Titel").fill("Mentorkorps for unge")
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    proposal = Proposal.objects.get()
    for path in (f"/forslag/{proposal.pk}/rediger/", f"/forslag/{proposal.pk}/", "/forslag/"):
        page.goto(path)
        axe(page)
        assert overflow(page) == 0, path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_managers_pages_fit_and_can_be_read_aloud(world, page, login, axe):
    proposal = ProposalFactory(pool=world.year.pool, state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=proposal)
    project = Project.objects.get()
    login(page, world.manager)
    for path in (
        "/puljer/",
        "/puljer/ny/",
        "/puljer/GENINV-2016/",
        "/puljer/GENINV-2016/ramme/2016/",
        f"/puljer/GENINV-2016/liste/2016/ny/?proposal={proposal.pk}",
        f"/forslag/{proposal.pk}/afgoer/",
        f"/forslag/{proposal.pk}/afslag/",
        "/projekter/",
        f"/projekter/{project.code}/",
        f"/projekter/{project.code}/budget/ny/",
        f"/projekter/{project.code}/sagsbehandler/",
        f"/projekter/{project.code}/afslut/",
    ):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        assert overflow(page) == 0, path


def test_two_windows_save_themselves_and_the_second_is_asked_which_shall_stand(
    world, page, new_page, login, axe, watch
):
    watch.allow("409")
    proposal = ProposalFactory(pool=world.year.pool, author=world.proposer, title="Mentorkorps")
    edit = f"/forslag/{proposal.pk}/rediger/"
    second = new_page()
    for window in (page, second):
        login(window, world.proposer)
        window.goto(edit)
    page.get_by_label("Motivering").fill("Skrevet i det første vindue")
    cost(page, 0).get_by_label("Udgift til").fill("Koordinator")
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    second.get_by_label("Motivering").fill("Skrevet i det andet vindue")
    second.get_by_role("button", name="Se forskellene").click()
    row = second.get_by_role("row", name="Motivering")
    expect(row).to_contain_text("Skrevet i det første vindue")
    expect(row.get_by_label("Behold mit")).to_be_checked()
    expect(second.get_by_role("row", name="Økonomi pr. år").get_by_label("Brug den gemte")).to_be_checked()
    expect(second.get_by_role("textbox", name="Motivering")).to_have_value("Skrevet i det andet vindue")
    axe(second)
    second.get_by_role("button", name="Gem med disse valg").click()
    expect(second.get_by_text("Kladden er gemt.")).to_be_visible()
    expect(cost(second, 0).get_by_label("Udgift til")).to_have_value("Koordinator")
    proposal.refresh_from_db()
    assert (proposal.motivation, proposal.costs.get().label) == ("Skrevet i det andet vindue", "Koordinator")


def test_what_never_arrived_is_offered_back_with_its_rows(world, page, login, watch):
    watch.allow("ERR_")
    proposal = ProposalFactory(pool=world.year.pool, author=world.proposer, title="Mentorkorps")
    login(page, world.proposer)
    page.goto(f"/forslag/{proposal.pk}/rediger/")
    page.context.set_offline(True)
    for number, label in enumerate(("Koordinator", "Møder", "Kursus")):
        if number:
            page.get_by_role("button", name="Tilføj en linje").click()
        cost(page, number).get_by_label("Udgift til").fill(label)
    expect(page.locator("[data-save-state]")).to_contain_text("Ingen forbindelse")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"/forslag/{proposal.pk}/rediger/")
    page.get_by_role("button", name="Hent den ind").click()
    expect(cost(page, 2).get_by_label("Udgift til")).to_have_value("Kursus")
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    assert [row.label for row in proposal.costs.all()] == ["Koordinator", "Møder", "Kursus"]


def test_without_scripts_the_rows_are_there_and_the_server_adds_up(world, new_page, login):
    page = new_page(java_script_enabled=False)
    login(page, world.proposer)
    page.goto(f"{NEW}?pool=GENINV-2016")
    page.get_by_label("Titel").fill("Mentorkorps")
    for number, (label, fte) in enumerate((("Koordinator", "0,5"), ("Rådgiver", "1"))):
        cost(page, number).get_by_label("Udgift til").fill(label)
        cost(page, number).get_by_label(YEAR).fill("2016")
        cost(page, number).get_by_label("Årsværk").fill(fte)
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_role("link", name="Vis som papir").click()
    expect(page.get_by_role("row", name="I alt")).to_contain_text("555.000\u00a0kr.")


def test_typed_text_survives_a_session_that_ran_out(world, page, login):
    login(page, world.proposer)
    page.goto(f"{NEW}?pool=GENINV-2016")
    page.get_by_label("Titel").fill("Mentorkorps")
    page.get_by_label("Motivering").fill("En lang tekst, der ikke må gå tabt")
    page.context.clear_cookies()
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_label("Brugernavn").fill(world.proposer.username)
    page.get_by_label("Adgangskode").fill("demo")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_label("Motivering")).to_have_value("En lang tekst, der ikke må gå tabt")
    assert not Proposal.objects.exists()
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    assert Proposal.objects.get().motivation == "En lang tekst, der ikke må gå tabt"


def test_an_expired_token_keeps_what_was_typed(world, page, login: Callable[[Any, Any], None]):
    login(page, world.proposer)
    page.goto(f"{NEW}?pool=GENINV-2016")
    page.get_by_label("Titel").fill("Mentorkorps")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((field) => { field.value = 'x' })")
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_label("Titel")).to_have_value("Mentorkorps")
