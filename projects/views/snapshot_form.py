"""The pages a month is entered on: the form, the form beside what a colleague saved, and the one that came too late."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.snapshots import submission_errors
from projects.enums import Light, SnapshotState
from projects.forms.entry_checks import live_texts
from projects.forms.entry_page import (
    FindingLine,
    carried_count,
    finding_lines,
    indicator_lines,
    light_lines,
    places,
    problems,
    sections,
    show_missing,
    shown_content,
    tables,
    text_lines,
)
from projects.forms.field_entry import FieldDifference
from projects.forms.snapshot_entry import SnapshotEntry
from projects.forms.snapshot_texts import REFERENCE, mark_of
from projects.models import StatusRound
from projects.months import format_month_short
from projects.queries.findings import snapshot_notices
from projects.queries.meetings import known_meetings
from projects.queries.money import year_and_whole
from projects.queries.returns import last_return
from projects.rules.attachments import EXTENSIONS, MAX_BYTES
from projects.views.comparing import compare_link
from projects.views.mending import source_way


def form_page(
    request: HttpRequest,
    entry: SnapshotEntry,
    *,
    version: str | None = None,
    is_restored: bool = False,
    sending: bool = False,
    differences: list[FieldDifference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form. `version` None: what is shown is what is stored. At most 16 queries."""
    snapshot, round_ = entry.content.snapshot, _round(entry)
    is_stored = version is None
    errors = submission_errors(snapshot) if sending and snapshot else {}
    sections_shown = _sections(entry)
    show_missing(entry, errors)
    is_shown_again = request.method == "POST" and differences is None and not is_stored
    base = request.POST.get("base") if is_shown_again else None
    context = {
        "entry": entry,
        "snapshot": snapshot,
        "project": entry.content.project,
        "month": entry.content.month,
        "previous": entry.content.previous,
        "round": round_,
        "note_day": entry.content.note_day,
        "returned": last_return(snapshot) if snapshot and snapshot.state == SnapshotState.RETURNED else None,
        "days_late": max((timezone.localdate() - round_.caseworker_due).days, 0) if round_ else 0,
        "version": version if version is not None else (snapshot.version if snapshot else 0),
        "base": base or json.dumps(entry.fingerprints()),
        "is_stored": is_stored,
        "is_restored": is_restored,
        "is_sending": sending,
        "differences": differences,
        "problems": problems(entry, errors),
        **year_and_whole(entry.content.project, entry.content.month.year),
        "live_texts": live_texts() | {"month": format_month_short(_previous_month(entry))},
        "meetings": known_meetings(entry.content.month),
        "annex_types": ",".join(EXTENSIONS),
        "annex_most": MAX_BYTES,
        **sections_shown,
        **compare_link(entry.content),
    }
    return render(request, "projects/snapshot_edit.html", context, status=status)


def finding_context(entry: SnapshotEntry) -> dict[str, Any]:
    """Return the findings and how many are open, for the page and for the page that saves itself. One query."""
    findings = _findings(entry)
    return {"findings": findings, "open_findings": sum(not line.answered.answer for line in findings)}


def _sections(entry: SnapshotEntry) -> dict[str, Any]:
    shown = tables(entry)
    return {
        **finding_context(entry),
        "indicators": indicator_lines(entry),
        "tables": shown,
        "nav": sections(entry, shown),
        "lights": light_lines(entry),
        "texts": text_lines(entry),
        "carried_counts": {section: carried_count(entry, section) for section in ("numbers", "text", "economy")},
    }


def _findings(entry: SnapshotEntry) -> list[FindingLine]:
    """Return what the rules notice; nothing before the first save, when the page only shows last month."""
    if entry.content.snapshot is None:
        return []
    shown = shown_content(entry)
    return finding_lines(entry, [replace(item, way=source_way(item, shown)) for item in snapshot_notices(shown)])


def _round(entry: SnapshotEntry) -> StatusRound | None:
    return StatusRound.objects.filter(committee=entry.content.project.committee_id, month=entry.content.month).first()


def _previous_month(entry: SnapshotEntry) -> Any:
    return entry.content.previous.month if entry.content.previous else None


def conflict_page(request: HttpRequest, entry: SnapshotEntry) -> HttpResponse:
    """Show the typed form beside what a colleague has saved meanwhile. Nothing is stored, and nothing is lost."""
    snapshot = entry.content.snapshot
    differences = _differences(entry, request.POST.get("base", ""))
    if request.FILES:
        messages.warning(request, _("The file you chose is not stored yet. Choose it again before you save."))
    entry.with_attachments_as_stored()
    version = str(snapshot.version if snapshot else 0)
    return form_page(request, entry, version=version, differences=differences, status=409)


def _differences(entry: SnapshotEntry, base: str) -> list[FieldDifference]:
    now = SnapshotEntry.opened(entry.content, entry.stored)
    before = _marks(base)
    labels = places(entry)
    found = []
    for name, field in entry.form.fields.items():
        mine, theirs = entry.texts.get(name, ""), now.texts.get(name, "")
        if name in now.carried or mine == theirs or not field.has_changed(theirs, mine):
            continue
        is_untouched = name in entry.carried or before.get(name) == mark_of(mine)
        found.append(FieldDifference(name, labels[name][1], _shown(mine), _shown(theirs), not is_untouched))
    mine, theirs = entry.list_text(REFERENCE), now.list_text(REFERENCE)
    if mine != theirs:
        found.append(FieldDifference(REFERENCE, _("References"), mine, theirs, before.get(REFERENCE) != mark_of(mine)))
    return found


def _marks(base: str) -> dict[str, str]:
    try:
        marks = json.loads(base)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _shown(text: str) -> str:
    return str(Light(text).label) if text in Light.values else text


def too_late_page(request: HttpRequest, entry: SnapshotEntry) -> HttpResponse:
    """Say that the status can no longer be changed, and give back the text that was not stored."""
    content = entry.content
    if entry.values(with_carried=True).same_content(entry.stored):
        messages.info(request, _("The status has been sent already. Nothing was sent twice."))
        return redirect("projects:snapshot-show", code=content.project.code, month=content.month)
    context = {
        "project": content.project,
        "month": content.month,
        "snapshot": content.snapshot,
        "differences": _differences(entry, ""),
        "now": timezone.now(),
    }
    return render(request, "projects/snapshot_too_late.html", context, status=409)
