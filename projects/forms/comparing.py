"""Which two statuses of a project are held against each other; the choice lives in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import StatusSnapshot
from projects.months import format_month


def choice_of(snapshot: StatusSnapshot) -> str:
    """Return how an address names one revision: "2017-11.2"."""
    return f"{snapshot.month:%Y-%m}.{snapshot.revision}"


class CompareForm(forms.Form):
    """Two revisions among those the reader may see, newest first. What is not on the list is the newest pair."""

    def __init__(self, data: Any, revisions: Sequence[StatusSnapshot]) -> None:
        super().__init__(data)
        self._revisions = {choice_of(item): item for item in revisions}
        choices = [(key, _label(item)) for key, item in self._revisions.items()]
        for name, label in (("from", gettext_lazy("Before")), ("to", gettext_lazy("After"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["all"] = forms.BooleanField(label=gettext_lazy("Show what is alike too"), required=False)
        newest = list(self._revisions)
        later = self._chosen("to", newest[0] if newest else "")
        below = newest[newest.index(later) + 1 :] if later else []
        self.later = self._revisions.get(later)
        self.earlier = self._revisions.get(self._chosen("from", below[0] if below else later))
        self.initial = {"from": choice_of(self.earlier) if self.earlier else "", "to": later}

    def _chosen(self, name: str, otherwise: str) -> str:
        typed = str(self.data.get(name, ""))
        return typed if typed in self._revisions else otherwise

    @property
    def shows_all(self) -> bool:
        return bool(self.data.get("all"))


def _label(snapshot: StatusSnapshot) -> str:
    month = capfirst(format_month(snapshot.month))
    state = snapshot.get_state_display()
    if snapshot.revision == 1:
        return f"{month} ({state.lower()})"
    return _("%(month)s, revision %(number)s (%(state)s)") % {
        "month": month,
        "number": snapshot.revision,
        "state": state.lower(),
    }
