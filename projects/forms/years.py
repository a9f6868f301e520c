"""A fiscal year in a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class YearField(forms.IntegerField):
    """A fiscal year, four digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "num form-input-year", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the year with four digits, for example 2016.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 2000, "max_value": 2100, **kwargs})
