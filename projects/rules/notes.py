"""What a committee's note must have before it is issued."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.enums import Severity, SnapshotState
from projects.months import format_month
from projects.rules.notices import Notice
from projects.rules.wording import joined


def figure_notice(*, label: str, number: int | None, source: str, as_of: date | None, field: str = "") -> Notice | None:
    """R11: a figure or table without number, source or date."""
    missing = []
    if number is None:
        missing.append(pgettext("missing", "number"))
    if not source.strip():
        missing.append(pgettext("missing", "source"))
    if as_of is None:
        missing.append(pgettext("missing", "date"))
    if not missing:
        return None
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


def moved_notice(project: str, field: str = "projects") -> Notice:
    """MOVED, blocking: the project has come under another committee since it was chosen for the note."""
    message = _("“%(project)s” belongs to another committee now. Take it out of the note.") % {"project": project}
    return Notice("MOVED", field, message, (project,), Severity.BLOCKING)
