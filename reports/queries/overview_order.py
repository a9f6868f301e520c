"""The overview's rows in the order asked for, put there by the database. What is unknown stands last either way."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When

from projects.alphabet import alphabetical
from projects.enums import Dimension, Light, SnapshotState
from projects.models import OrgUnit, User
from projects.models.projects import ProjectQuerySet
from projects.queries.rounds import MISSING
from reports.queries.overview import told_light
from reports.queries.overview_sums import with_money

# The worst light and what is furthest from approved come first when the column is sorted downwards.
_LIGHTS = (Light.GREEN, Light.YELLOW, Light.RED)
_STATES = (
    SnapshotState.APPROVED,
    SnapshotState.SUBMITTED,
    SnapshotState.DRAFT,
    SnapshotState.RETURNED,
    MISSING,
)
_MONEY = ("granted", "spent", "committed", "rest", "deviation")
ORDERS = ("name", "unit", "state", "expected", *_MONEY, *(dimension.value for dimension in Dimension))


def in_order(projects: ProjectQuerySet, order: str, *, user: User, month: date, year: int | None) -> ProjectQuerySet:
    """Return `overview_projects` by "granted" or, downwards, "-granted"; by name where the column is equal or unknown.

    No query, but one for the order of units.
    """
    name = order.removeprefix("-")
    if name not in ORDERS or name == "name":
        directed = F("standing__name_key").desc() if order == "-name" else F("standing__name_key").asc()
        return projects.order_by(directed, "pk")
    keys: dict[str, Callable[[], Any]] = {
        "unit": lambda: _ranks("unit", (pk for pk, _name in _units())),
        "state": lambda: _ranks("state_now", _STATES),
        "expected": lambda: F("money_expected" if year is None else "money_forecast"),
        **{each: partial(F, f"money_{each}") for each in _MONEY},
        **{each.value: partial(_ranks, "own_light", _LIGHTS) for each in Dimension},
    }
    found = with_money(projects, year)
    if name in Dimension.values:
        found = found.annotate(own_light=told_light(user, month, Dimension(name)))
    key = keys[name]()
    how = key.desc(nulls_last=True) if order.startswith("-") else key.asc(nulls_last=True)
    ordered: ProjectQuerySet = found.order_by(how, "standing__name_key", "pk")
    return ordered


def _units() -> list[tuple[int, str]]:
    return sorted(OrgUnit.objects.values_list("pk", "name"), key=lambda row: alphabetical(row[1]))


def _ranks(field: str, values: Iterable[Any]) -> Case:
    return Case(
        *(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)),
        default=None,
        output_field=IntegerField(null=True),
    )
