"""What is new in a note since an earlier one: numbers, money, lights, texts, and projects that came or went."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.enums import ProjectState
from projects.money import KRONER
from reports.facts.note import CountTable, NoteFacts, SectionFacts
from reports.facts.parts import ChangeLine, ChangesFact, ProjectChanges


def changes_since(
    earlier: NoteFacts, version: int, sections: Iterable[SectionFacts], gone_states: Mapping[str, str]
) -> ChangesFact:
    """Return what the sections say otherwise than the earlier note, issued as `version`.

    `gone_states` are today's states of the projects that the earlier note had and these sections have not, by code.
    """
    before = {section.project_code: section for section in earlier.sections}
    found, unchanged = [], []
    for section in sections:
        old = before.pop(section.project_code, None)
        changes = (
            ProjectChanges(section.project_code, section.project, "new") if old is None else _changed(old, section)
        )
        if changes.kind == "changed" and not changes.lines:
            unchanged.append(section.project)
        else:
            found.append(changes)
    for code, old in before.items():
        kind = "closed" if gone_states.get(code) == ProjectState.CLOSED else "gone"
        found.append(ProjectChanges(code, old.project, kind))
    return ChangesFact(earlier.meeting_date, version, tuple(found), tuple(unchanged))


def _changed(old: SectionFacts, new: SectionFacts) -> ProjectChanges:
    was_closed = old.project_state == ProjectState.CLOSED
    kind = "closed" if new.project_state == ProjectState.CLOSED and not was_closed else "changed"
    lines = (*_lights(old, new), *_money(old, new), *_measures(old, new), *_counts(old, new), *_texts(old, new))
    return ProjectChanges(new.project_code, new.project, kind, lines)


def _lights(old: SectionFacts, new: SectionFacts) -> Iterator[ChangeLine]:
    before = {light.dimension: light for light in old.lights}
    for light in new.lights:
        was = before.get(light.dimension)
        if was is not None and was.light != light.light:
            yield ChangeLine("light", light.label, before_word=was.word, after_word=light.word)


def _money(old: SectionFacts, new: SectionFacts) -> Iterator[ChangeLine]:
    for name, label in money_labels(new).items():
        if name == "forecast" and old.month.year != new.month.year:
            continue  # another year's forecast is another thing
        yield from _number("money", label, KRONER, getattr(old.money, name), getattr(new.money, name))


def money_labels(section: SectionFacts) -> dict[str, str]:
    """Return what each amount of the section's money is called, by its name."""
    return {
        "granted": _("Granted"),
        "spent": _("Spent"),
        "committed": _("Committed"),
        "rest": pgettext("of a grant", "Rest"),
        "forecast": _("Expected %(year)s") % {"year": section.month.year},
    }


def _measures(old: SectionFacts, new: SectionFacts) -> Iterator[ChangeLine]:
    before = {measure.name: measure for measure in old.measures.measures} if old.measures else {}
    for measure in new.measures.measures if new.measures else ():
        was = before.get(measure.name)
        if was is not None and was.unit == measure.unit:
            yield from _number("number", measure.name, measure.unit, was.value, measure.value)


def _counts(old: SectionFacts, new: SectionFacts) -> Iterator[ChangeLine]:
    before = {table.caption: _rows(table) for table in old.tables}
    for table in new.tables:
        was = before.get(table.caption)
        for label, value in _rows(table).items() if was is not None else ():
            if was and label in was:
                yield from _number("number", f"{table.caption}: {label}", table.unit, was[label], value)


def _rows(table: CountTable) -> dict[str, Decimal | None]:
    """Return the table's counts by what stands before them."""
    return {cell.label: _decimal(cell.count) for cell in table_cells(table)}


@dataclass(frozen=True)
class TableCell:
    """A count with what stands before it. `name` is the field of its row, or the number of its column."""

    label: str
    row: int
    name: str
    count: int | None


def table_cells(table: CountTable) -> Iterator[TableCell]:
    """Yield the table's counts; rows of the same name are told apart by their parents."""
    above: list[str] = []
    for number, row in enumerate(table.rows):
        above = [*above[: row.depth], row.label]
        label = " › ".join(above)
        if table.is_flow:
            yield TableCell(f"{label}, {pgettext('came in', 'In').lower()}", number, "value", row.value)
            yield TableCell(f"{label}, {pgettext('went out', 'Out').lower()}", number, "count_out", row.count_out)
        elif table.is_cross:
            for place, (column, count) in enumerate(zip(table.columns, row.cells, strict=True)):
                yield TableCell(f"{label}, {column.label}", number, str(place), count)
        else:
            yield TableCell(label, number, "value", row.value)
            yield TableCell(f"{label}, {_('out of')}", number, "out_of", row.out_of)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _number(kind: str, label: str, unit: str, was: Decimal | None, now: Decimal | None) -> Iterator[ChangeLine]:
    if was != now:
        yield ChangeLine(kind, label, unit, was, now)


def _texts(old: SectionFacts, new: SectionFacts) -> Iterator[ChangeLine]:
    if old.narrative.strip() != new.narrative.strip():
        yield ChangeLine("text", _("Status in words"))
    before = {light.dimension: light.comment for light in old.lights}
    for light in new.lights:
        if before.get(light.dimension, "").strip() != light.comment.strip():
            yield ChangeLine("text", _("Comment on %(light)s") % {"light": light.label.lower()})
