"""A form filled in with what is stored, as if just typed: to check it again, or to compare."""

from typing import Any

from django import forms
from django.http import QueryDict


def as_typed(form: forms.Form) -> dict[str, list[str]]:
    """Return each field's value as the texts a browser would send, by the field's name in the page."""
    texts = {}
    for field in form:
        value = field.value()
        values = value if isinstance(value, list | tuple) else [value]
        texts[field.html_name] = [str(each) for each in values if each is not None]
    return texts


def typed_data(*parts: forms.Form) -> QueryDict:
    """Return the forms' texts together, as posted data."""
    data = QueryDict(mutable=True)
    for part in parts:
        for name, texts in as_typed(part).items():
            data.setlist(name, texts)
    return data


def shown(field: forms.BoundField) -> str:
    """Return a field's value in words: what was chosen by its name, other values as typed."""
    value = field.value()
    if isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField):
        return ", ".join(_labels(field.field, value))
    return "" if value is None else str(value)


def _labels(field: Any, value: Any) -> list[str]:
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    return [str(label) for key, label in field.choices if str(key) and str(key) in chosen]
