"""Code lists. A code that the law has ended gets a last day; it is not deleted while anything uses it."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from projects.admin.base import RecordAdmin, kroner
from projects.admin.site import site
from projects.forms.fields import IndexField
from projects.forms.years import YearField
from projects.models import Benefit, FteRate, LegalBasis, PriceIndex, StrategicGoal, TargetGroup, Track
from projects.models.people import valid_on


class ValidTodayFilter(admin.SimpleListFilter):
    title = _("in force today")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        in_force = valid_on(timezone.localdate())
        if self.value() == "yes":
            return queryset.filter(in_force)
        return queryset.exclude(in_force) if self.value() == "no" else queryset


class CodeAdmin(RecordAdmin):
    list_display = ("code", "name", "valid_from", "valid_to")
    list_display_links = ("code", "name")
    list_filter = (ValidTodayFilter,)
    search_fields = ("code", "name")
    date_hierarchy = "valid_from"
    fieldsets = (
        (None, {"fields": ("code", "name")}),
        (
            _("In force"),
            {
                "fields": ("valid_from", "valid_to"),
                "description": _(
                    "When a code ends, give it a last day and add its successor as a new code. "
                    "What was written while it was in force keeps it."
                ),
            },
        ),
    )


@admin.register(StrategicGoal, site=site)
class StrategicGoalAdmin(CodeAdmin):
    pass


@admin.register(Track, site=site)
class TrackAdmin(CodeAdmin):
    pass


@admin.register(LegalBasis, site=site)
class LegalBasisAdmin(CodeAdmin):
    pass


@admin.register(Benefit, site=site)
class BenefitAdmin(CodeAdmin):
    pass


@admin.register(TargetGroup, site=site)
class TargetGroupAdmin(CodeAdmin):
    list_display = ("code", "name", "legal_basis", "valid_from", "valid_to")
    list_filter = (ValidTodayFilter, "legal_basis")
    list_select_related = ("legal_basis",)
    fieldsets = ((None, {"fields": ("code", "name", "legal_basis")}), CodeAdmin.fieldsets[1])


class YearlyAdmin(RecordAdmin):
    """One row a year. The year and the value are read as they are on every other page."""

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "year":
            return db_field.formfield(form_class=YearField, min_value=None, widget=admin.widgets.AdminTextInputWidget)
        if db_field.name == "amount":
            kwargs["validators"] = [MinValueValidator(Decimal("0.01"), _("The rate must be more than zero."))]
        if db_field.name == "index":
            return IndexField(label=capfirst(db_field.verbose_name), widget=admin.widgets.AdminTextInputWidget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(FteRate, site=site)
class FteRateAdmin(YearlyAdmin):
    list_display = ("year", kroner("amount", _("kroner per full-time equivalent")))
    search_fields = ("=year",)


@admin.register(PriceIndex, site=site)
class PriceIndexAdmin(YearlyAdmin):
    list_display = ("year", "index", "source")
    search_fields = ("=year",)
