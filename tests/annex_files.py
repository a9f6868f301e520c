"""Files to try as annexes, honest and hostile, made on the spot."""

import io
import zipfile

import pikepdf
import xlsxwriter
from docx import Document

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'


def paper(*pages: str, **described: str) -> bytes:
    """Return a PDF with one line of text per page."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for text in pages or ("",):
        page = document.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        page.Contents = document.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1"))
    for name, value in described.items():
        document.docinfo[f"/{name}"] = value
    return _saved(document)


def _saved(document: pikepdf.Pdf, **how: object) -> bytes:
    data = io.BytesIO()
    document.save(data, **how)
    return data.getvalue()


def paper_that_runs(where: str) -> bytes:
    document = pikepdf.open(io.BytesIO(paper("Hej")))
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if where == "on opening":
        document.Root.OpenAction = action
    elif where == "launch":
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    elif where == "on a page":
        document.pages[0].obj.AA = pikepdf.Dictionary(O=action)
    else:
        document.attachments["regneark.xlsm"] = b"PK"
    return _saved(document)


def locked_paper() -> bytes:
    return _saved(pikepdf.open(io.BytesIO(paper("Hej"))), encryption=pikepdf.Encryption(owner="a", user="b"))


def packed(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """Return the zip with other parts in place of its own, or beside them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        own: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return packed(own | parts)


def letter(*paragraphs: str, header: str = "") -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = header
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def sheet(rows: list[list[object]], name: str = "Ark1", *, hidden: bool = False, note: str = "") -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.add_worksheet("Forside").write(0, 0, "Forside")
    made = book.add_worksheet(name)
    for number, row in enumerate(rows):
        made.write_row(number, 0, row)
    if hidden:
        made.very_hidden()
    if note:
        made.write_comment(0, 0, note)
    book.close()
    return data.getvalue()


def rel(kind: str, target: str, mode: str = "External") -> str:
    return RELS.format(f'<Relationship Id="r9" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/>')


def bomb(needed: str = "xl/workbook.xml", *, megabytes: int = 90) -> bytes:
    return packed({"[Content_Types].xml": TYPES, needed: b"<a>" + b" " * (megabytes * 1024 * 1024) + b"</a>"})
