"""Stored files handed out: shown in the browser or saved, byte for byte as they were stored."""

from urllib.parse import quote

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from reports.models import StatusNote

# A browser shows a PDF through an object of its own; with object-src 'none' some show an empty window.
shown_by_the_browser = csp_replace({"object-src": [SELF]})


def file_name(note: StatusNote, part: str, ending: str) -> str:
    return f"notat-{note.meeting.committee.code}-{note.meeting.date:%Y-%m-%d}-{part}.{ending}"


def frozen(
    request: HttpRequest, content: bytes, checksum: str, kind: str, name: str, *, is_saved: bool = False
) -> HttpResponseBase:
    """Return stored bytes with their checksum as ETag; 304 for someone who has them already."""
    tag = f'"{checksum}"'
    is_known = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=304) if is_known else inline(content, kind, name, is_saved=is_saved)
    response["ETag"] = tag
    return response


def inline(content: bytes, kind: str, name: str, *, is_saved: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    how = "attachment" if is_saved else "inline"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-cache"
    return response
