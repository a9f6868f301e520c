"""One's own deadlines for the calendar on one's desk. Whoever has the address may read it, so it says little."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.actions.reminders import token_hash
from projects.icalendar import AllDay, calendar_text
from projects.months import format_month
from projects.queries.calendar import CalendarEntry, calendar_entries, calendar_owner


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a person's deadlines to whoever knows the token; everybody else gets the same 404."""
    owner = calendar_owner(token_hash(token))
    if owner is None:
        raise Http404
    name = _("Deadlines for statuses, %(municipality)s") % {"municipality": settings.SITE_MUNICIPALITY}
    text = calendar_text(name, [_event(entry) for entry in calendar_entries(owner)], now=timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="frister.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _event(entry: CalendarEntry) -> AllDay:
    words = {"month": format_month(entry.round.month), "committee": entry.round.committee.code}
    summaries = {
        "caseworker": _("Send the status for %(month)s (%(committee)s)"),
        "manager": _("Approve the statuses for %(month)s (%(committee)s)"),
        "secretary": _("The note for %(month)s is ready (%(committee)s)"),
    }
    page = "projects:round-list" if entry.part == "secretary" else "projects:status-list"
    host = settings.SITE_URL.partition("://")[2]
    return AllDay(
        uid=f"round-{entry.round.pk}-{entry.part}@{host.partition('/')[0].partition(':')[0]}",
        day=entry.day,
        summary=summaries[entry.part] % words,
        description="\n".join(entry.projects),
        url=settings.SITE_URL + reverse(page),
    )
