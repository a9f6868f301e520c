"""Pools, proposals, budget lines, loads, statuses and answers: to find, and to open in the product."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.admin.base import LookupAdmin, LookupInline, kroner, month, named
from projects.admin.site import site
from projects.enums import Subject
from projects.models import (
    BudgetLine,
    Finding,
    ImportBatch,
    Pool,
    PoolYear,
    Proposal,
    StatusSnapshot,
)

FRAME = kroner("frame", _("frame"))
AMOUNT = kroner("amount", _("amount"))
CONTROL_TOTAL = kroner("control_total", _("control total"))
FORECAST = kroner("forecast", _("forecast for the year"))
MONTH = month("month", _("month"))
CREATED_BY = named("created_by", _("by"))


class FrameInline(LookupInline):
    model = PoolYear
    fields = ("year", FRAME, "price_level")
    readonly_fields = (FRAME,)


@admin.register(Pool, site=site)
class PoolAdmin(LookupAdmin):
    history_subject = Subject.POOL
    list_display = ("code", "name", "kind", "committee", "unit")
    list_display_links = ("code", "name")
    list_filter = ("kind", "committee", ("unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("committee", "unit")
    search_fields = ("code", "name")
    inlines = (FrameInline,)

    def view_on_site(self, pool: Pool) -> str:
        return reverse("projects:pool-detail", args=[pool.code])


@admin.register(Proposal, site=site)
class ProposalAdmin(LookupAdmin):
    history_subject = Subject.PROPOSAL
    list_display = ("number", "short_name", "pool", "unit", "author", "state", "submitted_at")
    list_display_links = ("number", "short_name")
    list_filter = ("state", "pool", ("unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("pool", "unit", "author")
    search_fields = ("title", "short_name", "author__first_name", "author__last_name")
    date_hierarchy = "submitted_at"

    def view_on_site(self, proposal: Proposal) -> str:
        return reverse("projects:proposal-detail", args=[proposal.pk])


@admin.register(BudgetLine, site=site)
class BudgetLineAdmin(LookupAdmin):
    history_subject = Subject.BUDGET_LINE
    list_display = ("project", "year", "kind", AMOUNT, "reason", CREATED_BY, "created_at")
    list_filter = ("year", "kind", "pool_year__pool")
    list_select_related = ("project", "created_by")
    search_fields = ("project__name", "project__code", "reason")
    date_hierarchy = "created_at"
    fields = (
        *("project", "pool_year", "year", "kind", AMOUNT, "price_level", "reason", "meeting", "item_number"),
        *(CREATED_BY, "created_at", "example_note"),
    )
    readonly_fields = (AMOUNT, CREATED_BY, "created_at")

    def view_on_site(self, line: BudgetLine) -> str:
        return reverse("projects:project-detail", args=[line.project.code])


@admin.register(ImportBatch, site=site)
class ImportBatchAdmin(LookupAdmin):
    history_subject = Subject.IMPORT
    list_display = ("file_name", "row_count", CONTROL_TOTAL, CREATED_BY, "created_at", "example_note")
    list_select_related = ("created_by",)
    search_fields = ("file_name",)
    date_hierarchy = "created_at"
    fields = ("file_name", "row_count", CONTROL_TOTAL, CREATED_BY, "created_at", "example_note")
    readonly_fields = (CONTROL_TOTAL, CREATED_BY, "created_at")


WRITTEN_BY = named("updated_by", _("written by"))
SUBMITTED_BY = named("submitted_by", _("sent by"))
SUBMITTED_AT = named("submitted_at", _("sent"))
APPROVED_BY = named("approved_by", _("approved by"))
APPROVED_AT = named("approved_at", _("approved"))


@admin.register(StatusSnapshot, site=site)
class StatusSnapshotAdmin(LookupAdmin):
    history_subject = Subject.SNAPSHOT
    list_display = ("project", MONTH, "revision", "state", WRITTEN_BY, APPROVED_BY)
    list_filter = ("state", ("project", admin.RelatedOnlyFieldListFilter), "project__unit")
    list_select_related = ("project", "updated_by", "approved_by")
    search_fields = ("project__name", "project__code")
    date_hierarchy = "month"
    fields = (
        *("project", MONTH, "revision", "state", "as_of"),
        *("light_overall", "light_economy", "light_schedule", "light_results"),
        *("comment_overall", "comment_economy", "comment_schedule", "comment_results"),
        *(FORECAST, "narrative", "summary_manager", "summary_short"),
        *("correction_reason", "return_reason", "example_note"),
        *(WRITTEN_BY, SUBMITTED_BY, SUBMITTED_AT, APPROVED_BY, APPROVED_AT),
    )
    readonly_fields = (MONTH, FORECAST, WRITTEN_BY, SUBMITTED_BY, SUBMITTED_AT, APPROVED_BY, APPROVED_AT)

    def view_on_site(self, snapshot: StatusSnapshot) -> str:
        return reverse("projects:snapshot-show", args=[snapshot.project.code, snapshot.month])


ANSWERED_BY = named("answered_by", _("answered by"))


@admin.register(Finding, site=site)
class FindingAdmin(LookupAdmin):
    list_display = ("rule", "message", "answer", ANSWERED_BY, "answered_at")
    fields = ("rule", "message", "answer", ANSWERED_BY, "answered_at")
    readonly_fields = (ANSWERED_BY,)
    list_filter = ("rule", "answered_at")
    list_select_related = ("answered_by",)
    search_fields = ("subject", "message", "answer")
    date_hierarchy = "answered_at"
