"""The public edition of a paper that is not a note: choosing, going through it, approving it, and what was made."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.actions.findings import answer_finding
from projects.models import User
from projects.permissions import roles_required
from reports.actions.paper_orders import ask_for_public_paper
from reports.actions.project_pages import close_project_page, open_project_page
from reports.actions.public import APPROVALS
from reports.actions.public_papers import (
    approve_public_paper,
    begin_public_paper,
    discard_public_paper,
    is_paper_ready,
)
from reports.disclosure.papers import PUBLIC_KINDS
from reports.disclosure.stored_papers import paper_notices
from reports.enums import Edition, PaperKind, RenderingKind
from reports.facts.papers.kinds import PAPER_TYPES, frozen_facts
from reports.models import IssuedPaper, PaperFile, ProjectPage, PublicPaper, Rendering
from reports.package import media_type
from reports.public_forms import PublicForm
from reports.views.files import frozen, shown_by_the_browser
from reports.views.issued_papers import READERS, About, issued_version, paper_file_name
from reports.views.public import PublicPlaces, choices_form, order_progress


@roles_required(*READERS)
@require_http_methods(["GET", "HEAD"])
def paper_public(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Show how far the public edition is. Until it is issued it exists only for those who issue the paper."""
    about, paper = _paper(request, kind, of, number)
    edition = _edition(paper)
    if not about.can_issue and (edition is None or not edition.is_issued):
        raise Http404
    return _page(request, about, paper, edition)


@roles_required(*READERS)
@require_POST
def paper_public_begin(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Decide how counts are protected, and have the edition worked out."""
    about, paper = _issuing(request, kind, of, number)
    form = PublicForm(request.POST)
    if not form.is_valid():
        return _page(request, about, paper, _edition(paper), choices=form, status=422)
    user = cast(User, request.user)
    try:
        edition = begin_public_paper(paper=paper, by=user, **form.cleaned_data)
        ask_for_public_paper(edition=edition, kind=RenderingKind.PUBLIC_DRAFT, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(paper)


@roles_required(*READERS)
@require_POST
def paper_public_answer(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Answer what was noticed in a text."""
    _about, paper = _issuing(request, kind, of, number)
    asked = request.POST.get("fingerprint", "")
    item = next((item for item in paper_notices(_open(paper)) if item.notice.fingerprint == asked), None)
    if item is None:
        messages.warning(request, _("The text has changed. Look at it again."))
        return _back(paper)
    try:
        answer_finding(
            subject=item.subject, notice=item.notice, answer=request.POST.get("answer", ""), by=cast(User, request.user)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(paper)


@roles_required(*READERS)
@require_POST
def paper_public_approve(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Answer for the edition as it was shown; the second person's approval has its files made."""
    _about, paper = _issuing(request, kind, of, number)
    user, seen = cast(User, request.user), request.POST.get("facts_sha256", "")
    try:
        edition = approve_public_paper(edition=_open(paper), facts_sha256=seen, by=user)
        if is_paper_ready(edition):
            ask_for_public_paper(edition=edition, kind=RenderingKind.PUBLIC, by=user)
        else:
            messages.success(request, _("You have approved it. When one more person has, it is issued."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(paper)


@roles_required(*READERS)
@require_POST
def paper_public_again(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Ask once more for what was not made."""
    _about, paper = _issuing(request, kind, of, number)
    edition = _open(paper)
    order = RenderingKind.PUBLIC if is_paper_ready(edition) else RenderingKind.PUBLIC_DRAFT
    try:
        if not edition.is_issued:
            ask_for_public_paper(edition=edition, kind=order, by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(paper)


@roles_required(*READERS)
@require_POST
def paper_public_discard(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    _about, paper = _issuing(request, kind, of, number)
    try:
        discard_public_paper(edition=_open(paper), by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(paper)
    messages.success(request, _("The public edition is discarded. What was issued stands as it did."))
    return redirect("reports:paper-version", kind=kind, of=of, number=number)


@roles_required(*READERS)
@require_POST
def paper_page_open(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Show the edition to everybody on the project's own page."""
    _about, paper = _issuing(request, kind, of, number)
    try:
        open_project_page(edition=_open(paper), by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The page is public."))
    return _back(paper)


@roles_required(*READERS)
@require_POST
def paper_page_close(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    _about, paper = _issuing(request, kind, of, number)
    page = ProjectPage.objects.filter(edition__paper=paper).select_related("project").first()
    if page is not None:
        close_project_page(project=page.project, by=cast(User, request.user))
        messages.success(request, _("The public page is taken down."))
    return _back(paper)


@shown_by_the_browser
@roles_required(*READERS)
@require_safe
def paper_public_file(request: HttpRequest, kind: PaperKind, of: str, number: int, ending: str) -> HttpResponseBase:
    """Return the stored bytes of the public edition; nothing is made anew."""
    _about, paper = _paper(request, kind, of, number)
    file = get_object_or_404(PaperFile, paper=paper, edition=Edition.PUBLIC, format=ending)
    name = paper_file_name(paper, f"{_('public')}.{ending}")
    return frozen(request, bytes(file.content), file.sha256, media_type(name), name, is_saved=ending != "pdf")


# --- The page ----------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    about: About,
    paper: IssuedPaper,
    edition: PublicPaper | None,
    *,
    choices: PublicForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "about": about,
        "kind": about.kind,
        "paper": paper,
        "edition": edition,
        "choices": choices or choices_form(edition, removes_contacts=about.kind != PaperKind.CLOSING),
        "can_publish": about.can_issue,
        "needed": APPROVALS,
        "places": _places(paper),
        "page": ProjectPage.objects.filter(edition__paper__kind=about.kind, edition__paper__of=about.of).first(),
    }
    if edition is not None:
        context |= _gone_through(request, paper, edition)
    response = render(request, "reports/papers/public_paper.html", context, status=status)
    if request.headers.get("HX-Request") and not context.get("order"):
        # What the page asked for every second is made: the whole page is another one now.
        response["HX-Refresh"] = "true"
    return response


def _gone_through(request: HttpRequest, paper: IssuedPaper, edition: PublicPaper) -> dict[str, Any]:
    notices = paper_notices(edition)
    approvals = list(edition.approvals.select_related("approved_by"))
    orders = Rendering.objects.filter(issued=paper, kind__in=[RenderingKind.PUBLIC_DRAFT, RenderingKind.PUBLIC])
    return {
        "notices": notices,
        "open_count": sum(item.is_blocking or item.is_open for item in notices),
        "approvals": approvals,
        "has_approved": any(row.approved_by_id == request.user.pk for row in approvals),
        "audit": edition.audit,
        "small_count": sum(line["is_small"] for line in edition.audit),
        "facts": frozen_facts(paper.kind, edition.facts) if edition.is_worked_out else None,
        "template": PAPER_TYPES[PaperKind(paper.kind)].template,
        "files": list(paper.files.filter(edition=Edition.PUBLIC).values_list("format", flat=True)),
        **order_progress(orders.defer("content").first()),
    }


def _places(paper: IssuedPaper) -> PublicPlaces:
    where = [PaperKind(paper.kind), paper.of, paper.number]
    names = ("begin", "answer", "approve", "again", "discard")
    addresses = {name: reverse(f"reports:paper-public-{name}", args=where) for name in names}
    return PublicPlaces(here=reverse("reports:paper-public", args=where), **addresses)


def _paper(request: HttpRequest, kind: PaperKind, of: str, number: int) -> tuple[About, IssuedPaper]:
    """Return the issued paper for those who may see it. Raises Http404, also for a kind without a public edition."""
    if kind not in PUBLIC_KINDS:
        raise Http404
    return issued_version(request, kind, of, number)


def _issuing(request: HttpRequest, kind: PaperKind, of: str, number: int) -> tuple[About, IssuedPaper]:
    about, paper = _paper(request, kind, of, number)
    if not about.can_issue:
        raise PermissionDenied
    return about, paper


def _edition(paper: IssuedPaper) -> PublicPaper | None:
    return PublicPaper.objects.filter(paper=paper).select_related("paper").first()


def _open(paper: IssuedPaper) -> PublicPaper:
    """Return the paper's edition. Raises Http404 when nobody has begun one."""
    edition = _edition(paper)
    if edition is None:
        raise Http404
    return edition


def _back(paper: IssuedPaper) -> HttpResponse:
    return redirect("reports:paper-public", kind=PaperKind(paper.kind), of=paper.of, number=paper.number)
