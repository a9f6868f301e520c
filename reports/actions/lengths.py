"""Which of its three lengths a project's text is printed in, chosen for several projects at once."""

from collections.abc import Iterable

from projects.actions.events import Change
from projects.queries.snapshots import approved_snapshots, current_snapshots
from reports.enums import TextLength
from reports.facts.texts import NARRATIVE, original_texts
from reports.models import NoteSection, StatusNote
from reports.queries.notes import note_month


def section_originals(note: StatusNote, section: NoteSection, text_length: str) -> dict[str, str]:
    """Return what the project's status says by place: the approved one, else what there is. Three queries."""
    month = note_month(note.meeting)
    found = {**current_snapshots([section.project], month), **approved_snapshots([section.project], month)}
    return original_texts(section.project, found.get(section.project_id), text_length)


def length_changes(note: StatusNote, lengths: Iterable[tuple[int, str]]) -> tuple[list[NoteSection], list[Change]]:
    """Return the sections with another length than they have, and that in words. `lengths` are by project.

    At most one query.
    """
    wanted = {pk: length for pk, length in lengths if length in TextLength.values}
    if not wanted:
        return [], []
    labels = dict(TextLength.choices)
    changed, words = [], []
    for section in note.sections.filter(project__in=wanted).select_related("project"):
        length = wanted[section.project_id]
        if section.text_length != length:
            words.append((section.project.name, str(labels[section.text_length]), str(labels[length])))
            section.text_length = length
            changed.append(section)
    return changed, words


def save_lengths(note: StatusNote, sections: Iterable[NoteSection]) -> None:
    """Store the sections' lengths. What the secretary wrote is kept, held against the text of the new length."""
    for section in sections:
        section.version += 1
        section.save(update_fields=["text_length", "version"])
        original = section_originals(note, section, section.text_length).get(NARRATIVE, "")
        section.edits.filter(place=NARRATIVE).update(base=original)
