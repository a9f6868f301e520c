"""What all pages of the administration share: rights by role, one way to save, and the history of changes."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import models
from django.forms import BaseInlineFormSet, BaseModelFormSet, ModelForm, Widget
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import capfirst

from projects.actions.catalogue import HISTORY, delete_record, save_record
from projects.admin.site import site
from projects.enums import Subject
from projects.fields import MoneyField, MonthField
from projects.forms.fields import DanishDateField, KronerField, NoCprCharField, NoCprSlugField, NoCprTextField
from projects.forms.fields import MonthField as MonthFormField
from projects.models import Event, User
from projects.money import format_kroner
from projects.months import format_month
from projects.queries.catalogue import protecting_uses
from projects.queries.timeline import timeline

# What Danes type is read here as on every other page.
FORM_FIELDS: dict[Any, dict[str, Any]] = {
    models.DateField: {"form_class": DanishDateField, "widget": admin.widgets.AdminTextInputWidget},
    MonthField: {"form_class": MonthFormField, "widget": admin.widgets.AdminTextInputWidget},
    # A CPR number is refused here as on every other page.
    models.CharField: {"form_class": NoCprCharField, "widget": admin.widgets.AdminTextInputWidget},
    models.TextField: {"form_class": NoCprTextField, "widget": admin.widgets.AdminTextareaWidget},
    models.SlugField: {"form_class": NoCprSlugField, "widget": admin.widgets.AdminTextInputWidget},
    MoneyField: {"form_class": KronerField, "widget": admin.widgets.AdminTextInputWidget},
}


class ByRole:
    """Rights for the administrator's role. Django's own permissions are not asked."""

    is_editable = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_editable and site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_editable and site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_editable and site.has_permission(request)


class PageAdmin(ByRole, admin.ModelAdmin):  # type: ignore[type-arg]
    """A page with the events of its object as its history."""

    formfield_overrides = FORM_FIELDS
    object_history_template = "admin/history.html"
    list_per_page = 50
    # The subject of events whose id is the object's own; None where nothing is recorded.
    history_subject: Subject | None = None

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        events: Iterable[Event] = []
        pk = unquote(object_id)
        if self.history_subject and pk.isdecimal():
            events = Event.objects.about(self.history_subject, int(pk))
        return super().history_view(request, object_id, {"events": timeline(events), **(extra_context or {})})

    # Events say more than Django's log entries: from what, to what.
    def log_addition(self, *args: Any) -> None: ...

    def log_change(self, *args: Any) -> None: ...

    def log_deletions(self, *args: Any) -> None: ...


class RecordAdmin(PageAdmin):
    """A page whose object is stored and deleted through the action that records it."""

    def __init__(self, model: type[models.Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        if self.history_subject is None and model in HISTORY and HISTORY[model][1] == "pk":
            self.history_subject = HISTORY[model][0]

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        save_record(record=obj, by=cast(User, request.user))

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm,  # type: ignore[type-arg]
        formset: BaseModelFormSet,  # type: ignore[type-arg]
        change: bool,
    ) -> None:
        by = cast(User, request.user)
        records = formset.save(commit=False)
        for record in formset.deleted_objects:
            delete_record(record=record, by=by)
        for record in records:
            save_record(record=record, by=by)
        formset.save_m2m()

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        delete_record(record=obj, by=cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[models.Model]) -> None:
        for record in queryset:
            delete_record(record=record, by=cast(User, request.user))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Return Django's answer, with those who have chosen the record among several as protected, too."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        uses = [user for record in objs for user in protecting_uses(record)]
        return (
            to_delete,
            counts,
            lacking,
            [*protected, *(f"{capfirst(user._meta.verbose_name)}: {user}" for user in uses)],
        )


class LabelledFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Every input in a table says which column it stands in, also to those who cannot see the column."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:  # type: ignore[type-arg]
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label:
                # A choice of a related row is wrapped in links to it; the label belongs to the choice.
                widget: Widget = getattr(field.widget, "widget", field.widget)
                widget.attrs["aria-label"] = capfirst(field.label)


class RecordInline(ByRole, admin.TabularInline):  # type: ignore[type-arg]
    formset = LabelledFormSet
    formfield_overrides = FORM_FIELDS
    extra = 0


class LookupAdmin(PageAdmin):
    """A page to look at. What is decided, approved or issued is changed in the product itself, or not at all."""

    is_editable = False
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookupInline(ByRole, admin.TabularInline):  # type: ignore[type-arg]
    is_editable = False
    formfield_overrides = FORM_FIELDS
    extra = 0
    can_delete = False


def kroner(name: str, title: Promise) -> Callable[[models.Model], str]:
    """Return a column that shows the amount as people read it, sorted by the amount itself."""
    return _column(name, title, format_kroner)


def month(name: str, title: Promise) -> Callable[[models.Model], str]:
    return _column(name, title, format_month)


def named(name: str, title: Promise) -> Callable[[models.Model], Any]:
    """Return a column with a heading of its own, for fields that pages never name."""
    return _column(name, title, lambda value: value)


def _column(name: str, title: Promise, show: Callable[[Any], Any]) -> Callable[[models.Model], Any]:
    @admin.display(description=title, ordering=name)  # type: ignore[call-overload]
    def shown(obj: models.Model) -> Any:
        return show(getattr(obj, name))

    shown.__name__ = f"{name}_shown"
    return shown
