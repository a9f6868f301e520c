"""The pages where the note is written: saved while typing, refused with what was typed, and told when two meet."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import NoteDraft, NoteEdit
from tests.factories import NotePartFactory
from tests.reports.note_cases import corrected, small_note

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    client = Client()
    client.force_login(case.secretary)
    return client


def address(case, code="projekt-1"):
    return reverse("reports:note-section", args=[case.note.pk, code])


def posted(client, url, **changes):
    """Return what the page would post as it stands."""
    page = client.get(url).content.decode()
    value = {name: re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1] for name in ("version", "seen")}
    keys = re.findall(r'name="exhibit" value="([^"]*)"', page)
    texts = {
        "text-heading": "Ad geninvesteringspuljen projekt – Projekt 1",
        "text-narrative": "Indsatsen følger planen.",
    }
    told = {**value, **texts, "text_length": "narrative", "decision": "", "exhibit": keys, "print": keys}
    return {**told, **changes}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_projects(count, django_assert_num_queries):
    case = small_note(count)
    client = Client()
    client.force_login(case.secretary)
    with django_assert_num_queries(48):
        client.get(address(case))


class TestSection:
    def test_the_page_shows_the_text_and_the_paper_beside_it(self, client, case):
        page = client.get(address(case)).content.decode()
        assert page.count("Indsatsen følger planen.") == 2
        assert 'data-origin="Projekt 1, november 2017, revision 1, godkendt af' in page

    def test_a_save_without_a_script_comes_back_to_the_page(self, client, case):
        response = client.post(address(case), posted(client, address(case), **{"text-narrative": "Skrevet om."}))
        assert (response.status_code, response.url) == (302, address(case))
        page = client.get(address(case)).content.decode()
        assert "Afviger fra statussen" in page
        assert NoteEdit.objects.get().text == "Skrevet om."

    def test_a_save_while_typing_answers_with_the_time_the_version_and_the_paper(self, client, case):
        data = posted(client, address(case), **{"text-narrative": "Skrevet om."})
        response = client.post(address(case), data, headers=HTMX)
        page = response.content.decode()
        assert response.status_code == 200
        assert re.match(r"\s*Gemt kl\. \d\d\.\d\d\.", page)
        assert 'id="text-version" value="2" hx-swap-oob="true"' in page
        assert "<p>Skrevet om.</p>" in page
        assert "<html" not in page

    def test_what_is_refused_is_told_and_nothing_is_stored(self, client, case):
        data = posted(client, address(case), **{"text-narrative": "Borger 010180-1234."})
        response = client.post(address(case), data, headers=HTMX)
        assert response.status_code == 422
        assert "Ikke gemt." in response.text
        response = client.post(address(case), data)
        assert response.status_code == 422
        assert "Borger 010180-1234." in response.text
        assert (NoteEdit.objects.count(), NoteDraft.objects.count()) == (0, 0)

    def test_the_second_of_two_tabs_is_shown_both_texts(self, client, case):
        data = posted(client, address(case))
        client.post(address(case), {**data, "text-narrative": "Fra den ene fane."})
        response = client.post(address(case), {**data, "text-narrative": "Fra den anden."}, headers=HTMX)
        assert response.status_code == 409
        assert "Fra den ene fane." in response.text
        assert "Fra den anden." in response.text
        assert NoteEdit.objects.get().text == "Fra den ene fane."

    def test_a_status_changed_meanwhile_is_told_and_the_text_stays(self, client, case):
        data = posted(client, address(case), **{"text-narrative": "Skrevet om."})
        corrected(case.snapshots["projekt-1"], narrative="Rettet.")
        response = client.post(address(case), data)
        assert response.status_code == 422
        assert "Statussen er ændret, mens du skrev" in response.text
        assert "Skrevet om." in response.text

    def test_exhibits_move_without_a_script(self, client, case):
        data = posted(client, address(case), move="down-lights")
        client.post(address(case), data)
        section = case.note.sections.get(project__code="projekt-1")
        assert [key for key, _printed in section.exhibits][:2] == ["economy", "lights"]
        client.post(address(case), posted(client, address(case), move="up-lights"))
        section.refresh_from_db()
        assert section.exhibits == []

    def test_a_project_that_left_the_note_keeps_its_page(self, client, case):
        case.note.sections.filter(project__code="projekt-1").update(is_included=False)
        page = client.get(address(case)).content.decode()
        assert "Dette er udeladt af notatet" in page

    def test_what_stands_in_the_way_links_to_where_it_is_mended(self, client, case):
        client.post(address(case), posted(client, address(case), **{"text-narrative": "TODO"}))
        page = client.get(reverse("reports:note-compose", args=[case.note.pk])).content.decode()
        assert f'href="{address(case)}#id_text-narrative"' in page


class TestPart:
    def test_the_text_is_saved_while_typing(self, client, case):
        part = NotePartFactory(note=case.note)
        url = reverse("reports:note-part", args=[case.note.pk, part.pk])
        response = client.post(url, {"version": "1", "heading": "Indstilling", "text": "At det sker."}, headers=HTMX)
        assert "Gemt kl." in response.text
        assert "<p>At det sker.</p>" in response.text
        stale = client.post(url, {"version": "1", "heading": "Indstilling", "text": "At det ikke sker."})
        assert (stale.status_code, "At det sker." in stale.text, "At det ikke sker." in stale.text) == (409, True, True)

    def test_another_notes_part_does_not_exist(self, client, case):
        other = NotePartFactory()
        assert client.get(reverse("reports:note-part", args=[case.note.pk, other.pk])).status_code == 404


def test_an_earlier_draft_is_looked_at_and_taken_back(client, case):
    client.post(address(case), posted(client, address(case), **{"text-narrative": "Skrevet om."}))
    text = client.get(reverse("reports:note-drafts", args=[case.note.pk])).text
    draft = reverse("reports:note-draft", args=[case.note.pk, 1])
    assert draft in text
    assert "Projekt 1: teksten" in client.get(draft).text
    client.post(reverse("reports:note-restore", args=[case.note.pk, 1]))
    assert NoteEdit.objects.count() == 0


def test_headings_are_chosen_and_ordered_on_the_composing_page(client, case):
    first, second = (NotePartFactory(note=case.note, heading=name) for name in ("Historik", "Indstilling"))
    url = reverse("reports:note-compose", args=[case.note.pk])
    data = {"title": "Status", "case_officer": "Fagkonsulenten", "dated": "27.11.2017", "version": "1"}
    data |= {"part": [first.pk, second.pk], "include_part": [second.pk], "move": f"up-part{second.pk}"}
    response = client.post(url, data)
    assert response.url == f"{url}#overskrift-{second.pk}"
    stored = list(case.note.parts.values_list("heading", "is_included"))
    assert stored == [("Indstilling", True), ("Historik", False)]


def test_an_old_note_takes_its_committees_headings(client, case):
    page = client.get(reverse("reports:note-compose", args=[case.note.pk])).text
    assert "Hent udvalgets overskrifter" in page
    client.post(reverse("reports:note-headings", args=[case.note.pk]))
    assert case.note.parts.count() == 7
