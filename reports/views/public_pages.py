"""What anyone may read without logging in: projects' public pages, and what search engines are told."""

from hashlib import sha256
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from reports.enums import Edition, PaperFormat, PaperKind
from reports.facts.papers.closing import ClosingFacts
from reports.facts.papers.kinds import PAPER_TYPES, frozen_facts
from reports.facts.papers.today import told_today
from reports.models import PaperFile, ProjectPage
from reports.views.files import shown_by_the_browser

# Long enough to spare the server, short enough for a page that is taken down to be gone.
KEPT_SECONDS = 300


@require_safe
def public_project(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the project's page. One that is not open does not exist."""
    page = _page(code)
    facts = _facts(page)
    shown = told_today(facts, page.project, timezone.localdate())
    context = {
        "facts": shown,
        "template": PAPER_TYPES[PaperKind.CLOSING].template,
        "code": code,
        # Its bytes are frozen: a PDF that says what may no longer be said is not handed out.
        "has_pdf": shown == facts,
        "published": page.edition.issued_at,
    }
    response = render(request, "reports/public_project.html", context)
    return _kept(request, response)


@shown_by_the_browser
@require_safe
def public_project_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return the public edition's PDF as it was stored, while all it says may still be said."""
    page = _page(code)
    facts = _facts(page)
    if told_today(facts, page.project, timezone.localdate()) != facts:
        raise Http404
    file = get_object_or_404(PaperFile, paper=page.edition.paper, edition=Edition.PUBLIC, format=PaperFormat.PDF)
    response = HttpResponse(bytes(file.content), content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{slugify(code)}.pdf"
    return _kept(request, response)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines that only public pages are theirs, and those only where the municipality wants it."""
    lines = ["User-agent: *", *(["Allow: /offentligt/"] if settings.SEARCH_ENGINES else []), "Disallow: /", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def _page(code: str) -> ProjectPage:
    pages = ProjectPage.objects.select_related("project", "edition__paper")
    return get_object_or_404(pages.defer("edition__paper__pdf", "edition__paper__word"), project__code=code)


def _facts(page: ProjectPage) -> ClosingFacts:
    return cast(ClosingFacts, frozen_facts(PaperKind.CLOSING, page.edition.facts))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the answer for everybody's cache, with a mark that changes when it does; 304 for who has it already."""
    tag = f'"{sha256(response.content).hexdigest()}"'
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["ETag"] = tag
    if not settings.SEARCH_ENGINES:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return get_conditional_response(request, etag=tag, response=response) or response
