"""The record of what was done, to search in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.base import LookupAdmin, named
from projects.admin.site import site
from projects.models import Event

ACTOR = named("actor", _("who"))
PROJECT = named("project", _("project"))


@admin.register(Event, site=site)
class EventAdmin(LookupAdmin):
    list_display = ("at", "sentence", "subject", PROJECT, ACTOR, "reason")
    list_filter = ("subject", "at")
    list_select_related = ("actor", "project")
    search_fields = ("summary", "reason", "actor__first_name", "actor__last_name", "actor__username", "project__name")
    date_hierarchy = "at"
    fields = ("at", ACTOR, "subject", PROJECT, "sentence", "reason", "from_to")
    readonly_fields = (ACTOR, PROJECT, "sentence", "from_to")

    @admin.display(description=_("what"))
    def sentence(self, event: Event) -> str:
        return event.summary or event.verb

    @admin.display(description=_("changes"))
    def from_to(self, event: Event) -> str:
        return "\n".join(f"{label}: {before or '–'} → {after or '–'}" for label, before, after in event.changes)
