"""A case story from its first words to the day it may no longer be told."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from projects.enums import Role
from projects.models import CaseStory
from tests.chromium import PHONE
from tests.factories import ProjectAssignmentFactory, ProjectFactory, UserFactory

PROJECT = "/projekter/integration/"
NAME = "Fra sygemelding til fleksjob"


@pytest.fixture
def writer(page, login):
    login(page, ProjectAssignmentFactory(project=ProjectFactory(code="integration", name="Integration")).user)
    return page


@pytest.fixture
def reader(new_page, login, writer):
    page = new_page(viewport=PHONE)
    login(page, UserFactory(first_name="Lone", last_name="Leder", roles=[Role.MANAGER]))
    return page


def test_a_story_is_written_returned_mended_read_approved_and_runs_out(writer, reader, axe):
    begin(writer, axe)
    complete(writer)
    send_back(reader, writer.url, axe)
    writer.reload()
    expect(writer.get_by_text("Telefonnummeret skal væk.")).to_be_visible()
    change(writer, Situationen="En borger var sygemeldt længe.")
    expect(writer.get_by_text("Telefonnummeret skal væk.")).to_have_count(0)

    reader.reload()
    reader.get_by_role("button", name="Jeg har læst den og genkender ingen").click()
    reader.get_by_role("button", name="Godkend historien").click()
    expect(reader.get_by_text("Godkendt, må fortælles til og med")).to_be_visible()
    CaseStory.objects.update(expires_on=date.today() - timedelta(days=1))
    reader.goto(PROJECT)
    expect(reader.get_by_text("trykkes ingen steder")).to_be_visible()


def begin(page, axe) -> None:
    page.goto(PROJECT)
    page.get_by_role("link", name="Skriv en borgerhistorie").click()
    page.get_by_label("Titel").fill(NAME)
    page.get_by_label("Situationen").fill("En borger var sygemeldt længe. Ring 40 40 40 40.")
    axe(page)
    page.get_by_role("button", name="Gem historien").click()
    missing = page.get_by_role("region", name="Før den kan fortælles")
    for label in ("Indsatsen", "Resultatet", "Samtykke", "Må fortælles til og med"):
        expect(missing.get_by_text(label, exact=True)).to_be_visible()
    expect(page.get_by_text("“40 40 40 40” ligner et telefonnummer.")).to_be_visible()


def complete(page) -> None:
    until = (date.today() + timedelta(days=300)).strftime("%d.%m.%Y")
    change(page, Indsatsen="En mentor.", Resultatet="Ti timer.", Samtykke="Mundtligt.", **{"Må fortælles til": until})
    expect(page.get_by_text("Du har selv skrevet den.")).to_be_visible()


def change(page, **texts: str) -> None:
    page.get_by_role("link", name="Ret historien").click()
    for label, text in texts.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Gem historien").click()
    expect(page.get_by_text("Historien er gemt.")).to_be_visible()


def send_back(page, address: str, axe) -> None:
    page.goto(address)
    axe(page)
    page.get_by_text("Returnér den til forfatteren").click()
    page.get_by_label("Begrundelse").fill("Telefonnummeret skal væk.")
    page.get_by_role("button", name="Returnér").click()
    expect(page.get_by_text("Returneret af Lone Leder")).to_be_visible()
    expect(page.get_by_role("button", name="Jeg har læst den")).to_have_count(0)
