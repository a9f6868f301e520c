"""The administration's frame: who gets in, and in which order its pages stand."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from projects.enums import Role
from projects.models import User
from projects.queries.catalogue import recent_changes

# The groups of the front page, each with its models in the order they are worked with.
GROUPS: tuple[tuple[Callable[[], str], tuple[str, ...]], ...] = (
    (lambda: _("People and rights"), ("User", "StandIn", "ProjectAssignment", "OrgUnit")),
    (lambda: _("Committees and meetings"), ("Committee", "Meeting", "StatusRound", "NoteTemplate")),
    (lambda: _("Code lists"), ("StrategicGoal", "Track", "TargetGroup", "LegalBasis", "Benefit", "FteRate")),
    (lambda: _("Projects and their figures"), ("Project", "Indicator", "Breakdown")),
    (
        lambda: _("For looking up"),
        (
            *("Pool", "Proposal", "BudgetLine", "ImportBatch", "StatusSnapshot", "Finding"),
            *("StatusNote", "NoteVersion", "Event", "MailMessage"),
        ),
    ),
)


class PortfolioAdminSite(AdminSite):
    """Administrators enter by their role, whatever Django's own staff flag says."""

    index_template = "admin/front.html"
    empty_value_display = "–"

    @property
    def site_header(self) -> str:  # type: ignore[override]
        return f"{settings.SITE_MUNICIPALITY} · {_('Administration')}"

    site_title = site_header  # type: ignore[assignment]

    @property
    def index_title(self) -> str:  # type: ignore[override]
        return _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and user.is_authenticated and Role.ADMINISTRATOR in cast(User, user).role_set

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return entered

    # One way out, and to a new password, for everybody.
    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("reports:home")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account:password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account:password")

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().index(request, {"recent": recent_changes(), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return the pages by subject instead of by Django app."""
        apps = super().get_app_list(request, app_label)
        pages = {page["object_name"]: page for app in apps for page in app["models"]}
        groups = []
        for number, (name, model_names) in enumerate(GROUPS):
            found = [pages[model_name] for model_name in model_names if model_name in pages]
            if found:
                groups.append(
                    {
                        "name": name(),
                        "app_label": f"group-{number}",
                        "app_url": "",
                        "has_module_perms": True,
                        "models": found,
                    }
                )
        return groups


site = PortfolioAdminSite(name="admin")
