"""Writing in the note in a browser: saved while typing, the paper following, figures that say where they come from."""

import pytest
from playwright.sync_api import expect

from reports.actions.composing import add_headings
from reports.models import NoteEdit, NoteSection
from tests.chromium import DESKTOP, PHONE, overflow
from tests.reports.note_cases import note_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(live_server):
    case = note_case()
    add_headings(note=case.note, by=case.secretary)
    return case


def open_section(page, login, case, code="raadgiver"):
    login(page, case.secretary)
    page.goto(f"/notater/{case.note.pk}/tekst/{code}/")
    return page


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_pages_fit_and_can_be_read_by_everyone(page, login, case, axe):
    open_section(page, login, case, "integration")
    part = case.note.parts.get(kind="decisions").pk
    for address in ("tekst/integration/", f"overskrift/{part}/", "kladder/", ""):
        page.goto(f"/notater/{case.note.pk}/{address}")
        axe(page)
        assert overflow(page) == 0


def test_what_is_typed_is_saved_and_stands_on_the_paper_and_can_be_taken_back(page, login, case):
    open_section(page, login, case)
    text = page.get_by_role("textbox", name="Status i ord")
    original = text.input_value()
    text.fill("Brugen af rådgiveren er vokset fra 18 til 35 familier.")
    page.get_by_text("Gemt kl.").wait_for()
    paper = page.locator("#text-paper")
    expect(paper).to_contain_text("fra 18 til 35 familier")
    # A second save goes on from the first: the page knows the new version.
    text.press_sequentially(" Det er mange.")
    paper.get_by_text("Det er mange.").wait_for()
    assert NoteEdit.objects.get().text.endswith("Det er mange.")
    assert NoteSection.objects.get(project__code="raadgiver").version >= 3
    page.get_by_text("Afviger fra statussen").click()
    page.get_by_role("button", name="Brug statussens tekst").click()
    paper.get_by_text("en fordobling af brugen").wait_for()
    expect(text).to_have_value(original)
    assert NoteEdit.objects.count() == 0


def test_a_second_tab_is_told_and_its_text_stays(page, new_page, login, case, watch):
    watch.allow("409")
    open_section(page, login, case)
    other = open_section(new_page(), login, case)
    page.get_by_role("textbox", name="Status i ord").fill("Fra den ene fane.")
    page.get_by_text("Gemt kl.").wait_for()
    text = other.get_by_role("textbox", name="Status i ord")
    text.fill("Fra den anden fane.")
    other.get_by_role("heading", name="En kollega har gemt notatet imens").wait_for()
    expect(text).to_have_value("Fra den anden fane.")
    assert NoteEdit.objects.get().text == "Fra den ene fane."


def test_what_is_printed_is_chosen_and_moved_by_keyboard_alone(page, login, case):
    open_section(page, login, case, "integration")
    page.get_by_label("Tabel: økonomi").focus()
    page.keyboard.press("Space")
    page.get_by_text("Gemt kl.").wait_for()
    button = page.get_by_role("button", name="Flyt Lys og kommentarer ned")
    button.focus()
    page.keyboard.press("Enter")
    page.locator('#text-version[value="3"]').wait_for(state="attached")
    section = NoteSection.objects.get(project__code="integration")
    assert section.exhibits[:2] == [["economy", False], ["lights", True]]


def test_figures_say_where_they_come_from_by_mouse_and_by_keyboard(page, login, case):
    open_section(page, login, case, "integration")
    cell = page.locator("#text-paper td", has_text="22")
    cell.hover()
    tip = page.locator(".figure-tip")
    expect(tip).to_contain_text("Syrien, Antal: 22")
    expect(tip).to_contain_text("Integration, november 2017, revision 1, godkendt af")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("#text-paper .exhibit").first.focus()
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("Bevilget: 500.000")
