"""What the form's buttons and the page that saves by itself do with a month: read it, store it, answer its findings."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from projects.actions.answers import answer_findings
from projects.actions.files import atomic_with_files
from projects.actions.returns import mark_mended
from projects.actions.snapshots import save_snapshot, start_snapshot
from projects.forms.entry_page import shown_content
from projects.forms.snapshot_entry import SnapshotEntry
from projects.forms.typed_answers import answer_to, is_somebody_elses
from projects.models import Project, StatusSnapshot
from projects.queries.findings import snapshot_notices
from projects.queries.snapshot_values import SnapshotValues, stored_values
from projects.queries.snapshots import SnapshotContent, blank_content, current_snapshots, snapshot_content


def month_of(project: Project, month: date) -> tuple[SnapshotContent, SnapshotValues | None]:
    """Return the month's newest revision and what is stored in it; a blank month has nothing. 15 queries."""
    snapshot = current_snapshots([project], month).get(project.pk)
    if snapshot is None:
        return blank_content(project, month), None
    return snapshot_content(snapshot), stored_values(snapshot)


def is_open(content: SnapshotContent) -> bool:
    return content.snapshot is None or content.snapshot.is_editable


@atomic_with_files()
def save_entry(request: HttpRequest, entry: SnapshotEntry, *, is_by_itself: bool = False) -> StatusSnapshot:
    """Store what is on the page, begin the month first where nobody has, and store the answers to findings."""
    content = entry.content
    snapshot = content.snapshot or start_snapshot(project=content.project, month=content.month, by=request.user)
    saved = save_snapshot(
        snapshot=snapshot,
        expected_version=_version(request.POST.get("version", "")),
        values=entry.values(),
        by=request.user,
        is_by_itself=is_by_itself,
    )
    _answer_findings(request, entry, saved, is_by_itself=is_by_itself)
    mark_mended(snapshot=saved, mended=_ids(request, "mended"), shown=_ids(request, "returned"), by=request.user)
    return saved


def _ids(request: HttpRequest, name: str) -> set[int]:
    return {int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 19}


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _answer_findings(request: HttpRequest, entry: SnapshotEntry, saved: StatusSnapshot, *, is_by_itself: bool) -> None:
    """Store the answers typed beside the findings. One that somebody else has answered meanwhile is held back."""
    if not entry.answers:
        return
    content, stored = month_of(saved.project, saved.month)
    wanted = []
    for item in snapshot_notices(shown_content(SnapshotEntry.opened(content, stored))):
        answer = answer_to(item, entry.answers)
        if answer is None or answer.error or item.is_blocking or answer.text == item.answer:
            continue
        if is_somebody_elses(item, answer):
            entry.hold_back(answer, item)
        else:
            wanted.append((item.notice, answer.text))
    answer_findings(snapshot=saved, answers=wanted, by=request.user, is_by_itself=is_by_itself)
    if wanted and not is_by_itself:
        words = ngettext("%(count)s answer is stored.", "%(count)s answers are stored.", len(wanted))
        messages.success(request, words % {"count": len(wanted)})
