"""Projects: what they are called, where they belong and who pays. Money and statuses are decided in the product."""

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.actions.projects import change_project, create_project
from projects.admin.base import LookupInline, RecordAdmin, RecordInline, kroner, named
from projects.admin.site import site
from projects.enums import Subject
from projects.models import BudgetLine, Project, ProjectAlias, ProjectAssignment, User
from projects.queries.projects import takes_from_pool

AMOUNT = kroner("amount", _("amount"))
CREATED_BY = named("created_by", _("by"))


class AliasInline(RecordInline):
    model = ProjectAlias


class AssignmentInline(LookupInline):
    model = ProjectAssignment


class BudgetLineInline(LookupInline):
    model = BudgetLine
    fields = ("year", "kind", AMOUNT, "price_level", "reason", "meeting", "item_number", CREATED_BY, "created_at")
    readonly_fields = (AMOUNT, CREATED_BY, "created_at")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("meeting__committee", "created_by", "project")


@admin.register(Project, site=site)
class ProjectAdmin(RecordAdmin):
    """A granted proposal becomes a project in the product; here stand those that come from elsewhere."""

    history_subject = Subject.PROJECT
    list_display = ("name", "code", "pool", "unit", "state", "starts_on", "ends_on")
    list_filter = ("state", "pool", "committee", ("unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("pool", "unit")
    search_fields = ("name", "code", "aliases__name")
    date_hierarchy = "starts_on"
    fieldsets = (
        (None, {"fields": ("name", "code", "description", "unit", "committee", "starts_on")}),
        (_("Who pays"), {"fields": ("pool", "other_funding", "proposal")}),
        (_("State"), {"fields": ("state", "ends_on")}),
    )
    inlines = (AliasInline, AssignmentInline, BudgetLineInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> tuple[str, ...]:
        decided = ("proposal", "state", "ends_on")
        if obj is None:
            return decided
        has_money = obj.proposal_id is not None or takes_from_pool(obj)
        # The code stands in addresses and files; the pool keeps what it has paid for.
        return ("code", "pool", *decided) if has_money else ("code", *decided)

    def get_inlines(self, request: HttpRequest, obj: Project | None) -> Any:
        return self.inlines if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Project, form: ModelForm, change: bool) -> None:  # type: ignore[override,type-arg]
        by = cast(User, request.user)
        if change:
            change_project(project=obj, by=by, **form.cleaned_data)
        else:
            obj.pk = create_project(by=by, **form.cleaned_data).pk

    def view_on_site(self, project: Project) -> str:
        return reverse("projects:project-detail", args=[project.code])
