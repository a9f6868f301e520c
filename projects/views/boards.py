"""The prioritisation board: trying, saving, comparing. Adopting stands in a module of its own."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.boards import (
    StaleScenario,
    delete_scenario,
    save_scenario,
    score_proposal,
    set_criteria,
)
from projects.enums import ProposalState, Role
from projects.forms.boards import CriterionRows, ScenarioForm, ScoreForm, TriedBoard, amount_name, tried_board
from projects.forms.field_entry import number_of
from projects.models import Pool, PoolYear, Proposal, Scenario, User
from projects.money import to_ore
from projects.permissions import can_keep_pool, can_manage_pool, roles_required
from projects.queries.boards import Board, BoardRow, board, compared, scenarios_of
from projects.queries.pools import pools_for
from projects.rules.boards import LineTally
from projects.views.refusals import add_errors

SEE_POOLS = (Role.MANAGER, Role.CONTROLLER, Role.SECRETARY)
MOST_COMPARED = 4


@dataclass(frozen=True)
class Cell:
    """A row's amount of one frame, with what is left after it."""

    frame: PoolYear
    name: str
    shown: str
    error: str
    amount: Any
    running: Any
    rest: Any

    @property
    def ore(self) -> int:
        return to_ore(self.amount or 0)


@dataclass(frozen=True)
class ShownRow:
    row: BoardRow
    tally: LineTally
    cells: list[Cell]
    is_cut: bool


@roles_required(*SEE_POOLS)
def prioritisation(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Show the economy list or a saved alternative; posting tries something without storing it, or saves it."""
    user = cast(User, request.user)
    pool = get_object_or_404(pools_for(user), code=code)
    scenario = get_object_or_404(Scenario.objects.select_related("adopted_by"), pk=pk, pool=pool) if pk else None
    tried = tried_board(board(pool, scenario), request.POST)
    if request.POST.get("sort") == "score":
        tried.board = _by_score(tried.board)
    is_saving = "save" in request.POST or "save_as" in request.POST
    form = ScenarioForm(request.POST if is_saving else None, initial=_opened(request, scenario))
    if is_saving:
        if not can_keep_pool(user, pool.unit_id):
            raise PermissionDenied
        answer = _save(request, tried, form)
        if answer is not None:
            return answer
    return _page(request, tried, form, status=422 if is_saving else 200)


def _opened(request: HttpRequest, scenario: Scenario | None) -> dict[str, str]:
    stored = {"name": scenario.name, "reason": scenario.reason} if scenario else {}
    return {**stored, **{name: request.POST[name] for name in ("name", "reason") if name in request.POST}}


def _by_score(board_: Board) -> Board:
    rows = sorted(board_.rows, key=lambda row: (row.score is None, -(row.score or 0)))
    return board_.arranged(
        [row.proposal.pk for row in rows],
        {row.proposal.pk for row in rows if row.is_included},
        {row.proposal.pk: row.amounts for row in rows},
    )


def _save(request: HttpRequest, tried: TriedBoard, form: ScenarioForm) -> HttpResponse | None:
    """Store the alternative and return where to go; None when the page says what stands in the way."""
    pool = tried.board.pool
    scenario = tried.board.scenario if "save" in request.POST else None
    if not form.is_valid() or tried.errors:
        return None
    try:
        saved = save_scenario(
            pool=pool,
            scenario=scenario,
            expected_version=number_of(request.POST.get("version", "")),
            lines=tried.tried,
            by=cast(User, request.user),
            **form.cleaned_data,
        )
    except StaleScenario:
        form.add_error(None, _("Somebody else saved the alternative meanwhile. Save yours under another name."))
    except ValidationError as error:
        add_errors(form, error)
    else:
        messages.success(request, _("The alternative is saved. Nothing is granted yet."))
        return redirect("projects:board-scenario", code=pool.code, pk=saved.pk)
    return None


def _page(request: HttpRequest, tried: TriedBoard, form: ScenarioForm, status: int) -> HttpResponse:
    user, board_ = cast(User, request.user), tried.board
    can_keep = can_keep_pool(user, board_.pool.unit_id)
    tally = board_.tally
    context = {
        "pool": board_.pool,
        "scenario": board_.scenario,
        "scenarios": scenarios_of(board_.pool),
        "board": board_,
        "rows": _shown(tried),
        "tally": tally,
        "form": form,
        "errors": tried.errors,
        "is_tried": request.method == "POST",
        "can_keep": can_keep,
        "can_adopt": can_manage_pool(user, board_.pool.unit_id),
        "is_open": board_.scenario is None or board_.scenario.adopted_at is None,
        "readable": set(Proposal.objects.for_user(user).filter(pool=board_.pool).values_list("pk", flat=True)),
    }
    return render(request, "projects/board.html", context, status=status)


def _shown(tried: TriedBoard) -> list[ShownRow]:
    board_ = tried.board
    tally = board_.tally
    return [
        ShownRow(row, line, _cells(tried, row, line), number == tally.cut)
        for number, (row, line) in enumerate(zip(board_.rows, tally.lines, strict=True))
    ]


def _cells(tried: TriedBoard, row: BoardRow, line: LineTally) -> list[Cell]:
    together = zip(tried.board.frames, row.amounts, line.running, line.rest, strict=True)
    return [
        Cell(
            frame=frame,
            name=amount_name(row.proposal.pk, frame.pk),
            shown=tried.shown(row.proposal, frame, amount),
            error=tried.errors.get((row.proposal.pk, frame.pk), ""),
            amount=amount,
            running=running,
            rest=rest,
        )
        for frame, amount, running, rest in together
    ]


@roles_required(*SEE_POOLS)
def board_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Lay alternatives side by side; `?alternativ=` chooses them, otherwise the newest four."""
    pool = get_object_or_404(pools_for(cast(User, request.user)), code=code)
    scenarios = scenarios_of(pool)
    wanted = set(request.GET.getlist("alternativ"))
    chosen = [each for each in scenarios if str(each.pk) in wanted] or scenarios
    boards = compared(pool, chosen[-MOST_COMPARED:])
    proposals = {row.proposal.pk: row.proposal for each in boards for row in each.rows}
    places = [{row.proposal.pk: (number, row) for number, row in enumerate(each.rows, 1)} for each in boards]
    rows = [
        (proposal, [place.get(proposal.pk) for place in places])
        for proposal in sorted(proposals.values(), key=lambda each: each.number)
    ]
    context = {
        "pool": pool,
        "scenarios": scenarios,
        "boards": boards,
        "chosen": {each.scenario.pk for each in boards if each.scenario},
        "rows": rows,
        "sums": list(zip(*(each.tally.years for each in boards), strict=True)) if boards else [],
    }
    return render(request, "projects/board_compare.html", context)


@roles_required(Role.MANAGER)
@require_POST
def scenario_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    scenario = get_object_or_404(Scenario, pk=pk, pool=_kept(user, code))
    try:
        delete_scenario(scenario=scenario, by=user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("projects:board-scenario", code=code, pk=pk)
    messages.success(request, _("The alternative is deleted."))
    return redirect("projects:board", code=code)


@roles_required(Role.MANAGER)
def criteria_edit(request: HttpRequest, code: str) -> HttpResponse:
    user = cast(User, request.user)
    pool = _kept(user, code)
    stored = list(pool.criteria.order_by("position", "pk"))
    first = [{name: getattr(row, name) for name in ("pk", "name", "weight", "description")} for row in stored]
    rows = CriterionRows(request.POST or None, prefix="criteria", initial=first)
    if request.method == "POST" and rows.is_valid():
        own = {row.pk for row in stored}
        set_criteria(pool=pool, criteria=[each for each in rows.criteria if each.pk in own | {None}], by=user)
        messages.success(request, _("The criteria are saved."))
        return redirect("projects:board", code=code)
    context = {"pool": pool, "rows": rows}
    return render(request, "projects/criteria_form.html", context, status=422 if request.method == "POST" else 200)


@roles_required(Role.MANAGER)
def score_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Judge a proposal by the pool's criteria; “next” goes on to the next one that lacks a score."""
    user = cast(User, request.user)
    pool = _kept(user, code)
    waiting = Proposal.objects.filter(pool=pool, state=ProposalState.SUBMITTED).select_related("pool")
    proposal = get_object_or_404(waiting, pk=pk)
    criteria = list(pool.criteria.order_by("position", "pk"))
    scores = {f"score_{row.criterion_id}": row.score for row in proposal.scores.all()}
    form = ScoreForm(request.POST or None, criteria=criteria, initial=scores)
    if request.method == "POST" and form.is_valid():
        score_proposal(proposal=proposal, scores=form.scores, by=user)
        messages.success(request, _("“%(name)s” is scored.") % {"name": proposal.short_name})
        following = waiting.filter(number__gt=proposal.number).order_by("number").first()
        if "next" in request.POST and following is not None:
            return redirect("projects:score-edit", code=code, pk=following.pk)
        return redirect("projects:board", code=code)
    lacking = waiting.filter(~Q(pk=pk), number__gt=proposal.number).exists()
    context = {"pool": pool, "proposal": proposal, "form": form, "criteria": criteria, "has_next": lacking}
    return render(request, "projects/score_form.html", context, status=422 if form.errors else 200)


def _kept(user: User, code: str) -> Pool:
    pool = get_object_or_404(pools_for(user), code=code)
    if not can_keep_pool(user, pool.unit_id):
        raise PermissionDenied
    return pool
