"""The form that saves itself while a person types: the same action as the button, answered in JSON."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.actions.snapshots import StaleSnapshot
from projects.forms.entry_page import problems
from projects.forms.snapshot_entry import SnapshotEntry
from projects.forms.snapshot_texts import mark_of
from projects.forms.typed_answers import answered_meanwhile
from projects.models import Project, StatusSnapshot, User
from projects.permissions import can_edit_snapshot
from projects.views.autosaving import in_the_way, refused, saved_words, stopped
from projects.views.snapshot_form import finding_context
from projects.views.snapshot_saving import is_open, month_of, save_entry


@require_POST
def snapshot_autosave(request: HttpRequest, code: str, month: date) -> JsonResponse:
    """Store what is typed so far. About 55 queries: what the button costs, and the rules once more.

    Answered as `autosaving` says, with unread (fields that cannot be read), annexes (row → id and address), findings
    (HTML) and answers (finding → what became of what was typed there).
    """
    stop = stopped(request, reverse("projects:snapshot-edit", args=[code, month]))
    if stop:
        return stop
    user = cast(User, request.user)
    project = get_object_or_404(Project.objects.for_user(user).select_related("unit", "committee"), code=code)
    if not can_edit_snapshot(user, project):
        raise PermissionDenied
    content, stored = month_of(project, month)
    entry = SnapshotEntry.posted(content, stored, request.POST, request.FILES)
    if not is_open(content):
        return in_the_way("closed", _("The status has been sent for approval meanwhile. This is not saved."))
    if entry.is_refused:
        return refused(_lines(entry))
    return _saved(request, entry)


def _saved(request: HttpRequest, entry: SnapshotEntry) -> JsonResponse:
    try:
        snapshot = save_entry(request, entry, is_by_itself=True)
    except StaleSnapshot as stale:
        words = _("%(name)s has saved this month meanwhile. Nothing of yours is lost.")
        return in_the_way("conflict", words % {"name": stale.snapshot.updated_by})
    except ValidationError as error:
        return JsonResponse({"message": error.messages[0], "fields": []}, status=422)
    return JsonResponse(_answer(request, entry, snapshot))


def _answer(request: HttpRequest, entry: SnapshotEntry, snapshot: StatusSnapshot) -> dict[str, Any]:
    content, stored = month_of(snapshot.project, snapshot.month)
    now = SnapshotEntry.opened(content, stored)
    answers = dict(_answers(entry))
    # An answer is no part of the status, which does not know when it was stored.
    moment = None if any(told["stored"] for told in answers.values()) else snapshot.updated_at
    context = finding_context(now)
    return {
        "version": snapshot.version,
        "base": json.dumps(now.fingerprints()),
        "saved": saved_words(moment),
        "unread": _lines(entry),
        "annexes": dict(_annexes(entry, content.attachments, snapshot.project.code)),
        "findings": render_to_string("projects/_entry_findings_section.html", context, request) if context else "",
        "open": context["open_findings"],
        "answers": answers,
    }


def _answers(entry: SnapshotEntry) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield what became of each answer; `before` is the mark of the one that is stored now."""
    for key, answer in entry.answers.items():
        other = entry.answered_by_others.get(key)
        if other is not None:
            said = {"theirs": other.answer, "message": answered_meanwhile(other)}
            yield key, {"stored": False, "before": mark_of(other.answer), **said}
        else:
            yield key, {"stored": not answer.error, "before": mark_of(answer.text)}


def _annexes(entry: SnapshotEntry, stored: Iterable[Any], code: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield each row of the page with what is stored of it: both stand in the same order."""
    for form, fact in zip(entry.attachment_rows(), stored, strict=False):
        address = reverse("projects:attachment-download", args=[code, fact.attachment_id]) if fact.has_file else ""
        yield str(form.prefix), {"id": fact.attachment_id, "title": fact.title, "address": address}


def _lines(entry: SnapshotEntry) -> list[dict[str, str]]:
    return [
        {"anchor": problem.anchor, "label": problem.label, "message": problem.message}
        for problem in problems(entry, {})
    ]
