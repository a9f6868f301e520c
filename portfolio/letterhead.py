"""Settings of a paper's head that are wrong in a way nobody would see before a committee does."""

import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_LARGEST = 1024 * 1024


def colour(text: str) -> str:
    """Return the colour as #rrggbb, "" for none. Raises ImproperlyConfigured."""
    if text and not _COLOUR.fullmatch(text):
        raise ImproperlyConfigured(f"SITE_COLOUR er {text!r}. Skriv en farve som #0c4f63.")
    return text


def picture(path: str) -> tuple[str, bytes]:
    """Return the picture's kind, judged by its content, and its bytes; ("", b"") for none.

    Raises ImproperlyConfigured for a file that is not there, too large, or none of PNG, JPEG and SVG.
    """
    if not path:
        return "", b""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"SITE_LOGO kan ikke læses: {path} ({error.strerror}).") from None
    kind = next((kind for start, kind in _KINDS if content.startswith(start)), "")
    if not kind and b"<svg" in content[:1000]:
        kind = "image/svg+xml"
    if not kind or len(content) > _LARGEST:
        raise ImproperlyConfigured(f"SITE_LOGO skal være et PNG-, JPEG- eller SVG-billede på højst 1 MB: {path}.")
    return kind, content
