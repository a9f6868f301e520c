"""A fiscal year in a form."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _


class YearField(forms.IntegerField):
    """A fiscal year, four digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "num form-input-year", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the year with four digits, for example 2016.")}

    def __init__(self, **kwargs: Any) -> None:
        message = _("%(show_value)s is not a year here. Write one with four digits, from 2000 to 2100.")
        bounds = [MinValueValidator(2000, message), MaxValueValidator(2100, message)]
        super().__init__(**{"validators": bounds, **kwargs})
