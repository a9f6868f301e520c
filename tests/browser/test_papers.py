"""The pages of papers beside the notes, read by everyone on a telephone; one of them without logging in."""

import pytest
from django.urls import reverse

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
