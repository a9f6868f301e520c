"""Which files may be kept as annexes, judged by what is in them and not by what they are called."""

from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.annexes.office import check_office
from projects.rules.annexes.paper import check_pdf
from projects.rules.annexes.places import AnnexText
from projects.rules.annexes.text import check_csv
from projects.rules.text import find_cpr

MAX_BYTES = 10 * 1024 * 1024
EXTENSIONS = (".pdf", ".docx", ".xlsx", ".csv", ".png", ".jpg", ".jpeg")

_PICTURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_NEEDED = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


def check_size(*, name: str, size: int) -> None:
    """Raise file_too_large, before anything of the file is read."""
    if size > MAX_BYTES:
        raise _refusal(
            _larger(name),
            name,
            "file_too_large",
        )


def _larger(name: str) -> str:
    if name.lower().endswith(".pdf"):
        return _("“%(name)s” is larger than 10 MB. Save it again in a smaller size, or split it into several files.")
    return _("“%(name)s” is larger than 10 MB. Make it smaller, for example by saving it as PDF.")


def check_attachment(*, name: str, data: bytes) -> None:
    """Raise what keeps the file from being an annex.

    cpr (in the name or anywhere in the text, with the place but without the number), file_type, file_too_large,
    file_empty, file_content (is not what its name says), file_macros, file_links (fetches from elsewhere),
    file_active (runs something), file_encrypted, file_bomb (far larger unpacked).
    """
    if find_cpr(name):
        message = _("The file's name holds a CPR number. Give the file another name.")
        raise ValidationError(message, code="cpr")
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if extension not in EXTENSIONS:
        message = _(
            "“%(name)s” cannot be kept as an annex. Choose a PDF, Word (docx), Excel (xlsx), CSV, PNG or JPEG file."
        )
        raise _refusal(message, name, "file_type")
    check_size(name=name, size=len(data))
    if not data:
        raise _refusal(_("“%(name)s” is empty."), name, "file_empty")
    if extension in _PICTURES:
        if not data.startswith(_PICTURES[extension]):
            raise _not_what_it_says(name, extension)
        return
    try:
        texts = _texts(extension, data)
    except ValidationError as error:
        raise _named(error, name, extension) from None
    _check_no_cpr(texts, name)


def _texts(extension: str, data: bytes) -> list[AnnexText]:
    if extension in _NEEDED:
        return check_office(data, _NEEDED[extension])
    return check_pdf(data) if extension == ".pdf" else check_csv(data)


def _check_no_cpr(texts: list[AnnexText], name: str) -> None:
    places = list(dict.fromkeys(text.place for text in texts if find_cpr(text.text)))
    if not places:
        return
    shown = places[:3]
    message = _("“%(name)s” holds a CPR number: %(places)s. Remove it from the file, and choose the file again.")
    if len(places) > len(shown):
        message = _("“%(name)s” holds CPR numbers: %(places)s and elsewhere. Remove them, and choose the file again.")
    raise ValidationError(message, code="cpr", params={"name": _short(name), "places": "; ".join(shown)})


def _named(error: ValidationError, name: str, extension: str) -> ValidationError:
    if error.code == "file_content":
        return _not_what_it_says(name, extension)
    return _refusal(str(error.message), name, error.code or "file_content")


def _not_what_it_says(name: str, extension: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is not a %(kind)s file inside. Save it again from the program it was made in."),
        code="file_content",
        params={"name": _short(name), "kind": extension[1:].upper()},
    )


def _refusal(message: str, name: str, code: str) -> ValidationError:
    return ValidationError(message, code=code, params={"name": _short(name)})


def _short(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name[:80]
