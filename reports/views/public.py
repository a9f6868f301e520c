"""The public edition of a note's issued version: choosing, going through it, approving it, and what was made."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from projects.permissions import has_role, roles_required
from reports.enums import Edition
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.models import NoteFile, NoteVersion, PublicEdition
from reports.package import media_type
from reports.views.access import COMPOSERS, PUBLISHERS, READERS, version_or_404
from reports.views.files import file_name, frozen, shown_by_the_browser
from reports.views.paper import screen_items
from reports.views.publications import Desk, PublicPlaces, choices_form, shown


@roles_required(*READERS)
@require_http_methods(["GET", "HEAD"])
def public_edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show how far the public edition is: not begun, to be gone through, or issued. Readers see what is issued."""
    desk = _desk(request, pk, number)
    edition = desk.edition()
    if (edition is None or not edition.is_issued) and not has_role(desk.user, *PUBLISHERS):
        # A draft of a public edition does not exist for those who only read.
        raise Http404
    return desk.page(edition)


@roles_required(*COMPOSERS)
@require_POST
def public_begin(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).begin()


@roles_required(*COMPOSERS)
@require_POST
def public_texts(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).change_texts()


@roles_required(*PUBLISHERS)
@require_POST
def public_answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).answer()


@roles_required(*PUBLISHERS)
@require_POST
def public_approve(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).approve()


@roles_required(*PUBLISHERS)
@require_POST
def public_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).again()


@roles_required(*COMPOSERS)
@require_POST
def public_discard(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _desk(request, pk, number).discard(reverse("reports:note-version-show", args=[pk, number]))


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def public_file(request: HttpRequest, pk: int, number: int, ending: str) -> HttpResponseBase:
    """Return the stored bytes of the public edition; nothing is made anew."""
    version = version_or_404(request, pk, number)
    file = get_object_or_404(NoteFile, version=version, edition=Edition.PUBLIC, format=ending)
    name = file_name(version.note, f"v{version.number}-{_('public')}", ending)
    return frozen(request, bytes(file.content), file.sha256, media_type(name), name, is_saved=ending != "pdf")


def _desk(request: HttpRequest, pk: int, number: int) -> Desk:
    names = ("begin", "texts", "answer", "approve", "again", "discard")
    addresses = {name: reverse(f"reports:public-{name}", args=[pk, number]) for name in names}
    places = PublicPlaces(here=reverse("reports:public-edition", args=[pk, number]), **addresses)
    return Desk(request, version_or_404(request, pk, number), places, _show)


def _show(desk: Desk, edition: PublicEdition | None, own: dict[str, Any], status: int) -> HttpResponse:
    version = cast(NoteVersion, desk.issued)
    context: dict[str, Any] = {
        "version": version,
        "note": version.note,
        "choices": choices_form(edition),
        "can_compose": has_role(desk.user, *COMPOSERS),
        "can_publish": has_role(desk.user, *PUBLISHERS),
    }
    if edition is not None:
        facts = from_json(NoteFacts, edition.facts) if edition.is_worked_out else None
        context |= {"facts": facts, "items": screen_items(facts) if facts else []}
    return shown(desk, "reports/public_note.html", context | own, edition, status)
