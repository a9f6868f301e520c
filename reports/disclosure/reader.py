"""What a reader can work out of the hidden counts. The choice of cells is held against this before it is used."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from reports.disclosure.cells import Knowledge

if TYPE_CHECKING:
    import numpy as np

# Beyond this a reader learns nothing more: no table counts this many people.
PLENTY = 10_000_000


class Reader:
    """Somebody who knows every relation and every shown count, and looks for the hidden ones."""

    def __init__(self, knowledge: Knowledge, hidden: Collection[str], *, lowest_hidden: int) -> None:
        """`lowest_hidden` is 1 when the paper promises that a nought is always shown."""
        self._cells = [
            cell
            for cell in knowledge.cells.values()
            if cell.key in set(hidden) or not (cell.is_printed or cell.is_public)
        ]
        self._place = {cell.key: place for place, cell in enumerate(self._cells)}
        self._lowest_hidden = lowest_hidden
        self._rows, self._low, self._high = self._equations(knowledge)

    def candidates(self, key: str, *, enough: int) -> int:
        """Return how many counts the cell may hold as far as the reader can tell; stops counting at `enough`."""
        lowest, highest = self._end(key, 1), self._end(key, -1)
        if highest - lowest + 1 < enough:
            return highest - lowest + 1
        found = 0
        for value in range(lowest, highest + 1):
            found += self._is_possible(key, value)
            if found == enough:
                break
        return found

    def _equations(self, knowledge: Knowledge) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
        import numpy as np

        rows, low, high = [], [], []
        for relation in knowledge.relations:
            row = np.zeros(len(self._cells))
            known = 0
            for key, factor in relation.terms:
                if key in self._place:
                    row[self._place[key]] += factor
                else:
                    known += factor * knowledge.cells[key].value
            if row.any():
                rows.append(row)
                low.append(relation.constant - known)
                high.append(np.inf if relation.is_at_least else relation.constant - known)
        return np.array(rows).reshape(len(rows), len(self._cells)), np.array(low), np.array(high)

    def _end(self, key: str, sign: int) -> int:
        """Return the least (sign 1) or the largest (-1) count the cell may hold."""
        import numpy as np

        aim = np.zeros(len(self._cells))
        aim[self._place[key]] = sign
        result = self._solve(aim, {})
        return round(sign * result.fun) if result.status == 0 else -sign * PLENTY

    def _is_possible(self, key: str, value: int) -> bool:
        import numpy as np

        return bool(self._solve(np.zeros(len(self._cells)), {key: value}).status == 0)

    def _solve(self, aim: "np.ndarray", fixed: dict[str, int]) -> Any:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        low = np.array([self._lowest(key) for key in self._place], dtype=float)
        high = np.full(len(self._cells), float(PLENTY))
        for key, value in fixed.items():
            low[self._place[key]] = high[self._place[key]] = value
        constraints = [LinearConstraint(self._rows, self._low, self._high)] if len(self._rows) else []
        return milp(aim, bounds=Bounds(low, high), integrality=np.ones(len(aim)), constraints=constraints)

    def _lowest(self, key: str) -> int:
        cell = self._cells[self._place[key]]
        if cell.lowest is None:
            return -PLENTY
        return max(cell.lowest, self._lowest_hidden) if cell.is_printed else cell.lowest
