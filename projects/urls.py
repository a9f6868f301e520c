"""Pages of proposals, pools, projects and monthly statuses. Paths are Danish, names are `noun-verb`."""

from django.urls import path

from projects.views import health, help

app_name = "projects"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("hjaelp/", help.help_page, name="help"),
]
