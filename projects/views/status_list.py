"""What is missing: the open rounds with everyone who owes a status, and a word to those who are late."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
from projects.models import Project, StatusRound, User
from projects.queries.round_statuses import counted_states, round_statuses
from projects.queries.rounds import RoundCounts, RoundRow, open_rounds
from projects.queries.status_lines import (
    StatusLine,
    StatusPages,
    attended,
    loose_statuses,
    may_be_reminded,
    remindable_by,
    status_choices,
)
from projects.rules.wording import joined
from projects.views.files import sheet_response

PER_PAGE = 100
# The counts that every status is in exactly one of; those that were returned are among the unsent.
_COUNTED = ("due", "overdue", "submitted", "approved")
_ONE_STATUS = re.compile(r"(?P<project>[0-9]{1,18})\.(?P<month>[0-9]{4}-(0[1-9]|1[0-2]))")


@login_required
@require_safe
def status_list(request: HttpRequest) -> HttpResponse:
    """Show who owes a status in the open rounds, how far each is, what is late, and what waits outside the rounds."""
    user = cast(User, request.user)
    found = _found(user, request.GET)
    counts = counted_states(found.statuses)
    in_rounds = sum(getattr(counts, name) for name in _COUNTED)
    page: Any = Paginator(cast(Any, found.pages(user, in_rounds)), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    is_filtered = any(request.GET.values())
    context = {
        "form": found.form,
        "rounds": [(item, list(group)) for item, group in groupby(filter(_is_asked_for, page), _round_of)],
        "loose": [line for line in page if not _is_asked_for(line)],
        "page": page,
        "query": query,
        "total": page.paginator.count or is_filtered,
        "is_filtered": is_filtered,
        "counts": counts,
        "count_links": _count_links(counts, query),
        "remindable": attended(remindable_by(found.statuses, user)).count(),
    }
    return render(request, "projects/status_list.html", context)


@login_required
@require_safe
def status_list_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Hand out what the filters let through, in the list's order; what lies outside the rounds last, as on the page."""
    user = cast(User, request.user)
    found = _found(user, request.GET)
    lines = found.pages(user, found.statuses.count()).in_parts()
    return sheet_response(statuses_sheet(lines), "statusser", kind)


@login_required
@require_POST
def status_remind(request: HttpRequest) -> HttpResponse:
    """Remind those who owe one status (`status`: project id and month), or every late one the filters let through."""
    user = cast(User, request.user)
    found = _found(user, request.POST)
    one = _ONE_STATUS.fullmatch(request.POST.get("status", ""))
    if one:
        # That it is not late yet does not matter when somebody has pointed at it.
        chosen = may_be_reminded(found.every_status, user).filter(pk=one["project"], asked_month=f"{one['month']}-01")
    elif request.POST.get("status"):
        raise PermissionDenied
    else:
        chosen = remindable_by(found.statuses, user)
    statuses = set(chosen.order_by().values_list("pk", "asked_month"))
    if not statuses:
        raise PermissionDenied
    _say(request, remind_now(statuses=statuses, by=user))
    query = QueryDict(mutable=True)
    cleaned = found.form.cleaned_data if found.form.is_valid() else {}
    query.update({name: value for name, value in cleaned.items() if value})
    return redirect(f"{reverse('projects:status-list')}?{query.urlencode()}".rstrip("?"))


@dataclass(frozen=True)
class _Found:
    """What the filters let through of `every_status` of the open rounds, in order, and of what lies outside them."""

    form: StatusFilterForm
    rounds: list[StatusRound]
    every_status: Any
    statuses: Any
    loose: Any

    def pages(self, user: User, in_rounds: int) -> StatusPages:
        return StatusPages(self.statuses, self.loose, rounds=self.rounds, user=user, number=in_rounds)


def _found(user: User, choices: QueryDict) -> _Found:
    """Find everything the user may see, and narrow it down. Four queries and at most one more."""
    rounds, projects = open_rounds(), Project.objects.for_user(user)
    statuses, loose = round_statuses(rounds, projects), loose_statuses(projects)
    form = StatusFilterForm(choices, status_choices(statuses, loose))
    return _Found(form, rounds, statuses, in_order(form.narrowed(statuses), user.role_set), form.narrowed_loose(loose))


def _is_asked_for(line: StatusLine) -> bool:
    return isinstance(line.row, RoundRow)


def _round_of(line: StatusLine) -> Any:
    return cast(RoundRow, line.row).round


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
