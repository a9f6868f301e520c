"""One line or two that say why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import NoCprTextField


class ReasonForm(forms.Form):
    reason = NoCprTextField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
        error_messages={"required": _("Write the reason, so the others understand why.")},
    )
