"""What was issued, handed out again: the stored bytes, the stored facts, and the page that shows them."""

import re
from decimal import Decimal

import pytest

from projects.enums import Role
from reports.actions.issuing import issue_note
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.views.files import inline
from tests.factories import NoteVersionFactory, UserFactory
from tests.papers import quick_papers
from tests.reports.note_cases import corrected, note_case, small_note
from tests.reports.test_note_views import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    return client_of(case.secretary)


@pytest.fixture
def version(case):
    return issue_note(note=case.note, by=case.secretary)


def test_the_stored_bytes_are_handed_out_with_their_checksum(client, case, version):
    response = client.get(address("note-version", case.note.pk, 1))
    assert response.content == bytes(version.pdf)
    assert (response["ETag"], response["Content-Type"]) == (f'"{version.pdf_sha256}"', "application/pdf")
    assert "notat-UFB-2017-12-04-v1.pdf" in response["Content-Disposition"]
    policy = response["Content-Security-Policy"]
    assert "object-src 'self'" in policy
    assert "script-src 'self'" in policy


def test_they_are_never_made_anew(client, case, version, monkeypatch):
    from reports import pdf as paper

    monkeypatch.setattr(paper, "render_note", lambda *args: pytest.fail("rendered again"))
    corrected(case.snapshots["projekt-1"])
    case.projects["projekt-1"].name = "Nyt navn"
    case.projects["projekt-1"].save()
    assert client.get(address("note-version", case.note.pk, 1)).content == bytes(version.pdf)


def test_someone_who_has_it_is_told_so(client, case, version):
    url = address("note-version", case.note.pk, 1)
    response = client.get(url, headers={"If-None-Match": f'"{version.pdf_sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_the_facts_are_handed_out_as_they_were_frozen(client, case, version):
    response = client.get(address("note-version-facts", case.note.pk, 1))
    assert response.content.decode() == version.facts
    assert (response["ETag"], response["Content-Type"]) == (f'"{version.facts_sha256}"', "application/json")


def test_the_page_shows_the_frozen_figures_and_both_checksums():
    case = note_case()
    version = issue_note(note=case.note, by=case.secretary)
    case.projects["integration"].name = "Et nyt navn"
    case.projects["integration"].save()
    text = client_of(case.secretary).get(address("note-version-show", case.note.pk, 1)).text
    for words in (version.pdf_sha256, version.facts_sha256, "Afsluttet", "Tabel 1.", "Figur 1."):
        assert words in text
    assert "Ad geninvesteringspuljen projekt – Integration" in text
    assert "Et nyt navn" not in text


def test_a_version_that_is_not_there_is_not_found(client, case):
    assert client.get(address("note-version-show", case.note.pk, 1)).status_code == 404


def test_an_older_version_says_that_there_is_a_newer(client, case, version):
    corrected(case.snapshots["projekt-1"])
    issue_note(note=case.note, by=case.secretary, reason="Rettet.")
    first = client.get(address("note-version-show", case.note.pk, 1)).text
    assert "Der er udsendt en nyere version" in first
    assert "Data er ændret siden udsendelsen" in first
    assert "nyere version" not in client.get(address("note-version-show", case.note.pk, 2)).text


def test_what_was_corrected_since_stands_marked_with_both_values_for_those_who_can_issue_it():
    case = note_case()
    issue_note(note=case.note, by=case.secretary, make=quick_papers)
    page = address("note-version-show", case.note.pk, 1)
    secretary, reader = client_of(case.secretary), client_of(UserFactory(roles=[Role.READER]))
    assert "corrected-since" not in secretary.get(page).text
    later = corrected(case.snapshots["integration"], forecast=Decimal(481_000))
    text = " ".join(secretary.get(page).text.split())
    assert text.count('class="corrected-since"') == 1
    assert "Rettet efter udsendelsen: Integration" in text
    assert "Forventet 2017: fra 480.000 til <strong>481.000</strong> kr. (+1.000)" in text
    assert f'href="/notater/{case.note.pk}/#issue">Lav en ny version' in text
    assert later.revision == 2
    line = re.search(r'<dd [^>]*id="(siden-integration-\d+)"[^>]*>Forventet 2017', text)[1]
    assert f'480.000 <a class="corrected-mark" href="#{line}">' in text
    assert "(rettet efter udsendelsen)" in text
    # A reader reads what was issued, and nothing else.
    assert "corrected-since" not in reader.get(page).text
    assert "corrected-mark" not in reader.get(page).text


def test_a_version_marks_what_it_corrects_in_the_one_before():
    case = note_case()
    issue_note(note=case.note, by=case.secretary, make=quick_papers)
    corrected(case.snapshots["integration"], forecast=Decimal(481_000))
    issue_note(note=case.note, by=case.secretary, reason="Prognosen er rettet.", make=quick_papers)
    page = address("note-version-show", case.note.pk, 2)
    text = " ".join(client_of(UserFactory(roles=[Role.READER])).get(page).text.split())
    line = re.search(r'<dd [^>]*id="(rettet-integration-\d+)"[^>]*>Forventet 2017', text)[1]
    assert f'481.000 <a class="corrected-mark" href="#{line}">' in text
    assert "(rettet siden version 1)" in text


@pytest.mark.parametrize(("name", "kind"), [("note-version-word", "docx"), ("note-version-package", "zip")])
def test_the_other_files_are_handed_out_as_they_were_stored(client, case, version, name, kind):
    file = version.files.get(format=kind)
    response = client.get(address(name, case.note.pk, 1))
    assert (response.content, response["ETag"]) == (bytes(file.content), f'"{file.sha256}"')
    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''notat-UFB-2017-12-04-v1.{kind}"


def test_a_committee_of_any_name_has_a_file_that_can_be_saved():
    assert inline(b"", "application/pdf", "notat-ØU 1-v1.pdf")["Content-Disposition"] == (
        "inline; filename*=UTF-8''notat-%C3%98U%201-v1.pdf"
    )


def test_a_version_from_before_there_were_other_files_has_none(client, case):
    NoteVersionFactory(note=case.note, facts=to_json(gather(case.note).facts))
    assert client.get(address("note-version-word", case.note.pk, 1)).status_code == 404
    assert client.get(address("note-version-show", case.note.pk, 1)).status_code == 200
