"""From a note's facts to the counts in it, and to what its readers know of them, earlier public notes included."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from projects.rules.disclosure import counts_people
from reports.disclosure.cells import MEASURE, Cell, Knowledge, Relation, kept, knowledge, whole
from reports.disclosure.names import countable_names, dated, figure_name, measure_key, undated
from reports.disclosure.tables import table_parts
from reports.facts.note import FigureFact, MeasureFact, SectionFacts

_Change = tuple[Cell, Relation]


class Counted(Protocol):
    """What has counts by project and month: a note, or what another paper counts."""

    @property
    def sections(self) -> tuple[SectionFacts, ...]: ...


@dataclass(frozen=True)
class Published:
    """An earlier public paper: all it could have said, and what it hid."""

    facts: Counted
    hidden: frozenset[str]
    threshold: int
    shows_zeros: bool


def reader_knowledge(
    facts: Counted, *, threshold: int, shows_zeros: bool, earlier: Iterable[Published] = ()
) -> Knowledge:
    """Return every count of the note and every relation its readers know."""
    cells, relations = _counts(facts, threshold)
    told: set[str] = set()
    for paper in earlier:
        before, known = _counts(paper.facts, paper.threshold)
        cells += [_as_published(cell, paper, threshold) for cell in before]
        relations += known
        told |= {cell.key for cell in before if cell.key not in paper.hidden and cell.is_printed}
    for cell, relation in list(_changes(facts, told, {cell.key: cell.value for cell in cells}, threshold)):
        cells.append(cell)
        relations.append(relation)
    return knowledge(cells, relations)


def _as_published(cell: Cell, paper: Published, threshold: int) -> Cell:
    """Return an earlier paper's cell as it stands today: known, or still to be kept."""
    if not cell.is_printed:
        return cell
    if cell.key not in paper.hidden:
        return Cell(cell.key, cell.value, is_printed=False, is_public=True, cost=cell.cost)
    keep = min(threshold, paper.threshold)
    return Cell(cell.key, cell.value, keep, is_printed=False, lowest=int(paper.shows_zeros), cost=cell.cost)


def _counts(facts: Counted, threshold: int) -> tuple[list[Cell], list[Relation]]:
    cells: list[Cell] = []
    relations: list[Relation] = []
    for section in facts.sections:
        for measure in section.measures.measures if section.measures else ():
            cells += _measure_cells(section, measure, threshold)
        for figure in section.figures:
            cells += _figure_cells(section, figure, threshold)
        for table in section.tables:
            if counts_people(table.unit):
                parts = table_parts(section, table, threshold)
                cells += parts.cells
                relations += parts.relations
    return cells, relations


def _measure_cells(section: SectionFacts, measure: MeasureFact, threshold: int) -> Iterator[Cell]:
    months = ((measure.value, section.month), (measure.previous, measure.previous_month))
    for amount, month in months:
        value = whole(amount)
        if value is not None and month is not None and counts_people(measure.unit):
            key = measure_key(section.project_code, measure.name, month)
            yield Cell(key, value, kept(value, threshold), cost=MEASURE)


def _figure_cells(section: SectionFacts, figure: FigureFact, threshold: int) -> Iterator[Cell]:
    for point in figure.points:
        value = whole(point.value)
        if value is not None and counts_people(figure.unit):
            key = measure_key(section.project_code, figure_name(figure), point.month)
            yield Cell(key, value, kept(value, threshold), cost=MEASURE)


def _changes(facts: Counted, told: set[str], values: Mapping[str, int], threshold: int) -> Iterator[_Change]:
    """Yield how much each row has changed since the last public note that told it.

    One more in a row is one person who entered it. A project's own total and its measures may tell how they change:
    that one person joined forty others says nothing of who it is.
    """
    last: dict[str, str] = {}
    for key in sorted(told):
        last[undated(key)] = key
    for section in facts.sections:
        for table in section.tables:
            for name in countable_names(section, table):
                now, before = dated(name, section.month), last.get(name)
                if before is not None and before != now and now in values:
                    key, change = f"{now}||since {before}", values[now] - values[before]
                    cell = Cell(key, change, kept(change, threshold), is_printed=False, is_derived=True, lowest=None)
                    yield cell, Relation(((now, -1), (before, 1), (key, 1)))
