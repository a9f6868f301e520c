"""PDF files: nothing that runs, nothing locked, nothing packed inside; and the text of every page."""

import io
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.annexes.places import AnnexText, not_what_it_says

MOST_PAGES = 500
# No honest document nests deeper, and reading one that does would never end.
_DEEPEST = 60
_RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}


def check_pdf(data: bytes) -> list[AnnexText]:
    """Return the text page by page. Raises file_content, file_encrypted, file_active, file_bomb."""
    # Some programs write a few bytes before the mark; a page of HTML that mentions it is no PDF.
    if not data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"%PDF-"):
        raise not_what_it_says()
    _check_objects(data)
    return _page_texts(data)


def _check_objects(data: bytes) -> None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise _encrypted()
            if len(document.pages) > MOST_PAGES:
                raise ValidationError(
                    _("“%(name)s” has more than 500 pages. Keep the part the committee is to read."), code="file_bomb"
                )
            if document.attachments or any(_runs(each) for each in document.objects):
                raise ValidationError(
                    _("“%(name)s” holds a program or other files. Print it to a new PDF, and choose that one."),
                    code="file_active",
                )
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise not_what_it_says() from None


def _runs(found: Any, depth: int = 0) -> bool:
    """Return whether the object, or one standing in it, would run something. One that is referred to has its turn."""
    import pikepdf

    if isinstance(found, pikepdf.Array):
        inside = list(found)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        if set(found.keys()) & {"/JS", "/JavaScript", "/XFA"} or str(found.get("/S", "")) in _RUNS:
            return True
        inside = [value for _key, value in found.items()]
    else:
        return False
    direct = [each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect]
    return depth > _DEEPEST or any(_runs(each, depth + 1) for each in direct)


def _encrypted() -> ValidationError:
    return ValidationError(
        _("“%(name)s” is locked, so nobody can see what it holds. Save it without a password."), code="file_encrypted"
    )


def _page_texts(data: bytes) -> list[AnnexText]:
    import pypdf

    # What a reader cannot make out of a page is nobody's error; its warnings would fill the log.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    texts = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        for number, page in enumerate(reader.pages, start=1):
            texts.append(AnnexText(_("page %(number)s") % {"number": number}, page.extract_text()))
        described = " ".join(str(value) for value in (reader.metadata or {}).values())
    except pypdf.errors.LimitReachedError:
        raise ValidationError(
            _("“%(name)s” unpacks to far more than a document holds. It cannot be kept."), code="file_bomb"
        ) from None
    except Exception:
        raise not_what_it_says() from None
    return [*texts, AnnexText(_("the file's properties"), described)]
