"""Logging in and out, and the password."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from projects.views import accounts

app_name = "account"

urlpatterns = [
    path("log-ind/", accounts.LoginView.as_view(), name="login"),
    path("log-ud/", LogoutView.as_view(), name="logout"),
    path("adgangskode/", accounts.PasswordView.as_view(), name="password"),
]
