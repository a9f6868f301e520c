"""What the page that composes a note shows: the form, the projects in order, and what stands in the way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import SnapshotState, Subject
from projects.models import Event
from projects.queries.notices import AnsweredNotice
from projects.queries.timeline import timeline
from reports.facts.additions import FIELD as ADDITIONS
from reports.facts.comparing import says_the_same
from reports.facts.composing import BLOCKED, MISSING, ComposeRow, compose_rows
from reports.facts.drafts import Difference
from reports.facts.gathering import Gathered, gather
from reports.forms import IssueForm, NoteForm
from reports.models import NoteVersion, StatusNote
from reports.queries.notes import outdated_projects, versions_of

Order = list[tuple[int, bool]]
# Tells the move of a heading from that of a project.
PART = "part"


@dataclass(frozen=True)
class Obstacles:
    """The notices about one thing, with the place where they are mended."""

    place: str
    url: str
    items: list[AnsweredNotice]


def compose_page(
    request: HttpRequest,
    note: StatusNote,
    *,
    form: NoteForm | None = None,
    order: Order | None = None,
    part_order: Order | None = None,
    issue_form: IssueForm | None = None,
    differences: list[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, with what was typed when `form` and `order` are given, else with what is stored."""
    gathered = gather(note)
    versions = versions_of([note])[note.pk]
    outdated = _outdated(versions, gathered)
    issue_form = issue_form or IssueForm()
    issue_form.fields["reason"].required = bool(versions)
    context = {
        "note": note,
        "form": form or NoteForm(initial=NoteForm.stored(note)),
        "rows": [_row(row, note) for row in compose_rows(note, gathered, order or ())],
        "parts": _parts(note, part_order or []),
        "month": gathered.facts.month,
        "blocking": by_place(gathered.blocking, note),
        "blocking_count": len(gathered.blocking),
        "findings": by_place(gathered.findings, note),
        "findings_count": len(gathered.findings),
        "versions": versions,
        "outdated": outdated,
        "is_unchanged": bool(versions) and outdated is None,
        "issue_form": issue_form,
        "differences": differences or [],
        "events": timeline(Event.objects.about(Subject.NOTE, note.pk)[:20]),
    }
    return render(request, "reports/note_compose.html", context, status=status)


def _parts(note: StatusNote, order: Order) -> list[dict[str, Any]]:
    """Return the note's headings in the order on the page, else as they are stored. One query."""
    stored = {part.pk: part for part in note.parts.all()}
    chosen = dict(order) or {pk: part.is_included for pk, part in stored.items()}
    ids = [pk for pk in chosen if pk in stored] + [pk for pk in stored if pk not in chosen]
    return [{"part": stored[pk], "is_included": chosen.get(pk, False), "key": f"{PART}{pk}"} for pk in ids]


def _row(row: ComposeRow, note: StatusNote) -> dict[str, Any]:
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
    }


def by_place(notices: list[AnsweredNotice], note: StatusNote) -> list[Obstacles]:
    """Return the notices gathered by what they are about, in the order they came."""
    groups: dict[tuple[str, str], list[AnsweredNotice]] = {}
    for item in notices:
        groups.setdefault((item.subject, item.object_label), []).append(item)
    return [Obstacles(items[0].object_label, mend_url(items[0], note), items) for items in groups.values()]


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
        return reverse("projects:snapshot-edit", args=[code, date.fromisoformat(f"{month}-01")])
    if kind == "project":
        return reverse("projects:project-detail", args=[rest])
    part, _dot, place = item.notice.field.partition(".")
    if part == ADDITIONS:
        return f"{reverse('reports:note-additions', args=[note.pk])}#reference-{place}"
    if part == "section":
        code, _dot, paragraph = place.rpartition(".")
        return f"{reverse('reports:note-section', args=[note.pk, code])}#id_text-{paragraph}"
    if part == "part":
        return reverse("reports:note-part", args=[note.pk, int(place)])
    return f"#id_{item.notice.field}" if item.notice.field != "projects" else "#projects"


def posted_parts(data: QueryDict) -> Order:
    """Return the headings as they stand on the page, after the move that was asked for, if it was one of theirs."""
    chosen = set(data.getlist("include_part"))
    keys = [f"{PART}{value}" for value in dict.fromkeys(data.getlist("part")) if value.isdecimal()]
    ids = [key.removeprefix(PART) for key in moved_keys(keys, data.get("move", ""))]
    return [(int(pk), pk in chosen) for pk in ids]


def posted_order(data: QueryDict) -> Order:
    """Return the projects as they stand on the page: their order, and whether each is chosen."""
    chosen = set(data.getlist("include"))
    ids = dict.fromkeys(value for value in data.getlist("order") if value.isdecimal())
    return [(int(value), value in chosen) for value in ids]


def moved(order: Order, move: str) -> Order:
    """Return the order with one project a place up or down: "up-12", "down-12". Unknown moves change nothing."""
    direction, _dash, pk = move.partition("-")
    places = [str(project_id) for project_id, _included in order]
    if pk not in places or direction not in {"up", "down"}:
        return order
    place = places.index(pk)
    target = max(0, min(len(order) - 1, place + (1 if direction == "down" else -1)))
    changed = list(order)
    changed.insert(target, changed.pop(place))
    return changed


def moved_keys(keys: list[str], move: str) -> list[str]:
    """Return the keys with one a place up or down: "up-table.udfald". Unknown moves change nothing."""
    direction, _dash, key = move.partition("-")
    if key not in keys or direction not in {"up", "down"}:
        return keys
    place = keys.index(key)
    changed = [other for other in keys if other != key]
    changed.insert(max(0, place + (1 if direction == "down" else -1)), key)
    return changed


def differences(current: StatusNote, form: NoteForm, order: Order) -> list[Difference]:
    """Return where the stored note and the page differ, in words for the one who lost the race. One query."""
    found = []
    for name, field in form.fields.items():
        theirs, mine = getattr(current, name), form.cleaned_data[name]
        if theirs != mine:
            texts = [format_date(value) if name == "dated" else str(value) for value in (theirs, mine)]
            found.append(Difference(str(field.label), *texts))
    stored = [section for section in current.sections.select_related("project") if section.is_included]
    names = {section.project_id: section.project.name for section in current.sections.select_related("project")}
    theirs_in_order = [section.project_id for section in stored]
    mine_in_order = [pk for pk, is_included in order if is_included]
    if theirs_in_order != mine_in_order:
        texts = [", ".join(names.get(pk, "") for pk in ids) for ids in (theirs_in_order, mine_in_order)]
        found.append(Difference(_("Projects"), *texts))
    return found
