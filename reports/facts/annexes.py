"""The files of a note's annexes, read as they are put into the paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.models import Attachment
from reports.enums import Failure
from reports.facts.note import AnnexFact, PaperError
from reports.models import NoteAnnex

STATUS, OWN = "status", "note"
# Where an annex comes from, and the row's id there: a status's (STATUS) or the note's own (OWN).
AnnexKey = tuple[str, int]


@dataclass(frozen=True)
class AnnexFile:
    """An annex as it lies inside the paper, under `name`."""

    number: int
    title: str
    name: str
    content: bytes


def annex_files(annexes: Mapping[AnnexKey, AnnexFact]) -> list[AnnexFile]:
    """Return the annexes that have a file, in the note's order. Two queries. Raises PaperError when one is gone."""
    wanted = {key: fact for key, fact in annexes.items() if fact.file}
    stored: dict[AnnexKey, Attachment | NoteAnnex] = {}
    for kind, model in ((STATUS, Attachment), (OWN, NoteAnnex)):
        ids = [pk for known, pk in wanted if known == kind]
        rows = model.objects.in_bulk(ids) if ids else {}  # type: ignore[attr-defined]
        stored |= {(kind, pk): row for pk, row in rows.items()}
    return [AnnexFile(fact.number, fact.title, fact.file, _read(stored.get(key), fact)) for key, fact in wanted.items()]


def _read(attachment: Attachment | NoteAnnex | None, fact: AnnexFact) -> bytes:
    try:
        if attachment is None:
            raise FileNotFoundError(fact.file)
        with attachment.file.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        told = _("Annex %(number)s, “%(title)s”") % {"number": fact.number, "title": fact.title}
        raise PaperError(told, Failure.ANNEX) from error
