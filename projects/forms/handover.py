"""Who hands a project over to whom, from when, and what they should know."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.decisions import caseworkers
from projects.forms.fields import DanishDateField, NoCprTextField
from projects.models import User


class HandoverForm(forms.Form):
    giver = forms.ModelChoiceField(
        label=_("From"), queryset=User.objects.none(), required=False, empty_label=_("Nobody has it")
    )
    receiver = forms.ModelChoiceField(label=_("To"), queryset=User.objects.none(), empty_label=_("Choose"))
    on = DanishDateField(label=_("From and including"), help_text=_("The receiver's first day."))
    note = NoCprTextField(
        label=_("What the receiver should know"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "da"}),
        help_text=_("What is agreed, who to call, what the committee expects. It stays in the project's story."),
        error_messages={"required": _("Write what the receiver should know.")},
    )

    def __init__(self, *args: Any, givers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_it = [user.pk for user in givers]
        self.fields["giver"].queryset = User.objects.filter(pk__in=on_it)
        if on_it:
            self.fields["giver"].required = True
            self.fields["giver"].empty_label = _("Choose") if len(on_it) > 1 else None
            self.initial.setdefault("giver", on_it[0] if len(on_it) == 1 else None)
        self.fields["receiver"].queryset = caseworkers()
