"""Absences: one's own, and for a manager those of the caseworkers."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.actions.absences import remove_absence, store_absence
from projects.enums import Role
from projects.forms.absences import AbsenceForm, initial_of
from projects.models import Absence, Project, User
from projects.permissions import roles_required
from projects.queries.absences import absences_of, people_kept_by, projects_during
from projects.views.refusals import add_errors

KEEPERS = (Role.CASEWORKER, Role.MANAGER)
PLACES = {
    "dates_in_order": "valid_to",
    "absent_twice": "valid_from",
    "self_stand_in": "stand_in",
    "not_a_caseworker": "stand_in",
    "stand_in_away": "stand_in",
}


@roles_required(*KEEPERS)
@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """Show who is or will be away, and who acts for them. Five queries at most."""
    user = cast(User, request.user)
    today = timezone.localdate()
    people = people_kept_by(user)
    rows = absences_of(people, today)
    context = {
        "now": [row for row in rows if row.valid_from <= today],
        "coming": [row for row in rows if row.valid_from > today],
        "people": people if user.role_set & {Role.MANAGER, Role.ADMINISTRATOR} else [],
    }
    return render(request, "projects/absence_list.html", context)


@roles_required(*KEEPERS)
def absence_create(request: HttpRequest) -> HttpResponse:
    """Enter an absence: one's own, or with ?person= somebody else's one may enter for."""
    person = _person(cast(User, request.user), request.GET.get("person", ""))
    return _form_page(request, person, None)


@roles_required(*KEEPERS)
def absence_edit(request: HttpRequest, pk: int) -> HttpResponse:
    absence = _absence(cast(User, request.user), pk)
    return _form_page(request, absence.user, absence)


@roles_required(*KEEPERS)
@require_POST
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    absence = _absence(cast(User, request.user), pk)
    remove_absence(absence=absence, by=cast(User, request.user))
    messages.success(request, _("The absence of %(name)s is taken back.") % {"name": absence.user})
    return redirect("projects:absence-list")


def _form_page(request: HttpRequest, person: User, absence: Absence | None) -> HttpResponse:
    form = AbsenceForm(
        request.POST or None,
        person=person,
        projects=_projects(person, absence),
        initial=initial_of(absence) if absence else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _store(form, person, absence, cast(User, request.user))
        except ValidationError as error:
            add_errors(form, error, PLACES, otherwise="valid_from")
        else:
            messages.success(request, _("The absence of %(name)s is stored.") % {"name": person})
            return redirect("projects:absence-list")
    context: dict[str, Any] = {"form": form, "person": person, "absence": absence}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/absence_form.html", context, status=status)


def _store(form: AbsenceForm, person: User, absence: Absence | None, by: User) -> None:
    values = {name: form.cleaned_data[name] for name in ("kind", "valid_from", "valid_to")}
    store_absence(user=person, absence=absence, stand_ins=form.stand_ins, by=by, **values)


def _projects(person: User, absence: Absence | None) -> list[Project]:
    """Return the projects to choose stand-ins for: those of the absence, or from today on."""
    first: date = absence.valid_from if absence else timezone.localdate()
    return projects_during(person, first, absence.valid_to if absence else None)


def _person(user: User, text: str) -> User:
    if not text:
        return user
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return get_object_or_404(people_kept_by(user), pk=int(text))


def _absence(user: User, pk: int) -> Absence:
    rows = Absence.objects.filter(user__in=people_kept_by(user)).select_related("user")
    return get_object_or_404(rows, pk=pk)
