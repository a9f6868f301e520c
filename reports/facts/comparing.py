"""A note held against what the committee has had before."""

from dataclasses import replace

from reports.enums import PartKind
from reports.facts.canonical import from_json, to_json
from reports.facts.changes import changes_since
from reports.facts.note import NoteFacts
from reports.facts.parts import ChangesFact, HistoryLine
from reports.models import NoteVersion, StatusNote
from reports.queries.note_history import earlier_notes, last_issued, states_by_code, version_before


def compared(facts: NoteFacts, note: StatusNote) -> NoteFacts:
    """Return the facts with their changes, corrections and history. At most five queries."""
    kinds = {part.kind for part in facts.parts}
    last = last_issued(note) if PartKind.CHANGES in kinds else None
    earlier = earlier_notes(note) if PartKind.HISTORY in kinds else []
    corrections = _changes(facts, version_before(note))
    return replace(
        facts,
        changes=_changes(facts, last),
        corrections=corrections if corrections and corrections.projects else None,
        history=tuple(
            HistoryLine(old.note.title, old.note.meeting.date, old.note.case_number, old.number) for old in earlier
        ),
    )


def says_the_same(frozen: str, facts: NoteFacts) -> bool:
    """Return whether the facts say what was frozen, whatever each was held against."""
    return to_json(replace(from_json(NoteFacts, frozen), corrections=None)) == to_json(replace(facts, corrections=None))


def _changes(facts: NoteFacts, version: NoteVersion | None) -> ChangesFact | None:
    if version is None:
        return None
    earlier = from_json(NoteFacts, version.facts)
    now = {section.project_code for section in facts.sections}
    gone = {section.project_code for section in earlier.sections} - now
    return changes_since(earlier, version.number, facts.sections, states_by_code(gone) if gone else {})
