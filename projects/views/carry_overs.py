"""A pool's year carried over as a whole, and a carry-over countered."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.budget_moves import Decision, carry_back_budget, carry_over_pool
from projects.enums import Role
from projects.forms.budget_moves import CarryOverForm
from projects.forms.reasons import LineReasonForm
from projects.models import BudgetLine, Pool, User
from projects.money import format_kroner
from projects.permissions import roles_required
from projects.queries.carry_overs import carry_over_page
from projects.views.ledger import pool_of
from projects.views.refusals import add_errors

FIRST_YEAR, LAST_YEAR = 1990, 2199


@roles_required(Role.CONTROLLER)
def pool_carry_over(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show every project's unspent rest of the year, and carry over what the rule lets go on."""
    pool = pool_of(request, code)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    if request.method != "POST":
        return _page(request, pool, year)
    form = CarryOverForm(request.POST, committee=pool.committee)
    if form.is_valid():
        by, seen = cast(User, request.user), form.cleaned_data["seen"]
        try:
            carried = carry_over_pool(pool=pool, year=year, seen=seen, decision=form.made, by=by)
        except ValidationError as error:
            add_errors(form, error, {"reason_missing": "reason"})
        else:
            words = {"amount": format_kroner(carried.total), "year": year + 1, "count": len(carried.moving)}
            text = _("%(amount)s of %(count)s projects is carried over to %(year)s.")
            messages.success(request, text % words)
            return redirect("projects:pool-carry-over", code=code, year=year)
    return _page(request, pool, year, form)


def _page(
    request: HttpRequest,
    pool: Pool,
    year: int,
    form: CarryOverForm | None = None,
    back: LineReasonForm | None = None,
) -> HttpResponse:
    """Show the year; `form` or `back` is what could not be stored."""
    page = carry_over_page(pool, year)
    shown = form or CarryOverForm(committee=pool.committee)
    carried = [(line, back if back and back.about == line.pk else _back_form(line)) for line in page.carried]
    context = {"pool": pool, "page": page, "carried": carried, "form": shown, "back": back}
    context |= {"year": year, "next_year": year + 1, "before": year - 1}
    return render(request, "projects/pool_carry_over.html", context, status=422 if form or back else 200)


@roles_required(Role.CONTROLLER)
@require_POST
def carry_over_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Counter one carry-over; the reason is why it was wrong."""
    lines = BudgetLine.objects.select_related("counterpart", "project", "pool_year")
    pool = pool_of(request, code)
    line = get_object_or_404(lines, pk=pk, project__pool=pool, counterpart__isnull=False)
    form = _back_form(line, request.POST)
    if form.is_valid():
        try:
            decision = Decision(form.cleaned_data["reason"])
            carry_back_budget(line=line, decision=decision, by=cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, otherwise="reason")
        else:
            messages.success(request, _("The carry-over is countered, by two lines that sum to zero."))
            return redirect("projects:pool-carry-over", code=code, year=line.year - 1)
    return _page(request, pool, line.year - 1, back=form)


def _back_form(line: BudgetLine, data: QueryDict | None = None) -> LineReasonForm:
    label = _("Why the carry-over of %(project)s is countered") % {"project": line.project.name}
    return LineReasonForm(data, about=line.pk, label=label)
