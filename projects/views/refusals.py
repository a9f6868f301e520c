"""What an action refused, shown where the person typed it."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def add_errors(
    form: forms.BaseForm,
    error: ValidationError,
    places: Mapping[str, str] | None = None,
    otherwise: str | None = None,
) -> None:
    """Add each message to its field: by the error's own field names, else by `places` (code → field).

    What belongs to no field of the form goes to `otherwise`, or to the top of the form.
    """
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else otherwise, errors)
        return
    for each in error.error_list:
        form.add_error((places or {}).get(each.code or "", otherwise), each)
