"""Meetings and rounds: a day, a month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import ReminderChoice
from projects.forms.fields import DanishDateField, MonthField
from projects.models import Committee


class MeetingForm(forms.Form):
    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.all(), empty_label=None)
    date = DanishDateField(label=_("Date"), help_text=_("For example 04.12.2017."))


class MoveForm(forms.Form):
    date = DanishDateField(label=_("The meeting's new date"), help_text=_("For example 04.12.2017."))


class OpenForm(forms.Form):
    month = MonthField(label=_("Month"), help_text=_("The month the statuses tell of, for example november 2017."))


class RemindersForm(forms.Form):
    reminders = forms.ChoiceField(
        label=_("When do you want mail about your deadlines?"), choices=ReminderChoice.choices, widget=forms.RadioSelect
    )
