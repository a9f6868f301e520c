"""The Word file: read as Word reads it, and held against the facts and the PDF."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.facts.gathering import gather
from reports.facts.note import Stamp
from reports.markup import note_markup
from reports.pdf import render_note
from reports.word import render_word
from tests import pdf
from tests.reports.note_cases import note_case

pytestmark = pytest.mark.django_db
STAMP = Stamp(2, "Et tal er rettet.", datetime(2017, 11, 27, 9, 0, tzinfo=UTC))
NUMBER = re.compile(r"[+−]?\d[\d.]*(?:,\d+)?")


@lru_cache(maxsize=1)
def made(facts):
    return render_word(note_markup(facts, STAMP), STAMP)


@pytest.fixture
def facts():
    return gather(note_case().note).facts


@pytest.fixture
def word(facts):
    return Document(io.BytesIO(made(facts)))


def headings(word):
    return [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Title", "Heading"))]


def tables(word):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]


def test_headings_are_words_own_in_the_pdfs_order(word, facts):
    found = headings(word)
    assert found[0] == ("Title", facts.title)
    assert [text for style, text in found if style == "Heading 1"] == [
        "Indhold",
        "Overblik",
        *(section.heading for section in facts.sections),
        "Bilag",
    ]
    assert ("Heading 2", "Hvad der virker") in found


def test_every_number_of_every_table_is_the_pdfs_in_the_same_order(word, facts):
    """Read both papers; compare what each prints under each table's caption."""
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption" and p.text.startswith("Tabel")]
    in_word = dict(zip(captions, tables(word)[1:], strict=True))
    printed = render_note(facts, STAMP).content
    texts = [text for _tag, text in pdf.tagged_text(printed, "Table")][1:]
    assert len(texts) == len(in_word) > 5
    for (caption, rows), text in zip(in_word.items(), texts, strict=True):
        told = "".join("".join(row) for row in rows)
        assert sorted(NUMBER.findall(told)) == sorted(NUMBER.findall(text.removeprefix(caption))), caption


def test_the_figures_of_the_facts_stand_in_their_rows(word, facts):
    rows = {row[0]: row[1:] for table in tables(word)[1:] for row in table}
    for count in facts.sections[0].tables[0].rows:
        assert rows[count.label] == [str(count.value)]
    assert rows["§ 85"] == ["30.05.2016", "8", "6", "2"]
    assert rows["500.000"] == ["412.350", "87.650", "480.000"]


def test_heads_are_repeated_and_rows_stay_whole(word):
    for table in word.tables[1:]:
        head = table.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_figure_is_a_picture_with_the_words_of_the_pdf(word, facts):
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == (
        "Diagram: Brug af rådgiveren, familier. maj 2017 18, november 2017 35."
    )
    assert "Fra 18 i maj 2017 til 35 i november 2017 (+17, +94,4 %)." in [p.text for p in word.paragraphs]


def test_language_properties_head_and_foot(word, facts):
    assert {element.get(qn("w:val")) for element in word.styles.element.iter(qn("w:lang"))} == {"da-DK"}
    told = word.core_properties
    assert (told.title, told.author, told.language) == (facts.title, "Hedensted Kommune", "da-DK")
    assert (told.keywords, told.version, told.created) == (
        "15.00.00-A00-2-16",
        "2",
        datetime(2017, 11, 27, 9, 0, tzinfo=UTC),
    )
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Hedensted Kommune\t\tUFB, møde 04.12.2017"
    foot = section.footer.paragraphs[0]
    assert "Sag 15.00.00-A00-2-16" in foot.text
    assert [field.text.strip() for field in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_contents_are_a_field_that_leads_to_the_headings(word, facts):
    body = word.element.body
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert codes[0].startswith("TOC ")
    assert {code.split()[1] for code in codes[1:]} <= marks
    kinds = [field.get(qn("w:fldCharType")) for field in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == len(codes)


def test_footnotes_are_words_own_with_their_links(facts):
    typed = "Der er 41[^1] borgere[^2].\n\n[^1]: Opgjort **her**, se [kilden](https://example.dk).\n[^2]: To."
    noted = replace(facts, sections=(replace(facts.sections[0], narrative=typed),))
    document = Document(io.BytesIO(render_word(note_markup(noted))))
    (part,) = [relation.target_part for relation in document.part.rels.values() if "footnotes" in relation.reltype]
    notes = parse_xml(part.blob)
    texts = ["".join(text.text for text in note.iter(qn("w:t"))).strip() for note in notes]
    assert texts == ["", "", "Opgjort her, se kilden.", "To."]
    marks = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))]
    assert marks == [note.get(qn("w:id")) for note in notes][2:] == ["1", "2"]
    assert [relation.target_ref for relation in part.rels.values()] == ["https://example.dk"]


def test_invisible_signs_of_the_pdf_are_not_in_it(word):
    text = "".join(paragraph.text for paragraph in word.paragraphs)
    assert not {"\u00ad", "\u200b"} & set(text)


def test_a_draft_says_so_on_every_page(facts):
    draft = Document(io.BytesIO(render_word(note_markup(facts))))
    section = draft.sections[0]
    for head in (section.header, section.first_page_header):
        assert "UDKAST – ikke udsendt" in head.paragraphs[0].text


def test_the_same_facts_give_the_same_bytes(facts):
    again = render_word(note_markup(facts, STAMP), STAMP)
    assert again == made(facts)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert archive.testzip() is None
