"""What the municipality's archive takes in: every shape of an issued version, its annexes, and what they are."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from xml.etree import ElementTree

from reports.archives import packed
from reports.enums import PaperFormat
from reports.facts.annexes import AnnexFile
from reports.facts.canonical import to_json
from reports.facts.note import NoteFacts, Stamp
from reports.facts.papers.head import PaperFacts

METADATA = "metadata.xml"
# KLE: main group, group and subject; then what is done with it.
_KLE = re.compile(r"(\d{2}\.\d{2}\.\d{2})(?:-([A-ZÆØÅ]\d{2}))?")
# Name in the package, what it is to the paper, and its bytes.
Files = Sequence[tuple[str, str, bytes]]
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}


def media_type(name: str) -> str:
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix[1:].lower(), "application/octet-stream")


def archive_package(
    facts: NoteFacts, stamp: Stamp, *, pdf: bytes, word: bytes, annexes: Sequence[AnnexFile] = ()
) -> bytes:
    """Return the ZIP. The same input gives the same bytes."""
    files = [
        ("notat.pdf", "notat", pdf),
        (f"notat.{PaperFormat.WORD}", "notat", word),
        (f"notat.{PaperFormat.FACTS}", "data", to_json(facts).encode()),
        *((f"bilag/{annex.name}", annex.title, annex.content) for annex in annexes),
    ]
    document = {
        "titel": facts.title,
        "type": "Notat",
        "kommune": facts.municipality,
        "udvalgskode": facts.committee_code,
        "udvalg": facts.committee,
        "moededato": facts.meeting_date.isoformat(),
        "notatdato": facts.dated.isoformat(),
        "statusmaaned": f"{facts.month:%Y-%m}",
        "sagsbehandler": facts.case_officer,
        "udgave": facts.edition,
        **_stamped(stamp),
    }
    root = _metadata(facts.case_number, document, files)
    for annex in facts.annexes:
        told = {"nummer": str(annex.number), "titel": annex.title, "projekt": annex.project, "kilde": annex.source}
        file = {"fil": f"bilag/{annex.file}"} if annex.file else {}
        ElementTree.SubElement(root, "bilag", {**told, **file})
    return _packed(root, files)


def paper_package(facts: PaperFacts, stamp: Stamp, *, edition: str, pdf: bytes, word: bytes) -> bytes:
    """Return the ZIP of a paper that is not a note. The same input gives the same bytes."""
    files = [
        ("papir.pdf", "papir", pdf),
        (f"papir.{PaperFormat.WORD}", "papir", word),
        (f"papir.{PaperFormat.FACTS}", "data", to_json(facts).encode()),
    ]
    head = facts.head
    document = {
        "titel": head.title,
        "type": head.kind,
        "kommune": head.municipality,
        "dato": head.dated.isoformat(),
        "udgave": edition,
        **_stamped(stamp),
    }
    root = _metadata(head.case_number, document, files)
    for line in head.lines:
        ElementTree.SubElement(root, "oplysning", {"navn": line.label, "indhold": line.value})
    return _packed(root, files)


def _packed(root: ElementTree.Element, files: Files) -> bytes:
    ElementTree.indent(root)
    metadata = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return packed([(METADATA, metadata), *((name, content) for name, _role, content in files)])


def _stamped(stamp: Stamp) -> dict[str, str]:
    return {
        "version": str(stamp.number),
        "erstatter": str(stamp.replaces) if stamp.replaces else "",
        "begrundelse": stamp.reason,
        "udsendt": stamp.issued_at.isoformat(timespec="seconds"),
        "udsendt-af": stamp.issued_by,
    }


def _metadata(case_number: str, document: dict[str, str], files: Files) -> ElementTree.Element:
    """Return who, what and when as XML, its element names Danish as in the archives that read it."""
    root = ElementTree.Element("arkivpakke", version="1")
    _add(root, "sag", _case(case_number))
    _add(root, "dokument", document)
    listed = ElementTree.SubElement(root, "filer")
    for name, role, content in files:
        told = {"navn": name, "rolle": role, "medietype": media_type(name), "bytes": str(len(content))}
        ElementTree.SubElement(listed, "fil", {**told, "sha256": sha256(content).hexdigest()})
    return root


def _case(number: str) -> dict[str, str]:
    found = _KLE.match(number)
    subject, facet = (found.group(1), found.group(2) or "") if found else ("", "")
    return {"sagsnummer": number, "kle-emne": subject, "kle-facet": facet}


def _add(root: ElementTree.Element, tag: str, values: dict[str, str]) -> None:
    """Add an element with one below it for each value that is known."""
    parent = ElementTree.SubElement(root, tag)
    for name, value in values.items():
        if value:
            ElementTree.SubElement(parent, name).text = value
