"""The public edition of an issued version: choosing, going through it, approving it, and getting what was made."""

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from projects.actions.findings import answer_finding
from projects.models import User
from projects.permissions import has_role, roles_required
from projects.queries.workers import is_a_worker_alive
from reports.actions.public import (
    APPROVALS,
    approve_public_edition,
    begin_public_edition,
    change_public_texts,
    discard_public_edition,
    is_ready,
)
from reports.actions.renderings import ask_for_public, is_silent
from reports.disclosure.edition import text_places
from reports.disclosure.stored import text_notices
from reports.enums import Edition, Failure, RenderingKind, RenderingState
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.models import NoteFile, NoteVersion, PublicEdition, Rendering
from reports.models.public import Publication
from reports.package import media_type
from reports.public_forms import PublicForm, PublicTextsForm
from reports.views.access import COMPOSERS, PUBLISHERS, READERS, version_or_404
from reports.views.files import file_name, frozen, shown_by_the_browser
from reports.views.paper import screen_items


@dataclass(frozen=True)
class PublicPlaces:
    """Addresses of a public edition's page, and of what is done on it. `texts` "": they are what was issued."""

    here: str
    begin: str
    answer: str
    approve: str
    again: str
    discard: str
    texts: str = ""


@roles_required(*READERS)
@require_http_methods(["GET", "HEAD"])
def public_edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show how far the public edition is: not begun, to be gone through, or issued. Readers see what is issued."""
    version = version_or_404(request, pk, number)
    edition = _edition(version)
    if edition is None or not edition.is_issued:
        _only(request, *PUBLISHERS)
    return _page(request, version, edition)


@roles_required(*COMPOSERS)
@require_POST
def public_begin(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Decide how counts are protected, and have the edition worked out."""
    version = version_or_404(request, pk, number)
    form = PublicForm(request.POST)
    if not form.is_valid():
        return _page(request, version, _edition(version), choices=form, status=422)
    try:
        edition = begin_public_edition(version=version, by=cast(User, request.user), **form.cleaned_data)
    except ValidationError as error:
        return _refused(request, version, error)
    return _worked_out(request, edition)


@roles_required(*COMPOSERS)
@require_POST
def public_texts(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Replace or leave out texts; the edition is then worked out anew."""
    version = version_or_404(request, pk, number)
    edition = _open_edition(version)
    form = PublicTextsForm(request.POST, places=text_places(from_json(NoteFacts, version.facts)), texts=edition.texts)
    if not form.is_valid():
        return _page(request, version, edition, texts=form, status=422)
    try:
        changed = change_public_texts(
            edition=edition,
            expected_saves=form.cleaned_data["saves"],
            texts=form.texts(),
            by=cast(User, request.user),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, version, _edition(version), texts=form, status=409)
    if changed.saves == edition.saves:
        return _back(version)
    return _worked_out(request, changed)


@roles_required(*PUBLISHERS)
@require_POST
def public_answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer what was noticed in a text."""
    version = version_or_404(request, pk, number)
    asked = request.POST.get("fingerprint", "")
    notices = text_notices(_open_edition(version))
    item = next((item for item in notices if item.notice.fingerprint == asked), None)
    if item is None:
        messages.warning(request, _("The text has changed. Look at it again."))
        return _back(version, "tekster")
    try:
        answer_finding(
            subject=item.subject,
            notice=item.notice,
            answer=request.POST.get("answer", ""),
            by=cast(User, request.user),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(version, "tekster")


@roles_required(*PUBLISHERS)
@require_POST
def public_approve(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer for the edition as it was shown; the second person's approval has its papers made."""
    version = version_or_404(request, pk, number)
    edition, user = _open_edition(version), cast(User, request.user)
    try:
        edition = approve_public_edition(edition=edition, facts_sha256=request.POST.get("facts_sha256", ""), by=user)
        if not is_ready(edition):
            messages.success(request, _("You have approved it. When one more person has, it is issued."))
            return _back(version)
        ask_for_public(edition=edition, kind=RenderingKind.PUBLIC, by=user)
    except ValidationError as error:
        return _refused(request, version, error)
    return _back(version)


@roles_required(*PUBLISHERS)
@require_POST
def public_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask once more for what was not made."""
    version = version_or_404(request, pk, number)
    edition = _open_edition(version)
    kind = RenderingKind.PUBLIC if is_ready(edition) else RenderingKind.PUBLIC_DRAFT
    try:
        if not edition.is_issued:
            ask_for_public(edition=edition, kind=kind, by=cast(User, request.user))
    except ValidationError as error:
        return _refused(request, version, error)
    return _back(version)


@roles_required(*COMPOSERS)
@require_POST
def public_discard(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    try:
        discard_public_edition(edition=_open_edition(version), by=cast(User, request.user))
    except ValidationError as error:
        return _refused(request, version, error)
    messages.success(request, _("The public edition is discarded. The issued note stands as it did."))
    return redirect("reports:note-version-show", pk=pk, number=number)


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def public_file(request: HttpRequest, pk: int, number: int, ending: str) -> HttpResponseBase:
    """Return the stored bytes of the public edition; nothing is made anew."""
    version = version_or_404(request, pk, number)
    file = get_object_or_404(NoteFile, version=version, edition=Edition.PUBLIC, format=ending)
    name = file_name(version.note, f"v{version.number}-{_('public')}", ending)
    return frozen(request, bytes(file.content), file.sha256, media_type(name), name, is_saved=ending != "pdf")


# --- The page ----------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    version: NoteVersion,
    edition: PublicEdition | None,
    *,
    choices: PublicForm | None = None,
    texts: PublicTextsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "version": version,
        "note": version.note,
        "edition": edition,
        "choices": choices or choices_form(edition),
        "can_compose": has_role(cast(User, request.user), *COMPOSERS),
        "can_publish": has_role(cast(User, request.user), *PUBLISHERS),
        "needed": APPROVALS,
        "places": _places(version),
    }
    if edition is not None:
        context |= _gone_through(request, version, edition, texts)
    response = render(request, "reports/public_edition.html", context, status=status)
    if request.headers.get("HX-Request") and not context.get("order"):
        # What the page asked for every second is made: the whole page is another one now.
        response["HX-Refresh"] = "true"
    return response


def _places(version: NoteVersion) -> PublicPlaces:
    names = ("begin", "texts", "answer", "approve", "again", "discard")
    where = [version.note_id, version.number]
    addresses = {name: reverse(f"reports:public-{name}", args=where) for name in names}
    return PublicPlaces(here=reverse("reports:public-edition", args=where), **addresses)


def choices_form(edition: Publication | None, *, removes_contacts: bool = True) -> PublicForm:
    names = ("threshold", "shows_zeros", "removes_contacts")
    if edition is not None:
        return PublicForm(initial={name: getattr(edition, name) for name in names})
    return PublicForm(
        initial={"threshold": settings.SMALL_COUNT_THRESHOLD, "shows_zeros": True, "removes_contacts": removes_contacts}
    )


def _gone_through(
    request: HttpRequest, version: NoteVersion, edition: PublicEdition, texts: PublicTextsForm | None
) -> dict[str, Any]:
    notices = text_notices(edition)
    approvals = list(edition.approvals.select_related("approved_by"))
    full = from_json(NoteFacts, version.facts)
    facts = from_json(NoteFacts, edition.facts) if edition.is_worked_out else None
    form = texts or PublicTextsForm(initial={"saves": edition.saves}, places=text_places(full), texts=edition.texts)
    return {
        "notices": notices,
        "open_count": sum(item.is_blocking or item.is_open for item in notices),
        "texts": form,
        "approvals": approvals,
        "has_approved": any(row.approved_by_id == request.user.pk for row in approvals),
        "audit": edition.audit,
        "small_count": sum(line["is_small"] for line in edition.audit),
        "facts": facts,
        "items": screen_items(facts) if facts else [],
        "files": list(version.files.filter(edition=Edition.PUBLIC).values_list("format", flat=True)),
        # What was typed and not stored stays on the page, whatever the worker is at.
        **(_progress(version) if texts is None else {"order": None}),
    }


def _progress(version: NoteVersion) -> dict[str, Any]:
    """Return how far the worker is with what was asked of it last. At most two queries."""
    kinds = [RenderingKind.PUBLIC_DRAFT, RenderingKind.PUBLIC]
    return order_progress(version.note.renderings.filter(kind__in=kinds, version=version).defer("content").first())


def order_progress(order: Rendering | None) -> dict[str, Any]:
    """Return what the page says of the order, nothing when there is none or it is done. At most one query."""
    if order is None or order.state == RenderingState.DONE:
        return {"order": None}
    is_lost = is_silent(order)
    failure = Failure.LOST if is_lost else order.failure
    return {
        "order": order,
        "failure": Failure(failure).label if failure else "",
        "told": order.told.splitlines(),
        "is_waiting_in_vain": order.state == RenderingState.QUEUED and not is_a_worker_alive(timezone.now()),
    }


def _edition(version: NoteVersion) -> PublicEdition | None:
    return PublicEdition.objects.filter(version=version).select_related("version__note__meeting__committee").first()


def _open_edition(version: NoteVersion) -> PublicEdition:
    """Return the version's edition. Raises Http404 when nobody has begun one."""
    edition = _edition(version)
    if edition is None:
        raise Http404
    return edition


def _worked_out(request: HttpRequest, edition: PublicEdition) -> HttpResponse:
    ask_for_public(edition=edition, kind=RenderingKind.PUBLIC_DRAFT, by=cast(User, request.user))
    return _back(edition.version)


def _refused(request: HttpRequest, version: NoteVersion, error: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(error.messages))
    return _back(version)


def _back(version: NoteVersion, anchor: str = "") -> HttpResponse:
    response = redirect("reports:public-edition", pk=version.note_id, number=version.number)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


def _only(request: HttpRequest, *roles: Any) -> None:
    """Raise Http404 for others: a draft of a public edition does not exist for those who only read."""
    if not has_role(cast(User, request.user), *roles):
        raise Http404
