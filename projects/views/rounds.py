"""Meetings and their rounds: read by those who have deadlines, kept by the secretary."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.actions import rounds as actions
from projects.dates import format_date_long
from projects.enums import Role
from projects.forms.reasons import ReasonForm
from projects.forms.rounds import MeetingForm, MoveForm, OpenForm
from projects.models import Meeting, Project, StatusRound, User
from projects.months import format_month
from projects.permissions import can_manage_rounds, roles_required
from projects.queries.meetings import committee_meetings, meeting_deadlines, open_rounds_of, suggested_month
from projects.queries.rounds import round_counts, rows_of
from projects.views.refusals import add_errors


@roles_required(Role.SECRETARY, Role.MANAGER, Role.CASEWORKER, Role.CONTROLLER)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Show every committee's meetings with their rounds and deadlines."""
    context = {
        "committees": committee_meetings(),
        "can_manage": can_manage_rounds(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "projects/round_list.html", context)


@roles_required(Role.SECRETARY)
def meeting_create(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["date"]
        try:
            meeting = actions.create_meeting(committee=form.cleaned_data["committee"], day=day, by=request.user)
        except ValidationError as error:
            add_errors(form, error, otherwise="date")
        else:
            messages.success(request, _("The meeting on %(day)s is stored.") % {"day": format_date_long(day)})
            return redirect("projects:round-open", pk=meeting.pk)
    return _page(request, "projects/meeting_form.html", {"form": form})


@roles_required(Role.SECRETARY)
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a round for the meeting; its deadlines are shown before it is opened."""
    meeting = _meeting(pk)
    form = OpenForm(request.POST or None, initial={"month": suggested_month(meeting)})
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_round(meeting=meeting, month=form.cleaned_data["month"], by=request.user)
        except ValidationError as error:
            add_errors(form, error, otherwise="month")
        else:
            messages.success(request, _("The round for %(month)s is open.") % {"month": format_month(opened.month)})
            return redirect("projects:round-list")
    context = {
        "form": form,
        "meeting": meeting,
        "deadlines": meeting_deadlines(meeting.committee, meeting.date),
        "today": timezone.localdate(),
    }
    return _page(request, "projects/round_open.html", context)


@roles_required(Role.SECRETARY)
def meeting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the new date, show what it changes, and move the meeting when that is confirmed."""
    meeting = _meeting(pk)
    is_confirmed = request.method == "POST"
    typed = request.POST if is_confirmed else request.GET if "date" in request.GET else None
    form = MoveForm(typed, initial={"date": meeting.date})
    if form.is_valid() and _done(form, meeting, by=request.user if is_confirmed else None):
        wanted = form.cleaned_data["date"]
        if is_confirmed:
            messages.success(request, _("The meeting is moved to %(day)s.") % {"day": format_date_long(wanted)})
            return redirect("projects:round-list")
        return render(request, "projects/meeting_move.html", _preview(form, meeting, wanted))
    status = 422 if typed is not None else 200
    return render(request, "projects/meeting_move.html", {"form": form, "meeting": meeting}, status=status)


def _done(form: MoveForm, meeting: Meeting, *, by: User | None) -> bool:
    """Move the meeting to the form's date, or only check (`by` None). False when refused; the form says why."""
    wanted: date = form.cleaned_data["date"]
    try:
        if by is None:
            actions.check_meeting_move(meeting=meeting, date=wanted)
        else:
            actions.move_meeting(meeting=meeting, date=wanted, by=by)
    except ValidationError as error:
        add_errors(form, error, otherwise="date")
        return False
    return True


def _preview(form: MoveForm, meeting: Meeting, wanted: date) -> dict[str, Any]:
    return {
        "form": form,
        "meeting": meeting,
        "wanted": wanted,
        "rounds": open_rounds_of(meeting),
        "deadlines": meeting_deadlines(meeting.committee, wanted),
        "today": timezone.localdate(),
    }


@roles_required(Role.SECRETARY)
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before the round is closed, and say what is still missing."""
    item = _round(pk)
    if request.method == "POST":
        try:
            actions.close_round(round=item, by=request.user)
        except ValidationError as error:
            messages.info(request, error.messages[0])
        else:
            messages.success(request, _("The round for %(month)s is closed.") % {"month": format_month(item.month)})
        return redirect("projects:round-list")
    rows = rows_of([item], Project.objects.all())
    context = {"round": item, "counts": round_counts(rows), "unfinished": [row for row in rows if not row.is_approved]}
    return render(request, "projects/round_close.html", context)


@roles_required(Role.SECRETARY)
def round_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    item = _round(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_round(round=item, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error, {"reason_missing": "reason", "cpr": "reason"})
        else:
            messages.success(request, _("The round for %(month)s is open again.") % {"month": format_month(item.month)})
            return redirect("projects:round-list")
    return _page(request, "projects/round_reopen.html", {"form": form, "round": item})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)


def _round(pk: int) -> StatusRound:
    return get_object_or_404(StatusRound.objects.select_related("committee", "meeting__committee"), pk=pk)
