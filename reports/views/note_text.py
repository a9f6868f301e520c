"""Writing in the note: the section on one project, or the text under one heading, with the paper beside it."""

from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from projects.forms.field_entry import number_of
from projects.models import User
from projects.permissions import roles_required
from projects.queries.snapshots import approved_snapshots, current_snapshots, snapshot_content
from projects.rules.comparing import word_diff
from reports.actions.sections import (
    SectionValues,
    StalePartError,
    StaleSectionError,
    save_part,
    save_section,
)
from reports.compose_entry import moved_keys
from reports.enums import TextLength
from reports.facts.body import body
from reports.facts.drafts import Difference
from reports.facts.exhibits import Exhibit, arranged, exhibits
from reports.facts.gathering import gather
from reports.facts.texts import Choice, Paragraph, choice_of, fingerprint, original_texts, paragraphs, section_field
from reports.forms import PartForm, SectionForm
from reports.models import NotePart, NoteSection, StatusNote
from reports.queries.notes import note_month
from reports.views.access import COMPOSERS, note_or_404
from reports.views.paper import screen_item


@dataclass(frozen=True)
class Told:
    """A section as the page shows it: what its status says, and what is chosen."""

    section: NoteSection
    choice: Choice
    paragraphs: list[Paragraph]
    available: list[Exhibit]
    lengths: list[tuple[str, str]]
    seen: str


@roles_required(*COMPOSERS)
@require_GET
def note_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the first text of the note."""
    note = note_or_404(request, pk)
    first = note.sections.filter(is_included=True).select_related("project").first()
    if first is not None:
        return redirect("reports:note-section", pk=pk, code=first.project.code)
    return redirect("reports:note-compose", pk=pk)


@roles_required(*COMPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def note_section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    note = note_or_404(request, pk)
    section = get_object_or_404(note.sections.select_related("project"), project__code=code)
    told = _told(note, section)
    if request.method != "POST":
        initial = {"text_length": told.choice.text_length, "decision": told.choice.decision}
        return _section_page(request, note, told, SectionForm(told.paragraphs, told.lengths, initial=initial))
    form = SectionForm(told.paragraphs, told.lengths, request.POST)
    chosen = _posted_exhibits(request)
    if not form.is_valid():
        return _section_page(request, note, told, form, status=422)
    values = SectionValues(
        text_length=form.cleaned_data["text_length"],
        decision=form.cleaned_data["decision"],
        exhibits=_worth_storing(told, chosen),
        texts=form.texts(),
        seen=request.POST.get("seen", ""),
    )
    expected = number_of(request.POST.get("version", ""))
    try:
        saved = save_section(section=section, expected_version=expected, values=values, by=cast(User, request.user))
    except StaleSectionError as error:
        current = _told(note, error.current)
        return _section_page(request, note, current, form, found=_section_differences(current, form), status=409)
    except ValidationError as error:
        _add_errors(form, error)
        return _section_page(request, note, told, form, status=422)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{request.path}#{request.POST.get('at', '')}".rstrip("#"))
    return _section_page(request, note, _told(note, saved), form, template="reports/_text_saved.html")


@roles_required(*COMPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def note_part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    note = note_or_404(request, pk)
    stored = get_object_or_404(note.parts.all(), pk=part)
    if request.method != "POST":
        return _part_page(request, note, stored, PartForm(initial={"heading": stored.heading, "text": stored.text}))
    form = PartForm(request.POST)
    if not form.is_valid():
        return _part_page(request, note, stored, form, status=422)
    values = form.cleaned_data
    expected = number_of(request.POST.get("version", ""))
    try:
        saved = save_part(
            part=stored,
            expected_version=expected,
            heading=values["heading"],
            text=values["text"],
            by=cast(User, request.user),
        )
    except StalePartError as error:
        current = error.current
        lines = [
            Difference(str(form.fields[name].label), getattr(current, name), values[name])
            for name in ("heading", "text")
        ]
        found = [line for line in lines if line.theirs != line.mine]
        return _part_page(request, note, current, form, found=found, status=409)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(request.path)
    return _part_page(request, note, saved, form, template="reports/_text_saved.html")


def _section_page(
    request: HttpRequest,
    note: StatusNote,
    told: Told,
    form: SectionForm,
    *,
    found: list[Difference] | None = None,
    template: str = "",
    status: int = 200,
) -> HttpResponse:
    code = told.section.project.code
    places = {place: form[name] for name, place in form.places.items()}
    chosen = _posted_exhibits(request) if request.method == "POST" else told.choice.exhibits
    context = {
        "section": told.section,
        "form": form,
        "fields": [{"field": places[one.place], **_shown(one)} for one in told.paragraphs],
        "exhibits": arranged(told.available, chosen),
        "seen": told.seen,
        "version": told.section.version,
        "anchor": f"projekt-{code}",
        "prefix": section_field(code, ""),
        "status_subject": f"status/{code}/{note_month(note.meeting):%Y-%m}",
        "is_included": told.section.is_included,
    }
    return _page(request, note, context, found, template, status)


def _part_page(
    request: HttpRequest,
    note: StatusNote,
    part: NotePart,
    form: PartForm,
    *,
    found: list[Difference] | None = None,
    template: str = "",
    status: int = 200,
) -> HttpResponse:
    included = list(note.parts.filter(is_included=True).values_list("pk", flat=True))
    context = {
        "part": part,
        "form": form,
        "version": part.version,
        "anchor": f"afsnit-{included.index(part.pk) + 1}" if part.pk in included else "",
        "prefix": f"part.{part.pk}",
        "is_included": part.is_included,
    }
    return _page(request, note, context, found, template, status)


def _page(
    request: HttpRequest,
    note: StatusNote,
    context: dict[str, Any],
    found: list[Difference] | None,
    template: str,
    status: int,
) -> HttpResponse:
    """Render the page, or for htmx only what a save changes: the preview, the differences, what stands in the way."""
    gathered = gather(note)
    items = [item for item in body(gathered.facts) if item.anchor == context["anchor"]]
    subject = context.pop("status_subject", None)
    notices = [
        item for item in gathered.notices if item.notice.field.startswith(context["prefix"]) or item.subject == subject
    ]
    context |= {
        "note": note,
        "facts": gathered.facts,
        "items": [screen_item(item) for item in items],
        "notices": [item for item in notices if item.notice.is_blocking or item.is_open],
        "blocking_count": len(gathered.blocking),
        "differences": found or [],
        "saved_at": timezone.localtime(),
        "nav": _nav(note),
        "address": request.path,
    }
    if request.htmx and not template:  # type: ignore[attr-defined]
        template = "reports/_text_refused.html"
    return render(request, template or "reports/note_text.html", context, status=status)


def _nav(note: StatusNote) -> list[dict[str, Any]]:
    """Return every text of the note in its order, with its address. Two queries."""
    rows = note.sections.filter(is_included=True).select_related("project").prefetch_related("edits")
    sections = [
        {
            "name": row.project.name,
            "url": reverse("reports:note-section", args=[note.pk, row.project.code]),
            "is_edited": bool(row.edits.all()),
            "is_project": True,
        }
        for row in rows
    ]
    found: list[dict[str, Any]] = []
    parts = list(note.parts.filter(is_included=True))
    for part in parts:
        found.append({"name": str(part), "url": reverse("reports:note-part", args=[note.pk, part.pk])})
        if part.kind == "projects":
            found += sections
    return found if parts else sections


def _told(note: StatusNote, section: NoteSection) -> Told:
    """Return the section with what its status says. 14 queries, three when there is no status."""
    month = note_month(note.meeting)
    found = {**current_snapshots([section.project], month), **approved_snapshots([section.project], month)}
    snapshot = found.get(section.project_id)
    choice = choice_of(section)
    content = snapshot_content(snapshot) if snapshot else None
    lengths = [
        (value, str(label)) for value, label in TextLength.choices if snapshot and getattr(snapshot, value).strip()
    ]
    return Told(
        section=section,
        choice=choice,
        paragraphs=paragraphs(section.project, snapshot, choice),
        available=exhibits(content),
        lengths=lengths or [(TextLength.FULL.value, str(TextLength.FULL.label))],
        seen=fingerprint(original_texts(section.project, snapshot, choice.text_length)),
    )


def _shown(one: Paragraph) -> dict[str, Any]:
    """Return the paragraph with its difference to the status, None when there is none."""
    before = one.original
    return {"paragraph": one, "pieces": word_diff(before, one.edit.text) if one.edit else None}


def _posted_exhibits(request: HttpRequest) -> tuple[tuple[str, bool], ...]:
    data = request.POST
    printed = set(data.getlist("print"))
    # With a script the rows have moved already, and the arrow that was pressed comes along all the same.
    move = "" if request.htmx else data.get("move", "")  # type: ignore[attr-defined]
    keys = moved_keys(list(dict.fromkeys(data.getlist("exhibit"))), move)
    return tuple((key, key in printed) for key in keys)


def _worth_storing(told: Told, chosen: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    """Return what was chosen, () when that is what is printed anyway."""
    usual = tuple((exhibit.key, exhibit.is_usual) for exhibit in told.available)
    return () if chosen == usual else chosen


def _section_differences(current: Told, form: SectionForm) -> list[Difference]:
    """Return where the section as it is stored and what was typed differ."""
    lengths = dict(TextLength.choices)
    mine = form.cleaned_data
    lines = [
        Difference(
            str(form.fields["text_length"].label),
            str(lengths[current.choice.text_length]),
            str(lengths[mine["text_length"]]),
        ),
        Difference(str(form.fields["decision"].label), current.choice.decision, mine["decision"]),
    ]
    texts = form.texts()
    lines += [Difference(one.label, one.printed, texts[one.place]) for one in current.paragraphs if one.place in texts]
    return [line for line in lines if line.theirs.strip() != line.mine.strip()]


def _add_errors(form: SectionForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    names = {place: name for name, place in form.places.items()}
    for place, errors in error.error_dict.items():
        name = names.get(place, place)
        form.add_error(name if name in form.fields else None, cast(Any, errors))
