"""One line or two that say why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import NoCprCharField, NoCprTextField


class ReasonForm(forms.Form):
    reason = NoCprTextField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
        error_messages={"required": _("Write the reason, so the others understand why.")},
    )


class ShortReasonForm(ReasonForm):
    """A reason that is stored in one line of text."""

    reason = NoCprTextField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
        error_messages={"required": _("Write the reason, so the others understand why.")},
    )


class LineReasonForm(forms.Form):
    """A reason in one line, where a page asks for several: `label` and `about` tell whose this one is."""

    longest = 300

    def __init__(self, *args: Any, about: int, label: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"%s-{about}", **kwargs)
        self.about = about
        self.fields["reason"] = NoCprCharField(
            label=label,
            max_length=self.longest,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Write the reason, so the others understand why.")},
        )


SECTION = "section-"


class ReturnForm(forms.Form):
    """A reason for the whole status, for one or more of its sections, or both. `titles` are the sections' headings."""

    reason = NoCprTextField(
        label=_("Reason for the whole status"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
    )

    def __init__(self, data: Any = None, *, titles: Mapping[str, str]) -> None:
        super().__init__(data)
        self.titles = titles
        for key, title in titles.items():
            self.fields[f"{SECTION}{key}"] = NoCprTextField(
                label=title,
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-input-short", "lang": "da"}),
            )

    @property
    def section_fields(self) -> list[tuple[BoundField, bool]]:
        """Return each section's field, and whether something is typed in it."""
        fields = [self[f"{SECTION}{key}"] for key in self.titles]
        return [(field, bool(field.value() or field.errors)) for field in fields]

    @property
    def sections(self) -> dict[str, str]:
        """Return the reasons given, by section."""
        return {key: text for key in self.titles if (text := self.cleaned_data[f"{SECTION}{key}"].strip())}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(str(text).strip() for text in values.values()):
            self.add_error("reason", _("Write the reason, for the whole or for the sections it is about."))
        return values


class CommentForm(forms.Form):
    text = NoCprTextField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
        error_messages={"required": _("Write a comment first.")},
    )
