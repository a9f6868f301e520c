"""Users with their roles and stand-ins, units, and who answers for which project."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.actions.catalogue import record_password_change
from projects.admin.base import RecordAdmin, RecordInline
from projects.admin.site import site
from projects.models import OrgUnit, ProjectAssignment, RoleAssignment, StandIn, User
from projects.models.people import valid_on


class RoleInline(RecordInline):
    model = RoleAssignment
    fields = ("role", "unit", "valid_from", "valid_to")
    verbose_name_plural = _("roles: what the user may do, for which unit, from when to when")


class StandInInline(RecordInline):
    model = StandIn
    fk_name = "absent"
    fields = ("stand_in", "valid_from", "valid_to", "reason")
    verbose_name_plural = _("stand-ins: who acts for the user when away")


class RoleTodayFilter(admin.SimpleListFilter):
    title = _("role today")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in RoleAssignment._meta.get_field("role").flatchoices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[User]) -> models.QuerySet[User]:
        if not self.value():
            return queryset
        held = RoleAssignment.objects.filter(valid_on(timezone.localdate()), role=self.value())
        return queryset.filter(pk__in=held.values("user_id"))


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "title", "email")


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User, site=site)
class UserAdmin(RecordAdmin, DjangoUserAdmin):
    """Rights are the roles below; Django's own groups and flags are not used."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("username", "full_name", "title", "roles_today", "active_in_words")
    list_display_links = ("username", "full_name")
    list_filter = (RoleTodayFilter, "role_assignments__unit", "is_active")
    search_fields = ("username", "first_name", "last_name", "title", "email")
    ordering = ("first_name", "last_name", "username")
    filter_horizontal = ()
    inlines = (RoleInline, StandInInline)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Person"), {"fields": ("first_name", "last_name", "title", "email")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "title", "email")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        today = RoleAssignment.objects.filter(valid_on(timezone.localdate())).select_related("unit")
        return super().get_queryset(request).prefetch_related(models.Prefetch("role_assignments", today, "held_today"))

    @admin.display(description=_("name"), ordering="first_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "–"

    # Django's icon is called "True" by a screen reader.
    @admin.display(description=_("active"), ordering="is_active")
    def active_in_words(self, user: User) -> str:
        return str(_("Yes") if user.is_active else _("No"))

    @admin.display(description=_("roles today"))
    def roles_today(self, user: User) -> str:
        held: list[RoleAssignment] = user.held_today  # type: ignore[attr-defined]
        return ", ".join(
            f"{role.get_role_display()} ({role.unit})" if role.unit else role.get_role_display() for role in held
        )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        # Django's form stores the password, log_change below records it: both or neither.
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> None:  # type: ignore[override]
        """Record a password set on the page for passwords, the one change that Django stores by itself."""
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            record_password_change(user=obj, by=cast(User, request.user))


@admin.register(StandIn, site=site)
class StandInAdmin(RecordAdmin):
    list_display = ("absent", "stand_in", "valid_from", "valid_to", "reason")
    list_filter = ("valid_from",)
    list_select_related = ("absent", "stand_in")
    search_fields = ("absent__first_name", "absent__last_name", "stand_in__first_name", "stand_in__last_name", "reason")
    date_hierarchy = "valid_from"


@admin.register(ProjectAssignment, site=site)
class ProjectAssignmentAdmin(RecordAdmin):
    list_display = ("project", "user", "valid_from", "valid_to")
    list_filter = ("project__unit", "user")
    list_select_related = ("project", "user")
    search_fields = ("project__name", "project__code", "user__first_name", "user__last_name", "user__username")
    date_hierarchy = "valid_from"


@admin.register(OrgUnit, site=site)
class OrgUnitAdmin(RecordAdmin):
    list_display = ("name", "parent", "kind")
    list_filter = ("kind", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("name",)
