"""A note's facts as the public may read them: hidden counts masked or merged, and a line for each on why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from reports.disclosure.cells import Knowledge
from reports.disclosure.collecting import Counted
from reports.disclosure.names import (
    cell_keys,
    column_keys,
    field_keys,
    figure_name,
    measure_key,
    row_keys,
    total_key,
)
from reports.disclosure.tables import children_of
from reports.facts.note import (
    CountColumn,
    CountRow,
    CountTable,
    FigureFact,
    MeasureFact,
    MeasureTable,
    SectionFacts,
    cell_name,
)

PUBLIC = "public"
# A figure with one point shows nothing.
FEWEST_POINTS = 2


@dataclass(frozen=True)
class HiddenLine:
    """A line of the audit. `is_small`: hidden for its own sake, else so that another cannot be worked out.

    `is_merged`: its row is part of “Others”.
    """

    project: str
    table: str
    row: str
    value: int
    is_small: bool
    is_merged: bool


def public_sections(
    facts: Counted, found: Knowledge, hidden: Collection[str]
) -> tuple[tuple[SectionFacts, ...], list[HiddenLine]]:
    """Return the sections without the hidden counts, and the audit of what was hidden."""
    sections, audit = [], []
    for section in facts.sections:
        masker = _Masker(section, found, frozenset(hidden))
        sections.append(masker.section())
        audit += masker.audit
    return tuple(sections), audit


class _Masker:
    """Masks one section, and keeps the audit of it."""

    def __init__(self, section: SectionFacts, found: Knowledge, hidden: frozenset[str]) -> None:
        self._section, self._found, self._hidden = section, found, hidden
        self.audit: list[HiddenLine] = []

    def section(self) -> SectionFacts:
        section = self._section
        tables = tuple(self._table(table) for table in section.tables)
        # A table is drawn where the public reads it whole, so that its figure tells nothing more.
        whole = {table.key for table, shown in zip(section.tables, tables, strict=True) if shown == table}
        return replace(
            section,
            measures=self._measures(section.measures) if section.measures else None,
            tables=tables,
            figures=tuple(self._figure(figure, whole) for figure in section.figures),
            # Remarks and their answers tell counts in words.
            remarks=(),
        )

    def _measures(self, table: MeasureTable) -> MeasureTable:
        return replace(table, measures=tuple(self._measure(table, measure) for measure in table.measures))

    def _measure(self, table: MeasureTable, measure: MeasureFact) -> MeasureFact:
        months = {"value": self._section.month, "previous": measure.previous_month}
        masked = [
            name
            for name, month in months.items()
            if month is not None
            and self._is_hidden(measure_key(self._section.project_code, measure.name, month), table, measure.name)
        ]
        return _masked(measure, masked)

    def _figure(self, figure: FigureFact, whole: Collection[str]) -> FigureFact:
        """Return the figure without its hidden points; one of which nothing is left keeps its number and says so."""
        if figure.counts is not None:
            return figure if figure.counts.key in whole else replace(figure, counts=None, is_left_out=True)
        name = figure_name(figure)
        points = tuple(
            point
            for point in figure.points
            if measure_key(self._section.project_code, name, point.month) not in self._hidden
        )
        if len(points) < FEWEST_POINTS:
            return replace(figure, points=(), is_left_out=True)
        return replace(figure, points=points)

    def _table(self, table: CountTable) -> CountTable:
        shown = self._counts(table)
        measure = measure_key(self._section.project_code, table.expected_label, self._section.month)
        return replace(shown, expected=None) if measure in self._hidden else shown

    def _counts(self, table: CountTable) -> CountTable:
        if table.is_flow:
            labels = {"value": _("in"), "count_out": _("out"), "remaining": _("remaining")}
            return replace(table, rows=self._fields(table, labels))
        if table.is_share:
            return self._share(table)
        return self._cross(table) if table.is_cross else self._split(table)

    def _fields(self, table: CountTable, labels: Mapping[str, str]) -> tuple[CountRow, ...]:
        """Return the rows with each of their own counts masked where it is hidden; `labels` say what it counts."""
        return tuple(
            _masked(row, [name for name in labels if self._is_hidden(own[name], table, f"{row.label}, {labels[name]}")])
            for own, row in zip(field_keys(self._section, table, tuple(labels)), table.rows, strict=True)
        )

    def _share(self, table: CountTable) -> CountTable:
        rows = self._fields(table, {"value": _("Number"), "out_of": _("Out of")})
        fields = {"total": "total value", "total_out_of": "total out_of"}
        masked = [
            name
            for name, word in fields.items()
            if self._is_hidden(total_key(self._section, table, word), table, _("In all"))
        ]
        return _masked(replace(table, rows=rows), masked)

    def _cross(self, table: CountTable) -> CountTable:
        rows = tuple(
            self._cross_row(table, row, cells, key)
            for row, cells, key in zip(
                table.rows, cell_keys(self._section, table), row_keys(self._section, table), strict=True
            )
        )
        columns = tuple(
            _masked(column, ["total"] if self._is_hidden(key, table, f"{column.label}, {_('In all')}") else [])
            for key, column in zip(column_keys(self._section, table), table.columns, strict=True)
        )
        return _masked(replace(table, rows=rows, columns=columns), self._sums(table))

    def _cross_row(self, table: CountTable, row: CountRow, cells: Sequence[str], key: str) -> CountRow:
        hidden = [
            place
            for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True))
            if self._is_hidden(cell, table, f"{row.label}, {column.label}")
        ]
        left = tuple(None if place in hidden else count for place, count in enumerate(row.cells))
        own = ["value"] if self._is_hidden(key, table, f"{row.label}, {_('In all')}") else []
        masked = _masked(replace(row, cells=left), own)
        return replace(masked, masked=(*masked.masked, *(cell_name(place) for place in hidden)))

    def _sums(self, table: CountTable) -> list[str]:
        """Return which of the table's sums are hidden."""
        masked = ["total"] if self._is_hidden(total_key(self._section, table), table, _("In all")) else []
        measure = measure_key(self._section.project_code, table.expected_label, self._section.month)
        return [*masked, "expected"] if table.expected_label and measure in self._hidden else masked

    def _split(self, table: CountTable) -> CountTable:
        keys = row_keys(self._section, table)
        merged = self._merged(table, keys, total_key(self._section, table)) if table.is_exclusive else []
        rows: list[CountRow] = []
        for place, (key, row) in enumerate(zip(keys, table.rows, strict=True)):
            group = next((places for places in merged if place in places), [])
            if not self._is_hidden(key, table, row.label, is_merged=bool(group)):
                rows.append(row)
            elif not group:
                rows.append(_masked(row, ["value"]))
            elif place == group[-1]:
                # Where the last of them stood, so that it comes after those that are shown.
                value = sum(table.rows[number].value or 0 for number in group)
                rows.append(replace(row, label=_("Others"), value=value))
        return _masked(replace(table, rows=tuple(rows)), self._sums(table))

    def _merged(self, table: CountTable, keys: list[str], total: str) -> list[list[int]]:
        """Return the groups of hidden rows that stand side by side and may be printed as one row.

        Only where their sum is known to the reader anyway: the row above them, or the table's total, is shown, and
        no other hidden row stands beside them.
        """
        groups: dict[str, list[int]] = {}
        above: list[str] = []
        for place, row in enumerate(table.rows):
            above = [*above[: row.depth], keys[place]]
            if keys[place] in self._hidden:
                groups.setdefault(above[row.depth - 1] if row.depth else total, []).append(place)
        return [
            places
            for parent, places in groups.items()
            if len(places) > 1
            and parent not in self._hidden
            and not any(children_of(table.rows, place) for place in places)
            and self._fills(table, keys, parent, total)
        ]

    def _fills(self, table: CountTable, keys: list[str], parent: str, total: str) -> bool:
        """Return whether the rows below `parent` sum to it, so that a sum of some of them tells nothing new."""
        if parent == total:
            return table.total is not None
        return f"{parent}||left" not in self._found.cells and table.rows[keys.index(parent)].value is not None

    def _is_hidden(self, key: str, table: MeasureTable | CountTable, row: str, *, is_merged: bool = False) -> bool:
        if key not in self._hidden:
            return False
        cell = self._found.cells[key]
        line = HiddenLine(self._section.project, table.caption, row, cell.value, cell.keep > 0, is_merged)
        self.audit.append(line)
        return True


Fact = TypeVar("Fact", MeasureFact, CountRow, CountColumn, CountTable)


def _masked(fact: Fact, names: Sequence[str]) -> Fact:
    blank: dict[str, Any] = dict.fromkeys(names)
    return replace(fact, masked=tuple(names), **blank)
