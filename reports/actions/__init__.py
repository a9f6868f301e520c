"""Composing a note and issuing it."""

from reports.actions.composing import NoteValues, StaleNoteError, checked_case_number, create_note, save_note
from reports.actions.issuing import AlreadyIssuedError, NoteBlockedError, issue_note

__all__ = [
    "AlreadyIssuedError",
    "NoteBlockedError",
    "NoteValues",
    "StaleNoteError",
    "checked_case_number",
    "create_note",
    "issue_note",
    "save_note",
]
