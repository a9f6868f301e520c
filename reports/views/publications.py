"""What is done on the page of a public edition, whatever it is an edition of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.findings import answer_finding
from projects.models import User
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
from reports.disclosure.edition import replaced_texts
from reports.disclosure.sources import source_of
from reports.disclosure.stored import text_notices
from reports.enums import Edition, Failure, RenderingKind, RenderingState
from reports.models import IssuedPaper, Rendering
from reports.models.public import Issued, Publication, editions_of
from reports.public_forms import PublicForm, PublicTextsForm


@dataclass(frozen=True)
class PublicPlaces:
    """Addresses of a public edition's page, and of what is done on it."""

    here: str
    begin: str
    texts: str
    answer: str
    approve: str
    again: str
    discard: str


@dataclass(frozen=True)
class Desk:
    """The public edition of one thing that was issued, and who asks. `show` answers with its page."""

    request: HttpRequest
    issued: Issued
    places: PublicPlaces
    show: "Callable[[Desk, Any, dict[str, Any], int], HttpResponse]"

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def edition(self) -> Any:
        """Return the edition, or None when nobody has begun one. One query."""
        return editions_of(self.issued).first()

    def begun(self) -> Any:
        """Return the edition. Raises Http404 when nobody has begun one."""
        edition = self.edition()
        if edition is None:
            raise Http404
        return edition

    def back(self, anchor: str = "") -> HttpResponse:
        return redirect(self.places.here + anchor)

    def refused(self, error: ValidationError) -> HttpResponse:
        messages.error(self.request, " ".join(error.messages))
        return self.back()

    def page(self, edition: Any, status: int = 200, **own: Any) -> HttpResponse:
        """Answer with the page; `own` are forms that come back with what was typed."""
        return self.show(self, edition, own, status)

    def begin(self) -> HttpResponse:
        """Decide how counts are protected, and have the edition worked out."""
        form = PublicForm(self.request.POST)
        if not form.is_valid():
            return self.page(self.edition(), 422, choices=form)
        try:
            return self.worked_out(begin_public_edition(issued=self.issued, by=self.user, **form.cleaned_data))
        except ValidationError as error:
            return self.refused(error)

    def worked_out(self, edition: Publication) -> HttpResponse:
        ask_for_public(edition=edition, kind=RenderingKind.PUBLIC_DRAFT, by=self.user)
        return self.back()

    def change_texts(self) -> HttpResponse:
        """Replace or leave out texts; the edition is then worked out anew."""
        edition = self.begun()
        form = _texts_form(edition, self.request.POST)
        if not form.is_valid():
            return self.page(edition, 422, texts=form)
        try:
            saves, texts = form.cleaned_data["saves"], form.texts()
            changed = change_public_texts(edition=edition, expected_saves=saves, texts=texts, by=self.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(self.begun(), 409, texts=form)
        return self.back() if changed.saves == edition.saves else self.worked_out(changed)

    def answer(self) -> HttpResponse:
        """Answer what was noticed in a text."""
        asked = self.request.POST.get("fingerprint", "")
        item = next((item for item in text_notices(self.begun()) if item.notice.fingerprint == asked), None)
        if item is None:
            messages.warning(self.request, _("The text has changed. Look at it again."))
            return self.back("#tekster")
        try:
            answer = self.request.POST.get("answer", "")
            answer_finding(subject=item.subject, notice=item.notice, answer=answer, by=self.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        return self.back("#tekster")

    def approve(self) -> HttpResponse:
        """Answer for the edition as it was shown; the second person's approval has its papers made."""
        seen = self.request.POST.get("facts_sha256", "")
        try:
            edition = approve_public_edition(edition=self.begun(), facts_sha256=seen, by=self.user)
            if is_ready(edition):
                ask_for_public(edition=edition, kind=RenderingKind.PUBLIC, by=self.user)
            else:
                messages.success(self.request, _("You have approved it. When one more person has, it is issued."))
        except ValidationError as error:
            return self.refused(error)
        return self.back()

    def again(self) -> HttpResponse:
        """Ask once more for what was not made."""
        edition = self.begun()
        kind = RenderingKind.PUBLIC if is_ready(edition) else RenderingKind.PUBLIC_DRAFT
        try:
            if not edition.is_issued:
                ask_for_public(edition=edition, kind=kind, by=self.user)
        except ValidationError as error:
            return self.refused(error)
        return self.back()

    def discard(self, onward: str) -> HttpResponse:
        try:
            discard_public_edition(edition=self.begun(), by=self.user)
        except ValidationError as error:
            return self.refused(error)
        messages.success(self.request, _("The public edition is discarded. What was issued stands as it did."))
        return redirect(onward)


def _texts_form(edition: Publication, typed: QueryDict | None = None) -> PublicTextsForm:
    places = source_of(edition).issued_texts()
    return PublicTextsForm(typed, initial={"saves": edition.saves}, places=places, texts=edition.texts)


def choices_form(edition: Publication | None, *, removes_contacts: bool = True) -> PublicForm:
    names = ("threshold", "shows_zeros", "removes_contacts")
    if edition is not None:
        return PublicForm(initial={name: getattr(edition, name) for name in names})
    return PublicForm(
        initial={"threshold": settings.SMALL_COUNT_THRESHOLD, "shows_zeros": True, "removes_contacts": removes_contacts}
    )


def shown(desk: Desk, template: str, context: dict[str, Any], edition: Publication | None, status: int) -> HttpResponse:
    """Answer with the page of the template. `context` has what differs; what every edition shows is added to it."""
    everything = {"edition": edition, "needed": APPROVALS, "places": desk.places}
    if edition is not None:
        everything |= _gone_through(desk, edition)
    everything |= context
    if "texts" in context:
        # What was typed and not stored stays on the page, whatever the worker is at.
        everything["order"] = None
    response = render(desk.request, template, everything, status=status)
    if desk.request.headers.get("HX-Request") and not everything.get("order"):
        # What the page asked for every second is made: the whole page is another one now.
        response["HX-Refresh"] = "true"
    return response


def _gone_through(desk: Desk, edition: Publication) -> dict[str, Any]:
    notices = text_notices(edition)
    approvals = list(edition.approvals.select_related("approved_by"))
    return {
        "texts": _texts_form(edition),
        "replaced": replaced_texts(source_of(edition).issued_texts(), edition.texts),
        "notices": notices,
        "open_count": sum(item.is_blocking or item.is_open for item in notices),
        "approvals": approvals,
        "has_approved": any(row.approved_by_id == desk.user.pk for row in approvals),
        "audit": edition.audit,
        "small_count": sum(line["is_small"] for line in edition.audit),
        "files": list(desk.issued.files.filter(edition=Edition.PUBLIC).values_list("format", flat=True)),
        **_progress(desk.issued),
    }


def _progress(issued: Issued) -> dict[str, Any]:
    """Return what the page says of what was last asked of the worker, nothing when it is done. At most two queries."""
    mine = {"issued": issued} if isinstance(issued, IssuedPaper) else {"version": issued}
    kinds = [RenderingKind.PUBLIC_DRAFT, RenderingKind.PUBLIC]
    order = Rendering.objects.filter(kind__in=kinds, **mine).defer("content").first()
    if order is None or order.state == RenderingState.DONE:
        return {"order": None}
    failure = Failure.LOST if is_silent(order) else order.failure
    return {
        "order": order,
        "failure": Failure(failure).label if failure else "",
        "told": order.told.splitlines(),
        "is_waiting_in_vain": order.state == RenderingState.QUEUED and not is_a_worker_alive(timezone.now()),
    }
