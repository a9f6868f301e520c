"""Returning and taking back, as the browser does it."""

import pytest

from projects.models import ReturnedSection, StatusSnapshot
from tests.projects.views.status_requests import EDIT, SHOW, form, november, page, seen, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
MENTOR = "Under mentor mangler én."


@pytest.fixture
def reasons(world):
    return {f"section-table_{world.outcomes.pk}": MENTOR, "section-numbers": "Tæl en gang til."}


def test_each_reason_stands_at_its_section_and_is_marked_there(world, sara, manager, reasons):
    submit(sara)
    assert "Åbn de afsnit, der skal rettes" in page(manager.get(SHOW))
    assert manager.post(f"{EDIT}returner/", reasons).url == SHOW
    shown = sara.get(EDIT).content.decode()
    table = shown[shown.index(f'id="table_{world.outcomes.pk}"') :]
    assert MENTOR in table[: table.index("</fieldset>")]
    first, second = ReturnedSection.objects.order_by("position")
    marks = {"returned": [first.pk, second.pk], "mended": [second.pk]}
    sara.post(EDIT, form(november().version, narrative="Rettet", **marks))
    assert [row.is_mended for row in ReturnedSection.objects.order_by("position")] == [False, True]
    sara.post(f"{EDIT}send/", form(november().version, **marks, **seen(sara)))
    read = page(manager.get(SHOW))
    assert "Siden den blev returneret" in read
    assert "rettet, siger Sara Sag" in read
    assert "Her er intet ændret siden." in read


def test_a_reason_that_says_nothing_comes_back_and_changes_nothing(world, sara, manager):
    submit(sara)
    empty = manager.post(f"{EDIT}returner/", {"section-text": "  "})
    assert empty.status_code == 422
    assert "for det hele eller for de afsnit" in page(empty)
    with_cpr = manager.post(f"{EDIT}returner/", {"section-text": "Se 010190-1234"})
    assert with_cpr.status_code == 422
    assert "Se 010190-1234</textarea>" in with_cpr.content.decode()
    assert (november().state, ReturnedSection.objects.count()) == ("submitted", 0)


def test_the_writer_takes_back_what_waits(world, sara, manager):
    submit(sara)
    assert "Træk den tilbage, og skriv videre" in page(sara.get(SHOW))
    assert "Træk den tilbage" not in page(manager.get(SHOW))
    assert sara.post(f"{EDIT}traek-tilbage/").url == EDIT
    assert november().state == "draft"
    assert "er allerede en kladde" in page(sara.post(f"{EDIT}traek-tilbage/", follow=True))


def test_the_manager_asks_for_a_correction_of_what_is_approved(world, sara, manager):
    submit(sara)
    manager.post(f"{EDIT}godkend/")
    page_of_manager = page(manager.get(SHOW))
    assert "Bed om en rettelse" in page_of_manager
    assert "Ret den" not in page_of_manager
    assert manager.post(f"{EDIT}genaabn/", {"reason": "?"}).status_code == 422
    assert manager.post(f"{EDIT}genaabn/", {"reason": "Tallet for mentor er forkert."}).url == SHOW
    assert (november().revision, november().state) == (2, "returned")
    assert "Tallet for mentor er forkert." in page(sara.get(EDIT))
    assert StatusSnapshot.objects.filter(revision=1, state="approved", month=november().month).exists()
