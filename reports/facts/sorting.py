"""The overview's rows in the order asked for. What is unknown stands last in either direction."""

from collections.abc import Callable, Sequence
from typing import Any

from projects.alphabet import alphabetical
from projects.enums import Dimension, Light, SnapshotState
from projects.queries.rounds import MISSING
from reports.facts.overview import ProjectFact

# The worst light and what is furthest from approved come first when the column is sorted downwards.
_LIGHTS = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
_STATES = {
    SnapshotState.APPROVED: 0,
    SnapshotState.SUBMITTED: 1,
    SnapshotState.DRAFT: 2,
    SnapshotState.RETURNED: 3,
    MISSING: 4,
}

Key = Callable[[ProjectFact], Any]


def _light_key(place: int) -> Key:
    return lambda fact: _LIGHTS.get(fact.lights[place].light)  # type: ignore[call-overload]


KEYS: dict[str, Key] = {
    "name": lambda fact: alphabetical(fact.project.name),
    "unit": lambda fact: alphabetical(fact.project.unit.name),
    "state": lambda fact: _STATES.get(fact.state),  # type: ignore[call-overload]
    "granted": lambda fact: fact.money.granted,
    "spent": lambda fact: fact.money.spent,
    "rest": lambda fact: fact.money.rest,
    "expected": lambda fact: fact.expected,
    "deviation": lambda fact: fact.money.deviation,
    "findings": lambda fact: fact.findings,
    **{dimension.value: _light_key(place) for place, dimension in enumerate(Dimension)},
}


def sorted_projects(facts: Sequence[ProjectFact], order: str) -> list[ProjectFact]:
    """Return the rows by "granted" or, downwards, "-granted"; by name where the column is equal or not known."""
    key = KEYS.get(order.removeprefix("-"), KEYS["name"])
    by_name = sorted(facts, key=KEYS["name"])
    known = [fact for fact in by_name if key(fact) is not None]
    unknown = [fact for fact in by_name if key(fact) is None]
    return sorted(known, key=key, reverse=order.startswith("-")) + unknown
