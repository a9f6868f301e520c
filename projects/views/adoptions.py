"""Adopting an alternative: everything that is in is granted in one step, or nothing is."""

import json
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions.boards import adopt_scenario
from projects.enums import Role
from projects.forms.boards import AdoptForm
from projects.models import Scenario, User
from projects.permissions import can_manage_pool, roles_required
from projects.queries.boards import Board, board
from projects.queries.pools import pools_for
from projects.rules.boards import Stamp
from projects.views.refusals import add_errors

PLACES = {"reason_missing": "reason"}


@roles_required(Role.MANAGER)
def scenario_adopt(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    pool = get_object_or_404(pools_for(user), code=code)
    if not can_manage_pool(user, pool.unit_id):
        raise PermissionDenied
    scenario = get_object_or_404(Scenario.objects.select_related("pool__committee"), pk=pk, pool=pool)
    if scenario.adopted_at is not None:
        messages.info(request, _("The alternative has been adopted."))
        return redirect("projects:board-scenario", code=code, pk=pk)
    board_ = board(pool, scenario)
    initial = {"reason": scenario.reason, "seen": as_text(board_.stamp)}
    form = AdoptForm(request.POST or None, committee=pool.committee, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _adopt(request, scenario, form)
        if answer is not None:
            return answer
        board_ = board(pool, scenario)
    return render(
        request, "projects/board_adopt.html", _context(board_, form), status=422 if request.method == "POST" else 200
    )


def _context(board_: Board, form: AdoptForm) -> dict[str, object]:
    open_rows = [row for row in board_.rows if row.is_open]
    tally = board_.tally
    return {
        "pool": board_.pool,
        "scenario": board_.scenario,
        "board": board_,
        "form": form,
        "tally": tally,
        "seen": as_text(board_.stamp),
        "granting": [row for row in open_rows if row.is_included],
        "leaving": [row for row in open_rows if not row.is_included],
        "is_over": tally.cut is not None,
    }


def _adopt(request: HttpRequest, scenario: Scenario, form: AdoptForm) -> HttpResponse | None:
    """Adopt, and return where to go; None when the form says what stands in the way."""
    values = {name: form.cleaned_data[name] for name in ("reason", "meeting", "item_number")}
    try:
        projects = adopt_scenario(
            scenario=scenario,
            seen=from_text(form.cleaned_data["seen"]),
            starts_on=form.cleaned_data["starts_on"],
            rejects_rest=form.cleaned_data["rejects_rest"],
            by=cast(User, request.user),
            **values,
        )
    except ValidationError as error:
        add_errors(form, error, PLACES)
        return None
    count = len(projects)
    message = ngettext(
        "The alternative is adopted: one project is made.",
        "The alternative is adopted: %(count)s projects are made.",
        count,
    )
    messages.success(request, message % {"count": count})
    return redirect("projects:board-scenario", code=scenario.pool.code, pk=scenario.pk)


def as_text(stamp: Stamp) -> str:
    return json.dumps([stamp.version, list(stamp.frames.items()), list(stamp.proposals.items())])


def from_text(text: str) -> Stamp:
    """Return what the page showed; what cannot be read is a page that showed nothing."""
    try:
        version, frames, proposals = json.loads(text)
        return Stamp(
            int(version),
            {int(year): (int(frame), int(granted)) for year, (frame, granted) in frames},
            {int(key): int(number) for key, number in proposals},
        )
    except (TypeError, ValueError):
        return Stamp(-1, {}, {})
