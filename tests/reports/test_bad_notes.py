"""What nobody should put into a note: refused beside its field with what was typed, stopped before issuing, or printed.

Elsewhere: the same project twice and more than a page takes (test_note_compose_views), a picture that is none
(test_note_additions), a renderer that crashes, a full disk (test_renderings), words and tables without end (test_pdf,
test_layout), and rules that read such texts at once (projects/rules/test_long_texts).
"""

import io

import pikepdf
import pytest
from docx import Document

from projects.rules.lengths import LONGEST_TEXT
from reports.enums import PaperFormat
from reports.facts.gathering import gather
from reports.models import NoteDraft, NoteEdit, NoteVersion, StatusNote
from tests import pdf
from tests.factories import SnapshotReferenceFactory
from tests.papers import issued_by_click
from tests.pdf_checkpoints import flaws
from tests.reports.note_cases import small_note, status
from tests.reports.test_note_text_views import address as section_address
from tests.reports.test_note_text_views import posted as section_posted
from tests.reports.test_note_views import address, client_of, compose, posted

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")]
THIRTY_THOUSAND_WORDS = "Indsatsen følger planen. " * 10_000
TABLE = "| Nr | Navn |\n|---|---:|\n" + "".join(f"| {number} | Række {number} |\n" for number in range(1000))
TOO_LONG = [
    ("x" * 100_000, "Teksten er på 100.000 tegn, og der er plads til 60.000. Kort den ned."),
    (THIRTY_THOUSAND_WORDS.strip(), "Teksten er på 249.999 tegn, og der er plads til 60.000. Kort den ned."),
]


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    return client_of(case.secretary)


@pytest.mark.parametrize(("text", "sentence"), TOO_LONG, ids=["a word", "words"])
class TestTooLong:
    def test_an_introduction(self, client, case, text, sentence):
        page = client.post(compose(case), posted(case.note, introduction=text)).text
        assert (sentence in page, text in page) == (True, True)
        assert StatusNote.objects.values_list("introduction", "version").get() == (case.note.introduction, 1)

    def test_a_projects_text(self, client, case, text, sentence):
        data = section_posted(client, section_address(case), **{"text-narrative": text})
        page = client.post(section_address(case), data).text
        assert (sentence in page, text in page) == (True, True)
        assert (NoteEdit.objects.count(), NoteDraft.objects.count()) == (0, 0)


def test_a_text_as_long_as_a_status_may_be_can_be_edited_in_the_note(client, case):
    text = "Ord " * (LONGEST_TEXT // 4 - 1)
    client.post(section_address(case), section_posted(client, section_address(case), **{"text-narrative": text}))
    assert NoteEdit.objects.get().text == text.strip()


class TestStopped:
    """It is stored as it was typed, and stands in the way of issuing until it is mended."""

    def stopped(self, case, sentence):
        client = client_of(case.secretary)
        assert sentence in client.get(compose(case)).text
        before = StatusNote.objects.values().get()
        refused = client.post(address("note-issue", case.note.pk), {"version": case.note.saves}, follow=True)
        assert "Notatet kan ikke udsendes endnu" in refused.text
        assert (NoteVersion.objects.count(), StatusNote.objects.values().get()) == (0, before)

    def test_a_project_without_text_or_figures(self):
        self.stopped(small_note(1, narrative=" \n"), "“Projekt 1” har hverken tekst eller tal i denne måned.")

    def test_a_table_of_a_thousand_rows_pasted_into_the_text(self):
        case = small_note(1, narrative=TABLE)
        self.stopped(case, "Tabellen, der er tegnet med “|”, trykkes, som den er tastet.")
        assert gather(case.note).facts.sections[0].narrative == TABLE


def test_a_project_whose_references_are_all_there_is_to_say_is_not_empty():
    case = small_note(1)
    told = status(case.pool, code="sund-i-job", name="Sund i job", narrative="")
    SnapshotReferenceFactory(snapshot=told, title="Rapport")
    assert not any(item.notice.figures[:1] == ("empty",) for item in gather(case.note).notices)


def test_what_is_odd_and_not_wrong_is_printed_and_nothing_in_it_is_fetched():
    lines = ["<img src='file:///etc/passwd'>", "<link rel='attachment' href='file:///etc/passwd'>"]
    lines += ["<style>@import 'file:///etc/passwd'</style>", "عبد الرحمن og Łukasz Đặng 😀"]
    case = small_note(1, narrative="\n\n".join([*lines, "ø" * 5_000, "Før." + "\n" * 5_000 + "Efter."]))
    StatusNote.objects.update(title="T" * 200)
    version = issued_by_click(client_of(case.secretary), StatusNote.objects.get())

    paper = bytes(version.pdf)
    text = pdf.text_of(paper).replace("\u200b", "")
    assert [line for line in lines[:3] if line.replace(" ", "") not in text.replace(" ", "")] == []
    assert text.count("ø") >= 5_000
    assert (flaws(paper), set(pdf.fonts(paper).values())) == ({}, {True})
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert [name for name in document.attachments if not name.endswith(".csv")] == []
    word = bytes(version.files.get(format=PaperFormat.WORD, edition="full").content)
    told = [paragraph.text for paragraph in Document(io.BytesIO(word)).paragraphs]
    assert [line for line in [*lines, "ø" * 5_000, "Før.", "Efter."] if line not in told] == []
