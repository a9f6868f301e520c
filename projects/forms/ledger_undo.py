"""Why a load is undone, with the moves that the page told of."""

from typing import Any

from django import forms

from projects.forms.reasons import ShortReasonForm


class UndoForm(ShortReasonForm):
    """`moves` are the ids of the moves that are undone with the load, with spaces between."""

    moves = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_moves(self) -> list[int]:
        typed: Any = self.cleaned_data["moves"].split()
        return [int(each) for each in typed if each.isdecimal() and len(each) < 19]
