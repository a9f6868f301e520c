"""From a note's facts to the counts in it, and to what its readers know of them, earlier public notes included."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.rules.disclosure import counts_people
from reports.disclosure.cells import Cell, Knowledge, Relation, kept, knowledge
from reports.facts.note import CountRow, CountTable, FigureFact, MeasureFact, NoteFacts, SectionFacts

# What is lost when a count is hidden: a row among others least, what a project counts as a whole most.
MEASURE, TOTAL, SUBTOTAL, CAME, WENT, REMAINING, ROW = 1000, 900, 300, 120, 110, 100, 100

COLUMNS = {"value": CAME, "count_out": WENT, "remaining": REMAINING}

_Change = tuple[Cell, Relation]


@dataclass(frozen=True)
class Published:
    """An earlier public note: all it could have said, and what it hid."""

    facts: NoteFacts
    hidden: frozenset[str]
    threshold: int
    shows_zeros: bool


def measure_key(project_code: str, name: str, month: date) -> str:
    return dated(f"{project_code}|{name}", month)


def dated(name: str, month: date) -> str:
    """Return the cell's key: the same words every month, and the month last."""
    return f"{name}@{month:%Y-%m}"


def row_names(section: SectionFacts, table: CountTable) -> list[str]:
    """Return each row's words: the project, the table, and its label under those it stands below."""
    names, above = [], [section.project_code, table.caption]
    for row in table.rows:
        above = [*above[: row.depth + 2], row.label]
        names.append("|".join(above))
    return names


def total_key(section: SectionFacts, table: CountTable) -> str:
    return dated(f"{section.project_code}|{table.caption}||total", section.month)


def reader_knowledge(
    facts: NoteFacts, *, threshold: int, shows_zeros: bool, earlier: Iterable[Published] = ()
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


def _counts(facts: NoteFacts, threshold: int) -> tuple[list[Cell], list[Relation]]:
    cells: list[Cell] = []
    relations: list[Relation] = []
    for section in facts.sections:
        for measure in section.measures.measures if section.measures else ():
            cells += _measure_cells(section, measure, threshold)
        for figure in section.figures:
            cells += _figure_cells(section, figure, threshold)
        for table in printed_tables(section):
            parts = _flow_parts(section, table, threshold) if table.is_flow else _split_parts(section, table, threshold)
            cells += parts[0]
            relations += parts[1]
    return cells, relations


def printed_tables(section: SectionFacts) -> list[CountTable]:
    """Return the tables the public may read at all.

    What is counted in two directions, or as a part of a whole, is left out: the equations know no cells, and a
    percentage tells a count.
    """
    return [table for table in section.tables if not (table.is_cross or table.is_share)]


def whole(value: Decimal | None) -> int | None:
    """Return the count, None for what is unknown or no whole number: nobody is hidden in 1,5."""
    return int(value) if value is not None and value == value.to_integral_value() else None


def _measure_cells(section: SectionFacts, measure: MeasureFact, threshold: int) -> Iterator[Cell]:
    months = ((measure.value, section.month), (measure.previous, measure.previous_month))
    for amount, month in months:
        value = whole(amount)
        if value is not None and month is not None and counts_people(measure.unit):
            key = measure_key(section.project_code, measure.name, month)
            yield Cell(key, value, kept(value, threshold), cost=MEASURE)


def figure_name(figure: FigureFact) -> str:
    """Return the indicator's name: the caption says the unit after it."""
    return figure.caption.removesuffix(f", {figure.unit}") if figure.unit else figure.caption


def _figure_cells(section: SectionFacts, figure: FigureFact, threshold: int) -> Iterator[Cell]:
    for point in figure.points:
        value = whole(point.value)
        if value is not None and counts_people(figure.unit):
            key = measure_key(section.project_code, figure_name(figure), point.month)
            yield Cell(key, value, kept(value, threshold), cost=MEASURE)


def _split_parts(section: SectionFacts, table: CountTable, threshold: int) -> tuple[list[Cell], list[Relation]]:
    keys = [dated(name, section.month) for name in row_names(section, table)]
    cells = [
        Cell(key, row.value, kept(row.value, threshold), cost=SUBTOTAL if row.is_total else ROW)
        for key, row in zip(keys, table.rows, strict=True)
        if row.value is not None
    ]
    if not table.is_exclusive:
        # One person may stand in several rows: nothing can be subtracted.
        return cells, []
    relations = []
    for place, row in enumerate(table.rows):
        children = children_of(table.rows, place)
        if children and row.value is not None:
            left_over, relation = _parent_relation(keys, table.rows, place, children, threshold)
            cells += left_over
            relations.append(relation)
    if table.total is not None:
        total = total_key(section, table)
        cells.append(Cell(total, table.total, kept(table.total, threshold), cost=TOTAL))
        top = [key for key, row in zip(keys, table.rows, strict=True) if row.depth == 0 and row.value is not None]
        relations.append(Relation(((total, -1), *((key, 1) for key in top))))
        relations += _measure_relation(section, table, total)
    return cells, relations


def _measure_relation(section: SectionFacts, table: CountTable, total: str) -> Iterator[Relation]:
    """Yield that the table sums to its measure; `knowledge` drops it where it does not."""
    if table.expected_label:
        measure = measure_key(section.project_code, table.expected_label, section.month)
        yield Relation(((total, -1), (measure, 1)))


def children_of(rows: Sequence[CountRow], place: int) -> list[int]:
    found = []
    for number in range(place + 1, len(rows)):
        if rows[number].depth <= rows[place].depth:
            break
        if rows[number].depth == rows[place].depth + 1 and rows[number].value is not None:
            found.append(number)
    return found


def _parent_relation(
    keys: Sequence[str], rows: Sequence[CountRow], place: int, children: Sequence[int], threshold: int
) -> tuple[list[Cell], Relation]:
    """Return that the sub-rows sum to their row, and what is left over where they do not."""
    left = (rows[place].value or 0) - sum(rows[number].value or 0 for number in children)
    terms = ((keys[place], -1), *((keys[number], 1) for number in children))
    if left <= 0:
        return [], Relation(terms)
    key = f"{keys[place]}||left"
    return [Cell(key, left, kept(left, threshold), is_printed=False)], Relation((*terms, (key, 1)))


def flow_keys(name: str, month: date) -> dict[str, str]:
    """Return the key of each column of a row that counts in, out and remaining."""
    return {column: dated(f"{name}||{column}", month) for column in COLUMNS}


def _flow_parts(section: SectionFacts, table: CountTable, threshold: int) -> tuple[list[Cell], list[Relation]]:
    cells, relations = [], []
    for name, row in zip(row_names(section, table), table.rows, strict=True):
        keys = flow_keys(name, section.month)
        values = {column: getattr(row, column) for column in COLUMNS}
        cells += [
            Cell(keys[column], value, kept(value, threshold), cost=COLUMNS[column])
            for column, value in values.items()
            if value is not None
        ]
        relations.append(Relation(((keys["value"], 1), (keys["count_out"], -1), (keys["remaining"], -1))))
    return cells, relations


def _changes(facts: NoteFacts, told: set[str], values: Mapping[str, int], threshold: int) -> Iterator[_Change]:
    """Yield how much each row has changed since the last public note that told it.

    One more in a row is one person who entered it. A project's own total and its measures may tell how they change:
    that one person joined forty others says nothing of who it is.
    """
    last: dict[str, str] = {}
    for key in sorted(told):
        last[key.rpartition("@")[0]] = key
    for section in facts.sections:
        for table in section.tables:
            for name in _counted_names(section, table):
                now, before = dated(name, section.month), last.get(name)
                if before is not None and before != now and now in values:
                    key, change = f"{now}||since {before}", values[now] - values[before]
                    cell = Cell(key, change, kept(change, threshold), is_printed=False, lowest=None)
                    yield cell, Relation(((now, -1), (before, 1), (key, 1)))


def _counted_names(section: SectionFacts, table: CountTable) -> list[str]:
    names = row_names(section, table)
    return [f"{name}||{column}" for name in names for column in COLUMNS] if table.is_flow else names
