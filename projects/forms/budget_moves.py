"""Money to another project, to the next year, and why a forecast is not what was granted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.actions.budget_moves import Decision
from projects.forms.decisions import MeetingForm
from projects.forms.fields import KronerField
from projects.forms.reasons import LineReasonForm, ShortReasonForm
from projects.models import Committee, PoolYear, Project
from projects.money import format_kroner
from projects.queries.projects import Held


class MoveForm(MeetingForm):
    """An amount of what the project holds in one year from one source. With `receivers`, to another project."""

    field_order = ("source", "receiver", "amount", "reason", "meeting", "item_number")

    source = forms.ChoiceField(label=gettext_lazy("What is moved"))
    receiver = forms.ModelChoiceField(
        label=gettext_lazy("To the project"), queryset=Project.objects.none(), empty_label=gettext_lazy("Choose")
    )
    amount = KronerField(label=gettext_lazy("Amount"), allow_negative=False)
    reason = ShortReasonForm.base_fields["reason"]

    def __init__(
        self, *args: Any, committee: Committee, held: Sequence[Held], receivers: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, committee=committee, **kwargs)
        self.held = {f"{each.year}-{each.pool_year.pk if each.pool_year else ''}": each for each in held}
        self.fields["source"].choices = [(key, _held(each)) for key, each in self.held.items()]
        if receivers is None:
            del self.fields["receiver"]
        else:
            self.fields["receiver"].queryset = receivers

    @property
    def year(self) -> int:
        return self.held[self.cleaned_data["source"]].year

    @property
    def pool_year(self) -> PoolYear | None:
        return self.held[self.cleaned_data["source"]].pool_year

    @property
    def made(self) -> Decision:
        return Decision(**self.decision)


def _held(each: Held) -> str:
    words = {"year": each.year, "amount": format_kroner(each.amount)}
    if each.pool_year is None:
        return _("%(year)s, not from a pool: %(amount)s") % words
    return _("%(year)s, %(pool)s: %(amount)s") % {**words, "pool": each.pool_year.pool.name}


class ExplainForm(LineReasonForm):
    """Why a project's forecast is not what was granted; `is_again` when a reason stands there already."""

    longest = 500

    def __init__(self, *args: Any, project: Project, is_again: bool = False) -> None:
        label = _("Reason for the deviation of %(project)s") % {"project": project.name}
        super().__init__(*args, about=project.pk, label=label)
        question = _("Write another reason") if is_again else _("Why is the forecast not what was granted?")
        self.fields["reason"].widget.attrs["placeholder"] = question


class CarryOverForm(MeetingForm):
    """The decision to carry over a pool's year. `seen` is what was shown when it was confirmed."""

    reason = ShortReasonForm.base_fields["reason"]
    seen = forms.CharField(widget=forms.HiddenInput)

    @property
    def made(self) -> Decision:
        return Decision(**self.decision)
