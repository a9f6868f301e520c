"""What every page needs."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"site": {"municipality": settings.SITE_MUNICIPALITY, "nav": []}}
