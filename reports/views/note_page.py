"""What the page that composes a note shows: the form, the projects in order, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.enums import SnapshotState, Subject
from projects.forms.entry_checks import save_texts
from projects.forms.field_entry import FieldDifference
from projects.models import Event
from projects.queries.notices import AnsweredNotice
from projects.queries.timeline import timeline
from projects.rules.lengths import LENGTHS
from reports.compose_entry import PART, ComposeEntry, Order
from reports.enums import TextLength
from reports.facts.additions import FIELD as ADDITIONS
from reports.facts.comparing import says_the_same
from reports.facts.composing import BLOCKED, MISSING, ComposeRow, compose_rows
from reports.facts.gathering import Gathered, gather
from reports.facts.note import NoteFacts
from reports.facts.privacy import EXHIBITS
from reports.facts.texts import DECISION
from reports.forms import IssueForm
from reports.models import NoteVersion, StatusNote
from reports.queries.notes import outdated_projects, versions_of


@dataclass(frozen=True)
class Obstacle:
    """A notice with the place where it is mended."""

    answered: AnsweredNotice
    url: str


@dataclass(frozen=True)
class Obstacles:
    """The notices about one thing."""

    place: str
    items: list[Obstacle]


def compose_page(
    request: HttpRequest,
    note: StatusNote,
    *,
    entry: ComposeEntry | None = None,
    issue_form: IssueForm | None = None,
    differences: list[FieldDifference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, with what was typed when `entry` is given, else with what is stored."""
    shown = entry or ComposeEntry.stored(note)
    context = {
        **checklist(note, entry=entry, issue_form=issue_form),
        "form": shown.form,
        "version": shown.version,
        "base": shown.base,
        "is_stored": entry is None,
        "parts": _parts(note, shown.parts),
        "differences": differences,
        "saved_by": last_saver(note) if differences is not None else "",
        "save_texts": save_texts(),
        "events": timeline(Event.objects.about(Subject.NOTE, note.pk)[:20]),
    }
    return render(request, "reports/note_compose.html", context, status=status)


def conflict_page(request: HttpRequest, note: StatusNote, entry: ComposeEntry) -> HttpResponse:
    """Show the page as it was typed beside what somebody else has saved. Nothing is stored, and nothing is lost."""
    found = entry.differences(note)
    on_top = replace(entry, version=str(note.version))
    return compose_page(request, note, entry=on_top, differences=found, status=409)


def checklist(
    note: StatusNote, *, entry: ComposeEntry | None = None, issue_form: IssueForm | None = None
) -> dict[str, Any]:
    """Return what stands in the way of issuing, what has been issued, and how far each project is."""
    gathered = gather(note)
    versions = versions_of([note])[note.pk]
    outdated = _outdated(versions, gathered)
    issue_form = issue_form or IssueForm()
    issue_form.fields["reason"].required = bool(versions)
    touched = entry.touched if entry else {}
    return {
        "note": note,
        "rows": [_row(row, note, touched) for row in compose_rows(note, gathered, entry.projects if entry else ())],
        "month": gathered.facts.month,
        "blocking": by_place(gathered.blocking, note),
        "blocking_count": len(gathered.blocking),
        "findings": by_place(gathered.findings, note),
        "findings_count": len(gathered.findings),
        "versions": versions,
        "outdated": outdated,
        "is_unchanged": bool(versions) and outdated is None,
        "issue_form": issue_form,
        "asked_about": asked_about(gathered.facts),
    }


def asked_about(facts: NoteFacts) -> list[dict[str, str]]:
    """Return the note's projects, about which the committee may ask."""
    return [{"code": section.project_code, "name": section.project} for section in facts.sections]


def last_saver(note: StatusNote) -> str:
    """Return who saved the note last. One query."""
    draft = note.drafts.select_related("saved_by").first()
    return str(draft.saved_by) if draft else ""


def _parts(note: StatusNote, order: Order) -> list[dict[str, Any]]:
    """Return the note's headings in the order on the page. One query."""
    stored = {part.pk: part for part in note.parts.all()}
    chosen = dict(order)
    ids = [pk for pk in chosen if pk in stored] + [pk for pk in stored if pk not in chosen]
    return [{"part": stored[pk], "is_included": chosen.get(pk, False), "key": f"{PART}{pk}"} for pk in ids]


def _row(row: ComposeRow, note: StatusNote, touched: dict[int, str]) -> dict[str, Any]:
    labels = {MISSING: _("Missing"), BLOCKED: _("Blocked")}
    return {
        "project": row.project,
        "is_included": row.is_included,
        "state": row.state,
        "label": labels.get(row.state) or SnapshotState(row.state).label,
        "is_ready": row.is_ready,
        "is_being_corrected": row.is_being_corrected,
        "blocking": row.blocking,
        "url": mend_url(row.blocking[0], note) if row.blocking else "",
        "length": touched.get(row.project.pk, row.text_length),
        "lengths": [(value, label) for value, label in TextLength.choices if value in row.lengths],
    }


def by_place(notices: list[AnsweredNotice], note: StatusNote) -> list[Obstacles]:
    """Return the notices gathered by what they are about, in the order they came."""
    groups: dict[tuple[str, str], list[Obstacle]] = {}
    for item in notices:
        groups.setdefault((item.subject, item.object_label), []).append(Obstacle(item, mend_url(item, note)))
    return [Obstacles(items[0].answered.object_label, items) for items in groups.values()]


def _outdated(versions: list[NoteVersion], gathered: Gathered) -> dict[str, Any] | None:
    """Return what is new since the last issue: the projects with a newer status, or only that something is."""
    if not versions:
        return None
    if says_the_same(versions[0].facts, gathered.facts):
        return None
    return {"number": versions[0].number, "projects": outdated_projects(versions[0])}


def mend_url(item: AnsweredNotice, note: StatusNote) -> str:
    """Return the address where the notice is mended; of the note's head, the field on the page."""
    kind, _slash, rest = item.subject.partition("/")
    if kind == "status":
        code, _slash, month = rest.rpartition("/")
        page = reverse("projects:snapshot-edit", args=[code, date.fromisoformat(f"{month}-01")])
        return f"{page}{_place_of(item.notice.field)}"
    if kind == "project":
        return reverse("projects:project-detail", args=[rest])
    part, _dot, place = item.notice.field.partition(".")
    if part == ADDITIONS:
        return f"{reverse('reports:note-additions', args=[note.pk])}#reference-{place}"
    if part == "section":
        code, _dot, paragraph = place.rpartition(".")
        anchor = {EXHIBITS: EXHIBITS, DECISION: f"id_{DECISION}"}.get(paragraph, f"id_text-{paragraph}")
        return f"{reverse('reports:note-section', args=[note.pk, code])}#{anchor}"
    if part == "part":
        return reverse("reports:note-part", args=[note.pk, int(place)])
    return f"#id_{item.notice.field}" if item.notice.field != "projects" else "#projects"


def _place_of(field: str) -> str:
    """Return where on a status's page a notice is mended: the page, its field, or the list where it is answered."""
    if field in LENGTHS or field == "as_of" or field.startswith("comment_"):
        return f"#id_{field}"
    return "#findings" if field and field != "state" else ""
