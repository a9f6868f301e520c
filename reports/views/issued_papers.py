"""Papers beside the committees' notes: a look at one, its issue, and what was issued of it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from projects.enums import Role
from projects.models import User
from projects.permissions import can_set_up_indicators, has_role, roles_required
from reports.actions.issued_papers import PaperAlreadyIssuedError, PaperBlockedError, gathered_paper
from reports.actions.paper_orders import ask_for_paper, ask_for_paper_again, ask_for_paper_draft
from reports.disclosure.papers import PUBLIC_KINDS
from reports.enums import Edition, PaperFormat, PaperKind, RenderingState
from reports.facts.papers.kinds import PAPER_TYPES, frozen_facts, say_the_same
from reports.forms import PaperIssueForm
from reports.models import IssuedPaper, Rendering
from reports.queries.issued_papers import can_issue_paper, issued_papers, letters_for, paper_subject, versions_of
from reports.views.files import frozen, inline, shown_by_the_browser
from reports.views.orders import Places, gone_on, order_page, paper_words

READERS = (Role.CASEWORKER, Role.MANAGER, Role.SECRETARY, Role.CONTROLLER)
PER_PAGE = 30


@dataclass(frozen=True)
class About:
    """One paper by its address, what it is about, and whether the one who asks may issue it."""

    kind: PaperKind
    of: str
    subject: Any
    can_issue: bool

    @property
    def issue_url(self) -> str:
        return self.address("paper-issue")

    @property
    def preview_url(self) -> str:
        return self.address("paper-preview")

    def address(self, name: str, *more: int) -> str:
        return reverse(f"reports:{name}", args=[self.kind, self.of, *more])


@roles_required(*READERS)
@require_GET
def paper_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(issued_papers(cast(User, request.user)), PER_PAGE).get_page(request.GET.get("page"))
    user = cast(User, request.user)
    can_write = has_role(user, Role.MANAGER, Role.SECRETARY)
    letters = letters_for(user)[:PER_PAGE] if can_write else ()
    context = {"page": page, "letters": letters, "can_write": can_write}
    return render(request, "reports/papers/paper_list.html", context)


@roles_required(*READERS)
@require_GET
def paper_show(request: HttpRequest, kind: PaperKind, of: str) -> HttpResponse:
    """Show what the paper says today, as it would be printed."""
    return _page(request, _about(request, kind, of))


def _page(request: HttpRequest, about: About, form: PaperIssueForm | None = None, status: int = 200) -> HttpResponse:
    gathered = gathered_paper(about.kind, about.of)
    versions = list(versions_of(about.kind, about.of))
    context = {
        "about": about,
        "kind": about.kind,
        "facts": gathered.facts,
        "template": PAPER_TYPES[about.kind].template,
        "notices": gathered.notices,
        "blocking": gathered.blocking,
        "versions": versions,
        "is_unchanged": bool(versions) and say_the_same(about.kind, versions[0].facts, gathered.facts),
        "form": form or PaperIssueForm(),
        "source": _source(about, cast(User, request.user)),
    }
    return render(request, "reports/papers/paper_show.html", context, status=status)


@roles_required(*READERS)
@require_POST
def paper_preview(request: HttpRequest, kind: PaperKind, of: str) -> HttpResponse:
    about = _issuing(request, kind, of)
    order = ask_for_paper_draft(kind=kind, of=of, by=cast(User, request.user))
    return redirect(about.address("paper-order", order.pk))


@roles_required(*READERS)
@require_POST
def paper_issue(request: HttpRequest, kind: PaperKind, of: str) -> HttpResponse:
    about, form = _issuing(request, kind, of), PaperIssueForm(request.POST)
    if not form.is_valid():
        return _page(request, about, form, status=422)
    try:
        order = ask_for_paper(kind=kind, of=of, by=cast(User, request.user), reason=form.cleaned_data["reason"])
    except PaperAlreadyIssuedError as error:
        messages.info(request, " ".join(error.messages))
        return redirect(about.address("paper-version", error.paper.number))
    except PaperBlockedError:
        messages.error(request, _("The paper cannot be issued yet. What stands in the way is listed here."))
        return _page(request, about, form, status=409)
    except ValidationError as error:
        form.add_error("reason", error)
        return _page(request, about, form, status=422)
    return redirect(about.address("paper-order", order.pk))


@roles_required(*READERS)
@never_cache
@require_GET
def paper_order(request: HttpRequest, kind: PaperKind, of: str, order: int) -> HttpResponse:
    """Show how far the paper is, or go on to it when it is made."""
    about, found = _order(request, kind, of, order)
    if found.state != RenderingState.DONE:
        places = Places(
            about.address("paper-order", order), about.address("paper-again", order), about.address("paper-show")
        )
        template, context = "reports/papers/paper_order.html", {"about": about, "kind": kind}
        return order_page(request, found, template, words=paper_words(found), places=places, context=context)
    if found.issued is None:
        return gone_on(request, about.address("paper-draft", order))
    words = {"number": found.issued.number}
    messages.success(request, _("The paper is issued as version %(number)s and frozen.") % words)
    return gone_on(request, about.address("paper-version", found.issued.number))


@roles_required(*READERS)
@require_POST
def paper_again(request: HttpRequest, kind: PaperKind, of: str, order: int) -> HttpResponse:
    about, found = _order(request, kind, of, order)
    try:
        again = ask_for_paper_again(order=found, by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(about.address("paper-show"))
    return redirect(about.address("paper-order", again.pk))


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def paper_draft(request: HttpRequest, kind: PaperKind, of: str, order: int) -> HttpResponse:
    _about_it, found = _order(request, kind, of, order)
    if found.content is None:
        raise Http404
    return inline(bytes(found.content), "application/pdf", f"{slugify(kind.label)}-{of}-{_('draft')}.pdf")


@roles_required(*READERS)
@require_GET
def paper_version(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponse:
    """Show an issued version, read from what was frozen."""
    about, paper = issued_version(request, kind, of, number)
    context = {
        "about": about,
        "kind": kind,
        "paper": paper,
        "facts": frozen_facts(kind, paper.facts),
        "template": PAPER_TYPES[kind].template,
        "package": paper.files.filter(edition=Edition.FULL, format=PaperFormat.PACKAGE).defer("content").first(),
        "can_be_public": kind in PUBLIC_KINDS,
        "is_newest": not IssuedPaper.objects.filter(kind=kind, of=of, number__gt=number).exists(),
    }
    return render(request, "reports/papers/paper_version.html", context)


@shown_by_the_browser
@roles_required(*READERS)
@require_GET
def paper_pdf(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponseBase:
    _about_it, paper = issued_version(request, kind, of, number)
    return frozen(request, bytes(paper.pdf), paper.pdf_sha256, "application/pdf", paper_file_name(paper, "pdf"))


@roles_required(*READERS)
@require_GET
def paper_word(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponseBase:
    _about_it, paper = issued_version(request, kind, of, number)
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return frozen(request, bytes(paper.word), paper.word_sha256, media, paper_file_name(paper, "docx"), is_saved=True)


@roles_required(*READERS)
@require_GET
def paper_facts(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponseBase:
    _about_it, paper = issued_version(request, kind, of, number)
    content = paper.facts.encode()
    return frozen(
        request, content, paper.facts_sha256, "application/json", paper_file_name(paper, "json"), is_saved=True
    )


@roles_required(*READERS)
@require_GET
def paper_package(request: HttpRequest, kind: PaperKind, of: str, number: int) -> HttpResponseBase:
    """Return what the archive takes in, as it was stored with the version."""
    _about_it, paper = issued_version(request, kind, of, number)
    file = get_object_or_404(paper.files, edition=Edition.FULL, format=PaperFormat.PACKAGE)
    return frozen(
        request, bytes(file.content), file.sha256, "application/zip", paper_file_name(paper, "zip"), is_saved=True
    )


def _source(about: About, user: User) -> tuple[str, str] | None:
    """Return the address and the words of the page where the paper's content is changed, or else of what it is about.

    None: a letter that somebody else writes.
    """
    if about.kind == PaperKind.CLOSING:
        if can_set_up_indicators(user, about.subject):
            return reverse("reports:project-text", args=[about.of]), _("Write the text")
        return reverse("projects:project-detail", args=[about.of]), _("The project")
    if about.kind == PaperKind.LETTER:
        can_write = has_role(user, Role.MANAGER, Role.SECRETARY)
        return (reverse("reports:letter-edit", args=[about.of]), _("Write the letter")) if can_write else None
    if about.kind == PaperKind.ORIENTATION:
        return reverse("projects:state-pool", args=[about.of]), _("Terms and decision")
    return reverse("projects:pool-detail", args=[about.of]), _("The pool")


def paper_file_name(paper: IssuedPaper, ending: str) -> str:
    return f"{slugify(PaperKind(paper.kind).label)}-{paper.of}-v{paper.number}.{ending}"


def _about(request: HttpRequest, kind: PaperKind, of: str) -> About:
    """Return the paper, for those who may see what it is about. Raises Http404 for all others."""
    user = cast(User, request.user)
    subject: Any = paper_subject(user, kind, of)
    if subject is None:
        raise Http404
    return About(kind, of, subject, can_issue_paper(user, kind, subject))


def _issuing(request: HttpRequest, kind: PaperKind, of: str) -> About:
    about = _about(request, kind, of)
    if not about.can_issue:
        raise PermissionDenied
    return about


def _order(request: HttpRequest, kind: PaperKind, of: str, order: int) -> tuple[About, Rendering]:
    about = _issuing(request, kind, of)
    orders = Rendering.objects.select_related("issued")
    return about, get_object_or_404(orders, paper_kind=kind, paper_of=of, pk=order)


def issued_version(request: HttpRequest, kind: PaperKind, of: str, number: int) -> tuple[About, IssuedPaper]:
    about = _about(request, kind, of)
    papers = IssuedPaper.objects.select_related("issued_by")
    return about, get_object_or_404(papers, kind=kind, of=of, number=number)
