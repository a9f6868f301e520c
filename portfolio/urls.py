from django.urls import include, path

from projects.admin.site import site
from projects.views.accounts import admin_login

urlpatterns = [
    path("", include("projects.urls")),
    path("", include("reports.urls")),
    path("konto/", include("projects.account_urls")),
    # One way in for everybody, also to the administration.
    path("administration/login/", admin_login),
    path("administration/", site.urls),
]
