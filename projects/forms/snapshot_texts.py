"""A status as the texts of its form: what is stored, what was typed and could not be read, and last month's values."""

import zlib
from collections.abc import Mapping

from projects.counts import format_count
from projects.dates import format_date
from projects.enums import Dimension, SnapshotState
from projects.forms.fields import KronerField
from projects.forms.table_fields import previous_value_texts, value_texts
from projects.months import last_day
from projects.queries.snapshot_values import SnapshotValues
from projects.queries.snapshots import SnapshotContent
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import comment_field, light_field

Texts = dict[str, str]

REFERENCE = "reference"
ATTACHMENT = "attachment"


def mark_of(text: str) -> str:
    """Return a short mark of a text, to see later whether somebody has changed it."""
    return f"{zlib.crc32(text.strip().encode()):08x}"


def indicator_field(pk: int) -> str:
    return f"indicator_{pk}"


def carries_last_month(content: SnapshotContent) -> bool:
    """Return whether fields nobody has touched show last month's value: in a month's first draft only."""
    snapshot = content.snapshot
    if content.previous is None:
        return False
    return snapshot is None or (snapshot.state == SnapshotState.DRAFT and snapshot.revision == 1)


def previous_texts(content: SnapshotContent) -> Texts:
    """Return last month's value per field, in Danish; only fields that had one. Lights are set anew each month."""
    texts: Texts = {}
    if content.previous is None:
        return texts
    for fact in content.indicators:
        texts[indicator_field(fact.indicator_id)] = _count(fact.previous)
    for breakdown in content.breakdowns:
        texts |= previous_value_texts(breakdown)
    # A forecast is for one year: January begins a new one.
    if content.previous.month.year == content.month.year:
        texts["forecast"] = _kroner(content.previous.forecast)
    texts |= {name: getattr(content.previous, name) for name in LENGTHS}
    return {name: text for name, text in texts.items() if text}


def stored_texts(content: SnapshotContent, stored: SnapshotValues) -> Texts:
    """Return every field of the form as it is stored, with the raw text where that is what is stored."""
    texts: Texts = {"as_of": _date(stored.as_of), "forecast": _kroner(stored.forecast)}
    texts |= {name: getattr(stored, name) for name in LENGTHS}
    for key in Dimension:
        texts[light_field(key)] = stored.lights.get(key, "")
        texts[comment_field(key)] = stored.comments.get(key, "")
    for fact in content.indicators:
        texts[indicator_field(fact.indicator_id)] = _count(stored.measurements.get(fact.indicator_id))
    for breakdown in content.breakdowns:
        texts |= value_texts(breakdown, stored)
    texts |= reference_texts(stored) | attachment_texts(stored)
    return texts | {name: text for name, text in stored.unparsed.items() if name in texts}


def blank_texts(content: SnapshotContent, today_is_over: bool) -> Texts:
    """Return the form of a month nobody has begun. A month that is over is counted at its last day, or the note's."""
    texts = stored_texts(content, SnapshotValues(attachments=()))
    if today_is_over:
        day, note = last_day(content.month), content.note_day
        texts["as_of"] = _date(min(day, note.day) if note else day)
    return texts


def reference_texts(stored: SnapshotValues) -> Texts:
    """Return the rows of references as a formset's data, with an empty row at the end."""
    texts = _management(REFERENCE, len(stored.references), extra=1)
    for number, row in enumerate(stored.references):
        texts |= {
            f"{REFERENCE}-{number}-title": row.title,
            f"{REFERENCE}-{number}-committee": str(row.committee_id or ""),
            f"{REFERENCE}-{number}-meeting_date": _date(row.meeting_date),
            f"{REFERENCE}-{number}-item_number": row.item_number,
            f"{REFERENCE}-{number}-attachment_title": row.attachment_title,
        }
    return texts


def attachment_texts(stored: SnapshotValues) -> Texts:
    """Return the rows of annexes as a formset's data, with an empty row at the end."""
    rows = stored.attachments or ()
    texts = _management(ATTACHMENT, len(rows), extra=1)
    for number, row in enumerate(rows):
        texts |= {
            f"{ATTACHMENT}-{number}-attachment_id": str(row.attachment_id),
            f"{ATTACHMENT}-{number}-title": row.title,
            f"{ATTACHMENT}-{number}-source": row.source,
            f"{ATTACHMENT}-{number}-dated": _date(row.dated),
        }
        if row.may_be_published:
            texts[f"{ATTACHMENT}-{number}-may_be_published"] = "on"
    return texts


def _management(prefix: str, count: int, *, extra: int) -> Texts:
    return {f"{prefix}-TOTAL_FORMS": str(count + extra), f"{prefix}-INITIAL_FORMS": "0"}


def rows_of(prefix: str, texts: Mapping[str, str]) -> Texts:
    return {name: text for name, text in texts.items() if name.startswith(f"{prefix}-")}


def _count(value: object) -> str:
    return "" if value is None else format_count(value)  # type: ignore[arg-type]


def _date(value: object) -> str:
    return "" if value is None else format_date(value)  # type: ignore[arg-type]


def _kroner(value: object) -> str:
    return "" if value is None else KronerField.show(value)  # type: ignore[arg-type]
