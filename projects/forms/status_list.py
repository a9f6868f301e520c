"""The filters of the list of statuses; they live in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import Role, SnapshotState
from projects.queries.rounds import MISSING, RoundRow
from projects.queries.status_lines import LooseEnd, StatusLine

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

    def __init__(self, data: object, lines: list[StatusLine]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        rows = [line.row for line in lines]
        self._offer("committee", {str(row.project.committee_id): row.project.committee.name for row in rows})
        self._offer("unit", {str(row.project.unit_id): row.project.unit.name for row in rows})
        self._offer("person", {str(user.pk): str(user) for line in lines for user in (*line.row.people, *line.doers)})

    def _offer(self, name: str, labels: dict[str, str]) -> None:
        self.fields[name].choices = [("", _("All")), *sorted(labels.items(), key=lambda item: item[1])]

    def matching(self, lines: list[StatusLine]) -> list[StatusLine]:
        """Return the lines the filters let through; a value that is not on the list filters nothing."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        return [
            line
            for line in lines
            if (not state or line.row.state == state or (state == NOT_SENT and line.row.is_unsent))
            and self._is_chosen("committee", [line.row.project.committee_id])
            and self._is_chosen("unit", [line.row.project.unit_id])
            and self._is_chosen("person", [user.pk for user in (*line.row.people, *line.doers)])
            and (line.row.is_overdue or not self.cleaned_data.get("late"))
        ]

    def _is_chosen(self, name: str, ids: list[int]) -> bool:
        wanted = self.cleaned_data.get(name)
        return not wanted or wanted in {str(pk) for pk in ids}


def in_order(lines: list[StatusLine], roles: frozenset[str]) -> list[StatusLine]:
    """Return the lines with what waits for the reader first."""
    order = FOR_MANAGERS if Role.MANAGER in roles and Role.CASEWORKER not in roles else FOR_CASEWORKERS
    return sorted(lines, key=lambda line: _place(line.row, order))


def _place(row: RoundRow | LooseEnd, order: list[str]) -> tuple[int, bool, str]:
    return order.index(row.state), not row.is_overdue, row.project.name
