"""Reads for what the secretary added to a note."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.models import NoteAnnex, NoteReference, StatusNote


@dataclass(frozen=True)
class Additions:
    """References and annexes that are in the note, by section id; None for those of the whole note."""

    references: Mapping[int | None, Sequence[NoteReference]]
    annexes: Mapping[int | None, Sequence[NoteAnnex]]


def additions_of(note: StatusNote) -> Additions:
    """Return what was added and not taken out again. Two queries."""
    references: dict[int | None, list[NoteReference]] = defaultdict(list)
    for reference in NoteReference.objects.filter(note=note):
        references[reference.section_id].append(reference)
    annexes: dict[int | None, list[NoteAnnex]] = defaultdict(list)
    for annex in NoteAnnex.objects.filter(note=note, is_included=True):
        annexes[annex.section_id].append(annex)
    return Additions(references, annexes)
