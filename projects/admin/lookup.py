"""Pools, proposals, budget lines, loads, statuses and answers: to find, and to open in the product."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.admin.base import LookupAdmin, LookupInline, kroner, month
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
    list_display = ("project", "year", "kind", AMOUNT, "reason", "created_by", "created_at")
    list_filter = ("year", "kind", "pool_year__pool")
    list_select_related = ("project", "created_by")
    search_fields = ("project__name", "project__code", "reason")
    date_hierarchy = "created_at"
    fields = (
        *("project", "pool_year", "year", "kind", AMOUNT, "price_level", "reason", "meeting", "item_number"),
        *("created_by", "created_at", "example_note"),
    )
    readonly_fields = (AMOUNT, "created_at")

    def view_on_site(self, line: BudgetLine) -> str:
        return reverse("projects:project-detail", args=[line.project.code])


@admin.register(ImportBatch, site=site)
class ImportBatchAdmin(LookupAdmin):
    history_subject = Subject.IMPORT
    list_display = (
        "file_name",
        "row_count",
        kroner("control_total", _("control total")),
        "created_by",
        "created_at",
        "example_note",
    )
    list_select_related = ("created_by",)
    search_fields = ("file_name",)
    date_hierarchy = "created_at"
    fields = (
        *("file_name", "sha256", "row_count", kroner("control_total", _("control total"))),
        *("created_by", "created_at", "example_note"),
    )
    readonly_fields = (fields[3], "created_at")


@admin.register(StatusSnapshot, site=site)
class StatusSnapshotAdmin(LookupAdmin):
    history_subject = Subject.SNAPSHOT
    list_display = ("project", month("month", _("month")), "revision", "state", "updated_by", "approved_by")
    list_filter = ("state", ("project", admin.RelatedOnlyFieldListFilter), "project__unit")
    list_select_related = ("project", "updated_by", "approved_by")
    search_fields = ("project__name", "project__code")
    date_hierarchy = "month"
    exclude = ("forecast",)
    readonly_fields = (kroner("forecast", _("forecast for the year")),)

    def view_on_site(self, snapshot: StatusSnapshot) -> str:
        return reverse("projects:snapshot-show", args=[snapshot.project.code, snapshot.month])


@admin.register(Finding, site=site)
class FindingAdmin(LookupAdmin):
    list_display = ("rule", "subject", "message", "answer", "answered_by", "answered_at")
    list_filter = ("rule", "answered_at")
    list_select_related = ("answered_by",)
    search_fields = ("subject", "message", "answer")
    date_hierarchy = "answered_at"
