"""Money a project binds before it is posted."""

from django import forms
from django.utils.translation import gettext_lazy

from projects.forms.fields import DanishDateField, KronerField, NoCprCharField


class CommitmentForm(forms.Form):
    text = NoCprCharField(
        label=gettext_lazy("What is ordered or promised"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what the money is bound for.")},
    )
    amount = KronerField(label=gettext_lazy("Amount"), allow_negative=False)
    expected_on = DanishDateField(
        label=gettext_lazy("Expected to be posted"), help_text=gettext_lazy("The amount counts in that day's year.")
    )
