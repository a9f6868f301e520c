"""Medians of interleaved rounds, so that a busy machine slows both sides alike."""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

_CALLS_DEEPER = 5


def seconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    begin = clock()
    work()
    return clock() - begin


def _below(calls: int, work: Callable[[], object]) -> object:
    return _below(calls - 1, work) if calls else work()


def medians(rounds: int, **works: Callable[[], object]) -> dict[str, float]:
    """Return each work's median over the rounds, after one that warms the caches.

    Each round begins a little deeper among calls. Python takes memory for calls a piece at a time, and a page that goes
    to and fro over the end of a piece costs up to twice: how deep it begins is chance, and must not decide.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            spent = seconds(partial(_below, _CALLS_DEEPER * number, work))
            if number:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}
