"""What the archive takes in, and the files inside the PDF."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from xml.etree import ElementTree

import pikepdf
import pytest

from reports.actions.issuing import issue_note
from reports.enums import Failure
from reports.facts.annexes import AnnexFile, annex_files
from reports.facts.canonical import from_json, to_json
from reports.facts.gathering import gather
from reports.facts.note import NoteFacts, PaperError, Stamp
from reports.models import NoteFile, NoteVersion
from reports.package import archive_package
from reports.pdf import render_note
from tests import pdf
from tests.reports.note_cases import note_case

pytestmark = pytest.mark.django_db
STAMP = Stamp(2, "Et tal er rettet.", datetime(2017, 11, 27, 9, 0, tzinfo=UTC), "Sofie Lind")
ANNEX = AnnexFile(1, "Orientering om Integration", "bilag-1.pdf", b"%PDF-1.7 et bilag")


@pytest.fixture
def case():
    return note_case()


@pytest.fixture
def facts(case):
    return gather(case.note).facts


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_says_what_it_holds(facts):
    content = archive_package(facts, STAMP, pdf=b"%PDF", word=b"PK", annexes=[ANNEX])
    files = opened(content)
    assert list(files) == ["metadata.xml", "notat.pdf", "notat.docx", "notat.json", "bilag/bilag-1.pdf"]
    assert from_json(NoteFacts, files["notat.json"].decode()) == facts
    told = ElementTree.fromstring(files.pop("metadata.xml"))
    case_words = {item.tag: item.text for item in told.find("sag")}
    assert case_words == {"sagsnummer": "15.00.00-A00-2-16", "kle-emne": "15.00.00", "kle-facet": "A00"}
    document = {item.tag: item.text for item in told.find("dokument")}
    assert (document["titel"], document["moededato"], document["version"]) == (facts.title, "2017-12-04", "2")
    assert (document["begrundelse"], document["udsendt-af"]) == ("Et tal er rettet.", "Sofie Lind")
    sums = {item.get("navn"): item.get("sha256") for item in told.iter("fil")}
    assert sums == {name: sha256(inside).hexdigest() for name, inside in files.items()}


def test_the_same_package_is_the_same_bytes(facts):
    parts = {"pdf": b"%PDF", "word": b"PK", "annexes": [ANNEX]}
    assert archive_package(facts, STAMP, **parts) == archive_package(facts, STAMP, **parts)


def test_a_case_number_of_another_kind_has_no_subject(facts):
    files = opened(archive_package(replace(facts, case_number="17/4-6"), STAMP, pdf=b"", word=b""))
    assert [item.tag for item in ElementTree.fromstring(files["metadata.xml"]).find("sag")] == ["sagsnummer"]


def test_the_pdf_holds_the_figures_of_every_table_and_the_annexes(facts):
    made = render_note(facts, STAMP, [ANNEX]).content
    with pikepdf.open(io.BytesIO(made)) as document:
        files = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
        related = [str(spec.AFRelationship) for spec in document.Root.AF]
    assert (len(related), related.count("/Supplement")) == (len(files), 1)
    assert set(related) == {"/Data", "/Supplement"}
    assert files["bilag-1.pdf"] == ANNEX.content
    nationality = files["tabel-4-nationalitet-borgere.csv"].decode("utf-8-sig").splitlines()
    assert nationality[:2] == ["Kategori;Antal", "Syrien;22"]
    assert nationality[-1] == "I alt;41"
    overview = files["tabel-1-projekterne-samlet-beloeb-i-kroner.csv"].decode("utf-8-sig").splitlines()
    assert overview[1] == "Integration;Grøn;500000;412350;87650;480000"
    figure = files["figur-1-brug-af-raadgiveren-familier.csv"].decode("utf-8-sig").splitlines()
    assert figure[1:] == ["maj 2017;18", "nov. 2017;35"]


def test_everything_is_issued_together_and_frozen_facts_say_the_same_again(case):
    version = issue_note(note=case.note, by=case.secretary)
    kept = {file.format: bytes(file.content) for file in NoteFile.objects.filter(version=version)}
    assert set(kept) == {"docx", "zip"}
    assert {file.sha256 for file in NoteFile.objects.all()} == {
        sha256(content).hexdigest() for content in kept.values()
    }
    files = opened(kept["zip"])
    assert (files["notat.pdf"], files["notat.docx"]) == (bytes(version.pdf), kept["docx"])
    frozen = from_json(NoteFacts, version.facts)
    assert to_json(frozen) == version.facts
    again = render_note(frozen, Stamp(version.number, version.reason, version.issued_at, str(version.issued_by)))
    stored = bytes(version.pdf)
    assert pdf.text_of(again.content) == pdf.text_of(stored)
    assert pdf.headings(again.content) == pdf.headings(stored)
    assert pdf.table_headers(again.content) == pdf.table_headers(stored)


def test_a_file_that_is_gone_stops_the_issue_and_is_named(case):
    ((kind, pk), fact), *_rest = gather(case.note).annexes.items()
    gone = {(kind, pk + 1000): replace(fact, file="bilag-1.pdf")}
    with pytest.raises(PaperError) as refused:
        annex_files(gone)
    assert refused.value.failure == Failure.ANNEX
    assert str(refused.value) == "Bilag 1, “Orientering om Integration”"
    assert NoteVersion.objects.count() == 0
