"""The public edition: what is decided of it, and its texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import NoCprTextField
from projects.rules.disclosure import THRESHOLDS
from reports.disclosure.edition import TextPlace, changeable


class PublicForm(forms.Form):
    """What is decided of a public edition before it is worked out."""

    threshold = forms.TypedChoiceField(
        label=_("Protect counts below"),
        choices=[(number, str(number)) for number in THRESHOLDS],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Fewer people than this are not told, and no count that would give them away."),
    )
    shows_zeros = forms.BooleanField(
        label=_("Show noughts"), required=False, help_text=_("“None” may tell something too; clear this if it does.")
    )
    removes_contacts = forms.BooleanField(
        label=_("Take names and contact details of staff out"),
        required=False,
        help_text=_("The case officer, who approved, telephone numbers and mail addresses."),
    )


class PublicTextsForm(forms.Form):
    """The texts of a public edition, each as it is to be read; an emptied one is left out.

    What is told as a whole has one field, which says whether it is left out.
    """

    saves = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[TextPlace], texts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = changeable(places)
        for number, place in enumerate(self.places):
            self.fields[f"text-{number}"] = _left_out(place, texts) if place.whole else _text(place, texts)

    def texts(self) -> dict[str, str]:
        """Return, by key, those that differ from what was issued."""
        answers = [(place, self.cleaned_data[f"text-{number}"]) for number, place in enumerate(self.places)]
        gone = {place.whole: "" for place, is_left_out in answers if place.whole and is_left_out}
        typed = ((place, text.strip()) for place, text in answers if not place.whole)
        return gone | {place.key: text for place, text in typed if _plain(text) != _plain(place.text)}


def _text(place: TextPlace, texts: Mapping[str, str]) -> forms.Field:
    return NoCprTextField(
        label=place.label,
        required=False,
        initial=texts.get(place.key, place.text),
        widget=forms.Textarea(attrs={"rows": _rows(place.text)}),
    )


def _left_out(place: TextPlace, texts: Mapping[str, str]) -> forms.Field:
    return forms.BooleanField(
        label=format_lazy(_("Leave out the case story “{title}”"), title=place.label),
        help_text=_("It is told in the words that were consented to, or not at all."),
        required=False,
        initial=place.whole in texts,
    )


def _rows(text: str) -> int:
    """Return how many lines to show of a text at first."""
    return min(12, max(3, text.count("\n") + len(text) // 90 + 1))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
