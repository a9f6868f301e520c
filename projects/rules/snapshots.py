"""The monthly status: which month, which lights, who may approve, and when it is overdue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.dates import format_date
from projects.enums import Dimension, Light, SnapshotState
from projects.months import first_of_month, format_month
from projects.rules.notices import Notice
from projects.rules.wording import joined, number_word

TRANSITIONS: Mapping[SnapshotState, frozenset[SnapshotState]] = {
    SnapshotState.DRAFT: frozenset({SnapshotState.SUBMITTED}),
    # Back to what it was by `rules.returns.withdrawn_state`, when the writer takes it back.
    SnapshotState.SUBMITTED: frozenset({SnapshotState.RETURNED, SnapshotState.APPROVED}),
    SnapshotState.RETURNED: frozenset({SnapshotState.SUBMITTED}),
    # An approved status is frozen: a correction is a new revision, not a new state.
    SnapshotState.APPROVED: frozenset(),
}

_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class NoteDay:
    """The day a month's note bears. `is_planned`: nobody has begun it, and this is the day it is to be ready."""

    day: date
    is_planned: bool = False


def check_month(*, month: date, project_start: date | None, today: date) -> None:
    """Raise month_in_future or month_before_project. A project without a start has no first month."""
    if first_of_month(month) > first_of_month(today):
        raise ValidationError(
            _("%(month)s has not begun yet. The newest month you can report is %(newest)s."),
            code="month_in_future",
            params={"month": _capital(format_month(month)), "newest": format_month(today)},
        )
    if project_start is not None and first_of_month(month) < first_of_month(project_start):
        raise ValidationError(
            _("The project began in %(start)s, so there is no status for %(month)s."),
            code="month_before_project",
            params={"month": format_month(month), "start": format_month(project_start)},
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def light_field(dimension: Dimension) -> str:
    """Return the name of the form field that holds the dimension's light."""
    return f"light_{Dimension(dimension).value}"


def comment_field(dimension: Dimension) -> str:
    """Return the name of the form field that holds the comment to the dimension's light."""
    return f"comment_{Dimension(dimension).value}"


def light_errors(lights: Mapping[Dimension, Light | str], comments: Mapping[Dimension, str]) -> dict[str, str]:
    """Return field name → what is missing before the status can be sent; {} when nothing is.

    Every dimension needs a light, and every light but green a comment.
    """
    errors = {}
    for dimension in Dimension:
        light = lights.get(dimension, "")
        if not light:
            errors[light_field(dimension)] = _("Choose a light for “%(dimension)s”.") % {"dimension": dimension.label}
        elif light != Light.GREEN and not comments.get(dimension, "").strip():
            errors[comment_field(dimension)] = _("Write why “%(dimension)s” is %(light)s.") % {
                "dimension": dimension.label,
                "light": Light(light).label.lower(),
            }
    return errors


def check_transition(*, state: SnapshotState, target: SnapshotState) -> None:
    """Raise the code transition when a status in this state cannot become the target."""
    if target in TRANSITIONS[SnapshotState(state)]:
        return
    messages = {
        SnapshotState.DRAFT: _("The status is still a draft and must be sent for approval first."),
        SnapshotState.SUBMITTED: _("The status has already been sent for approval."),
        SnapshotState.RETURNED: _("The status has been returned and must be sent for approval again first."),
        SnapshotState.APPROVED: _("The status is approved and locked. Make a correction with a reason instead."),
    }
    raise ValidationError(messages[SnapshotState(state)], code="transition")


def check_approver(*, author_ids: set[int], approver_id: int) -> None:
    """Raise own_snapshot: four eyes, so nobody approves what they wrote themselves."""
    if approver_id in author_ids:
        raise ValidationError(
            _("You have written in this status yourself. Someone else must approve it."), code="own_snapshot"
        )


def check_reason(text: str) -> str:
    """Return the reason, trimmed. Raise reason_missing when it holds fewer than three letters."""
    if len(re.findall(r"[^\W\d_]", text)) < _FEWEST_LETTERS:
        raise ValidationError(_("Write the reason, so the others understand why."), code="reason_missing")
    return text.strip()


def status_date_notice(*, as_of: date | None, note: NoteDay, label: str, field: str = "as_of") -> Notice | None:
    """R3: the figures are said to be from a day after the note itself."""
    if as_of is None or as_of <= note.day:
        return None
    days = (as_of - note.day).days
    if note.is_planned:
        message = ngettext(
            "“%(label)s” is counted at %(as_of)s, %(days)s day after the note is to be ready on %(note_date)s.",
            "“%(label)s” is counted at %(as_of)s, %(days)s days after the note is to be ready on %(note_date)s.",
            days,
        )
    else:
        message = ngettext(
            "“%(label)s” is counted at %(as_of)s, %(days)s day after the note's date %(note_date)s.",
            "“%(label)s” is counted at %(as_of)s, %(days)s days after the note's date %(note_date)s.",
            days,
        )
    message %= {
        "label": label,
        "as_of": format_date(as_of),
        "days": number_word(days),
        "note_date": format_date(note.day),
    }
    return Notice("R3", field, message, (as_of, note.day))


def missing_status_notice(
    *,
    project: str,
    missing: Sequence[date],
    is_on_leave: bool = False,
    has_stand_in: bool = False,
    field: str = "",
) -> Notice | None:
    """R20: months without a status, or a caseworker on leave with nobody in their place.

    `missing` are the months that should have had a status, oldest first.
    """
    is_unattended = is_on_leave and not has_stand_in
    sentences = []
    if missing:
        sentences.append(
            _("“%(project)s” has no status for %(months)s.") % {"project": project, "months": _month_list(missing)}
        )
    if is_unattended:
        sentences.append(_("The caseworker of “%(project)s” is on leave and has no stand-in.") % {"project": project})
    if not sentences:
        return None
    return Notice("R20", field, " ".join(sentences), (*missing, "on_leave" if is_unattended else ""))


def _month_list(months: Sequence[date]) -> str:
    """Return "oktober og november 2017", or the first and last of a long row."""
    if len(months) > 3:
        return _("%(count)s months, from %(first)s to %(last)s") % {
            "count": number_word(len(months)),
            "first": format_month(months[0]),
            "last": format_month(months[-1]),
        }
    return joined([format_month(month) for month in months])
