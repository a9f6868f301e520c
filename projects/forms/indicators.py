"""What an indicator measures and how it is counted, and its targets."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.actions.indicators import TargetValue
from projects.enums import CountingRule, Direction
from projects.forms.fields import DanishDateField, MeasureField, NoCprCharField
from projects.models import Indicator, Target

TARGETS = "targets"
COUNTING_RULES = (
    (CountingRule.AT_DATE, gettext_lazy("At a date: how many there are on the day the figures hold for")),
    (CountingRule.IN_PERIOD, gettext_lazy("In the period: only what has happened since the last status")),
    (CountingRule.SINCE_START, gettext_lazy("Since start: everything so far, so the figure can only grow")),
)
DIRECTIONS = (
    (Direction.UP, gettext_lazy("Higher is better")),
    (Direction.DOWN, gettext_lazy("Lower is better")),
    (Direction.NEUTRAL, gettext_lazy("Neither: it is only followed")),
)


class IndicatorForm(forms.Form):
    """`confirm_meaning` is asked for only when earlier figures were counted in another way."""

    name = NoCprCharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As it stands in the status and in the note, for example “Citizens in the project”."),
    )
    unit = NoCprCharField(
        label=gettext_lazy("Unit"), max_length=40, help_text=gettext_lazy("Citizens, families, courses, hours …")
    )
    counting_rule = forms.ChoiceField(
        label=gettext_lazy("How it is counted"),
        choices=COUNTING_RULES,
        widget=forms.RadioSelect,
        initial=CountingRule.AT_DATE,
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is good?"),
        choices=DIRECTIONS,
        widget=forms.RadioSelect,
        initial=Direction.NEUTRAL,
    )
    baseline = MeasureField(
        label=gettext_lazy("Baseline"),
        required=False,
        help_text=gettext_lazy("The figure before the project began, if there was one."),
    )
    baseline_on = DanishDateField(
        label=gettext_lazy("Baseline date"),
        required=False,
        help_text=gettext_lazy("The day it holds for, for example 1.4.2016."),
    )
    source = NoCprCharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where the figure is taken from, so that others can find it again."),
    )
    is_figure = forms.BooleanField(label=gettext_lazy("Show the development as a figure in the note"), required=False)
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Out of use, it is not asked for any more. Months that are told keep their figures."),
    )
    confirm_meaning = forms.BooleanField(label=gettext_lazy("Yes, the figures mean this from now on"), required=False)

    def __init__(self, *args: Any, indicator: Indicator | None = None, **kwargs: Any) -> None:
        if indicator is not None:
            kwargs["initial"] = {name: getattr(indicator, name, None) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if indicator is None:
            del self.fields["is_active"]

    @property
    def values(self) -> dict[str, Any]:
        """Return the indicator's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirm_meaning"}

    @property
    def asks_to_confirm(self) -> bool:
        return self.has_error("unit", "meaning_changes") or bool(self.data.get("confirm_meaning"))


class TargetRow(forms.Form):
    """What is to be reached by a day. An empty row is no target."""

    value = MeasureField(label=gettext_lazy("Target"), required=False)
    due_on = DanishDateField(label=gettext_lazy("To be reached by"), required=False)

    @property
    def is_empty(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.is_empty:
            return {}
        missing = {"value": _("Which figure is to be reached?"), "due_on": _("By which day?")}
        for name, message in missing.items():
            if values.get(name) is None and name not in self.errors:
                self.add_error(name, ValidationError(message, code="required"))
        return values


class BaseTargetRows(forms.BaseFormSet):  # type: ignore[type-arg]
    @property
    def targets(self) -> list[TargetValue]:
        rows = [form.cleaned_data for form in self.forms]
        return [TargetValue(**row) for row in rows if row]


TargetRows: Any = forms.formset_factory(TargetRow, formset=BaseTargetRows, extra=2, max_num=30, absolute_max=60)


def opened_targets(targets: Iterable[Target]) -> list[dict[str, Any]]:
    """Return the rows' first values."""
    return [{"value": target.value, "due_on": target.due_on} for target in targets]
