"""What stands on the page that composes a note: its head, the projects and headings in order, and the texts' lengths.

Every field has a mark in `base`, so that it can be told later which of them somebody has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.forms.field_entry import FieldDifference, base_of, chosen_theirs, field_differences, is_touched, number_of
from reports.actions import NoteValues
from reports.enums import TextLength
from reports.forms import NoteForm
from reports.models import NotePart, NoteSection, StatusNote

Order = list[tuple[int, bool]]
PROJECTS, PARTS, LENGTH = "projects", "parts", "length-"
# Tells the move of a heading from that of a project.
PART = "part"


@dataclass(frozen=True)
class ComposeEntry:
    """The page as somebody has it. `touched` are the lengths that are not as the page was opened, by project."""

    form: NoteForm
    projects: Order
    parts: Order
    touched: dict[int, str] = field(default_factory=dict)
    base: str = ""
    version: str = ""

    @classmethod
    def stored(cls, note: StatusNote) -> "ComposeEntry":
        """Return the page as it is stored. Two queries."""
        stored = _stored(note)
        form = NoteForm(initial=NoteForm.stored(note))
        return cls(form, stored.projects, stored.parts, base=base_of(stored.texts), version=str(note.version))

    @classmethod
    def posted(cls, note: StatusNote, data: QueryDict) -> "ComposeEntry":
        """Return what was posted, with the stored value of each field where the person chose it. Two queries."""
        stored = _stored(note)
        typed = data.copy()
        chosen = chosen_theirs(data)
        for name in chosen & set(NoteForm.base_fields):
            typed[name] = stored.texts[name]
        base, move = data.get("base", ""), data.get("move", "")
        lengths = {pk: str(data[f"{LENGTH}{pk}"]) for pk in stored.lengths if f"{LENGTH}{pk}" in data}
        return cls(
            form=NoteForm(typed),
            projects=stored.projects if PROJECTS in chosen else moved(posted_order(data), move),
            parts=stored.parts if PARTS in chosen else posted_parts(data),
            touched={
                pk: length
                for pk, length in lengths.items()
                if f"{LENGTH}{pk}" not in chosen and is_touched(f"{LENGTH}{pk}", length, base)
            },
            base=base,
            version=data.get("version", ""),
        )

    @property
    def expected_version(self) -> int:
        return number_of(self.version)

    def values(self) -> NoteValues:
        """Return what a valid form holds, with the projects, the headings and the lengths."""
        return self.form.values(self.projects, self.parts, tuple(self.touched.items()))

    def differences(self, note: StatusNote) -> list[FieldDifference]:
        """Return where the note as it is stored and the page differ. The form is valid. Two queries."""
        stored = _stored(note)
        mine = _texts(self.form.cleaned_data, self.projects, self.parts)
        if not self.parts:
            del mine[PARTS]
        mine |= {f"{LENGTH}{pk}": length for pk, length in self.touched.items()}
        return field_differences(
            stored.texts, mine, self.base, label=lambda name: stored.label(name, self.form), shown=stored.shown
        )


@dataclass(frozen=True)
class _Stored:
    """The note's fields as text, by the names they have on the page."""

    texts: dict[str, str]
    projects: Order
    parts: Order
    lengths: dict[int, str]
    names: dict[int, str]
    headings: dict[int, str]

    def label(self, name: str, form: NoteForm) -> str:
        if name in form.fields:
            return str(form.fields[name].label)
        if name.startswith(LENGTH):
            project = self.names[int(name.removeprefix(LENGTH))]
            return f"{project}: {_('length of the text')}"
        return {PROJECTS: _("Projects and order"), PARTS: _("Headings")}[name]

    def shown(self, name: str, text: str) -> str:
        """Return the text as a person reads it: names for numbers."""
        if name.startswith(LENGTH):
            return str(dict(TextLength.choices).get(text, text))
        words = {PROJECTS: self.names, PARTS: self.headings}.get(name)
        if words is None:
            return text
        return ", ".join(words.get(int(pk), "") for pk in text.split() if pk)


def _stored(note: StatusNote) -> _Stored:
    sections = list(NoteSection.objects.filter(note=note).select_related("project"))
    parts = list(NotePart.objects.filter(note=note))
    projects = [(row.project_id, row.is_included) for row in sections]
    headings = [(row.pk, row.is_included) for row in parts]
    lengths = {row.project_id: row.text_length for row in sections}
    texts = _texts(NoteForm.stored(note), projects, headings)
    return _Stored(
        texts=texts | {f"{LENGTH}{pk}": length for pk, length in lengths.items()},
        projects=projects,
        parts=headings,
        lengths=lengths,
        names={row.project_id: row.project.name for row in sections},
        headings={row.pk: str(row) for row in parts},
    )


def _texts(fields: dict[str, Any], projects: Iterable[tuple[int, bool]], parts: Iterable[tuple[int, bool]]) -> Any:
    """Return the fields as text; of what is left out the order tells nothing."""
    texts = {name: format_date(value) if name == "dated" else str(value) for name, value in fields.items()}
    orders = {PROJECTS: projects, PARTS: parts}
    return texts | {name: " ".join(str(pk) for pk, kept in rows if kept) for name, rows in orders.items()}


# --- The lists -------------------------------------------------------------------------------------------------


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
