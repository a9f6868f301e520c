"""Month-end of a pool, and closing the years."""

from datetime import date
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.fiscal_years import close_year, reopen_year
from projects.actions.month_end import explain_deviation
from projects.enums import Role, Subject
from projects.forms.budget_moves import ExplainForm
from projects.forms.reasons import LineReasonForm
from projects.models import Event, FiscalYear, Pool, Project, User
from projects.months import YEARS, first_of_month, next_month, previous_month
from projects.permissions import can_approve_snapshot, has_role, roles_required
from projects.queries.fiscal_years import year_rows
from projects.queries.month_end import MonthEndRow, month_end_rows, month_end_total
from projects.queries.timeline import timeline
from projects.rules.month_end import Threshold
from projects.views.ledger import PER_PAGE, SEE_LEDGER, pool_of
from projects.views.refusals import add_errors

# So many early warnings stand open; the rest are folded, so that the table stays within reach.
WARNINGS_SHOWN = 3


def threshold() -> Threshold:
    return Threshold(Decimal(settings.DEVIATION_PERCENT), Decimal(settings.DEVIATION_KRONER))


@roles_required(*SEE_LEDGER)
def month_end(request: HttpRequest, code: str, month: date) -> HttpResponse:
    return _page(request, pool_of(request, code), month)


def _page(request: HttpRequest, pool: Pool, month: date, refused: ExplainForm | None = None) -> HttpResponse:
    """Show the month; `refused` is the reason that could not be stored, beside its project."""
    user = cast(User, request.user)
    rows = month_end_rows(pool, month, threshold())
    visible = set(Project.objects.for_user(user).filter(pool=pool).values_list("pk", flat=True))
    only_unexplained = "unexplained" in request.GET
    query = request.GET.copy()
    query.pop("page", None)
    shown = [row for row in rows if row.is_unexplained] if only_unexplained else rows
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    # Said once, above the first page of the whole list.
    warned = [row for row in rows if row.warning] if page.number == 1 and not only_unexplained else []
    context = {
        "pool": pool,
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "page": page,
        "lines": [(row, _reason_form(row, refused)) for row in page],
        "refused": refused,
        "query": query,
        "only_unexplained": only_unexplained,
        "total": month_end_total(shown),
        "visible": visible,
        "unexplained": sum(row.is_unexplained for row in rows),
        "warnings": warned[:WARNINGS_SHOWN],
        "more_warnings": warned[WARNINGS_SHOWN:],
        "threshold": threshold(),
        "can_explain": has_role(user, Role.CONTROLLER, Role.MANAGER),
    }
    return render(request, "projects/month_end.html", context, status=422 if refused else 200)


def _reason_form(row: MonthEndRow, refused: ExplainForm | None) -> ExplainForm:
    if refused is not None and refused.about == row.project.pk:
        return refused
    return ExplainForm(project=row.project, is_again=bool(row.reason))


@roles_required(Role.CONTROLLER, Role.MANAGER)
@require_POST
def deviation_explain(request: HttpRequest, code: str, month: date, project: str) -> HttpResponse:
    """Store why the project's forecast is not what was granted; its managers and controllers may."""
    user = cast(User, request.user)
    projects = Project.objects.for_user(user).select_related("pool", "unit")
    about = get_object_or_404(projects, code=project, pool__code=code)
    if about.pool is None or not (has_role(user, Role.CONTROLLER) or can_approve_snapshot(user, about)):
        raise PermissionDenied
    page = reverse("projects:month-end", args=[code, month])
    # Back to where the reasons are being written, also on the list's third page.
    address = f"{page}?{request.GET.urlencode()}" if request.GET else page
    form = ExplainForm(request.POST, project=about)
    if form.is_valid():
        try:
            explain_deviation(project=about, month=first_of_month(month), text=form.cleaned_data["reason"], by=user)
        except ValidationError as error:
            add_errors(form, error, otherwise="reason")
        else:
            messages.success(request, _("The reason for “%(project)s” is stored.") % {"project": about.name})
            return redirect(address)
    return _page(request, about.pool, month, form)


@roles_required(Role.CONTROLLER)
def fiscal_years(request: HttpRequest) -> HttpResponse:
    return _years(request)


def _years(request: HttpRequest, refused: LineReasonForm | None = None) -> HttpResponse:
    rows = [(row, refused if refused and refused.about == row.year else _year_form(row.year)) for row in year_rows()]
    context = {"rows": rows, "refused": refused, "events": _story()}
    return render(request, "projects/fiscal_years.html", context, status=422 if refused else 200)


def _year_form(year: int, data: QueryDict | None = None) -> LineReasonForm:
    return LineReasonForm(data, about=year, label=_("Reason, %(year)s") % {"year": year})


@roles_required(Role.CONTROLLER)
@require_POST
def fiscal_year_change(request: HttpRequest, year: int) -> HttpResponse:
    """Close an open year, or open a closed one again."""
    if year not in YEARS:
        raise Http404
    is_closed = FiscalYear.objects.filter(year=year, closed_at__isnull=False).exists()
    form = _year_form(year, request.POST)
    change = reopen_year if is_closed else close_year
    if form.is_valid():
        try:
            change(year=year, reason=form.cleaned_data["reason"], by=cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, otherwise="reason")
        else:
            done = _("%(year)s is open again.") if is_closed else _("%(year)s is closed.")
            messages.success(request, done % {"year": year})
            return redirect("projects:fiscal-years")
    return _years(request, form)


def _story() -> object:
    return timeline(Event.objects.filter(subject=Subject.FISCAL_YEAR).select_related("actor")[:50])
