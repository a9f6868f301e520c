"""Which two of a list are held against each other; the choice lives in the address."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.dates import format_date
from projects.models import StatusSnapshot
from projects.months import format_month
from projects.queries.proposal_versions import VersionFact

Item = TypeVar("Item")


class TwoOf(forms.Form, Generic[Item]):
    """Two among those the reader may see, newest first. What is not on the list is the newest pair."""

    def __init__(self, data: Any, items: Mapping[str, Item], labels: Mapping[str, str]) -> None:
        super().__init__(data)
        self._items = items
        for name, label in (("from", gettext_lazy("Before")), ("to", gettext_lazy("After"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=list(labels.items()), required=False)
        self.fields["all"] = forms.BooleanField(label=gettext_lazy("Show what is alike too"), required=False)
        newest = list(items)
        to = self._chosen("to", newest[0] if newest else "")
        below = newest[newest.index(to) + 1 :] if to else []
        from_ = self._chosen("from", below[0] if below else to)
        self.later, self.earlier = items.get(to), items.get(from_)
        self.initial = {"from": from_, "to": to}

    def _chosen(self, name: str, otherwise: str) -> str:
        typed = str(self.data.get(name, ""))
        return typed if typed in self._items else otherwise

    @property
    def shows_all(self) -> bool:
        return bool(self.data.get("all"))


def choice_of(snapshot: StatusSnapshot) -> str:
    """Return how an address names one revision: "2017-11.2"."""
    return f"{snapshot.month:%Y-%m}.{snapshot.revision}"


class CompareForm(TwoOf[StatusSnapshot]):
    """Two revisions of a project's statuses."""

    def __init__(self, data: Any, revisions: Sequence[StatusSnapshot]) -> None:
        items = {choice_of(item): item for item in revisions}
        super().__init__(data, items, {key: _label(item) for key, item in items.items()})


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


class VersionsForm(TwoOf[VersionFact]):
    """Two versions of a proposal."""

    def __init__(self, data: Any, versions: Sequence[VersionFact]) -> None:
        items = {item.key: item for item in versions}
        super().__init__(data, items, {key: version_label(item) for key, item in items.items()})


def version_label(version: VersionFact) -> str:
    if version.sent_at is None:
        return _("As it stands now, not sent")
    values = {"number": version.number, "date": format_date(timezone.localtime(version.sent_at)), "by": version.sent_by}
    return _("Version %(number)s, sent on %(date)s by %(by)s") % values
