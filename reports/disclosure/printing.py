"""A note's facts as the public may read them: hidden counts masked or merged, and a line for each on why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from reports.disclosure.cells import Knowledge
from reports.disclosure.collecting import (
    COLUMNS,
    children_of,
    dated,
    figure_name,
    flow_keys,
    measure_key,
    printed_tables,
    row_names,
    total_key,
)
from reports.facts.note import (
    CountRow,
    CountTable,
    FigureFact,
    MeasureFact,
    MeasureTable,
    NoteFacts,
    SectionFacts,
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
    facts: NoteFacts, found: Knowledge, hidden: Collection[str]
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
        figures = (self._figure(figure) for figure in section.figures)
        return replace(
            section,
            measures=self._measures(section.measures) if section.measures else None,
            tables=tuple(
                self._flow(table) if table.is_flow else self._split(table) for table in printed_tables(section)
            ),
            figures=tuple(figure for figure in figures if len(figure.points) >= FEWEST_POINTS),
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

    def _figure(self, figure: FigureFact) -> FigureFact:
        name = figure_name(figure)
        points = (
            point
            for point in figure.points
            if measure_key(self._section.project_code, name, point.month) not in self._hidden
        )
        return replace(figure, points=tuple(points))

    def _flow(self, table: CountTable) -> CountTable:
        rows = []
        for name, row in zip(row_names(self._section, table), table.rows, strict=True):
            keys = flow_keys(name, self._section.month)
            labels = {"value": _("in"), "count_out": _("out"), "remaining": _("remaining")}
            masked = [
                column for column in COLUMNS if self._is_hidden(keys[column], table, f"{row.label}, {labels[column]}")
            ]
            rows.append(_masked(row, masked))
        return replace(table, rows=tuple(rows))

    def _split(self, table: CountTable) -> CountTable:
        keys = [dated(name, self._section.month) for name in row_names(self._section, table)]
        total = total_key(self._section, table)
        merged = self._merged(table, keys, total) if table.is_exclusive else []
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
        masked = ["total"] if self._is_hidden(total, table, _("In all")) else []
        measure = measure_key(self._section.project_code, table.expected_label, self._section.month)
        masked += ["expected"] if table.expected_label and measure in self._hidden else []
        return _masked(replace(table, rows=tuple(rows)), masked)

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


Fact = TypeVar("Fact", MeasureFact, CountRow, CountTable)


def _masked(fact: Fact, names: Sequence[str]) -> Fact:
    blank: dict[str, Any] = dict.fromkeys(names)
    return replace(fact, masked=tuple(names), **blank)
