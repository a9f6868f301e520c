"""Handing a project over: who to whom, from which day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr


def check_handover(*, giver: str, receiver: str, is_same: bool, is_caseworker: bool, is_closed: bool, note: str) -> str:
    """Return the note, trimmed. Names are as people read them.

    Raises project_closed, same_person, not_a_caseworker (the receiver, on that day), reason_missing, cpr.
    """
    if is_closed:
        raise ValidationError(_("The project is closed and has nothing left to hand over."), code="project_closed")
    if is_same:
        raise ValidationError(
            _("%(name)s has the project already. Choose another colleague."), code="same_person", params={"name": giver}
        )
    if not is_caseworker:
        raise ValidationError(
            _("%(name)s is not a caseworker on that day."), code="not_a_caseworker", params={"name": receiver}
        )
    check_no_cpr(note)
    return check_reason(note)


def last_day_of_giver(*, valid_from: date, on: date) -> date | None:
    """Return the day before the handover; None when the giver had not begun by then and never will."""
    return None if valid_from >= on else date.fromordinal(on.toordinal() - 1)
