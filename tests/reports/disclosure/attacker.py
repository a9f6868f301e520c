"""Somebody who wants the hidden counts of published papers, written apart from what hides them.

He reads the papers as printed: rows with their depth, shown counts or a mark, totals. He believes that what should sum
does sum, that a nought would have been shown, and that the same row of the same month is the same count in every paper.
No solver: bounds are drawn tighter until nothing moves, then every count is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

HIDDEN = "hidden"
MANY = 10_000


@dataclass
class Attacker:
    """What he knows: the range of every count, and equations (factor by name, the sum is nought)."""

    low: dict[str, int] = field(default_factory=dict)
    high: dict[str, int] = field(default_factory=dict)
    equations: list[dict[str, int]] = field(default_factory=list)

    def sees(self, name: str, count: int | str | None, *, lowest: int = 1) -> None:
        """Note a printed count. `lowest` is the least a hidden one can be."""
        if count == HIDDEN:
            self.low.setdefault(name, lowest)
            self.high.setdefault(name, MANY)
        elif count is not None:
            self.low[name] = self.high[name] = int(count)

    def supposes(self, name: str, lowest: int, highest: int = MANY) -> None:
        """Think of a count that is printed nowhere."""
        self.low.setdefault(name, lowest)
        self.high.setdefault(name, highest)

    def knows(self, equation: dict[str, int]) -> None:
        """Note that the sum of factor × count is nought."""
        self.equations.append(equation)

    def candidates(self, name: str, *, enough: int) -> int:
        """Return how many counts `name` may be; stops at `enough`."""
        bounds = _tightened(self.equations, dict(self.low), dict(self.high))
        assert bounds is not None, "the papers contradict themselves"
        low, high = bounds
        found = 0
        for count in range(low[name], high[name] + 1):
            found += self._is_possible(name, count, low, high)
            if found == enough:
                break
        return found

    def _is_possible(self, name: str, count: int, low: dict[str, int], high: dict[str, int]) -> bool:
        return _has_world(self.equations, {**low, name: count}, {**high, name: count})


def _has_world(equations: Sequence[dict[str, int]], low: dict[str, int], high: dict[str, int]) -> bool:
    """Return whether whole counts within the bounds satisfy every equation."""
    bounds = _tightened(equations, low, high)
    if bounds is None:
        return False
    low, high = bounds
    open_names = [name for equation in equations for name in equation if low[name] < high[name]]
    if not open_names:
        return True
    name = min(open_names, key=lambda one: high[one] - low[one])
    return any(
        _has_world(equations, {**low, name: count}, {**high, name: count}) for count in range(low[name], high[name] + 1)
    )


def _tightened(
    equations: Sequence[dict[str, int]], low: dict[str, int], high: dict[str, int]
) -> tuple[dict[str, int], dict[str, int]] | None:
    """Return the narrowest bounds that the equations give one by one; None when they cannot all hold."""
    low, high = dict(low), dict(high)
    moved = True
    while moved:
        moved = False
        for equation in equations:
            least = {name: min(factor * low[name], factor * high[name]) for name, factor in equation.items()}
            most = {name: max(factor * low[name], factor * high[name]) for name, factor in equation.items()}
            all_least, all_most = sum(least.values()), sum(most.values())
            for name, factor in equation.items():
                # factor × count = -(the others)
                ends = sorted(((all_least - least[name]) * -1, (all_most - most[name]) * -1))
                bottom, top = (
                    (-(-ends[0] // factor), ends[1] // factor)
                    if factor > 0
                    else (-(-ends[1] // factor), ends[0] // factor)
                )
                if bottom > low[name] or top < high[name]:
                    low[name], high[name] = max(low[name], bottom), min(high[name], top)
                    moved = True
                if low[name] > high[name]:
                    return None
    return low, high
