"""Reading statuses: one month in full, and the round with everyone who owes one."""

from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.actions.snapshots import author_ids
from projects.enums import Dimension, SnapshotState, Subject
from projects.forms.reasons import ReasonForm, ReturnForm
from projects.models import Attachment, Event, Project, StatusSnapshot
from projects.months import next_month, previous_month
from projects.permissions import can_approve_snapshot, can_edit_snapshot
from projects.queries.comparison import section_titles
from projects.queries.findings import snapshot_notices
from projects.queries.money import year_and_whole
from projects.queries.returns import SinceReturn, last_return, since_return
from projects.queries.snapshots import IndicatorFact, SnapshotContent, snapshot_content
from projects.queries.timeline import timeline
from projects.views.comparing import compare_link
from projects.views.mending import status_ways


@login_required
@require_safe
def snapshot_show(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Show one revision of a month, the newest unless the address names another."""
    project = get_object_or_404(Project.objects.for_user(request.user).select_related("unit", "committee"), code=code)
    return show_page(request, project, month)


def show_page(
    request: HttpRequest,
    project: Project,
    month: date,
    *,
    reason_form: ReasonForm | None = None,
    return_form: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the month to read, with the steps the user may take. About 20 queries, two more for a returned one."""
    revisions = _revisions(request, project, month)
    context: dict[str, Any] = {
        "project": project,
        "month": month,
        "earlier": previous_month(month),
        "later": next_month(month),
        "can_edit": can_edit_snapshot(request.user, project),
        "can_approve": can_approve_snapshot(request.user, project),
        "revisions": revisions,
        "reason_form": reason_form or ReasonForm(),
    }
    if not revisions:
        return render(request, "projects/snapshot_none.html", context, status=404 if request.GET else status)
    snapshot = _chosen(request, revisions)
    content = snapshot_content(snapshot)
    context |= {
        "snapshot": snapshot,
        "is_newest": snapshot == revisions[0],
        "can_answer": snapshot == revisions[0] and (context["can_edit"] or context["can_approve"]),
        "answer_next": request.path,
        "content": content,
        "lights": [(key, snapshot.light(key), snapshot.comment(key), _before(content, key)) for key in Dimension],
        "figures": [(fact, _change(fact)) for fact in content.indicators],
        "findings": status_ways(
            snapshot_notices(content),
            content,
            can_mend=context["can_edit"] and snapshot == revisions[0] and snapshot.is_editable,
        ),
        "is_author": request.user.pk in author_ids(snapshot),
        "return_form": return_form or ReturnForm(titles=section_titles(content)),
        "since": _since(content),
        **compare_link(content),
        **year_and_whole(project, month.year),
        "events": _events(revisions),
    }
    return render(request, "projects/snapshot_show.html", context, status=status)


def _revisions(request: HttpRequest, project: Project, month: date) -> list[StatusSnapshot]:
    """Return the month's revisions the user may see, newest first. One query."""
    found = StatusSnapshot.objects.for_user(request.user).filter(project=project, month=month)
    names = found.select_related("project", "created_by", "updated_by", "submitted_by", "approved_by")
    return list(names.order_by("-revision"))


def _chosen(request: HttpRequest, revisions: list[StatusSnapshot]) -> StatusSnapshot:
    wanted = request.GET.get("revision", "")
    if not wanted:
        return revisions[0]
    for revision in revisions:
        if str(revision.revision) == wanted:
            return revision
    raise Http404


def _since(content: SnapshotContent) -> SinceReturn | None:
    """Return what was returned in a status that is not approved yet, and what has changed since."""
    snapshot = content.snapshot
    returned = None if snapshot is None or snapshot.state == SnapshotState.APPROVED else last_return(snapshot)
    return since_return(returned, content) if returned else None


def _change(fact: IndicatorFact) -> Decimal | None:
    return None if fact.value is None or fact.previous is None else fact.value - fact.previous


def _before(content: Any, dimension: Dimension) -> str:
    return content.previous.light(dimension) if content.previous else ""


def _events(revisions: list[StatusSnapshot]) -> Any:
    events = Event.objects.filter(subject=Subject.SNAPSHOT, subject_id__in=[row.pk for row in revisions])
    return timeline(events.select_related("actor"))


@login_required
@require_safe
def attachment_download(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """Hand out an annex's file, always to be saved and never shown inside our own pages."""
    visible = StatusSnapshot.objects.for_user(request.user).filter(project__code=code)
    attachment = get_object_or_404(Attachment, pk=pk, snapshot__in=visible)
    if not attachment.file or not attachment.file.storage.exists(attachment.file.name):
        raise Http404
    extension = PurePosixPath(attachment.file.name).suffix
    return FileResponse(attachment.file.open("rb"), as_attachment=True, filename=f"{attachment.title}{extension}")
