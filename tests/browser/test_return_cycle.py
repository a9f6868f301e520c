"""A month goes to and fro: sent, returned by section, mended, sent again, approved by another, and opened again."""

import pytest
from playwright.sync_api import expect

from projects.models import MailMessage
from tests.chromium import PHONE, overflow
from tests.integration_month import integration_month
from tests.projects.actions.test_snapshots import sent

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = "/projekter/integration/status/2017-11/"
MISSING, WRONG = "Under mentor mangler én borger.", "Tallet for Syrien er et andet."


@pytest.fixture
def world():
    world = integration_month()
    sent(world)
    return world


@pytest.fixture
def writer(page, login, world):
    login(page, world.caseworker)
    return page


@pytest.fixture
def manager(new_page, login, world):
    page = new_page(viewport=PHONE)
    login(page, world.manager)
    return page


def test_returned_mended_approved_by_another_and_opened_again_with_a_trace(writer, manager, axe):
    return_one_section(manager, axe)
    mend_and_send(writer, axe)
    approve_what_changed(manager)
    ask_for_a_correction(manager)
    writer.goto(MONTH)
    expect(writer.get_by_text(WRONG)).to_be_visible()
    told = [(mail.recipient.username, mail.subject) for mail in MailMessage.objects.order_by("pk")]
    subjects = ("Returneret: Integration, november 2017", "Skal rettes: Integration, november 2017")
    assert told == [(name, subject) for subject in subjects for name in ("sagsbehandler", "kollega")]

    manager.goto("/projekter/integration/historik/")
    for words in ("blev returneret", "blev godkendt", "bad om en rettelse", WRONG):
        expect(manager.get_by_text(words).first).to_be_visible()


def return_one_section(page, axe) -> None:
    page.goto(f"{MONTH}vis/")
    page.get_by_role("group").filter(has_text="Hvor er de nu?").get_by_text("Hvor er de nu?", exact=True).click()
    page.get_by_label("Hvad skal rettes i “Hvor er de nu?”").fill(MISSING)
    axe(page)
    page.get_by_role("button", name="Returnér statussen").click()
    expect(page.get_by_role("region", name="Returneret")).to_contain_text(MISSING)
    assert overflow(page) == 0


def mend_and_send(page, axe) -> None:
    page.goto("/")
    expect(page.get_by_text(MISSING)).to_be_visible()
    page.goto(MONTH)
    table = page.get_by_role("group", name="Hvor er de nu?", exact=True)
    expect(table.get_by_text(MISSING)).to_be_visible()
    table.get_by_label("I praktik", exact=True).fill("3")
    table.get_by_label("“Hvor er de nu?” er rettet").check()
    axe(page)
    page.get_by_role("button", name="Send til godkendelse").first.click()
    expect(page.get_by_role("heading", name="Siden den blev returneret")).to_be_visible()


def approve_what_changed(page) -> None:
    page.reload()
    since = page.get_by_role("region", name="Siden den blev returneret")
    expect(since).to_contain_text("rettet, siger Sara Sag")
    expect(since).to_contain_text("I praktik")
    page.get_by_role("button", name="Godkend", exact=True).click()
    expect(page.get_by_text("Statussen er godkendt og låst.")).to_be_visible()


def ask_for_a_correction(page) -> None:
    page.get_by_label("Begrundelse").fill(WRONG)
    page.get_by_role("button", name="Bed om en rettelse").click()
    expect(page.get_by_text("Sagsbehandleren er bedt om en rettelse.")).to_be_visible()
