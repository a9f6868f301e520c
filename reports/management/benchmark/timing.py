"""Medians of interleaved rounds, so that a busy machine slows both sides alike."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    begin = clock()
    work()
    return clock() - begin


def medians(rounds: int, **works: Callable[[], object]) -> dict[str, float]:
    """Return each work's median over the rounds, after one that warms the caches."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            spent = seconds(work)
            if number:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}
