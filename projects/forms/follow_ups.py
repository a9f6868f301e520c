"""What the committee asked, and what it is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import FollowUpKind
from projects.forms.fields import DanishDateField, NoCprTextField
from projects.models import Meeting, Project, User


class FollowUpForm(forms.Form):
    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=Meeting.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Question or decision"), choices=FollowUpKind.choices, widget=forms.RadioSelect)
    text = NoCprTextField(
        label=_("What the committee said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "lang": "da"})
    )
    responsible = forms.ModelChoiceField(
        label=_("Who answers"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("The project's caseworkers"),
    )
    due_on = DanishDateField(label=_("Deadline"), required=False, help_text=_("For example 27.11.2017."))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = Meeting.objects.filter(committee=project.committee_id).select_related("committee")
        self.fields["meeting"].queryset = meetings.order_by("-date")
        self.fields["responsible"].queryset = User.objects.filter(is_active=True)


class FollowUpAnswerForm(forms.Form):
    answer = NoCprTextField(
        label=_("Answer"),
        max_length=8000,
        help_text=_("It stands in the committee's next note as it is written here."),
        widget=forms.Textarea(attrs={"rows": 6, "lang": "da"}),
        error_messages={"required": _("Write the answer.")},
    )
