"""A project's story on one page, and the handover."""

import pytest

from projects.models import MailMessage, ProjectAssignment
from tests import factories
from tests.projects.views.status_requests import EDIT, page, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
PAGE = "/projekter/integration/overdragelse/"


def test_the_page_tells_all_that_is_open(world, sara, manager):
    submit(sara)
    manager.post(f"{EDIT}returner/", {"section-numbers": "Der mangler én under mentor."})
    text = page(sara.get(PAGE))
    for words in (
        "november 2017 Returneret",
        "senest 22. november 2017",
        "Tal: Der mangler én under mentor.",
        "men underrækkerne giver 4",
        "Holdet er samlet.",
        "500.000 kr.",
        "Sara Sag",
    ):
        assert words.casefold() in text.casefold(), words
    assert "Overdrag projektet" not in text


def test_the_manager_hands_over_in_one_action(world, manager):
    refused = manager.post(PAGE, {"giver": world.caseworker.pk, "receiver": world.outsider.pk, "on": "1.12.2017"})
    assert refused.status_code == 422
    assert "Skriv, hvad modtageren skal vide." in page(refused)
    assert (ProjectAssignment.objects.count(), MailMessage.objects.count()) == (2, 0)
    values = {"giver": world.caseworker.pk, "receiver": world.outsider.pk, "on": "1.12.2017", "note": "Ring til mig."}
    assert manager.post(PAGE, values).url == PAGE
    assert "har projektet fra 1. december 2017" in page(manager.get(PAGE))
    assert world.project.assignments.get(user=world.outsider).valid_to is None


def test_a_caseworker_reads_but_does_not_hand_over(world, sara):
    assert sara.post(PAGE, {"receiver": world.outsider.pk}).status_code == 403


@pytest.mark.parametrize("months", [1, 3])
def test_query_count(world, sara, months, django_assert_num_queries):
    for month in range(1, months + 1):
        snapshot = factories.StatusSnapshotFactory(project=world.project, month=f"2017-0{month}-01")
        factories.SnapshotReferenceFactory(snapshot=snapshot)
    with django_assert_num_queries(37):
        assert sara.get(PAGE).status_code == 200
