"""Pools, their frames, and lines of the economy list."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import CarryOver, PoolKind, ProposalVariant, ServiceFrame
from projects.forms.fields import (
    DanishDateField,
    KronerField,
    MeasureField,
    NoCprCharField,
    NoCprSlugField,
    NoCprTextField,
)
from projects.forms.years import YearField
from projects.models import Committee, EstimateLine, OrgUnit, PoolYear, Proposal

CHOOSE = gettext_lazy("Choose")


def _form_variant() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Form of new proposals"),
        choices=ProposalVariant.choices,
        initial=ProposalVariant.LONG,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A proposal begins with this form; its author can choose the other one."),
    )


class PoolForm(forms.Form):
    """A new pool; its frames are rows of their own (FrameRows)."""

    name = NoCprCharField(label=gettext_lazy("Name"), max_length=200)
    code = NoCprSlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Short, without spaces, for example GENINV-2016. It stands in addresses and papers."),
        error_messages={"invalid": gettext_lazy("Use only letters from a to z, digits and hyphens.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PoolKind.choices)
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Committee"), queryset=Committee.objects.all(), empty_label=CHOOSE
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Responsible unit"),
        queryset=OrgUnit.objects.none(),
        empty_label=CHOOSE,
        help_text=gettext_lazy("Managers of this unit decide on the pool's proposals."),
    )
    form_variant = _form_variant()
    description = NoCprTextField(
        label=gettext_lazy("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
    )

    def __init__(self, *args: Any, units: Iterable[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class FrameRow(forms.Form):
    """One year's frame. A row without an amount is no row."""

    year = YearField(label=gettext_lazy("Year"), required=False)
    frame = KronerField(label=gettext_lazy("Frame"), required=False, allow_negative=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("frame") is not None and not values.get("year") and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Which year is the frame for?"), code="required"))
        return values


class BaseFrameRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        years: set[int] = set()
        for form in self.forms:
            year = form.cleaned_data.get("year") if form.is_valid() else None
            if year and form.cleaned_data.get("frame") is not None:
                if year in years:
                    form.add_error("year", ValidationError(_("The year stands there twice."), code="twice"))
                years.add(year)

    @property
    def frames(self) -> list[tuple[int, Decimal]]:
        """Return what was typed, as (year, kroner)."""
        rows = [form.cleaned_data for form in self.forms]
        return [(row["year"], row["frame"]) for row in rows if row.get("frame") is not None]


FrameRows: Any = forms.formset_factory(FrameRow, formset=BaseFrameRows, extra=2, max_num=20, absolute_max=40)


class FrameForm(forms.Form):
    """One year's frame, new or changed. `reason` is asked for when something is changed."""

    year = YearField(label=gettext_lazy("Year"))
    frame = KronerField(label=gettext_lazy("Frame"), allow_negative=False)
    price_level = YearField(
        label=gettext_lazy("Price level"), help_text=gettext_lazy("The year whose prices are used.")
    )
    reason = NoCprCharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Needed when a frame is changed. It is shown in the pool's history."),
    )


def _percent(label: Any, help_text: Any = "") -> MeasureField:
    at_most = MaxValueValidator(100, gettext_lazy("At most 100 per cent."))
    return MeasureField(label=label, help_text=help_text, required=False, validators=[at_most])


class PoolSettingsForm(forms.Form):
    """When the pool takes proposals, what goes on to the next year, and how returns are counted."""

    opens_on = DanishDateField(label=gettext_lazy("Open for proposals from"), required=False)
    closes_on = DanishDateField(
        label=gettext_lazy("To and including"),
        required=False,
        help_text=gettext_lazy("Move it to extend the deadline. Empty: until further notice."),
    )
    form_variant = _form_variant()
    service_frame = forms.ChoiceField(label=gettext_lazy("Servicerammen"), choices=ServiceFrame.choices)
    carry_over = forms.ChoiceField(label=gettext_lazy("Carry-over to the next year"), choices=CarryOver.choices)
    carry_over_percent = _percent(
        gettext_lazy("At most, in per cent of the frame"), gettext_lazy("Only when there is a limit.")
    )
    discount_rate = _percent(
        gettext_lazy("Discount rate in per cent a year"), gettext_lazy("Used for the net present value of returns.")
    )
    discount_rate_basis = NoCprCharField(
        label=gettext_lazy("What the rate rests on"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Who set it, and when. It stands wherever the net present value is shown."),
    )
    returned_percent = _percent(
        gettext_lazy("Share of the return that goes back"), gettext_lazy("In per cent. Empty: not decided.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("opens_on") and values.get("closes_on") and values["closes_on"] < values["opens_on"]:
            self.add_error("closes_on", ValidationError(_("The pool closes before it opens."), code="order"))
        is_limited = values.get("carry_over") == CarryOver.LIMITED and "carry_over_percent" not in self.errors
        if is_limited and values.get("carry_over_percent") is None:
            self.add_error("carry_over_percent", ValidationError(_("Write the limit."), code="required"))
        is_stated = values.get("discount_rate") is not None and "discount_rate_basis" not in self.errors
        if is_stated and not values.get("discount_rate_basis"):
            message = _("Write what the rate rests on, for example who set it.")
            self.add_error("discount_rate_basis", ValidationError(message, code="required"))
        return values


class EstimateForm(forms.Form):
    """A line of one year's economy list."""

    proposal = forms.ModelChoiceField(
        label=gettext_lazy("Proposal"),
        queryset=Proposal.objects.none(),
        required=False,
        empty_label=gettext_lazy("No proposal"),
        help_text=gettext_lazy("A line without a proposal is shown as a finding."),
    )
    label = NoCprCharField(label=gettext_lazy("Name in the list"), max_length=200)
    amount = KronerField(label=gettext_lazy("Amount"), allow_negative=False)
    note = NoCprCharField(label=gettext_lazy("Remark"), required=False, max_length=200)

    def __init__(self, *args: Any, pool_year: PoolYear, line: EstimateLine | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        others = pool_year.estimates.exclude(pk=line.pk if line else None)
        self.fields["proposal"].queryset = pool_year.pool.proposals.exclude(estimates__in=others)
