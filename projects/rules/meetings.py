"""Case numbers and references to earlier meetings."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.dates import format_date
from projects.rules.notices import Notice
from projects.rules.wording import joined, place

CASE_NUMBER_EXAMPLE = "15.00.00-A00-2-16"
_DASHES = str.maketrans(dict.fromkeys("–‐‑−", "-"))


@dataclass(frozen=True)
class ReferenceFact:
    """What a note points to. `item` is the number on the meeting's agenda, "" when not given."""

    key: str
    title: str
    committee: str
    meeting_date: date | None
    item: str
    has_attachment: bool


def check_case_number(text: str, pattern: str) -> str:
    """Return the case number with ordinary hyphens, trimmed. Raise case_number when it does not fit the pattern."""
    number = unicodedata.normalize("NFC", text).translate(_DASHES).strip()
    if re.fullmatch(pattern, number):
        return number
    if re.fullmatch(pattern, CASE_NUMBER_EXAMPLE):
        message = _("“%(text)s” is not a case number. Write it like %(example)s.")
    else:
        message = _("“%(text)s” is not a case number. Copy it from the case system as it stands there.")
    raise ValidationError(
        message, code="case_number", params={"text": text.strip()[:40], "example": CASE_NUMBER_EXAMPLE}
    )


def reference_notices(
    references: Sequence[ReferenceFact], *, note_date: date, field: str = "references"
) -> list[Notice]:
    """R10: a reference nobody could find again, and a meeting that had not been held on the note's day."""
    notices = []
    for reference in references:
        where = place(field, reference.key)
        missing = _missing_parts(reference)
        if missing:
            message = _("The reference “%(title)s” has no %(missing)s.") % {
                "title": reference.title,
                "missing": joined(missing),
            }
            notices.append(Notice("R10", where, message, (reference.title, *missing)))
        if reference.meeting_date is not None and reference.meeting_date > note_date:
            notices.append(_future_notice(reference, reference.meeting_date, note_date, where))
    return notices


def _missing_parts(reference: ReferenceFact) -> list[str]:
    missing = []
    if reference.meeting_date is None:
        missing.append(pgettext("missing", "meeting date"))
    if not reference.item.strip() and not reference.has_attachment:
        missing.append(pgettext("missing", "item number or annex"))
    return missing


def _future_notice(reference: ReferenceFact, meeting_date: date, note_date: date, where: str) -> Notice:
    message = _("“%(title)s” refers to %(committee)s on %(date)s, which is still to come on %(note_date)s.") % {
        "title": reference.title,
        "committee": reference.committee or _("the meeting"),
        "date": format_date(meeting_date),
        "note_date": format_date(note_date),
    }
    return Notice("R10", where, message, (reference.title, meeting_date))
