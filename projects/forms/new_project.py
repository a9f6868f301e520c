"""A project that does not come from a proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.forms.decisions import caseworkers
from projects.forms.fields import DanishDateField, NoCprCharField, NoCprTextField
from projects.models import Committee, OrgUnit, Pool, User

CHOOSE = gettext_lazy("Choose")


class NewProjectForm(forms.Form):
    """What it is, where it belongs and who pays. Its code is made from the name."""

    name = NoCprCharField(label=gettext_lazy("Name"), max_length=120)
    description = NoCprTextField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=OrgUnit.objects.none(),
        empty_label=CHOOSE,
        help_text=gettext_lazy("Its managers approve the statuses."),
    )
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Committee that follows it"), queryset=Committee.objects.all(), empty_label=CHOOSE
    )
    starts_on = DanishDateField(
        label=gettext_lazy("Start"), help_text=gettext_lazy("A status is asked for from this month on.")
    )
    ends_on = DanishDateField(label=gettext_lazy("End"), required=False)
    pool = forms.ModelChoiceField(
        label=gettext_lazy("Pool"),
        queryset=Pool.objects.none(),
        required=False,
        empty_label=gettext_lazy("No pool"),
    )
    other_funding = NoCprCharField(
        label=gettext_lazy("Other funding"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where the money comes from, if not from a pool."),
    )
    caseworker = forms.ModelChoiceField(
        label=gettext_lazy("Caseworker"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy("Writes the project's monthly status."),
    )

    def __init__(self, *args: Any, units: Iterable[OrgUnit], pools: Iterable[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["pool"].queryset = pools
        self.fields["caseworker"].queryset = caseworkers()
        # One of the two is asked for.
        self.fields["pool"].may_wait = self.fields["other_funding"].may_wait = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        # R15 would ask as soon as the project stands there.
        if "pool" in values and not values["pool"] and not values.get("other_funding"):
            self.add_error("other_funding", ValidationError(_("Choose a pool, or write who pays."), code="no_funding"))
        return values
