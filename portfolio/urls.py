from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("projects.urls")),
    path("", include("reports.urls")),
    path("administration/", admin.site.urls),
]
