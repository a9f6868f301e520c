"""Annexes judged by what is in them: honest files are kept, and every hostile one is refused with its reason."""

import zipfile

import pytest
from django.core.exceptions import ValidationError

from projects.rules.attachments import MAX_BYTES, check_attachment, check_size
from tests import annex_files as files

CPR = "010190-1234"
LETTER = files.letter("Afsnit om indsatsen.", "Tlf. 12 34 56 78")


def refusal(name, data):
    with pytest.raises(ValidationError) as refused:
        check_attachment(name=name, data=data)
    return refused.value


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Bilag 1.PDF", files.paper("Status for november", "Side to")),
        ("figur.png", b"\x89PNG\r\n\x1a\n..."),
        ("billede.jpeg", b"\xff\xd8\xff\xe0"),
        ("notat.docx", LETTER),
        (
            "notat.docx",
            files.with_parts(LETTER, {"word/_rels/x.xml.rels": files.rel("hyperlink", "https://kommune.dk")}),
        ),
        ("tal.xlsx", files.sheet([["Navn", "Beløb"], ["Løn", 123456789], ["Husleje", 1250.5]])),
        ("liste.csv", "navn;tal\næøå;1".encode()),
        ("liste.csv", "navn;tal\næøå;1".encode("cp1252")),
        ("liste.csv", "navn;tal\næøå;1".encode("utf-16")),
    ],
)
def test_files_that_are_what_they_say_are_kept(name, data):
    check_attachment(name=name, data=data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("program.exe", b"MZ", "file_type"),
        ("side.html", b"<p>", "file_type"),
        ("tegning.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "file_type"),
        ("tegning.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "file_content"),
        ("uden", files.paper(), "file_type"),
        ("tal.xlsm", files.sheet([]), "file_type"),
        ("notat.pdf", b"MZ\x90\x00 a renamed program", "file_content"),
        ("notat.pdf", b"<html>%PDF-", "file_content"),
        ("notat.pdf", b"%PDF-1.7 and nothing more", "file_content"),
        ("notat.pdf", files.locked_paper(), "file_encrypted"),
        ("notat.pdf", files.paper_that_runs("on opening"), "file_active"),
        ("notat.pdf", files.paper_that_runs("launch"), "file_active"),
        ("notat.pdf", files.paper_that_runs("on a page"), "file_active"),
        ("notat.pdf", files.paper_that_runs("attached"), "file_active"),
        ("figur.png", b"\xff\xd8\xff", "file_content"),
        ("notat.docx", files.sheet([]), "file_content"),
        ("notat.docx", b"MZ\x90\x00", "file_content"),
        ("notat.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "file_encrypted"),
        ("notat.docx", LETTER[:-40], "file_content"),
        ("tal.xlsx", b"PK\x03\x04 broken", "file_content"),
        ("tal.xlsx", files.with_parts(files.sheet([]), {"xl/vbaProject.bin": b"x"}), "file_macros"),
        (
            "tal.xlsx",
            files.with_parts(files.sheet([]), {"[Content_Types].xml": '<T a="sheet.macroEnabled.main+xml"/>'}),
            "file_macros",
        ),
        ("tal.xlsx", files.with_parts(files.sheet([]), {"xl/macrosheets/sheet1.xml": "<a/>"}), "file_macros"),
        ("tal.xlsx", files.with_parts(files.sheet([]), {"xl/externalLinks/externalLink1.xml": "<a/>"}), "file_links"),
        (
            "notat.docx",
            files.with_parts(LETTER, {"word/_rels/a.xml.rels": files.rel("attachedTemplate", "http://x")}),
            "file_links",
        ),
        (
            "notat.docx",
            files.with_parts(LETTER, {"word/_rels/a.xml.rels": files.rel("image", "file://x")}),
            "file_links",
        ),
        ("notat.docx", files.with_parts(LETTER, {"word/embeddings/oleObject1.bin": b"x"}), "file_active"),
        ("notat.docx", files.with_parts(LETTER, {"word/activeX/activeX1.xml": "<a/>"}), "file_active"),
        ("tal.xlsx", files.bomb(), "file_bomb"),
        (
            "tal.xlsx",
            files.packed(
                {"xl/workbook.xml": "<a/>", **{f"x/{n}.xml": "" for n in range(5001)}}, method=zipfile.ZIP_STORED
            ),
            "file_bomb",
        ),
        (
            "notat.docx",
            files.with_parts(LETTER, {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
            "file_content",
        ),
        ("notat.docx", files.with_parts(LETTER, {"word/document.xml": "<a><b></a>"}), "file_content"),
        ("liste.csv", b"a\x00b", "file_content"),
        ("liste.csv", b"", "file_empty"),
        ("stor.csv", b"x" * (MAX_BYTES + 1), "file_too_large"),
    ],
)
def test_files_that_are_something_else_are_refused(name, data, code):
    error = refusal(name, data)
    assert error.code == code
    assert name in error.messages[0]


def test_a_file_is_refused_by_its_size_before_it_is_read():
    check_size(name="stor.pdf", size=MAX_BYTES)
    with pytest.raises(ValidationError, match="større end 10 MB"):
        check_size(name="stor.pdf", size=MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("liste.csv", f"navn;nr\nA;1\nB;{CPR}\n".encode(), "linje 3"),
        ("liste.csv", f"navn;nr\nB;{CPR}\n".encode("utf-16"), "linje 2"),
        ("notat.pdf", files.paper("Intet her", f"Se {CPR}"), "side 2"),
        ("notat.pdf", files.paper("Intet her", Author=f"Sag {CPR}"), "filens egenskaber"),
        ("notat.docx", files.letter("Intet", f"Borgeren 61{CPR[2:]} er flyttet"), "afsnit 2"),
        ("notat.docx", files.letter("Intet", header=f"Sag {CPR}"), "sidehovedet"),
        ("tal.xlsx", files.sheet([["Nr"], [CPR]]), "arket “Ark1”, celle A2"),
        ("tal.xlsx", files.sheet([["Nr", ""], ["", 2412901234]]), "arket “Ark1”, celle B2"),
        ("tal.xlsx", files.sheet([["CPR"], [101901234]], "Skjult", hidden=True), "arket “Skjult”, celle A2"),
        ("tal.xlsx", files.sheet([[101901234], [203851111]]), "arket “Ark1”, celle A1; arket “Ark1”, celle A2"),
        ("tal.xlsx", files.sheet([["a"]], note=f"Se {CPR}"), "en kommentar"),
    ],
)
def test_a_cpr_number_is_found_and_the_place_is_said_but_never_the_number(name, data, place):
    error = refusal(name, data)
    assert (error.code, f": {place}. " in error.messages[0]) == ("cpr", True), error.messages
    assert "1234" not in error.messages[0]


def test_a_cpr_number_written_over_two_runs_is_found():
    runs = "<w:p><w:r><w:t>010190</w:t></w:r><w:r><w:t>-1234</w:t></w:r></w:p>"
    error = refusal("notat.docx", files.with_parts(LETTER, {"word/document.xml": files.WORD.format(runs)}))
    assert "afsnit 1" in error.messages[0]


def test_many_places_are_not_all_listed():
    error = refusal("liste.csv", "\n".join([CPR] * 9).encode())
    assert "linje 1; linje 2; linje 3 og flere steder" in error.messages[0]


def test_a_cpr_number_in_the_name_is_refused_without_repeating_it():
    error = refusal("0101901234.pdf", files.paper())
    assert (error.code, "0101901234" in error.messages[0]) == ("cpr", False)


def test_one_cell_in_the_last_corner_of_a_sheet_is_no_square_of_milliards():
    corner = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>010190-1234</t></is></c></row></sheetData></worksheet>'
    )
    error = refusal("tal.xlsx", files.with_parts(files.sheet([]), {"xl/worksheets/sheet2.xml": corner}))
    assert "celle XFD1048576" in error.messages[0]
