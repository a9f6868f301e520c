import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from projects.rules.attachments import MAX_BYTES, check_attachment


def office(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Bilag 1.PDF", b"%PDF-1.7"),
        ("figur.png", b"\x89PNG\r\n\x1a\n..."),
        ("billede.jpeg", b"\xff\xd8\xff\xe0"),
        ("notat.docx", office("word/document.xml")),
        ("tal.xlsx", office("xl/workbook.xml")),
        ("liste.csv", "navn;tal\næøå;1".encode()),
        ("liste.csv", "navn;tal\næøå;1".encode("cp1252")),
    ],
)
def test_files_that_are_what_they_say_are_kept(name, data):
    check_attachment(name=name, data=data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("program.exe", b"MZ", "file_type"),
        ("side.html", b"<p>", "file_type"),
        ("uden", b"%PDF-1.7", "file_type"),
        ("notat.pdf", b"<html>%PDF-", "file_content"),
        ("figur.png", b"\xff\xd8\xff", "file_content"),
        ("notat.docx", office("xl/workbook.xml"), "file_content"),
        ("tal.xlsx", b"PK\x03\x04 itu", "file_content"),
        ("tal.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "file_macros"),
        ("liste.csv", b"a\x00b", "file_content"),
        ("liste.csv", b"", "file_empty"),
        ("stor.pdf", b"%PDF-" + b"x" * MAX_BYTES, "file_too_large"),
    ],
)
def test_files_that_are_something_else_are_refused(name, data, code):
    with pytest.raises(ValidationError) as caught:
        check_attachment(name=name, data=data)
    assert caught.value.code == code
