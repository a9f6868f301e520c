"""What a person chooses for themselves: when to be reminded, and a calendar of their own deadlines."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.reminders import choose_reminders, digest_for, renew_calendar_key, revoke_calendar_key
from projects.enums import ReminderChoice
from projects.forms.rounds import RemindersForm
from projects.models import CalendarKey, User
from projects.queries.calendar import calendar_entries
from projects.queries.duties import duties_by_person

# The new address is shown once, on the page that follows.
NEW_ADDRESS = "new-calendar-address"


@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """Choose when to be reminded; see today's reminder as it would be, and one's deadlines."""
    user = cast(User, request.user)
    typed = request.POST if request.method == "POST" else None
    form = RemindersForm(typed, initial={"reminders": user.reminders})
    if form.is_valid():
        choose_reminders(user=user, choice=ReminderChoice(form.cleaned_data["reminders"]))
        messages.success(request, _("Your choice is stored."))
        return redirect("account:reminders")
    today = timezone.localdate()
    duties = duties_by_person().get(user, [])
    context = {
        "form": form,
        "digest": digest_for(user, duties, today) if duties else None,
        "entries": [entry for entry in calendar_entries(user) if entry.day >= today],
        "key": CalendarKey.objects.filter(user=user).first(),
        "new_address": request.session.pop(NEW_ADDRESS, ""),
    }
    return render(request, "registration/reminders.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    token = renew_calendar_key(user=request.user)
    request.session[NEW_ADDRESS] = settings.SITE_URL + reverse("projects:calendar-feed", args=[token])
    return redirect(reverse("account:reminders") + "#calendar")


@login_required
@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    revoke_calendar_key(user=request.user)
    messages.success(request, _("The calendar's address is closed."))
    return redirect(reverse("account:reminders") + "#calendar")
