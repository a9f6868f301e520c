"""Which counts to hide, so that few are not told and as little as possible is lost.

This is the cell suppression problem (Fischetti and Salazar, 2001): for every hidden cell two worlds must agree with
all that is shown, and the cell must be so much larger in one than in the other that it may hold `threshold` different
counts. HiGHS chooses; `reader` checks what it chose, and what fails there is asked for in the next round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reports.disclosure.cells import Cell, Knowledge, Relation
from reports.disclosure.reader import Reader

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SECONDS = 20.0
ROUNDS = 40


class ProtectionError(Exception):
    """No choice protects the counts: earlier papers have already told them. `keys` are the cells concerned."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(", ".join(keys))


@dataclass
class _Model:
    """A mixed-integer program under construction. The first variables say of each cell whether it is hidden."""

    cells: Sequence[Cell]
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, low: float, high: float, *, is_whole: bool) -> int:
        self.low.append(low)
        self.high.append(high)
        self.whole.append(int(is_whole))
        return len(self.low) - 1

    def demand(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def matrix(self) -> "csr_array":
        from scipy.sparse import csr_array

        places = [(row, column, factor) for row, one in enumerate(self.rows) for column, factor in one[0].items()]
        row_places, columns, factors = zip(*places, strict=True)
        return csr_array((factors, (row_places, columns)), shape=(len(self.rows), len(self.low)))


def hidden_cells(knowledge: Knowledge, *, threshold: int, shows_zeros: bool = True) -> frozenset[str]:
    """Return the keys of the printed cells to hide.

    With `shows_zeros` a nought is never hidden, and a reader knows that. Raises ProtectionError.
    """
    hidden: set[str] = set()
    for part in knowledge.parts():
        # What stands only in earlier papers was protected when they were made.
        is_in_paper = any(cell.is_printed for cell in part.cells.values())
        if is_in_paper and any(cell.keep and not cell.is_public for cell in part.cells.values()):
            hidden |= _hidden_in_part(part, threshold, shows_zeros)
    return frozenset(hidden)


def _hidden_in_part(part: Knowledge, threshold: int, shows_zeros: bool) -> set[str]:
    part = _without_what_is_told(part, shows_zeros)
    cells = list(part.cells.values())
    guarded = {cell.key: False for cell in cells if cell.keep and not cell.is_public}
    if not guarded:
        return set()
    for _round in range(ROUNDS):
        hidden = _chosen(cells, part.relations, guarded, threshold, shows_zeros)
        if hidden is None:
            raise ProtectionError(sorted(guarded))
        weak = _weak(part, hidden, threshold, shows_zeros)
        if not weak:
            return hidden
        for key in weak:
            # Asked for a second time, its two worlds must be in whole people.
            guarded[key] = key in guarded
    raise ProtectionError(sorted(guarded))


def _without_what_is_told(part: Knowledge, shows_zeros: bool) -> Knowledge:
    """Return the part where nothing is asked of a remainder or a change that earlier papers have already told.

    If it is known even with every count of this paper hidden, no choice can keep it.
    """
    unprinted = [cell for cell in part.cells.values() if cell.keep and not (cell.is_printed or cell.is_public)]
    if not unprinted:
        return part
    hideable = [key for key, cell in part.cells.items() if cell.is_printed and not cell.is_public]
    reader = Reader(part, hideable, lowest_hidden=int(shows_zeros))
    told = {cell.key for cell in unprinted if cell.is_derived and reader.candidates(cell.key, enough=2) == 1}
    cells = {key: replace(cell, keep=0) if key in told else cell for key, cell in part.cells.items()}
    return Knowledge(cells, part.relations)


def _weak(part: Knowledge, hidden: set[str], threshold: int, shows_zeros: bool) -> list[str]:
    reader = Reader(part, hidden, lowest_hidden=int(shows_zeros))
    unprinted = {key for key, cell in part.cells.items() if cell.keep and not (cell.is_printed or cell.is_public)}
    keep = {key: part.cells[key].keep or threshold for key in sorted(hidden | unprinted)}
    return [key for key, least in keep.items() if reader.candidates(key, enough=least) < least]


def _chosen(
    cells: Sequence[Cell], relations: Sequence[Relation], guarded: dict[str, bool], threshold: int, shows_zeros: bool
) -> set[str] | None:
    """Return the cheapest cells to hide so that every guarded cell has its two worlds; None when there are none."""
    model = _Model(cells)
    for cell in cells:
        may_hide = cell.is_printed and not cell.is_public and not (shows_zeros and cell.value == 0)
        must_hide = may_hide and cell.keep > 0
        model.variable(int(must_hide), int(may_hide), is_whole=True)
    place = {cell.key: number for number, cell in enumerate(cells)}
    for key, is_whole in guarded.items():
        worlds = [_world(model, place, relations, threshold, shows_zeros, is_whole) for _ in range(2)]
        number = place[key]
        terms: dict[int, float] = {worlds[0][number]: 1.0, worlds[1][number]: -1.0}
        least = float((cells[number].keep or threshold) - 1)
        if cells[number].is_printed:
            # Asked only of a cell that is hidden.
            model.demand({**terms, number: -least}, 0.0, float("inf"))
        else:
            model.demand(terms, least, float("inf"))
    result = _solved(model)
    if result.x is None:
        return None
    return {cell.key for number, cell in enumerate(cells) if result.x[number] > 0.5}


def _world(
    model: _Model,
    place: dict[str, int],
    relations: Sequence[Relation],
    threshold: int,
    shows_zeros: bool,
    is_whole: bool,
) -> list[int]:
    """Add counts that agree with everything shown, and return their variables by cell."""
    reach = 2.0 * threshold
    variables = []
    for number, cell in enumerate(model.cells):
        lowest = cell.value - reach
        if cell.lowest is not None:
            lowest = max(lowest, min(cell.value, max(cell.lowest, int(shows_zeros and cell.is_printed))))
        variable = model.variable(lowest, cell.value + reach, is_whole=is_whole)
        if cell.is_printed or cell.is_public:
            # A shown cell keeps its count; a hidden one may move.
            model.demand({variable: 1.0, number: -reach}, float("-inf"), float(cell.value))
            model.demand({variable: 1.0, number: reach}, float(cell.value), float("inf"))
        variables.append(variable)
    for relation in relations:
        terms: dict[int, float] = {}
        for key, factor in relation.terms:
            variable = variables[place[key]]
            terms[variable] = terms.get(variable, 0.0) + factor
        model.demand(terms, relation.constant, float("inf") if relation.is_at_least else relation.constant)
    return variables


def _solved(model: _Model) -> Any:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    costs = np.zeros(len(model.low))
    # Of two cells that cost the same, the smaller count is lost.
    largest = max(abs(cell.value) for cell in model.cells) + 1
    costs[: len(model.cells)] = [cell.cost + abs(cell.value) / largest for cell in model.cells]
    return milp(
        costs,
        bounds=Bounds(np.array(model.low), np.array(model.high)),
        integrality=np.array(model.whole),
        constraints=[
            LinearConstraint(model.matrix(), [low for _terms, low, _high in model.rows], [r[2] for r in model.rows])
        ],
        options={"time_limit": SECONDS},
    )
