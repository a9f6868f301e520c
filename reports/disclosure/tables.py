"""The counts of a table, and what a reader knows of how they hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.disclosure.cells import MEASURE, Cell, Relation, kept, whole
from reports.disclosure.names import (
    FLOW_FIELDS,
    SHARE_FIELDS,
    cell_keys,
    column_keys,
    field_keys,
    measure_key,
    row_keys,
    total_key,
)
from reports.facts.note import CountRow, CountTable, SectionFacts

# What is lost when a count is hidden: a cell among others least, what a table counts as a whole most.
TOTAL, SUBTOTAL, ROW = 900, 300, 100
FIELD_COSTS = {"value": 120, "count_out": 110, "remaining": 100, "out_of": 400}


@dataclass
class Parts:
    """A table's cells and relations while they are gathered."""

    threshold: int
    cells: list[Cell] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def count(self, key: str, value: int | None, cost: int) -> None:
        if value is not None:
            self.cells.append(Cell(key, value, kept(value, self.threshold), cost=cost))

    def sums(self, key: str, whole: int | None, parts: Mapping[str, int | None]) -> None:
        """Note that the known parts sum to the whole; what they leave over a reader can find, printed or not."""
        known = {name: count for name, count in parts.items() if count is not None}
        if whole is None or not known:
            return
        terms = ((key, -1), *((name, 1) for name in known))
        left = whole - sum(known.values())
        if left > 0:
            self.cells.append(Cell(f"{key}||left", left, kept(left, self.threshold), is_printed=False, is_derived=True))
            terms = (*terms, (f"{key}||left", 1))
        self.relations.append(Relation(terms))


def table_parts(section: SectionFacts, table: CountTable, threshold: int) -> Parts:
    parts = Parts(threshold)
    if table.expected_label:
        # The measure goes with the table, also where the note prints no measures.
        measure = measure_key(section.project_code, table.expected_label, section.month)
        parts.count(measure, whole(table.expected), MEASURE)
    if table.is_flow:
        _flow(parts, section, table)
    elif table.is_share:
        _share(parts, section, table)
    elif table.is_cross:
        _cross(parts, section, table)
    else:
        _split(parts, section, table)
    return parts


def children_of(rows: Sequence[CountRow], place: int) -> list[int]:
    """Return the places of the rows right below the row at `place`."""
    found = []
    for number in range(place + 1, len(rows)):
        if rows[number].depth <= rows[place].depth:
            break
        if rows[number].depth == rows[place].depth + 1:
            found.append(number)
    return found


def _families(rows: Sequence[CountRow]) -> Iterator[tuple[int, list[int]]]:
    for place in range(len(rows)):
        children = children_of(rows, place)
        if children:
            yield place, children


def _split(parts: Parts, section: SectionFacts, table: CountTable) -> None:
    keys = row_keys(section, table)
    for key, row in zip(keys, table.rows, strict=True):
        parts.count(key, row.value, SUBTOTAL if row.is_total else ROW)
    if not table.is_exclusive:
        return  # one person may stand in several rows: nothing can be subtracted
    _sums_down(parts, keys, [row.value for row in table.rows], table.rows)
    _total(parts, section, table, {key: row.value for key, row in zip(keys, table.rows, strict=True) if not row.depth})


def _sums_down(parts: Parts, keys: Sequence[str], values: Sequence[int | None], rows: Sequence[CountRow]) -> None:
    """Note that sub-rows sum to the row they stand under."""
    for place, children in _families(rows):
        parts.sums(keys[place], values[place], {keys[child]: values[child] for child in children})


def _total(parts: Parts, section: SectionFacts, table: CountTable, top: Mapping[str, int | None]) -> None:
    """Note the table's total, what it sums, and the measure it is to be the same as."""
    key = total_key(section, table)
    parts.count(key, table.total, TOTAL)
    parts.sums(key, table.total, top)
    if table.total is not None and table.expected_label:
        # Dropped where the two differ on paper.
        measure = measure_key(section.project_code, table.expected_label, section.month)
        parts.relations.append(Relation(((key, -1), (measure, 1))))


def _flow(parts: Parts, section: SectionFacts, table: CountTable) -> None:
    for keys, row in zip(field_keys(section, table, FLOW_FIELDS), table.rows, strict=True):
        for name in FLOW_FIELDS:
            parts.count(keys[name], getattr(row, name), FIELD_COSTS[name])
        if row.value is not None and row.count_out is not None and row.remaining is not None:
            terms = ((keys["value"], 1), (keys["count_out"], -1), (keys["remaining"], -1))
            parts.relations.append(Relation(terms))


def _share(parts: Parts, section: SectionFacts, table: CountTable) -> None:
    """n out of N: few of N may be left out of n, and they are told by subtraction."""
    keys = field_keys(section, table, SHARE_FIELDS)
    for own, row in zip(keys, table.rows, strict=True):
        for name in SHARE_FIELDS:
            parts.count(own[name], getattr(row, name), FIELD_COSTS[name])
        if row.out_of is not None:
            parts.sums(own["out_of"], row.out_of, {own["value"]: row.value})
    if table.is_exclusive:
        whole = [row for row in table.rows if row.value is not None and row.out_of is not None]
        for name, total, cost in (("value", table.total, TOTAL), ("out_of", table.total_out_of, TOTAL)):
            key = total_key(section, table, f"total {name}")
            parts.count(key, total, cost)
            terms = {own[name]: getattr(row, name) for own, row in zip(keys, table.rows, strict=True) if row in whole}
            parts.sums(key, total, terms)


def _cross(parts: Parts, section: SectionFacts, table: CountTable) -> None:
    cells, rows = cell_keys(section, table), row_keys(section, table)
    for own_keys, row in zip(cells, table.rows, strict=True):
        for key, value in zip(own_keys, row.cells, strict=True):
            parts.count(key, value, SUBTOTAL if row.is_total else ROW)
    columns = column_keys(section, table)
    for place, column in enumerate(table.columns):
        parts.count(columns[place], column.total, SUBTOTAL)
        if table.is_exclusive:
            keys, values = [one[place] for one in cells], [row.cells[place] for row in table.rows]
            _sums_down(parts, keys, values, table.rows)
            top = {key: value for key, value, row in zip(keys, values, table.rows, strict=True) if not row.depth}
            parts.sums(columns[place], column.total, top)
    if table.is_exclusive:
        for key, own_keys, row in zip(rows, cells, table.rows, strict=True):
            parts.count(key, row.value, SUBTOTAL)
            parts.sums(key, row.value, dict(zip(own_keys, row.cells, strict=True)))
        _total(parts, section, table, {key: c.total for key, c in zip(columns, table.columns, strict=True)})
