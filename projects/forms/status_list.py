"""The filters of the list of statuses; they live in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import Role, SnapshotState
from projects.queries.rounds import MISSING, RoundRow

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

    def __init__(self, data: object, rows: list[RoundRow]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._offer("committee", {str(row.project.committee_id): row.project.committee.name for row in rows})
        self._offer("unit", {str(row.project.unit_id): row.project.unit.name for row in rows})
        self._offer("person", {str(user.pk): str(user) for row in rows for user in row.people})

    def _offer(self, name: str, labels: dict[str, str]) -> None:
        self.fields[name].choices = [("", _("All")), *sorted(labels.items(), key=lambda item: item[1])]

    def matching(self, rows: list[RoundRow]) -> list[RoundRow]:
        """Return the rows the filters let through; a value that is not on the list filters nothing."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        return [
            row
            for row in rows
            if (not state or row.state == state or (state == NOT_SENT and row.is_unsent))
            and self._is_chosen("committee", [row.project.committee_id])
            and self._is_chosen("unit", [row.project.unit_id])
            and self._is_chosen("person", [user.pk for user in row.people])
            and (row.is_overdue or not self.cleaned_data.get("late"))
        ]

    def _is_chosen(self, name: str, ids: list[int]) -> bool:
        wanted = self.cleaned_data.get(name)
        return not wanted or wanted in {str(pk) for pk in ids}


def in_order(rows: list[RoundRow], roles: frozenset[str]) -> list[RoundRow]:
    """Return the rows with what waits for the reader first."""
    order = FOR_MANAGERS if Role.MANAGER in roles and Role.CASEWORKER not in roles else FOR_CASEWORKERS
    return sorted(rows, key=lambda row: (order.index(row.state), not row.is_overdue, row.project.name))
