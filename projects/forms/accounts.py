"""Logging in."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    # One sentence for every way of failing: it must not tell a stranger which user names exist.
    error_messages = {
        "invalid_login": _("The user name and the password do not belong together. Try again."),
        "inactive": _("The user name and the password do not belong together. Try again."),
    }
