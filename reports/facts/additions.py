"""The secretary's own references and annexes as facts, and what the rules notice in them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from projects.queries.notices import Found, text_notices
from projects.rules.meetings import ReferenceFact, reference_notices
from reports.facts.annexes import OWN, AnnexKey
from reports.facts.note import AnnexFact, ReferenceLine
from reports.models import NoteAnnex, NoteReference

FIELD = "additions"


def own_references(rows: Sequence[NoteReference], note_date: date) -> tuple[ReferenceLine, ...]:
    return tuple(
        ReferenceLine(
            title=row.title,
            committee=row.committee,
            meeting_date=row.meeting_date,
            item=row.item_number,
            annex=None,
            is_future=row.meeting_date is not None and row.meeting_date > note_date,
            is_own=True,
        )
        for row in rows
    )


def own_annexes(rows: Iterable[NoteAnnex], project: str, first: int) -> dict[AnnexKey, AnnexFact]:
    """Return the annexes numbered from `first` on, by what each was made from. `project` "": the whole note's."""
    return {
        (OWN, row.pk): AnnexFact(
            number=number,
            title=row.title,
            source=row.source,
            dated=row.dated,
            project=project,
            file=file_name(number, PurePosixPath(row.file.name or "").suffix),
            may_be_published=row.may_be_published,
            is_own=True,
        )
        for number, row in enumerate(rows, start=first)
    }


def file_name(number: int, ending: str) -> str:
    """Return what an annex's file is called inside the paper."""
    return _("annex-%(number)s") % {"number": number} + ending


def additions_found(subject: str, label: str, rows: Iterable[NoteReference], note_date: date) -> Iterable[Found]:
    """Yield what the rules notice in the added references (R9, R10)."""
    for row in rows:
        fact = ReferenceFact(str(row.pk), row.title, row.committee, row.meeting_date, row.item_number, False)
        notices = reference_notices([fact], note_date=note_date, field=FIELD)
        for notice in (*notices, *text_notices(row.title, f"{FIELD}.{row.pk}")):
            yield subject, label, notice
