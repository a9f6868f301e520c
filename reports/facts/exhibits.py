"""What a section prints beside its heading, by key and in order: lights, money, text, measures, tables, figures …

Keys: "lights", "economy", "narrative", "measures", "table.<code>", "figure.<code>", "figure.table.<code>", "remarks",
"references".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from projects.queries.breakdowns import BreakdownFact
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from reports.facts.note import CountTable, FigureFact, SectionFacts

LIGHTS, ECONOMY, NARRATIVE, MEASURES = "lights", "economy", "narrative", "measures"
REMARKS, REFERENCES = "remarks", "references"
# A figure of more bars fills more than a page; more columns than the colours that can be told apart say nothing.
MOST_BARS, MOST_COLUMNS = 36, 6


@dataclass(frozen=True)
class Exhibit:
    """Something a section can print. `is_usual`: it is printed where nobody has chosen."""

    key: str
    label: str
    is_usual: bool = True


def exhibits(content: SnapshotContent | None) -> list[Exhibit]:
    """Return what a section can print, in the usual order. No query."""
    own = content.indicators if content else ()
    tables = [Exhibit(table_key(fact), _("Table: %(name)s") % {"name": fact.name}) for fact in filled(content)]
    figures = [
        Exhibit(figure_key(fact), _("Figure: %(name)s") % {"name": fact.name}, fact.is_figure)
        for fact in own
        if can_be_drawn(fact)
    ]
    figures += [
        Exhibit(table_figure_key(fact), _("Figure: %(name)s") % {"name": fact.name}, fact.is_figure)
        for fact in filled(content)
        if table_can_be_drawn(fact)
    ]
    return [
        Exhibit(LIGHTS, _("Lights and comments")),
        Exhibit(ECONOMY, _("Table: economy")),
        Exhibit(NARRATIVE, _("Status in words")),
        Exhibit(MEASURES, _("Table: measures")),
        *tables,
        *figures,
        Exhibit(REMARKS, _("Remarks on the figures")),
        Exhibit(REFERENCES, _("References")),
    ]


def arranged(found: Iterable[Exhibit], chosen: Sequence[tuple[str, bool]]) -> list[tuple[Exhibit, bool]]:
    """Return the exhibits in the order chosen, each with whether it is printed; those not named stand where they do.

    A key that nothing has any more is left out.
    """
    usual = {exhibit.key: exhibit for exhibit in found}
    places = {key: is_printed for key, is_printed in chosen if key in usual}
    order = list(places)
    for place, key in enumerate(usual):
        if key not in places:
            order.insert(_place_of(place, list(usual), order), key)
    return [(usual[key], places.get(key, usual[key].is_usual)) for key in order]


def _place_of(place: int, usual: Sequence[str], order: Sequence[str]) -> int:
    """Return where a new key goes: after the nearest one that usually stands before it."""
    before = [order.index(key) for key in reversed(usual[:place]) if key in order]
    return before[0] + 1 if before else 0


def printed_keys(content: SnapshotContent | None, chosen: Sequence[tuple[str, bool]]) -> list[str]:
    """Return the keys that are printed, in order."""
    return [exhibit.key for exhibit, is_printed in arranged(exhibits(content), chosen) if is_printed]


def key_of_field(field: str) -> str:
    """Return the exhibit that a notice's place in a status belongs to, "" for none."""
    if field.startswith("comment_"):
        return LIGHTS
    if field.startswith("breakdown."):
        return f"table.{field.split('.')[1]}"
    if field.startswith("indicator."):
        return MEASURES
    return REFERENCES if field.startswith("references") else ""


def field_of_key(key: str) -> str:
    """Return a figure's place in its status."""
    kind, _dot, code = key.removeprefix("figure.").rpartition(".")
    return f"breakdown.{code}" if kind else f"indicator.{code}"


def filled(content: SnapshotContent | None) -> list[BreakdownFact]:
    """Return the breakdowns somebody has typed in; an empty table tells the committee nothing."""
    if content is None:
        return []
    return [
        fact
        for fact in content.breakdowns
        if any(row.is_given for row in fact.rows) or any(column.typed is not None for column in fact.columns)
    ]


def can_be_drawn(fact: IndicatorFact) -> bool:
    """Return whether there is this month's value and at least one before it."""
    return fact.value is not None and bool(fact.history)


def table_can_be_drawn(fact: BreakdownFact) -> bool:
    """Return whether there are rows to hold against one another, and not more than one figure can hold."""
    known = [row for row in fact.rows if row.value is not None]
    bars = len(known) * (3 if fact.is_flow else 1 if fact.is_exclusive else max(len(fact.columns), 1))
    return len(known) >= 2 and bars <= MOST_BARS and len(fact.columns) <= MOST_COLUMNS


def table_key(fact: BreakdownFact) -> str:
    return f"table.{fact.code}"


def figure_key(fact: IndicatorFact) -> str:
    return f"figure.{fact.code}"


def table_figure_key(fact: BreakdownFact) -> str:
    return f"figure.{table_key(fact)}"


@dataclass(frozen=True)
class Block:
    """One thing a section prints, in its place. `part` is its table or figure, None for what there is only one of."""

    kind: str
    part: Any = None


def blocks(section: SectionFacts) -> list[Block]:
    """Return what the section prints, in order; what it does not have is left out."""
    exhibited: list[CountTable | FigureFact] = [*section.tables, *section.figures]
    parts: dict[str, CountTable | FigureFact] = {part.key: part for part in exhibited}
    usual = [
        *(LIGHTS, ECONOMY, NARRATIVE, MEASURES),
        *(f"table#{place}" for place in range(len(section.tables))),
        *(f"figure#{place}" for place in range(len(section.figures))),
        *(REMARKS, REFERENCES),
    ]
    parts |= {f"table#{place}": table for place, table in enumerate(section.tables)}
    parts |= {f"figure#{place}": figure for place, figure in enumerate(section.figures)}
    has = {
        LIGHTS: section.lights,
        ECONOMY: section.economy,
        NARRATIVE: section.narrative.strip(),
        MEASURES: section.measures,
        REMARKS: section.printed_remarks,
        REFERENCES: section.references,
    }
    kinds = {"table": "table", "figure": "figure"}
    found = []
    for key in section.order or usual:
        kind = kinds.get(key.replace("#", ".").partition(".")[0], key)
        if has.get(key) or key in parts:
            part = parts.get(key)
            is_left_out = isinstance(part, FigureFact) and part.is_left_out
            found.append(Block("left_out" if is_left_out else kind, part))
    return found
