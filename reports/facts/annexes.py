"""The files of a note's annexes, read as they are put into the paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.models import Attachment
from reports.enums import Failure
from reports.facts.note import AnnexFact, PaperError


@dataclass(frozen=True)
class AnnexFile:
    """An annex as it lies inside the paper, under `name`."""

    number: int
    title: str
    name: str
    content: bytes


def annex_files(annexes: Mapping[int, AnnexFact]) -> list[AnnexFile]:
    """Return the annexes that have a file, in the note's order. One query. Raises PaperError when one is gone."""
    wanted = {pk: fact for pk, fact in annexes.items() if fact.file}
    stored = Attachment.objects.in_bulk(wanted) if wanted else {}
    return [AnnexFile(fact.number, fact.title, fact.file, _read(stored.get(pk), fact)) for pk, fact in wanted.items()]


def _read(attachment: Attachment | None, fact: AnnexFact) -> bytes:
    try:
        if attachment is None:
            raise FileNotFoundError(fact.file)
        with attachment.file.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        told = _("Annex %(number)s, “%(title)s”") % {"number": fact.number, "title": fact.title}
        raise PaperError(told, Failure.ANNEX) from error
