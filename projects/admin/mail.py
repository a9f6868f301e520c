"""Mail that was queued, sent or given up, to find out what became of it."""

from django.contrib import admin

from projects.admin.base import LookupAdmin
from projects.admin.site import site
from projects.models import MailMessage


@admin.register(MailMessage, site=site)
class MailMessageAdmin(LookupAdmin):
    list_display = ("created_at", "recipient", "subject", "state", "sent_at", "attempts")
    list_filter = ("state", "kind", "created_at")
    list_select_related = ("recipient",)
    search_fields = ("address", "subject", "recipient__first_name", "recipient__last_name", "recipient__username")
    date_hierarchy = "created_at"
    fields = (
        *("kind", "recipient", "address", "subject", "body", "state"),
        *("created_at", "due_at", "claimed_at", "sent_at", "attempts", "last_error"),
    )
