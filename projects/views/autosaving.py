"""What a form that saves itself is answered, in JSON for static/js/status-save.js.

200: version, base, saved. 401: log in again. 403: the page is somebody else's. 409: somebody saved meanwhile, or it is
closed. 422: what must be mended first.
"""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

Line = dict[str, str]


def stopped(request: HttpRequest, page: str) -> JsonResponse | None:
    """Return the answer for one who is logged out, or another than the page was opened by; None for the writer."""
    if not request.user.is_authenticated:
        words = _("You are logged out. What you have written stays here and is saved when you have logged in again.")
        return JsonResponse({"message": words, "login": f"{reverse('account:login')}?next={page}"}, status=401)
    if request.POST.get("writer", str(request.user.pk)) != str(request.user.pk):
        words = _("Somebody else has logged in on this machine. Nothing more is saved from this page.")
        return JsonResponse({"message": words, "reason": "writer"}, status=403)
    return None


def in_the_way(reason: str, words: str) -> JsonResponse:
    return JsonResponse({"message": words, "reason": reason}, status=409)


def refused(lines: Sequence[Line]) -> JsonResponse:
    return JsonResponse({"message": _("Not saved yet: this must be corrected first."), "fields": lines}, status=422)


def lines_of(form: forms.Form) -> list[Line]:
    """Return what is wrong in the form, each with its field."""
    lines = [
        {"anchor": form[name].id_for_label, "label": str(form[name].label), "message": str(message)}
        for name, errors in form.errors.items()
        if name in form.fields
        for message in errors
    ]
    return lines + [{"anchor": "", "label": "", "message": str(message)} for message in form.non_field_errors()]


def saved_words(moment: datetime | None = None) -> str:
    """Return "Gemt kl. 14.05"; without a moment it was now."""
    return _("Saved at %(time)s") % {"time": f"{timezone.localtime(moment):%H.%M}"}
