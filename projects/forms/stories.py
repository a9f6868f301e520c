"""The form of a case story: what was, what was done, what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import DanishDateField, NoCprCharField, NoCprTextField
from projects.models import CaseStory


class StoryForm(forms.Form):
    """Only the title is needed to begin with; the rest is asked for when another person reads it."""

    title = NoCprCharField(
        label=_("Title"), max_length=120, help_text=_("Not a name, for example “From sick leave to flexjob”.")
    )
    situation = NoCprTextField(
        label=_("The situation"),
        required=False,
        max_length=3000,
        help_text=_("How it was before. No place, workplace, nationality or illness that only one person here has."),
    )
    effort = NoCprTextField(
        label=_("The effort"), required=False, max_length=3000, help_text=_("What was done, and by which kind of help.")
    )
    result = NoCprTextField(
        label=_("The result"),
        required=False,
        max_length=3000,
        help_text=_("What came of it, and what is still to come."),
    )
    consent_note = NoCprTextField(
        label=_("Consent"),
        required=False,
        max_length=500,
        help_text=_("When and how the citizen agreed, and where the consent is kept. Never printed."),
    )
    expires_on = DanishDateField(
        label=_("May be told until"),
        required=False,
        help_text=_("At most three years ahead. After that day it is printed nowhere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("situation", 5), ("effort", 5), ("result", 5), ("consent_note", 2)):
            self.fields[name].widget.attrs |= {"rows": rows, "lang": "da"}
        for name in ("situation", "effort", "result", "consent_note", "expires_on"):
            self.fields[name].may_wait = True


def opened_story(story: CaseStory) -> dict[str, Any]:
    return {name: getattr(story, name) for name in StoryForm.base_fields}
