"""Pages that say what the figures add up to: the front page, the overview, the notes."""

from django.urls import URLPattern

app_name = "reports"

urlpatterns: list[URLPattern] = []
