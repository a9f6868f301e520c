"""Which files may be kept as annexes, judged by what is in them and not by what they are called."""

import io
import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
EXTENSIONS = (".pdf", ".docx", ".xlsx", ".csv", ".png", ".jpg", ".jpeg")

_MAGIC = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_MANY_PARTS = 5000


def check_attachment(*, name: str, data: bytes) -> None:
    """Raise file_type, file_too_large, file_empty, file_content (is not what its name says) or file_macros."""
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if extension not in EXTENSIONS:
        raise ValidationError(
            _("“%(name)s” cannot be kept as an annex. Choose a PDF, Word (docx), Excel (xlsx), CSV, PNG or JPEG file."),
            code="file_type",
            params={"name": name[:80]},
        )
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 10 MB. Make it smaller, for example by saving it as PDF."),
            code="file_too_large",
            params={"name": name[:80]},
        )
    if not data:
        raise ValidationError(_("“%(name)s” is empty."), code="file_empty", params={"name": name[:80]})
    if not _is_what_it_says(extension, data):
        raise ValidationError(
            _("“%(name)s” is not a %(kind)s file inside. Save it again from the program it was made in."),
            code="file_content",
            params={"name": name[:80], "kind": extension[1:].upper()},
        )


def _is_what_it_says(extension: str, data: bytes) -> bool:
    if extension in _MAGIC:
        return data.startswith(_MAGIC[extension])
    if extension in _OFFICE_PARTS:
        return _is_office(data, _OFFICE_PARTS[extension])
    return _is_text(data)


def _is_office(data: bytes, needed: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if len(names) > _MANY_PARTS or any(name.rpartition("/")[2].casefold() == "vbaproject.bin" for name in names):
        raise ValidationError(
            _("The file holds macros, which cannot be kept. Save it without macros, as docx or xlsx."),
            code="file_macros",
        )
    return needed in names


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in Denmark writes cp1252, which reads any byte but five.
        return not any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    return True
