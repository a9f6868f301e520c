"""The pages of papers beside the notes, read by everyone on a telephone; one of them without logging in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.enums import Role
from reports.enums import PaperKind
from tests.chromium import PHONE, overflow
from tests.factories import (
    LetterQuestionFactory,
    ProjectPageFactory,
    PublicPaperFactory,
    UserFactory,
)


@pytest.mark.parametrize("viewport", [PHONE])
def test_every_page_fits_and_can_be_read_by_everyone(page, login, axe, live_server):
    question, begun, shown = LetterQuestionFactory(), PublicPaperFactory(), ProjectPageFactory()
    report = [PaperKind.CLOSING, begun.paper.of]
    page.goto(reverse("reports:public-project", args=[shown.project.code]))
    axe(page)
    assert overflow(page) == 0
    login(page, UserFactory(roles=[Role.SECRETARY]))
    for name, where in (
        ("paper-list", []),
        ("paper-show", report),
        ("paper-version", [*report, 1]),
        ("paper-public", [*report, 1]),
        ("paper-public", [PaperKind.CLOSING, shown.project.code, 1]),
        ("letter-edit", [question.letter_id]),
        ("question-edit", [question.letter_id, question.pk]),
    ):
        page.goto(reverse(f"reports:{name}", args=where))
        axe(page)
        assert overflow(page) == 0, name


def test_a_letter_saves_itself_and_two_tabs_choose(page, new_page, login, watch):
    watch.allow("409")
    question = LetterQuestionFactory()
    here = reverse("reports:question-edit", args=[question.letter_id, question.pk])
    writer, other = UserFactory(roles=[Role.SECRETARY]), new_page()
    for tab in (page, other):
        login(tab, writer)
        tab.goto(here)
    page.get_by_role("textbox", name="Svar").fill("110 i alt.")
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.", timeout=10_000)
    other.get_by_role("textbox", name="Svar").fill("111 i alt.")
    other.get_by_role("button", name="Se forskellene").click(timeout=10_000)
    expect(other.get_by_role("radio", name="Svar: Behold mit")).to_be_checked()
    expect(other.locator("#differences")).to_be_focused()
    other.get_by_role("button", name="Gem med disse valg").click()
    expect(other.get_by_text("Spørgsmålet er gemt.")).to_be_visible()
    question.refresh_from_db()
    assert question.answer == "111 i alt."
