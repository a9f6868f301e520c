"""The filters of the list of statuses; they live in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.alphabet import alphabetical
from projects.enums import Role, SnapshotState
from projects.models import ProjectAssignment
from projects.models.people import valid_on
from projects.queries.absences import done_by
from projects.queries.round_statuses import by_round
from projects.queries.rounds import MISSING, UNSENT
from projects.queries.status_lines import StatusChoices

NOT_SENT = "not_sent"
STATES = [
    ("", _("All")),
    (NOT_SENT, _("Not sent yet")),
    (MISSING, _("Not begun")),
    *SnapshotState.choices,
]
FOR_CASEWORKERS = ["returned", MISSING, "draft", "submitted", "approved"]
FOR_MANAGERS = ["submitted", "returned", MISSING, "draft", "approved"]


class StatusFilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    committee = forms.ChoiceField(label=_("Committee"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    person = forms.ChoiceField(label=_("Caseworker"), required=False)
    late = forms.BooleanField(label=_("Only overdue"), required=False)

    def __init__(self, data: object, offered: StatusChoices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._offer("committee", offered.committees)
        self._offer("unit", offered.units)
        self._offer("person", offered.people)

    def _offer(self, name: str, rows: Iterable[tuple[int, str]]) -> None:
        field: Any = self.fields[name]
        in_order = sorted(rows, key=lambda row: alphabetical(row[1]))
        field.choices = [("", _("All")), *((str(pk), label) for pk, label in in_order)]

    def narrowed(self, statuses: Any) -> Any:
        """Return the `round_statuses` the filters let through; a value that is not on the list filters nothing."""
        state = self._chosen("state")
        if state:
            statuses = statuses.filter(status_state__in=UNSENT if state == NOT_SENT else [state])
        if self._chosen("late"):
            statuses = statuses.filter(is_late=True)
        return statuses.filter(self._of_projects(""))

    def narrowed_loose(self, snapshots: Any) -> Any:
        """Return the `loose_statuses` the filters let through. They have no deadline, so none is overdue."""
        state = self._chosen("state")
        if self._chosen("late"):
            return snapshots.none()
        if state:
            snapshots = snapshots.filter(state__in=UNSENT if state == NOT_SENT else [state])
        return snapshots.filter(self._of_projects("project__"))

    def _of_projects(self, prefix: str) -> Q:
        found = Q()
        for name in ("committee", "unit"):
            if self._chosen(name):
                found &= Q(**{f"{prefix}{name}": self._chosen(name)})
        if person := self._chosen("person"):
            today = timezone.localdate()
            on = ProjectAssignment.objects.filter(valid_on(today), user=person).values("project_id")
            does = done_by(today, int(person)).values("project_id")
            found &= Q(**{f"{prefix}pk__in": on}) | Q(**{f"{prefix}pk__in": does})
        return found

    def _chosen(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


def in_order(statuses: Any, roles: frozenset[str]) -> Any:
    """Return the `round_statuses` round by round, with what waits for the reader first."""
    order = FOR_MANAGERS if Role.MANAGER in roles and Role.CASEWORKER not in roles else FOR_CASEWORKERS
    place = Case(*(When(status_state=state, then=Value(number)) for number, state in enumerate(order)))
    return by_round(statuses, place, F("is_late").desc())
