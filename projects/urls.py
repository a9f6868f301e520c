"""Pages of proposals, pools, projects and monthly statuses. Paths are Danish, names are `noun-verb`."""

from django.urls import URLPattern

app_name = "projects"

urlpatterns: list[URLPattern] = []
