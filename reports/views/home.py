"""The front page."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.models import User
from reports.facts.home import home_blocks


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    return render(request, "reports/home.html", {"blocks": home_blocks(user), "today": timezone.localdate()})
