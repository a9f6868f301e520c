"""Composing a note in a browser: by keyboard, by mouse, without JavaScript, on a phone; refused first, then issued."""

import re

import pytest
from playwright.sync_api import expect

from projects.enums import SnapshotState
from reports.models import NoteVersion, StatusNote
from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import StatusSnapshotFactory, approved
from tests.reports.note_cases import AS_OF, included, note_case, status

pytestmark = pytest.mark.django_db(transaction=True)

# Milliseconds. The first paper loads the PDF library and the charts', which takes a while on a busy machine.
A_PAPER = 60_000


@pytest.fixture
def case(live_server):
    return note_case()


@pytest.fixture
def compose(page, login, case, worker):
    login(page, case.secretary)
    page.goto(f"/notater/{case.note.pk}/")
    return page


def order(page, *names: str) -> None:
    expect(page.locator(".note-project .form-label")).to_have_text(names)


def issue(page) -> None:
    page.get_by_role("button", name="Udsend nu").click(timeout=A_PAPER)
    page.wait_for_url("**/version/1/", timeout=A_PAPER)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_pages_fit_and_can_be_read_by_everyone(compose, case, axe):
    page = compose
    axe(page)
    assert overflow(page) == 0
    page.get_by_role("button", name="Udsend notatet").click()
    expect(page.get_by_role("button", name="Udsend nu")).to_be_visible()
    axe(page)
    issue(page)
    axe(page)
    assert overflow(page) == 0
    for address in ("/notater/", "/notater/nyt/", f"/notater/{case.note.pk}/"):
        page.goto(address)
        axe(page)
        assert overflow(page) == 0


def test_projects_are_ordered_by_keyboard_and_the_move_is_told(compose, case):
    page = compose
    order(page, "Integration", "Housing First", "Frivillig økonomisk rådgiver")
    down = page.get_by_role("button", name="Flyt Integration ned")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    order(page, "Housing First", "Frivillig økonomisk rådgiver", "Integration")
    expect(page.locator("[data-moved]")).to_have_text("Integration er nu nummer 3 af 3.")
    expect(down).to_be_focused()
    page.get_by_label("Housing First", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    assert included(case.note) == ["raadgiver", "integration"]
    page.get_by_label("Titel").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#note-form .note-project").first).to_contain_text("Housing First")


def test_two_tabs_choose_field_by_field_and_the_checklist_follows_what_is_saved(compose, new_page, login, case, watch):
    watch.allow("409")
    page, other = compose, new_page()
    login(other, case.secretary)
    other.goto(f"/notater/{case.note.pk}/")
    page.get_by_role("textbox", name="Indledning").fill("Afsnittet kommer -> Bodil")
    expect(page.get_by_role("heading", name="1 ting står i vejen")).to_be_visible(timeout=A_PAPER)
    page.get_by_label("Titel").fill("Fra den ene fane")
    page.get_by_role("link", name="“->” ligner kladdetekst").click()
    expect(page.get_by_role("textbox", name="Indledning")).to_be_focused()
    expect(page.locator("#note-form [name=version]")).to_have_value("3", timeout=A_PAPER)

    other.get_by_role("textbox", name="Indledning").fill("Fra den anden fane")
    other.get_by_role("button", name="Se forskellene").click()
    expect(other.get_by_role("heading", name="gemte, mens du skrev")).to_be_visible()
    expect(other.get_by_role("radio", name="Titel: Brug den gemte")).to_be_checked()
    expect(other.get_by_role("radio", name="Indledning: Behold mit")).to_be_checked()
    other.get_by_role("button", name="Gem med disse valg").click()
    expect(other.get_by_text("Notatet er gemt.")).to_be_visible()
    expect(other.get_by_role("heading", name="Klar til at blive udsendt")).to_be_visible()
    case.note.refresh_from_db()
    assert (case.note.title, case.note.introduction) == ("Fra den ene fane", "Fra den anden fane")


def test_projects_are_dragged_by_their_handles(compose, case):
    page = compose
    handles = page.locator("[data-handle]")
    handles.nth(2).drag_to(page.locator(".note-project").nth(0), target_position={"x": 40, "y": 5})
    order(page, "Frivillig økonomisk rådgiver", "Integration", "Housing First")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Notatet er gemt.").wait_for()
    assert included(case.note) == ["raadgiver", "integration", "housing-first"]


def test_all_works_without_javascript(new_page, login, case, worker):
    page = new_page(java_script_enabled=False)
    login(page, case.secretary)
    page.goto(f"/notater/{case.note.pk}/")
    page.get_by_role("textbox", name="Indledning").fill("Skrevet uden JavaScript")
    page.get_by_role("button", name="Flyt Housing First op").click()
    page.wait_for_url("**#projekt-*")
    order(page, "Housing First", "Integration", "Frivillig økonomisk rådgiver")
    expect(page.get_by_role("textbox", name="Indledning")).to_have_value("Skrevet uden JavaScript")
    page.get_by_role("button", name="Udsend notatet").click(timeout=A_PAPER)
    page.wait_for_url("**/version/1/", timeout=A_PAPER)
    assert NoteVersion.objects.count() == 1


def test_a_note_is_refused_then_mended_then_issued_as_a_file_that_stays(compose, case, watch):
    watch.allow("409")
    page = compose
    page.get_by_role("textbox", name="Indledning").fill("Afsnittet kommer -> Bodil")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("heading", name="1 ting står i vejen").wait_for()
    page.wait_for_load_state()

    # It looks disabled, but it is the server that refuses.
    page.get_by_role("button", name="Udsend notatet").press("Enter")
    page.get_by_text("Notatet kan ikke udsendes endnu").wait_for()
    page.wait_for_load_state()
    assert NoteVersion.objects.count() == 0

    page.get_by_role("textbox", name="Indledning").fill("Udvalget får en samlet status.")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("heading", name="Klar til at blive udsendt").wait_for()
    page.wait_for_load_state()
    page.get_by_role("button", name="Udsend notatet").click()
    page.get_by_role("button", name="Annuller").click()
    expect(page.get_by_role("button", name="Udsend nu")).to_be_hidden()
    assert NoteVersion.objects.count() == 0
    page.get_by_role("button", name="Udsend notatet").click()
    page.get_by_role("button", name="Udsend nu").dblclick(timeout=A_PAPER)
    page.wait_for_url("**/version/1/", timeout=A_PAPER)

    version = NoteVersion.objects.get()
    expect(page.get_by_text(version.pdf_sha256)).to_be_visible()
    answer = page.request.get(page.get_by_role("link", name=re.compile("^PDF, ")).get_attribute("href"))
    assert answer.body() == bytes(version.pdf)


def test_the_dialog_says_when_the_page_holds_more_than_is_saved(compose):
    page = compose
    page.get_by_label("Titel").fill("En ny titel")
    page.get_by_role("button", name="Udsend notatet").click()
    expect(page.get_by_text("Du har ændringer på siden, der ikke er gemt")).to_be_visible()


def test_a_missing_status_is_shown_with_the_way_to_it(page, login, case):
    late = status(case.pool, code="sen", name="Sent projekt", as_of=AS_OF)
    case.note.sections.create(project=late.project, position=9)
    login(page, case.secretary)
    page.goto(f"/notater/{case.note.pk}/")
    row = page.locator(".note-project", has_text="Sent projekt")
    expect(row.locator(".state")).to_have_text("Kladde")
    row.get_by_role("link", name=re.compile("Gå til statussen")).click()
    page.wait_for_url("**/projekter/sen/status/2017-11/**")
    late.refresh_from_db()
    approved(late)
    page.goto(f"/notater/{case.note.pk}/")
    expect(page.get_by_role("heading", name="Klar til at blive udsendt")).to_be_visible()


def test_data_that_changed_after_the_issue_is_told_and_becomes_version_2(compose, case):
    page = compose
    page.get_by_role("button", name="Udsend notatet").click()
    issue(page)
    project = case.projects["housing-first"]
    approved(
        StatusSnapshotFactory(
            project=project,
            revision=2,
            correction_reason="Et tal.",
            state=SnapshotState.DRAFT,
            as_of=AS_OF,
            narrative="Et tal er rettet.",
        )
    )
    page.goto(f"/notater/{case.note.pk}/")
    expect(page.get_by_text("Data er ændret siden version 1")).to_be_visible()
    page.get_by_label("Hvorfor er der en ny version?").fill("Housing First er rettet.")
    page.get_by_role("button", name="Udsend version 2").click()
    page.get_by_role("button", name="Udsend nu").click(timeout=A_PAPER)
    page.wait_for_url("**/version/2/", timeout=A_PAPER)
    expect(page.get_by_text("Housing First er rettet.")).to_be_visible()
    assert StatusNote.objects.get().versions.count() == 2


def test_the_preview_opens_as_a_file_in_a_new_tab(compose, axe, watch):
    watch.allow("404")  # a browser that shows a file asks for an icon of its own
    draft = compose.context.expect_event("response", lambda answer: answer.url.endswith("/udkast.pdf"), timeout=A_PAPER)
    with draft as file:
        with compose.expect_popup() as opened:
            compose.get_by_role("button", name=re.compile(r"Forhåndsvis \(PDF\)")).click()
        tab = opened.value
        tab.get_by_role("heading", name="Udkastet laves").wait_for()
        axe(tab)
    # Whether it then is shown or kept is the browser's affair: one without windows keeps it.
    assert file.value.headers["content-disposition"].startswith("inline;")
    assert tab.request.get(file.value.url).body().startswith(b"%PDF")
