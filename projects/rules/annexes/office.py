"""Word and Excel files: a bounded zip of XML, without macros, without anything fetched or run; and their text."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.annexes.markup import Element, elements, runs
from projects.rules.annexes.places import AnnexText, not_what_it_says, too_much
from projects.rules.annexes.sheets import cell_texts

MOST_PARTS = 5000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PER_PART = 25 * 1024 * 1024
# XML packs well, but not a thousandfold.
HIGHEST_RATIO = 400
_SMALL = 1024 * 1024


def check_office(data: bytes, needed: str) -> list[AnnexText]:
    """Return the text with its places. `needed` is the part that makes it a Word or an Excel file.

    Raises file_content, file_macros, file_active, file_links, file_encrypted, file_bomb.
    """
    # Word and Excel lock a file by wrapping it in the old format.
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _("“%(name)s” is locked, so nobody can see what it holds. Save it without a password."),
            code="file_encrypted",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            if needed not in archive.namelist():
                raise not_what_it_says()
            _check_names(archive)
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise not_what_it_says() from None
    _check_parts(parts)
    texts = [text for name in sorted(parts) for text in _part_texts(name, parts[name])]
    return texts + (list(cell_texts(parts)) if needed.startswith("xl/") else [])


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Hold the sizes the zip states against the limits; reading stops at the stated size, so they cannot lie."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise too_much()
    for part in parts:
        is_dense = part.file_size > _SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        if is_dense or part.file_size > MOST_PER_PART:
            raise too_much()


def _check_names(archive: zipfile.ZipFile) -> None:
    names = [name.casefold() for name in archive.namelist()]
    if any(name.rpartition("/")[2] in {"vbaproject.bin", "vbadata.xml"} or "/macrosheets/" in name for name in names):
        raise _macros()
    if any("/activex/" in name or "/embeddings/" in name for name in names):
        raise ValidationError(
            _("“%(name)s” holds another file or a program. Remove it, or save as PDF."), code="file_active"
        )
    if any("/externallinks/" in name for name in names):
        raise _links()


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise _macros()
    for name, content in parts.items():
        if name.endswith(".rels") and any(_fetches(element) for element in elements(content)):
            raise _links()


def _fetches(element: Element) -> bool:
    """Return whether something would be fetched on opening. A link the reader may click on fetches nothing."""
    kind = element.attributes.get("Type", "").rpartition("/")[2]
    return element.attributes.get("TargetMode") == "External" and kind != "hyperlink"


def _macros() -> ValidationError:
    return ValidationError(
        _("“%(name)s” holds macros, which cannot be kept. Save it without macros, as docx or xlsx."),
        code="file_macros",
    )


def _links() -> ValidationError:
    return ValidationError(
        _("“%(name)s” fetches something from elsewhere when it is opened. Break the links, or save as PDF."),
        code="file_links",
    )


def _part_texts(name: str, content: bytes) -> Iterator[AnnexText]:
    """Yield a part's text by paragraph. A spreadsheet's cells are read by `_cells`, which knows where they stand."""
    if name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")) or not name.endswith(".xml"):
        return
    body = name == "word/document.xml"
    number = 0
    words: list[str] = []
    for element, text in runs(content):
        if element.tag in {"p", "comment"}:
            if words:
                yield AnnexText(_place(name, number, is_body=body), "".join(words))
            number, words = number + 1, []
        # Fields hold instructions to Word beside what they show.
        if text and element.tag != "instrText":
            words.append(text)
    if words:
        yield AnnexText(_place(name, number, is_body=body), "".join(words))


def _place(name: str, number: int, *, is_body: bool) -> str:
    if is_body:
        return _("paragraph %(number)s") % {"number": max(number, 1)}
    kinds = {
        "header": _("the page header"),
        "footer": _("the page footer"),
        "footnotes": _("a footnote"),
        "endnotes": _("an endnote"),
        "comment": _("a comment"),
        "threadedComment": _("a comment"),
        "docProps": _("the file's properties"),
        "drawing": _("a text box"),
        "chart": _("a chart"),
    }
    return next((words for mark, words in kinds.items() if mark in name), _("a hidden part"))
