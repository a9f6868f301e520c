"""Committees, their meetings with agendas, and the rounds of statuses."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.base import RecordAdmin, RecordInline, month
from projects.admin.site import site
from projects.models import AgendaItem, Committee, Meeting, StatusRound


@admin.register(Committee, site=site)
class CommitteeAdmin(RecordAdmin):
    list_display = ("code", "name")
    list_display_links = ("code", "name")
    search_fields = ("code", "name")


class AgendaItemInline(RecordInline):
    model = AgendaItem


@admin.register(Meeting, site=site)
class MeetingAdmin(RecordAdmin):
    list_display = ("date", "committee")
    list_filter = ("committee",)
    list_select_related = ("committee",)
    search_fields = ("committee__code", "committee__name", "items__title", "items__number")
    date_hierarchy = "date"
    inlines = (AgendaItemInline,)


@admin.register(StatusRound, site=site)
class StatusRoundAdmin(RecordAdmin):
    list_display = (
        month("month", _("month")),
        "committee",
        "meeting",
        "caseworker_due",
        "manager_due",
        "closed_at",
    )
    list_filter = ("committee", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("committee", "meeting__committee")
    search_fields = ("committee__code", "committee__name")
    date_hierarchy = "month"
