"""Counts on paper as cells, and what a reader knows of how they hang together. Plain values, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

# What a project counts as a whole is the last to be hidden.
MEASURE = 1000


@dataclass(frozen=True)
class Cell:
    """A count a reader sees, or could work out. `key` names the same count in every paper.

    `value` is the true count. `keep` is how many different counts must stay possible for the reader, 0 when the count
    may be told. A cell that is not `is_printed` stands nowhere in this paper, but a reader can reason about it: what
    an earlier paper hid, or (`is_derived`) what is left when the sub-rows do not fill their row, and how much a row
    has changed. `is_public`: an earlier paper printed it, so that hiding it now hides nothing. `lowest` is the least
    a reader who knows the subject would believe, None for a difference that may go either way. `cost` is what is
    lost when the cell is hidden.
    """

    key: str
    value: int
    keep: int = 0
    is_printed: bool = True
    is_public: bool = False
    is_derived: bool = False
    lowest: int | None = 0
    cost: int = 100


def kept(value: int, threshold: int) -> int:
    """Return how many counts must stay possible for a count of people: few are hidden, none and many are told."""
    return threshold if 0 < abs(value) < threshold else 0


def whole(value: Decimal | None) -> int | None:
    """Return the count, None for what is unknown or no whole number: nobody is hidden in 1,5."""
    return int(value) if value is not None and value == value.to_integral_value() else None


@dataclass(frozen=True)
class Relation:
    """What a reader knows of several cells: the sum of factor × count is `constant`, or with `is_at_least` not less."""

    terms: tuple[tuple[str, int], ...]
    constant: int = 0
    is_at_least: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _factor in self.terms)

    def holds(self, values: Mapping[str, int]) -> bool:
        total = sum(factor * values[key] for key, factor in self.terms)
        return total >= self.constant if self.is_at_least else total == self.constant


@dataclass(frozen=True)
class Knowledge:
    """Cells by key, and their relations."""

    cells: Mapping[str, Cell]
    relations: tuple[Relation, ...]

    def parts(self) -> list["Knowledge"]:
        """Return what hangs together, apart from what does not: a hidden cell never tells of another part.

        What earlier papers told is fixed, so nothing hangs together through it; years of papers stay small parts.
        """
        leader = {key: key for key, cell in self.cells.items() if not cell.is_public}

        def find(key: str) -> str:
            while leader[key] != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        tied = [(relation, [key for key in relation.keys if key in leader]) for relation in self.relations]
        for _relation, keys in tied:
            for key in keys[1:]:
                leader[find(key)] = find(keys[0])
        cells: dict[str, dict[str, Cell]] = {}
        relations: dict[str, list[Relation]] = {}
        for key in leader:
            cells.setdefault(find(key), {})[key] = self.cells[key]
        for relation, keys in tied:
            if keys:
                name = find(keys[0])
                relations.setdefault(name, []).append(relation)
                cells[name] |= {key: self.cells[key] for key in relation.keys}
        return [Knowledge(part, tuple(relations.get(name, ()))) for name, part in cells.items()]


def knowledge(cells: Iterable[Cell], relations: Iterable[Relation]) -> Knowledge:
    """Return the cells with the relations that truly hold; a sum that is wrong on paper tells no reader anything.

    The same cell may be given more than once, as when two papers print it: it is printed or public when any of them
    says so, and what one of them keeps is kept.
    """
    merged: dict[str, Cell] = {}
    for cell in cells:
        known = merged.get(cell.key, cell)
        merged[cell.key] = replace(
            known,
            keep=max(known.keep, cell.keep),
            is_printed=known.is_printed or cell.is_printed,
            is_public=known.is_public or cell.is_public,
        )
    values = {key: cell.value for key, cell in merged.items()}
    true = [
        relation
        for relation in dict.fromkeys(relations)
        if all(key in values for key in relation.keys) and relation.holds(values)
    ]
    return Knowledge(merged, tuple(true))
