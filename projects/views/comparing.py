"""Two statuses of a project side by side."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.forms.comparing import CompareForm, choice_of
from projects.models import Project, StatusSnapshot
from projects.months import format_month, format_month_short
from projects.queries.comparison import said
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from projects.rules.comparing import compared


@login_required
@require_safe
def snapshot_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Hold two months, or two revisions of one, against each other field by field. 13 queries."""
    project = get_object_or_404(Project.objects.for_user(request.user).select_related("unit", "committee"), code=code)
    found = StatusSnapshot.objects.for_user(request.user).filter(project=project).order_by("-month", "-revision")
    form = CompareForm(request.GET, list(found))
    earlier, later = form.earlier, form.later
    sections = []
    if earlier is not None and later is not None:
        contents = snapshot_contents([earlier, later])
        sections = compared(said(contents[earlier.pk]), said(contents[later.pk]))
    context = {
        "project": project,
        "form": form,
        "earlier": earlier,
        "later": later,
        "before": _head(earlier, later),
        "after": _head(later, earlier),
        "sections": [
            (section, section.lines if form.shows_all else section.changed)
            for section in sections
            if form.shows_all or section.changed
        ],
        "changes": sum(len(section.changed) for section in sections),
    }
    return render(request, "projects/snapshot_compare.html", context)


def _head(snapshot: StatusSnapshot | None, other: StatusSnapshot | None) -> str:
    """Return the month; for two revisions of one month, the revision too."""
    if snapshot is None or other is None:
        return ""
    month = format_month_short(snapshot.month)
    if snapshot.month != other.month:
        return month
    return f"{month} {_('rev. %(number)s') % {'number': snapshot.revision}}"


def compare_link(content: SnapshotContent) -> dict[str, str]:
    """Return the way to the status held against the month before it; nothing for a project's first."""
    snapshot, previous = content.snapshot, content.previous
    if snapshot is None or previous is None:
        return {}
    url = reverse("projects:snapshot-compare", args=[content.project.code])
    words = _("Compare with %(month)s") % {"month": format_month(previous.month)}
    return {"compare_url": f"{url}?from={choice_of(previous)}&to={choice_of(snapshot)}", "compare_words": words}
