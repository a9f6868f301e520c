"""The pages of a public edition: worked out, gone through, approved by two people, and read."""

import pytest
from django.urls import reverse

from projects.enums import Role
from reports.actions.issuing import issue_note
from reports.disclosure.stored import text_notices
from reports.models import NoteFile, PublicEdition
from tests.factories import UserFactory
from tests.papers import quick_papers, work_off
from tests.reports.note_cases import note_case
from tests.reports.test_note_views import client_of

pytestmark = pytest.mark.django_db

CHOICES = {"threshold": "5", "shows_zeros": "on", "removes_contacts": "on"}


@pytest.fixture
def case():
    return note_case()


@pytest.fixture
def version(case):
    return issue_note(note=case.note, by=case.secretary, make=quick_papers)


@pytest.fixture
def secretary(case):
    return client_of(case.secretary)


@pytest.fixture
def manager():
    return client_of(UserFactory(roles=[Role.MANAGER]))


@pytest.fixture
def reader():
    return client_of(UserFactory(roles=[Role.READER]))


def url(version, name="public-edition", *more):
    return reverse(f"reports:{name}", args=[version.note_id, version.number, *more])


def begun(client, version) -> PublicEdition:
    assert client.post(url(version, "public-begin"), CHOICES)["Location"] == url(version)
    assert work_off() == ["done"]
    return PublicEdition.objects.get()


def answer_everything(client, version) -> None:
    for item in text_notices(PublicEdition.objects.get()):
        client.post(
            url(version, "public-answer"), {"fingerprint": item.notice.fingerprint, "answer": "Ingen kan genkendes."}
        )


def approve(client, version):
    edition = PublicEdition.objects.get()
    return client.post(url(version, "public-approve"), {"facts_sha256": edition.facts_sha256})


def test_the_whole_way(secretary, manager, reader, version):
    assert "Lav et offentligt udkast" in secretary.get(url(version)).content.decode()
    begun(secretary, version)
    page = secretary.get(url(version)).content.decode()
    assert "Godkendt af 0 ud af 2" in page
    assert "Kuwait" in page, "the audit says what is hidden, to those who may know"
    answer_everything(secretary, version)
    approve(secretary, version)
    assert reader.get(url(version)).status_code == 404
    approve(manager, version)
    assert work_off() == ["done"]
    for client in (secretary, manager, reader):
        file = client.get(url(version, "public-file", "pdf"))
        assert file.content.startswith(b"%PDF")
    assert (
        "Offentlig udgave"
        in reader.get(reverse("reports:note-version-show", args=[version.note_id, 1])).content.decode()
    )


def test_working_it_out_is_bounded_like_a_paper_and_can_be_tried_again(secretary, version, settings):
    settings.PAPER_SECONDS = 0
    secretary.post(url(version, "public-begin"), CHOICES)
    assert work_off() == ["failed"]
    assert "ikke færdigt i den tid" in secretary.get(url(version)).text
    assert not PublicEdition.objects.get().is_worked_out
    settings.PAPER_SECONDS = 180
    secretary.post(url(version, "public-again"))
    assert work_off() == ["done"]
    assert PublicEdition.objects.get().is_worked_out


def test_a_reader_does_not_see_what_was_hidden(secretary, manager, reader, version):
    begun(secretary, version)
    answer_everything(secretary, version)
    approve(secretary, version)
    approve(manager, version)
    work_off()
    page = reader.get(url(version)).content.decode()
    assert "Kuwait" not in page
    assert "Øvrige" in page


def test_texts_that_are_emptied_are_left_out(secretary, version):
    edition = begun(secretary, version)
    page = secretary.get(url(version))
    form = page.context["texts"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    gone = next(name for name, text in data.items() if "Hvad der virker" in str(text))
    assert secretary.post(url(version, "public-texts"), {**data, gone: ""}).status_code == 302
    work_off()
    edition.refresh_from_db()
    assert list(edition.texts.values()) == [""]
    assert "Hvad der virker" not in edition.facts


def test_a_cpr_number_comes_back_with_what_was_typed(secretary, version):
    edition = begun(secretary, version)
    response = secretary.post(url(version, "public-texts"), {"saves": edition.saves, "text-0": "Om 010190-1234"})
    assert response.status_code == 422
    assert "Om 010190-1234" in response.content.decode()
    edition.refresh_from_db()
    assert edition.texts == {}


def test_someone_elses_texts_are_not_written_over(secretary, version):
    edition = begun(secretary, version)
    data = {"saves": edition.saves, "text-0": "Min tekst."}
    assert secretary.post(url(version, "public-texts"), data).status_code == 302
    response = secretary.post(url(version, "public-texts"), {**data, "text-0": "Din tekst."})
    assert response.status_code == 409
    assert "Din tekst." in response.content.decode()
    assert "Min tekst." in PublicEdition.objects.get().texts.values()


def test_while_it_is_made_the_page_waits_and_then_shows_itself_anew(secretary, version):
    secretary.post(url(version, "public-begin"), CHOICES)
    waiting = secretary.get(url(version)).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert "HX-Refresh" not in secretary.get(url(version), headers={"HX-Request": "true"})
    work_off()
    assert secretary.get(url(version), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_it_is_not_approved_by_one_person_twice(secretary, version):
    begun(secretary, version)
    answer_everything(secretary, version)
    approve(secretary, version)
    approve(secretary, version)
    assert PublicEdition.objects.get().approvals.count() == 1
    assert not NoteFile.objects.filter(edition="public").exists()


def test_a_threshold_that_is_not_offered_comes_back_beside_the_field(secretary, version):
    response = secretary.post(url(version, "public-begin"), {"threshold": "4"})
    assert response.status_code == 422
    assert not PublicEdition.objects.exists()


def test_the_command_writes_what_two_people_approved(secretary, manager, version, tmp_path, capsys):
    from django.core.management import CommandError, call_command

    UserFactory(roles=[Role.ADMINISTRATOR])
    out = tmp_path / "offentlig.pdf"
    options = {"committee": "UFB", "meeting": version.note.meeting.date, "edition": "public", "out": out}
    with pytest.raises(CommandError, match="Ingen er begyndt på"):
        call_command("issue_note", **options)
    begun(secretary, version)
    with pytest.raises(CommandError, match="To personer skal godkende"):
        call_command("issue_note", **options)
    assert not out.exists()
    answer_everything(secretary, version)
    approve(secretary, version)
    approve(manager, version)
    call_command("issue_note", **options)
    assert out.read_bytes() == bytes(NoteFile.objects.get(edition="public", format="pdf").content)
    assert "Offentlig udgave af version 1" in capsys.readouterr().out
