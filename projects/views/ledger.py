"""A pool's ledger: loads, postings, what waits to be placed, and undoing."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from projects.actions.ledger import undo_batch
from projects.actions.placements import forget_placement, place_postings
from projects.counts import format_count
from projects.enums import BatchKind, Role, Subject
from projects.filters import PostingFilter
from projects.forms.ledger import PlaceForm
from projects.forms.ledger_undo import UndoForm
from projects.models import Event, ImportBatch, PlacementRule, Pool, Posting, Project, User
from projects.months import current_month
from projects.permissions import can_load_ledger, has_role, roles_required
from projects.queries.ledger import (
    batches_of,
    ledger_sums,
    newest_month,
    posting_sums,
    put_aside,
    standing,
    suggested_places,
)
from projects.queries.moved_postings import moves_built_on
from projects.queries.pools import pools_for
from projects.queries.timeline import timeline
from projects.views.refusals import add_errors

SEE_LEDGER = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
PER_PAGE = 50
MOST_WAITING = 200


def pool_of(request: HttpRequest, code: str) -> Pool:
    return get_object_or_404(pools_for(cast(User, request.user)), code=code)


@roles_required(*SEE_LEDGER)
def ledger_show(request: HttpRequest, code: str) -> HttpResponse:
    pool = pool_of(request, code)
    page = Paginator(batches_of(pool), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "pool": pool,
        "page": page,
        "month": newest_month(pool) or current_month(timezone.now()),
        "sums": ledger_sums(pool),
        "can_load": can_load_ledger(cast(User, request.user)),
    }
    return render(request, "projects/ledger_show.html", context)


@roles_required(*SEE_LEDGER)
def posting_list(request: HttpRequest, code: str) -> HttpResponse:
    """List a pool's postings, narrowed as the address says; the sum is of exactly what is listed."""
    pool = pool_of(request, code)
    postings = Posting.objects.filter(batch__pool=pool)
    narrowing = PostingFilter(request.GET, postings, ImportBatch.objects.filter(pool=pool), pool)
    return _postings(request, narrowing, {"pool": pool, "can_open": True})


@roles_required(Role.CASEWORKER, *SEE_LEDGER)
def project_postings(request: HttpRequest, code: str) -> HttpResponse:
    """List a project's postings, whatever file they came in."""
    projects = Project.objects.for_user(cast(User, request.user)).select_related("pool")
    project = get_object_or_404(projects, code=code)
    batches = ImportBatch.objects.filter(pk__in=Posting.objects.filter(project=project).values("batch"))
    narrowing = PostingFilter(request.GET, Posting.objects.filter(project=project), batches, None)
    can_open = has_role(cast(User, request.user), *SEE_LEDGER)
    return _postings(request, narrowing, {"project": project, "pool": project.pool, "can_open": can_open})


def _postings(request: HttpRequest, narrowing: PostingFilter, context: dict[str, object]) -> HttpResponse:
    rows = narrowing.qs.select_related("batch__pool", "project").order_by("posted_on", "pk")
    query = request.GET.copy()
    query.pop("page", None)
    context |= {
        "filter": narrowing,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "sums": posting_sums(narrowing.qs),
        "query": query,
        "example_notes": sorted(
            set(narrowing.qs.exclude(batch__example_note="").order_by().values_list("batch__example_note", flat=True))
        ),
    }
    return render(request, "projects/posting_list.html", context)


@roles_required(*SEE_LEDGER)
def batch_show(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = pool_of(request, code)
    batch = get_object_or_404(batches_of(pool), pk=pk)
    return _batch(request, pool, batch, UndoForm())


@roles_required(Role.CONTROLLER)
@require_POST
def batch_undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = pool_of(request, code)
    batch = get_object_or_404(batches_of(pool), pk=pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            undo_batch(batch=batch, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error, {"reason_missing": "reason"})
        else:
            messages.success(request, _undone(batch))
            return redirect("projects:ledger-show", code=code)
    return _batch(request, pool, batch, form, status=422)


def _undone(batch: ImportBatch) -> str:
    if batch.kind == BatchKind.MOVE:
        return _("The move is undone. The posting counts where it stood before.")
    return _("The load is undone. Its rows stay as a trace, with as many that reverse them.")


def _batch(request: HttpRequest, pool: Pool, batch: ImportBatch, form: UndoForm, status: int = 200) -> HttpResponse:
    moves = moves_built_on(batch)
    stands = standing(Posting.objects.filter(batch=batch)).count()
    context = {
        "pool": pool,
        "batch": batch,
        "undone_by": getattr(batch, "reversed_by", None),
        "moves": moves,
        "move_ids": " ".join(str(move.batch.pk) for move in moves),
        "sums": posting_sums(Posting.objects.filter(batch=batch)),
        # What was moved stands in the load again once the moves are undone.
        "stands": stands + sum(move.is_first for move in moves),
        "events": timeline(Event.objects.about(Subject.IMPORT, batch.pk)),
        "form": form,
        "can_load": can_load_ledger(cast(User, request.user)),
    }
    return render(request, "projects/batch_show.html", context, status=status)


@roles_required(Role.CONTROLLER)
def postings_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was put aside, oldest first, and place what is ticked."""
    pool = pool_of(request, code)
    waiting = put_aside(pool).select_related("batch").order_by("posted_on", "pk")
    rows = list(waiting[:MOST_WAITING])
    form = PlaceForm(request.POST or None, pool=pool, rows=[row.pk for row in rows])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            placed, more = place_postings(
                pool=pool,
                posting_ids=values["rows"],
                project=values["project"],
                remember=values["remember"],
                by=cast(User, request.user),
            )
        except ValidationError as error:
            add_errors(form, error, {"nothing_to_remember": "remember", "other_pool": "project"})
        else:
            _tell_placed(request, placed, more, values["project"])
            return redirect("projects:postings-place", code=code)
    ticked = set(request.POST.getlist("rows"))
    context = {
        "pool": pool,
        "rows": [(row, str(row.pk) in ticked) for row in rows],
        "sums": posting_sums(put_aside(pool)),
        "form": form,
        "places": suggested_places(pool),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/postings_place.html", context, status=status)


def _tell_placed(request: HttpRequest, placed: int, more: int, project: Project) -> None:
    words = {"count": format_count(placed + more), "project": project.name}
    text = ngettext(
        "%(count)s row is placed in “%(project)s”.", "%(count)s rows are placed in “%(project)s”.", placed + more
    )
    messages.success(request, text % words)


@roles_required(Role.CONTROLLER)
@require_POST
def placement_forget(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = pool_of(request, code)
    rule = get_object_or_404(PlacementRule.objects.select_related("project"), pk=pk, pool=pool)
    forget_placement(rule=rule, by=cast(User, request.user))
    messages.success(request, _("“%(value)s” is no longer remembered.") % {"value": rule.value})
    return redirect("projects:postings-place", code=code)
