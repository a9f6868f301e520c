"""What a project's status fills in: indicators with targets, and breakdowns with their rows."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest

from projects.admin.base import FORM_FIELDS, RecordAdmin, RecordInline
from projects.admin.site import site
from projects.forms.fields import MeasureField
from projects.models import Breakdown, BreakdownCategory, Indicator, Target


class ModelMeasureField(MeasureField):
    """A measure in a model's form. The column's own limits are the parser's, too."""

    def __init__(self, *, max_digits: int, decimal_places: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)


MEASURES = {
    **FORM_FIELDS,
    models.DecimalField: {"form_class": ModelMeasureField, "widget": admin.widgets.AdminTextInputWidget},
}


class OfProjectAdmin(RecordAdmin):
    """What belongs to a project stays with it: statuses have filled it in."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("project",) if obj else ()


class TargetInline(RecordInline):
    model = Target
    formfield_overrides = MEASURES


@admin.register(Indicator, site=site)
class IndicatorAdmin(OfProjectAdmin):
    formfield_overrides = MEASURES
    list_display = ("name", "project", "unit", "counting_rule", "is_active")
    list_filter = (("project", admin.RelatedOnlyFieldListFilter), "is_active", "counting_rule")
    list_select_related = ("project",)
    search_fields = ("name", "code", "project__name", "project__code")
    inlines = (TargetInline,)


class CategoryInline(RecordInline):
    model = BreakdownCategory
    fields = ("position", "name", "code", "parent", "is_total", "from_month", "to_month")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:  # type: ignore[type-arg]
        # A row stands under a row of its own table.
        if db_field.name == "parent" and request.resolver_match:
            owner = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = BreakdownCategory.objects.filter(breakdown_id=owner)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Breakdown, site=site)
class BreakdownAdmin(OfProjectAdmin):
    list_display = ("name", "project", "kind", "indicator", "is_exclusive")
    list_filter = (("project", admin.RelatedOnlyFieldListFilter), "kind", "is_exclusive")
    list_select_related = ("project", "indicator")
    search_fields = ("name", "code", "project__name", "project__code")
    inlines = (CategoryInline,)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:  # type: ignore[type-arg]
        # A table sums to an indicator of its own project.
        if db_field.name == "indicator" and request.resolver_match:
            owner = request.resolver_match.kwargs.get("object_id")
            if owner is not None:
                kwargs["queryset"] = Indicator.objects.filter(project__breakdowns=owner)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
