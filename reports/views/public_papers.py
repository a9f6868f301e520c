"""The public edition of a paper that is not a note, and the page of a project that anyone may read."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.permissions import roles_required
from reports.actions.project_pages import close_project_page, open_project_page
from reports.disclosure.papers import PUBLIC_KINDS
from reports.enums import Edition, PaperKind
from reports.facts.papers.kinds import PAPER_TYPES, frozen_facts
from reports.models import IssuedPaper, PaperFile, ProjectPage, PublicPaper
from reports.package import media_type
from reports.views.files import frozen, shown_by_the_browser
from reports.views.issued_papers import READERS, About, issued_version, paper_file_name
from reports.views.publications import Desk, PublicPlaces, choices_form, shown


@roles_required(*READERS)
@require_http_methods(["GET", "HEAD"])
def paper_public(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Show how far the public edition is. Until it is issued it exists only for those who issue the paper."""
    about, paper = _paper(request, kind, of, number)
    desk = _desk(request, about, paper)
    edition = desk.edition()
    if not about.can_issue and (edition is None or not edition.is_issued):
        raise Http404
    return desk.page(edition)


@roles_required(*READERS)
@require_POST
def paper_public_begin(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    return _issuing(request, kind, of, number).begin()


@roles_required(*READERS)
@require_POST
def paper_public_texts(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    return _issuing(request, kind, of, number).change_texts()


@roles_required(*READERS)
@require_POST
def paper_public_answer(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    return _issuing(request, kind, of, number).answer()


@roles_required(*READERS)
@require_POST
def paper_public_approve(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    return _issuing(request, kind, of, number).approve()


@roles_required(*READERS)
@require_POST
def paper_public_again(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    return _issuing(request, kind, of, number).again()


@roles_required(*READERS)
@require_POST
def paper_public_discard(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    onward = reverse("reports:paper-version", args=[kind, of, number])
    return _issuing(request, kind, of, number).discard(onward)


@roles_required(*READERS)
@require_POST
def paper_page_open(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Show the edition to everybody on the project's own page."""
    desk = _issuing(request, kind, of, number)
    try:
        open_project_page(edition=desk.begun(), by=desk.user)
    except ValidationError as error:
        return desk.refused(error)
    messages.success(request, _("The page is public."))
    return desk.back()


@roles_required(*READERS)
@require_POST
def paper_page_close(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    desk = _issuing(request, kind, of, number)
    page = ProjectPage.objects.filter(edition__paper=desk.issued.pk).select_related("project").first()
    if page is not None:
        close_project_page(project=page.project, by=desk.user)
        messages.success(request, _("The public page is taken down."))
    return desk.back()


@shown_by_the_browser
@roles_required(*READERS)
@require_safe
def paper_public_file(request: HttpRequest, kind: PaperKind, of: str, number: int, ending: str) -> HttpResponseBase:
    """Return the stored bytes of the public edition; nothing is made anew."""
    _about, paper = _paper(request, kind, of, number)
    file = get_object_or_404(PaperFile, paper=paper, edition=Edition.PUBLIC, format=ending)
    name = paper_file_name(paper, f"{_('public')}.{ending}")
    return frozen(request, bytes(file.content), file.sha256, media_type(name), name, is_saved=ending != "pdf")


def _paper(request: HttpRequest, kind: PaperKind, of: str, number: int) -> tuple[About, IssuedPaper]:
    """Return the issued paper for those who may see it. Raises Http404, also for a kind without a public edition."""
    if kind not in PUBLIC_KINDS:
        raise Http404
    return issued_version(request, kind, of, number)


def _issuing(request: HttpRequest, kind: PaperKind, of: str, number: int) -> Desk:
    about, paper = _paper(request, kind, of, number)
    if not about.can_issue:
        raise PermissionDenied
    return _desk(request, about, paper)


def _desk(request: HttpRequest, about: About, paper: IssuedPaper) -> Desk:
    where = [about.kind, about.of, paper.number]
    names = ("begin", "texts", "answer", "approve", "again", "discard")
    addresses = {name: reverse(f"reports:paper-public-{name}", args=where) for name in names}
    places = PublicPlaces(here=reverse("reports:paper-public", args=where), **addresses)
    return Desk(request, paper, places, partial(_show, about))


def _show(about: About, desk: Desk, edition: PublicPaper | None, own: dict[str, Any], status: int) -> HttpResponse:
    paper = cast(IssuedPaper, desk.issued)
    context: dict[str, Any] = {
        "kind": about.kind,
        "paper": paper,
        "choices": choices_form(edition, removes_contacts=about.kind != PaperKind.CLOSING),
        "can_compose": about.can_issue,
        "can_publish": about.can_issue,
        "page": ProjectPage.objects.filter(edition__paper__kind=about.kind, edition__paper__of=about.of).first(),
        "template": PAPER_TYPES[about.kind].template,
    }
    if edition is not None:
        context["facts"] = frozen_facts(paper.kind, edition.facts) if edition.is_worked_out else None
    return shown(desk, "reports/papers/public_paper.html", context | own, edition, status)
