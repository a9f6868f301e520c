"""What is public already: notes and papers whose public editions were issued."""

from collections.abc import Collection, Iterator
from hashlib import sha256

from django.db.models import QuerySet

from reports.disclosure.collecting import Published
from reports.disclosure.papers import counts_of
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.facts.papers.kinds import frozen_facts
from reports.models import PublicEdition, PublicPaper


def earlier_papers(committees: Collection[int], codes: Collection[str]) -> list[Published]:
    """Return what public notes to the committees, and papers of the projects, told and hid, oldest first. Two queries.

    A paper of other projects shares no count with these.
    """
    notes = (
        Published(from_json(NoteFacts, row.version.facts), frozenset(row.hidden), row.threshold, row.shows_zeros)
        for row in _notes(committees).select_related("version").defer("version__pdf")
    )
    return [*notes, *_told_by_papers(codes)]


def _told_by_papers(codes: Collection[str]) -> Iterator[Published]:
    for row in _papers().select_related("paper").defer("paper__pdf", "paper__word"):
        counts = counts_of(row.paper.kind, row.paper.of, frozen_facts(row.paper.kind, row.paper.facts))
        if any(section.project_code in codes for section in counts.sections):
            yield Published(counts, frozenset(row.hidden), row.threshold, row.shows_zeros)


def mark_of(committees: Collection[int]) -> str:
    """Return what is public as one mark, which changes when more is. Two queries."""
    told = [f"note {pk}" for pk in _notes(committees).values_list("pk", flat=True)]
    told += [f"paper {pk}" for pk in _papers().values_list("pk", flat=True)]
    return sha256("\n".join(told).encode()).hexdigest()


def _notes(committees: Collection[int]) -> QuerySet[PublicEdition]:
    issued = PublicEdition.objects.filter(issued_at__isnull=False, version__note__meeting__committee__in=committees)
    return issued.order_by("issued_at", "pk")


def _papers() -> QuerySet[PublicPaper]:
    return PublicPaper.objects.filter(issued_at__isnull=False).order_by("issued_at", "pk")
