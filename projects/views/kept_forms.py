"""Typed text survives a session that ran out: it waits in the visitor's new session until they have logged in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import ResolverMatch, resolve, reverse
from django.views import csrf

KEPT = "kept_forms"
MOST_FORMS = 3
LONGEST = 400_000
# The forms whose text is worth keeping → the page that shows it again.
FORMS = {
    "projects:snapshot-edit": "projects:snapshot-edit",
    "projects:snapshot-submit": "projects:snapshot-edit",
    "projects:proposal-create": "projects:proposal-create",
    "projects:proposal-edit": "projects:proposal-edit",
    "projects:indicator-create": "projects:indicator-create",
    "projects:indicator-edit": "projects:indicator-edit",
    "projects:breakdown-create": "projects:breakdown-create",
    "projects:breakdown-edit": "projects:breakdown-edit",
    "projects:story-create": "projects:story-create",
    "projects:story-edit": "projects:story-edit",
    "reports:note-create": "reports:note-create",
    "reports:note-compose": "reports:note-compose",
    "reports:letter-create": "reports:letter-create",
    "reports:letter-edit": "reports:letter-edit",
    "reports:question-create": "reports:question-create",
    "reports:question-edit": "reports:question-edit",
}

View = Callable[..., HttpResponse]


def keeps_typed_text(view: View) -> View:
    """Ask visitors to log in, and keep what a logged-out one has posted. In place of `login_required`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        page = _page_of(resolve(request.path_info)) or request.get_full_path()
        if request.method == "POST":
            keep(request, page)
        return redirect_to_login(page)

    return guarded


def keep(request: HttpRequest, page: str) -> None:
    """Keep the posted texts for the page; the newest few, and nothing beyond a sensible size."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) > LONGEST:
        return
    kept = {key: value for key, value in request.session.get(KEPT, {}).items() if key != page}
    newest = dict(list(kept.items())[-(MOST_FORMS - 1) :])
    request.session[KEPT] = newest | {page: text}


def kept(request: HttpRequest) -> QueryDict | None:
    """Return what this user had typed on this page before they were logged out, None for nothing."""
    text = request.session.get(KEPT, {}).get(request.path)
    if text is None:
        return None
    data = QueryDict(text)
    # Somebody else on the same machine must not be shown it.
    return data if data.get("writer") == str(request.user.pk) else None


def forget(request: HttpRequest, page: str) -> None:
    forms = request.session.get(KEPT, {})
    if page in forms:
        request.session[KEPT] = {key: text for key, text in forms.items() if key != page}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep the text when only the page's token had grown old, as after a login in another tab."""
    page = _form_page(request)
    if page is None or not _came_from_here(request):
        return csrf.csrf_failure(request, reason)
    keep(request, page)
    return HttpResponseRedirect(page)


def _form_page(request: HttpRequest) -> str | None:
    try:
        return _page_of(resolve(request.path_info)) if request.method == "POST" else None
    except Http404:
        return None


def _page_of(match: ResolverMatch) -> str | None:
    name = FORMS.get(match.view_name)
    return reverse(name, kwargs=match.kwargs) if name else None


def _came_from_here(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.scheme == request.scheme and origin.netloc == request.get_host()
