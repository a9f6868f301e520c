"""Committees, their meetings with agendas, and the rounds of statuses."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.actions.rounds import check_meeting_move, move_meeting
from projects.admin.base import RecordAdmin, RecordInline, month
from projects.admin.site import site
from projects.models import AgendaItem, Committee, Meeting, StatusRound, User


@admin.register(Committee, site=site)
class CommitteeAdmin(RecordAdmin):
    list_display = ("code", "name")
    list_display_links = ("code", "name")
    search_fields = ("code", "name")


class AgendaItemInline(RecordInline):
    model = AgendaItem


class MeetingForm(ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Meeting
        fields = ("committee", "date")

    def clean(self) -> dict[str, Any] | None:
        """Refuse here, beside the date, what the move itself would refuse."""
        values = super().clean()
        if self.instance.pk and "date" in self.changed_data and self.cleaned_data.get("date"):
            stored = Meeting.objects.select_related("committee").get(pk=self.instance.pk)
            try:
                check_meeting_move(meeting=stored, date=self.cleaned_data["date"])
            except ValidationError as error:
                self.add_error("date", error)
        return values


@admin.register(Meeting, site=site)
class MeetingAdmin(RecordAdmin):
    list_display = ("date", "committee")
    list_filter = ("committee",)
    list_select_related = ("committee",)
    search_fields = ("committee__code", "committee__name", "items__title", "items__number")
    date_hierarchy = "date"
    inlines = (AgendaItemInline,)
    form = MeetingForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Its rounds belong to the committee, too.
        return ("committee",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Meeting, form: ModelForm, change: bool) -> None:  # type: ignore[override, type-arg]
        if change and "date" in form.changed_data:
            move_meeting(meeting=Meeting.objects.get(pk=obj.pk), date=obj.date, by=cast(User, request.user))
        else:
            super().save_model(request, obj, form, change)


@admin.register(StatusRound, site=site)
class StatusRoundAdmin(RecordAdmin):
    list_display = (
        month("month", _("month")),
        "committee",
        "meeting",
        "caseworker_due",
        "manager_due",
        "secretary_due",
        "closed_at",
    )
    list_filter = ("committee", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("committee", "meeting__committee")
    search_fields = ("committee__code", "committee__name")
    date_hierarchy = "month"

    def save_model(self, request: HttpRequest, obj: StatusRound, form: ModelForm, change: bool) -> None:  # type: ignore[override, type-arg]
        # What is typed here is set by hand, unless the same form says that it follows the meeting.
        if {"caseworker_due", "manager_due", "secretary_due"} & set(form.changed_data):
            obj.follows_meeting = "follows_meeting" in form.changed_data and obj.follows_meeting
        super().save_model(request, obj, form, change)
