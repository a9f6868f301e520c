"""Logging in and out, the password, and what a person chooses for themselves."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from projects.views import accounts, reminders

app_name = "account"

urlpatterns = [
    path("log-ind/", accounts.LoginView.as_view(), name="login"),
    path("log-ud/", LogoutView.as_view(), name="logout"),
    path("adgangskode/", accounts.PasswordView.as_view(), name="password"),
    path("paamindelser/", reminders.reminders, name="reminders"),
    path("paamindelser/kalender/ny/", reminders.calendar_renew, name="calendar-renew"),
    path("paamindelser/kalender/luk/", reminders.calendar_revoke, name="calendar-revoke"),
]
