from django.urls import include, path

from projects.admin.site import site
from projects.views.accounts import admin_login
from projects.views.errors import bad_request

urlpatterns = [
    path("", include("projects.urls")),
    path("", include("reports.urls")),
    path("konto/", include("projects.account_urls")),
    # One way in for everybody, also to the administration.
    path("administration/login/", admin_login),
    path("administration/", site.urls),
]
handler400 = bad_request
