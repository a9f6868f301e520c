"""Rows of expected and of realised returns. An empty row is no row."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.actions.paybacks import RealisedValue
from projects.actions.proposal_money import ReturnValue
from projects.enums import ServiceFrame
from projects.forms.fields import KronerField, NoCprCharField
from projects.forms.years import YearField
from projects.rules.paybacks import check_expectation

EXPECTED = ("year", "falls_in", "service_frame", "low", "expected", "high", "basis")
REALISED = ("year", "falls_in", "service_frame", "amount", "source")


def _place() -> NoCprCharField:
    return NoCprCharField(
        label=gettext_lazy("Where it falls"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Whose budget: a committee, a unit, the region, the state."),
    )


def _frame() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Servicerammen"), choices=ServiceFrame.choices, required=False, initial=ServiceFrame.UNKNOWN
    )


class _Row(forms.Form):
    """`MEANT` are the fields that make a row more than its suggested year and choice."""

    MEANT: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing but the suggested year and the choice stands in the row."""
        return not any(str(self[name].value() or "").strip() for name in self.MEANT)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.is_empty:
            return {}
        if not values.get("falls_in") and "falls_in" not in self.errors:
            self.add_error("falls_in", ValidationError(_("Whose budget does it fall in?"), code="required"))
        if not values.get("year") and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Which year?"), code="required"))
        values["service_frame"] = values.get("service_frame") or ServiceFrame.UNKNOWN
        return values


class ReturnRow(_Row):
    MEANT = ("falls_in", "low", "expected", "high", "basis")
    year = YearField(label=gettext_lazy("Year"), required=False)
    year.widget.attrs["data-row-default"] = ""
    falls_in = _place()
    service_frame = _frame()
    low = KronerField(label=gettext_lazy("Low"), required=False)
    expected = KronerField(label=gettext_lazy("Expected"), required=False)
    high = KronerField(label=gettext_lazy("High"), required=False)
    basis = NoCprCharField(label=gettext_lazy("How it was found"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values and not {"low", "expected", "high"} & set(self.errors):
            try:
                check_expectation(**{name: values.get(name) for name in ("low", "expected", "high")})
            except ValidationError as error:
                self.add_error(None, error)
        return values


class RealisedRow(_Row):
    MEANT = ("falls_in", "amount", "source")
    year = YearField(label=gettext_lazy("Year"), required=False)
    year.widget.attrs["data-row-default"] = ""
    falls_in = _place()
    service_frame = _frame()
    amount = KronerField(label=gettext_lazy("Realised"), required=False)
    source = NoCprCharField(label=gettext_lazy("How it was found"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values and values.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", ValidationError(_("Write the amount."), code="required"))
        if values and not values.get("source") and "source" not in self.errors:
            self.add_error("source", ValidationError(_("Write how the amount was found."), code="required"))
        return values


class BaseReturnRows(forms.BaseFormSet):  # type: ignore[type-arg]
    @property
    def returns(self) -> list[ReturnValue]:
        return [ReturnValue(**form.cleaned_data) for form in self.forms if form.cleaned_data]


class BaseRealisedRows(forms.BaseFormSet):  # type: ignore[type-arg]
    @property
    def returns(self) -> list[RealisedValue]:
        return [RealisedValue(**form.cleaned_data) for form in self.forms if form.cleaned_data]


ReturnRows: Any = forms.formset_factory(ReturnRow, formset=BaseReturnRows, extra=2, max_num=60, absolute_max=100)
RealisedRows: Any = forms.formset_factory(RealisedRow, formset=BaseRealisedRows, extra=3, max_num=60, absolute_max=100)


def first_values(stored: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows' first values."""
    return [{name: getattr(row, name) for name in names} for row in stored]
