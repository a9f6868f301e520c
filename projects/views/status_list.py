"""What is missing: the open rounds with everyone who owes a status, and a word to those who are late."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from projects.actions.reminders import Reminded, remind_now
from projects.exports import statuses_sheet
from projects.forms.status_list import NOT_SENT, StatusFilterForm, in_order
from projects.models import Project, User
from projects.queries.rounds import RoundCounts, RoundRow, round_counts, round_rows
from projects.queries.status_lines import StatusLine, loose_ends, remindable, status_lines
from projects.rules.wording import joined
from projects.views.files import sheet_response

PER_PAGE = 100


@login_required
@require_safe
def status_list(request: HttpRequest) -> HttpResponse:
    """Show who owes a status in the open rounds, how far each is, what is late, and what waits outside the rounds."""
    user = cast(User, request.user)
    lines = _lines(user)
    form = StatusFilterForm(request.GET, lines)
    shown = form.matching(lines)
    in_rounds = [line for line in shown if isinstance(line.row, RoundRow)]
    page = Paginator(_ordered(in_rounds, user), PER_PAGE).get_page(request.GET.get("page"))
    counts = round_counts(cast(RoundRow, line.row) for line in in_rounds)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "rounds": [(item, list(group)) for item, group in groupby(page, _round_of)],
        "loose": [line for line in shown if not isinstance(line.row, RoundRow)],
        "page": page,
        "query": query,
        "total": len(lines),
        "is_filtered": len(shown) < len(lines) or any(request.GET.values()),
        "counts": counts,
        "count_links": _count_links(counts, query),
        "remindable": sum(bool(line.doers) for line in remindable(shown)),
    }
    return render(request, "projects/status_list.html", context)


@login_required
@require_safe
def status_list_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Hand out what the filters let through, in the list's order; what lies outside the rounds last, as on the page."""
    user = cast(User, request.user)
    lines = _lines(user)
    shown = StatusFilterForm(request.GET, lines).matching(lines)
    in_rounds = [line for line in shown if isinstance(line.row, RoundRow)]
    loose = [line for line in shown if not isinstance(line.row, RoundRow)]
    return sheet_response(statuses_sheet([*_ordered(in_rounds, user), *loose]), "statusser", kind)


@login_required
@require_POST
def status_remind(request: HttpRequest) -> HttpResponse:
    """Remind those who owe one status (`status`: project id and month), or every late one the filters let through."""
    user = cast(User, request.user)
    lines = _lines(user)
    form = StatusFilterForm(request.POST, lines)
    wanted = request.POST.get("status", "")
    chosen = [line for line in lines if line.may_remind and _key(line) == wanted]
    if not wanted:
        chosen = remindable(form.matching(lines))
    if not chosen:
        raise PermissionDenied
    _say(request, remind_now(statuses={(line.row.project.pk, line.row.month) for line in chosen}, by=user))
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {})
    return redirect(f"{reverse('projects:status-list')}?{query.urlencode()}".rstrip("?"))


def _lines(user: User) -> list[StatusLine]:
    """Return everything the user may see, in the rounds and outside them. About a dozen queries."""
    rows = round_rows(user)
    return status_lines([*rows, *loose_ends(Project.objects.for_user(user))], user)


def _ordered(in_rounds: list[StatusLine], user: User) -> list[StatusLine]:
    return [line for _round, group in groupby(in_rounds, _round_of) for line in in_order(list(group), user.role_set)]


def _round_of(line: StatusLine) -> Any:
    return cast(RoundRow, line.row).round


def _key(line: StatusLine) -> str:
    return f"{line.row.project.pk}.{line.row.month:%Y-%m}"


def _count_links(counts: RoundCounts, query: QueryDict) -> list[tuple[str, int, str]]:
    """Return (which, how many, the address that shows just those), in the order a status takes."""
    found = []
    for name, filters in (
        ("due", {"state": NOT_SENT, "late": ""}),
        ("overdue", {"state": NOT_SENT, "late": "on"}),
        ("returned", {"state": "returned", "late": ""}),
        ("submitted", {"state": "submitted", "late": ""}),
        ("approved", {"state": "approved", "late": ""}),
    ):
        address = query.copy()
        for key, value in filters.items():
            address.pop(key, None)
            if value:
                address[key] = value
        found.append((name, getattr(counts, name), address.urlencode()))
    return found


def _say(request: HttpRequest, reminded: Reminded) -> None:
    if reminded.sent:
        text = ngettext("%(names)s gets a reminder by mail.", "%(names)s get a reminder by mail.", len(reminded.sent))
        messages.success(request, text % {"names": _names(reminded.sent)})
    words = {
        "already": _("%(names)s: reminded today already."),
        "unwilling": _("%(names)s: wants no reminders by mail. Call or write yourself."),
        "without_address": _("%(names)s: has no e-mail address here. Call or write yourself."),
    }
    for name, text in words.items():
        people = getattr(reminded, name)
        if people:
            messages.info(request, text % {"names": _names(people)})
    if not any((reminded.sent, reminded.already, reminded.unwilling, reminded.without_address)):
        messages.warning(request, _("Nobody is there to remind: everybody on the project is away, or nobody is on it."))


def _names(people: Iterable[User]) -> str:
    return joined([str(person) for person in people])
