"""Which of the figures on a page are not as they were: at each a mark that leads to the line that tells how."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.facts.changes import money_labels, table_cells
from reports.facts.note import SectionFacts
from reports.facts.parts import ProjectChanges


@dataclass(frozen=True)
class Mark:
    """`words` are read aloud at the figure."""

    href: str
    words: str


Marks = dict[str, Mark]


def marks(section: SectionFacts, changes: ProjectChanges, *, anchor: str, words: str) -> Marks:
    """Return a mark for each figure and light of the section that the changes tell of, by its place.

    The lines of the changes stand at `anchor`, each with the project's code and its number.
    """
    told = {(line.kind, line.label): number for number, line in enumerate(changes.lines, start=1)}
    return {
        place: Mark(f"#{anchor}-{changes.code}-{told[line]}", words) for place, line in _places(section) if line in told
    }


def place_of(*parts: object) -> str:
    """Return the key of a place, as the templates know it: ("table", 2, 0, "value")."""
    return ".".join(str(part) for part in parts)


def _places(section: SectionFacts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each place where the section prints a figure or a light, with the kind and label that changes call it."""
    for light in section.lights:
        yield place_of("light", light.dimension), ("light", light.label)
    for name, label in money_labels(section).items() if section.economy else ():
        yield place_of("money", name), ("money", label)
    for number, measure in enumerate(section.measures.measures if section.measures else ()):
        yield place_of("measure", number), ("number", measure.name)
    for table in section.tables:
        for cell in table_cells(table):
            yield place_of("table", table.number, cell.row, cell.name), ("number", f"{table.caption}: {cell.label}")
