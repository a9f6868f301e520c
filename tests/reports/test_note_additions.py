"""What the secretary adds to a note: references and annexes, from the page to the paper and to the public."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.actions.additions import (
    AnnexValues,
    ReferenceValues,
    add_annex,
    add_reference,
    choose_annex,
    delete_annex,
    leave_out_annex,
)
from reports.disclosure.edition import Choices, public_note, text_places
from reports.disclosure.stored import published_annexes
from reports.facts.annexes import annex_files
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.facts.note import AnnexFact
from reports.models import NoteAnnex, NoteReference
from tests.annex_files import paper
from tests.factories import NoteVersionFactory
from tests.reports.note_cases import DATED, note_case, small_note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    client = Client()
    client.force_login(case.secretary)
    return client


def pdf(name="bilag.pdf", text="Optælling"):
    return SimpleUploadedFile(name, paper(text))


def annexed(case, title="Notat om økonomi", section=None, **values):
    return add_annex(note=case.note, values=AnnexValues(section, title, **values), file=pdf(), by=case.secretary)


def section(case, code="projekt-1"):
    return case.note.sections.get(project__code=code)


class TestInTheFacts:
    def test_annexes_follow_their_project_and_those_of_the_whole_note_come_last(self):
        case = note_case()
        annexed(case, "For hele notatet")
        own = section(case, "integration")
        annexed(case, "For projektet", section=own, dated=DATED, source="Økonomi", may_be_published=True)
        gathered = gather(case.note)
        added = AnnexFact(2, "For projektet", "Økonomi", DATED, "Integration", "bilag-2.pdf", True, is_own=True)
        assert gathered.facts.annexes[1] == added
        assert [(fact.number, fact.title, fact.project) for fact in gathered.facts.annexes] == [
            (1, "Orientering om Integration", "Integration"),
            (2, "For projektet", "Integration"),
            (3, "Optælling", "Frivillig økonomisk rådgiver"),
            (4, "For hele notatet", ""),
        ]
        files = annex_files({key: fact for key, fact in gathered.annexes.items() if fact.is_own})
        expected = [("bilag-2.pdf", b"%PDF-"), ("bilag-4.pdf", b"%PDF-")]
        assert [(file.name, file.content[:5]) for file in files] == expected

    def test_a_status_annex_that_is_left_out_is_neither_listed_nor_pointed_to(self):
        case = note_case()
        own, title = section(case, "integration"), "Orientering om Integration"
        leave_out_annex(section=own, title=title, is_left_out=True, by=case.secretary)
        facts = gather(case.note).facts
        assert [(fact.number, fact.title) for fact in facts.annexes] == [(1, "Optælling")]
        assert [line.annex for line in facts.sections[0].references] == [None, None]
        leave_out_annex(section=own, title=title, is_left_out=False, by=case.secretary)
        assert len(gather(case.note).facts.annexes) == 2

    def test_a_reference_without_date_is_noticed_where_it_is_mended(self, case):
        values = ReferenceValues(None, "Tidligere orientering", "Byrådet", item_number="7")
        reference = add_reference(note=case.note, values=values, by=case.secretary)
        add_reference(
            note=case.note,
            values=ReferenceValues(section(case), "Budgetaftalen", "Byrådet", DATED, "4"),
            by=case.secretary,
        )
        gathered = gather(case.note)
        assert [line.title for line in gathered.facts.references] == ["Tidligere orientering"]
        assert [line.title for line in gathered.facts.sections[0].references] == ["Budgetaftalen"]
        found = [
            (item.rule, item.notice.field) for item in gathered.notices if item.notice.field.startswith("additions")
        ]
        assert found == [("R10", f"additions.{reference.pk}")]


class TestRefused:
    @pytest.mark.parametrize(
        ("file", "code"),
        [
            (SimpleUploadedFile("a.pdf", b"ikke en pdf"), "file_content"),
            (SimpleUploadedFile("a.exe", b"x"), "file_type"),
        ],
    )
    def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_stored(self, case, media, file, code):
        with pytest.raises(ValidationError) as caught:
            add_annex(note=case.note, values=AnnexValues(None, "Bilag"), file=file, by=case.secretary)
        assert caught.value.code == code
        assert not NoteAnnex.objects.exists()
        assert not [path for path in media.rglob("*") if path.is_file()]

    def test_two_annexes_with_one_title_could_not_be_told_apart(self, case, media):
        annexed(case)
        with pytest.raises(ValidationError) as caught:
            annexed(case)
        assert caught.value.error_dict["title"][0].code == "title_taken"
        assert len([path for path in media.rglob("*") if path.is_file()]) == 1

    def test_a_cpr_number_in_a_reference_is_refused(self, case):
        with pytest.raises(ValidationError):
            add_reference(note=case.note, values=ReferenceValues(None, "Borger 010180-1234"), by=case.secretary)
        assert not NoteReference.objects.exists()

    def test_an_annex_of_an_issued_note_is_taken_out_and_not_deleted(self, case):
        annex = annexed(case)
        NoteVersionFactory(note=case.note, facts=to_json(gather(case.note).facts))
        with pytest.raises(ValidationError) as caught:
            delete_annex(annex=annex, by=case.secretary)
        assert caught.value.code == "issued"
        choose_annex(annex=annex, is_included=False, may_be_published=False, by=case.secretary)
        assert gather(case.note).facts.annexes == ()
        assert NoteAnnex.objects.get().file.storage.exists(annex.file.name)


class TestPublic:
    def test_annexes_go_by_their_flag_and_references_by_their_text(self, case):
        annexed(case, "Kun udvalget")
        annexed(case, "Alle må se", may_be_published=True)
        for title in ("Orientering", "Sagen om Ib"):
            add_reference(note=case.note, values=ReferenceValues(None, title), by=case.secretary)
        facts = gather(case.note).facts
        keys = {place.text: place.key for place in text_places(facts)}
        public = public_note(facts, Choices(5, True, False, {keys["Sagen om Ib"]: ""}), []).facts
        assert [annex.title for annex in public.annexes] == ["Alle må se"]
        assert [line.title for line in public.references] == ["Orientering"]
        version = NoteVersionFactory(note=case.note, facts=to_json(facts))
        shown = NoteAnnex.objects.get(title="Alle må se")
        assert list(published_annexes(version, public)) == [("note", shown.pk)]


class TestPage:
    def test_a_reference_is_added_to_a_meeting_that_is_picked(self, client, case):
        url = reverse("reports:note-additions", args=[case.note.pk])
        response = client.post(url, {"title": "Tidligere sag", "meeting": case.meeting.pk, "item_number": "3"})
        assert (response.status_code, response.url) == (302, f"{url}#references")
        stored = NoteReference.objects.get()
        assert (stored.committee, stored.meeting_date) == (case.meeting.committee.name, case.meeting.date)
        assert "Tidligere sag" in client.get(url).content.decode()

    def test_a_picked_and_a_typed_meeting_are_refused_with_what_was_typed(self, client, case):
        url = reverse("reports:note-additions", args=[case.note.pk])
        data = {"title": "Tidligere sag", "meeting": case.meeting.pk, "committee": "Byrådet"}
        response = client.post(url, data)
        page = response.content.decode()
        assert response.status_code == 422
        assert 'value="Byrådet"' in page
        assert "ikke begge dele" in page
        assert not NoteReference.objects.exists()

    def test_an_annex_is_uploaded_published_and_deleted(self, client, case, media):
        url = reverse("reports:note-annex-add", args=[case.note.pk])
        assert client.post(url, {"title": "Regnskab", "file": pdf()}).status_code == 302
        annex = NoteAnnex.objects.get()
        change = reverse("reports:note-annex-change", args=[case.note.pk, annex.pk])
        client.post(change, {"do": "publish"})
        annex.refresh_from_db()
        assert annex.may_be_published
        file = client.get(reverse("reports:note-annex-file", args=[case.note.pk, annex.pk]))
        assert file["Content-Disposition"] == 'attachment; filename="Regnskab.pdf"'
        assert b"".join(file.streaming_content).startswith(b"%PDF")
        client.post(change, {"do": "out"})
        page = client.get(reverse("reports:note-additions", args=[case.note.pk])).text
        assert "Det står under “Ikke med i notatet” og kan tages med igen." in page
        assert "Slet helt" in page
        client.post(change, {"do": "delete"})
        assert not NoteAnnex.objects.exists()

    def test_a_wrong_file_is_told_beside_the_field(self, client, case):
        url = reverse("reports:note-annex-add", args=[case.note.pk])
        response = client.post(url, {"title": "Regnskab", "file": SimpleUploadedFile("a.pdf", b"tekst")})
        assert response.status_code == 422
        assert "er ikke en PDF-fil indeni" in response.content.decode()

    def test_a_status_annex_is_left_out_and_taken_in_again(self):
        case, client = note_case(), Client()
        client.force_login(case.secretary)
        url = reverse("reports:note-annex-leave-out", args=[case.note.pk, "raadgiver"])
        client.post(url, {"title": "Optælling", "do": "out"})
        assert section(case, "raadgiver").left_out == ["Optælling"]
        client.post(url, {"title": "Optælling", "do": "in"})
        assert section(case, "raadgiver").left_out == []
        assert client.post(url, {"title": "Findes ikke", "do": "out"}).status_code == 404
