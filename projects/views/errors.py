"""What is answered when a request is refused before any page has seen it."""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.views import defaults

_READ_AWAY = 200 * 1024 * 1024
_AT_A_TIME = 256 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell what is too large apart from what cannot be read: only the first can be mended by the one who sent it."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return defaults.bad_request(request, exception)
    _read_away(request)
    return HttpResponse(render_to_string("413.html"), status=413)


def _read_away(request: HttpRequest) -> None:
    """Read on and keep nothing: a browser that still sends shows no answer, only that the connection broke."""
    with suppress(UnreadablePostError):
        for _part in range(_READ_AWAY // _AT_A_TIME):
            if not request.read(_AT_A_TIME):
                break
