"""A note's body as it is read: one list of what stands in it, the same for paper, screen and Word."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.enums import PartKind
from reports.facts.note import NoteFacts, SectionFacts
from reports.facts.parts import PartFact

SECTION = "section"


@dataclass(frozen=True)
class BodyItem:
    """A part of the note, or (kind "section") one project's section in it. `heading` "" is not printed."""

    kind: str
    anchor: str
    heading: str
    text: str = ""
    section: SectionFacts | None = None


def body(facts: NoteFacts) -> tuple[BodyItem, ...]:
    """Return what is printed, in order. A part that has nothing to say is left out."""
    return tuple(_items(facts))


def contents(facts: NoteFacts) -> list[tuple[str, str]]:
    """Return the list of contents as (anchor, title), made from what is printed, so that the two cannot differ."""
    return [(item.anchor, item.heading) for item in body(facts) if item.heading]


def _items(facts: NoteFacts) -> Iterator[BodyItem]:
    for part in facts.parts or _classic(facts):
        if part.text.strip() or (part.kind != PartKind.PROJECTS and _has_figures(facts, part.kind)):
            yield BodyItem(part.kind, part.anchor, part.heading, part.text)
        elif part.kind == PartKind.PROJECTS and part.heading and facts.sections:
            yield BodyItem(part.kind, part.anchor, part.heading)
        if part.kind == PartKind.PROJECTS:
            for section in facts.sections:
                yield BodyItem(SECTION, section.anchor, section.heading, section=section)


def _has_figures(facts: NoteFacts, kind: str) -> bool:
    made = {
        PartKind.OVERVIEW: facts.overview,
        PartKind.CHANGES: facts.changes,
        PartKind.ECONOMY: facts.pools,
        PartKind.HISTORY: facts.history,
        PartKind.DECISIONS: facts.decisions,
        PartKind.FOLLOW_UP: facts.follow_ups,
        PartKind.ANNEXES: facts.annexes or facts.references,
    }
    return bool(made.get(PartKind(kind)))


def _classic(facts: NoteFacts) -> tuple[PartFact, ...]:
    """Return the parts of a note that was made before notes had headings of their own."""
    return (
        PartFact(PartKind.OVERVIEW, _("At a glance"), "", "overblik"),
        PartFact(PartKind.PROJECTS, "", "", "projekter"),
        PartFact(PartKind.ANNEXES, _("Annexes"), "", "bilag"),
    )
