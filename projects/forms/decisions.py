"""Deciding on a proposal, and the project a grant makes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import Role
from projects.forms.fields import DanishDateField, KronerField, NoCprCharField, NoCprSlugField, NoCprTextField
from projects.models import Committee, Meeting, OrgUnit, PoolYear, Project, Proposal, User
from projects.models.people import valid_on
from projects.money import format_kroner
from projects.queries.proposals import GrantableYear
from projects.rules.codes import code_from


def caseworkers() -> Any:
    """Return those who are caseworkers today."""
    held = valid_on(timezone.localdate(), "role_assignments__")
    return User.objects.filter(held, role_assignments__role=Role.CASEWORKER, is_active=True).distinct()


class MeetingForm(forms.Form):
    """Where it was decided, and why."""

    reason = NoCprTextField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
        error_messages={"required": gettext_lazy("Write the reason, so the others understand why.")},
    )
    meeting = forms.ModelChoiceField(
        label=gettext_lazy("Decided at the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not at a meeting"),
    )
    item_number = NoCprCharField(label=gettext_lazy("Item on the agenda"), max_length=10, required=False)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = committee.meetings.select_related("committee")

    @property
    def decision(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "meeting", "item_number")}


class GrantForm(MeetingForm):
    """An amount per frame, and the project to be made."""

    name = NoCprCharField(label=gettext_lazy("The project's name"), max_length=120)
    code = NoCprSlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Stands in addresses, for example mentorkorps."),
        error_messages={"invalid": gettext_lazy("Use only letters from a to z, digits and hyphens.")},
    )
    starts_on = DanishDateField(
        label=gettext_lazy("Start"),
        help_text=gettext_lazy("For example 01.04.2016."),
        error_messages={"required": gettext_lazy("Write the project's first day.")},
    )
    ends_on = DanishDateField(label=gettext_lazy("End"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=OrgUnit.objects.all(), empty_label=gettext_lazy("Choose a unit")
    )
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Committee that follows it"),
        queryset=Committee.objects.all(),
        empty_label=gettext_lazy("Choose"),
    )
    caseworker = forms.ModelChoiceField(
        label=gettext_lazy("Caseworker"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy("Writes the project's monthly status."),
    )

    def __init__(self, *args: Any, years: Sequence[GrantableYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        self.fields["caseworker"].queryset = caseworkers()
        for year in years:
            self.fields[amount_name(year.pool_year)] = KronerField(
                label=_("Amount for %(year)s") % {"year": year.pool_year.year},
                required=len(years) == 1,
                allow_negative=False,
                help_text=_hint(year),
                error_messages={"required": _("Write the amount.")},
            )

    @property
    def amount_fields(self) -> list[forms.BoundField]:
        return [self[amount_name(year.pool_year)] for year in self.years]

    @property
    def amounts(self) -> dict[PoolYear, Decimal]:
        typed = {year.pool_year: self.cleaned_data.get(amount_name(year.pool_year)) for year in self.years}
        return {frame: amount for frame, amount in typed.items() if amount}

    @property
    def project_values(self) -> dict[str, Any]:
        names = ("name", "code", "starts_on", "ends_on", "unit", "committee", "caseworker")
        return {name: self.cleaned_data[name] for name in names}

    def tell_left(self, year: GrantableYear) -> None:
        """Say anew what is left of the year: somebody may have granted from it since the form was made."""
        self[amount_name(year.pool_year)].help_text = _hint(year)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        names = [amount_name(year.pool_year) for year in self.years]
        if names and not any(values.get(name) for name in names) and not set(names) & set(self.errors):
            self.add_error(names[0], ValidationError(_("Write the amount."), code="amount_missing"))
        if values.get("code") and Project.objects.filter(code=values["code"]).exists():
            self.add_error("code", ValidationError(_("Another project has this code."), code="unique"))
        return values


def amount_name(pool_year: PoolYear) -> str:
    return f"amount_{pool_year.pk}"


def _hint(year: GrantableYear) -> str:
    parts = [_("Left of the frame: %(rest)s") % {"rest": format_kroner(year.rest)}]
    if year.listed is not None:
        parts.append(_("the economy list says %(amount)s") % {"amount": format_kroner(year.listed)})
    if year.in_form is not None:
        parts.append(_("the form says %(amount)s") % {"amount": format_kroner(year.in_form)})
    return " · ".join(parts)


def first_values(proposal: Proposal, years: Sequence[GrantableYear]) -> dict[str, Any]:
    """Return the form's first values: amounts from the economy list, else from the form."""
    amounts = {amount_name(year.pool_year): year.suggested for year in years}
    return {
        **amounts,
        "name": proposal.short_name,
        "code": code_from(proposal.short_name),
        "unit": proposal.unit_id,
        "committee": proposal.pool.committee_id,
    }
