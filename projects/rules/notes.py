"""What a committee's note must have before it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from projects.enums import Severity, SnapshotState
from projects.months import format_month
from projects.rules.notices import Notice
from projects.rules.wording import joined


@dataclass(frozen=True)
class ChosenFigure:
    """What a status prints as a numbered figure, and the place its source is missed at."""

    field: str
    label: str
    source: str


def figure_notice(*, label: str, number: int | None, source: str, as_of: date | None, field: str = "") -> Notice | None:
    """R11: a figure or table without number, source or date."""
    missing = []
    if number is None:
        missing.append(pgettext("missing", "number"))
    if not source.strip():
        missing.append(pgettext("missing", "source"))
    if as_of is None:
        missing.append(pgettext("missing", "date"))
    return _incomplete(label, missing, field) if missing else None


def figure_notices(figures: Sequence[ChosenFigure], as_of: date | None) -> list[Notice]:
    """R11 for the figures of one status, where it is mended: each without a source, and all of them without a date."""
    notices = [
        _incomplete(figure.label, [pgettext("missing", "source")], figure.field)
        for figure in figures
        if not figure.source.strip()
    ]
    if figures and as_of is None:
        labels = joined([f"“{figure.label}”" for figure in figures])
        message = ngettext(
            "The figure %(labels)s has no date. Write which day the figures hold for.",
            "The figures %(labels)s have no date. Write which day the figures hold for.",
            len(figures),
        )
        notices.append(Notice("R11", "as_of", message % {"labels": labels}, ("date",)))
    return notices


def _incomplete(label: str, missing: list[str], field: str) -> Notice:
    message = _("The figure “%(label)s” has no %(missing)s.") % {"label": label, "missing": joined(missing)}
    return Notice("R11", field, message, (label, *missing))


def approval_notice(*, project: str, month: date, state: SnapshotState | str | None, field: str = "") -> Notice | None:
    """APPROVAL, blocking: the month's status is missing (`state` None) or not approved."""
    if state == SnapshotState.APPROVED:
        return None
    messages = {
        None: _("“%(project)s” has no status for %(month)s."),
        SnapshotState.DRAFT: _("The status of “%(project)s” for %(month)s is a draft and has not been sent."),
        SnapshotState.SUBMITTED: _("The status of “%(project)s” for %(month)s waits for approval."),
        SnapshotState.RETURNED: _("The status of “%(project)s” for %(month)s has been returned to the caseworker."),
    }
    key = SnapshotState(state) if state else None
    message = messages[key] % {"project": project, "month": format_month(month)}
    return Notice("APPROVAL", field, message, (month, str(state or "")), Severity.BLOCKING)


def empty_note_notice(project_count: int, field: str = "projects") -> Notice | None:
    """EMPTY, blocking: there is nothing to tell the committee."""
    if project_count > 0:
        return None
    message = _("The note has no projects. Choose at least one before you issue it.")
    return Notice("EMPTY", field, message, (), Severity.BLOCKING)


def empty_section_notice(project: str, field: str) -> Notice:
    """R9, blocking: a heading with nothing under it but lights and money."""
    message = _("“%(project)s” has neither text nor figures this month. Write what there is to say, or leave it out.")
    return Notice("R9", field, message % {"project": project}, ("empty", project), Severity.BLOCKING)


def moved_notice(project: str, field: str = "projects") -> Notice:
    """MOVED, blocking: the project has come under another committee since it was chosen for the note."""
    message = _("“%(project)s” belongs to another committee now. Take it out of the note.") % {"project": project}
    return Notice("MOVED", field, message, (project,), Severity.BLOCKING)
