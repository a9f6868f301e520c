"""Logging in and out, and the password. The classes are Django's own; only words and addresses are ours."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from projects.forms.accounts import LoginForm
from projects.models import User

DEMO_LOGINS = (
    *("sagsbehandler", "sagsbehandler2", "leder", "udvalgssekretaer"),
    *("oekonom", "forslagsstiller", "laeser", "administrator"),
)


def demo_logins() -> list[User]:
    """Return the demo users that exist, in the order they are told of; none outside development. At most one query."""
    if not settings.IS_TRIAL:
        return []
    found = {user.username: user for user in User.objects.filter(username__in=DEMO_LOGINS, is_active=True)}
    return [found[name] for name in DEMO_LOGINS if name in found]


class LoginView(auth_views.LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(demo_logins=demo_logins(), **kwargs)
        # Django's own "site" is a host name and would hide the one every page uses.
        del context["site"]
        return context


class PasswordView(auth_views.PasswordChangeView):
    template_name = "registration/password.html"
    success_url = reverse_lazy("reports:home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


def admin_login(request: HttpRequest) -> HttpResponse:
    """Send strangers from the administration to our own login, and refuse those who may not enter."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", ""))
