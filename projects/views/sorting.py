"""Columns a list can be sorted by. The choice stays in the address, with the filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpRequest

from projects.alphabet import alphabetical


@dataclass(frozen=True)
class Column:
    """A column of a list, sorted in the database by `field`; without one, not sorted by. What is null stands last.

    `field` is a lookup, an expression, or a function that returns one (because it must read something first).
    """

    name: str
    label: Any
    is_number: bool = False
    field: Any = None

    @property
    def is_sortable(self) -> bool:
        return self.field is not None


@dataclass(frozen=True)
class Heading:
    """`direction` is "ascending", "descending" or ""; `url` sorts by this column, the other way when it is chosen."""

    label: Any
    url: str
    direction: str
    is_number: bool


def chosen_order(request: HttpRequest, columns: Sequence[Column], usual: str) -> str:
    """Return "amount" or, downwards, "-amount"; the usual order for what cannot be sorted by."""
    order = request.GET.get("sort", usual)
    known = {column.name for column in columns if column.is_sortable}
    return order if order.removeprefix("-") in known else usual


def headings(request: HttpRequest, columns: Sequence[Column], order: str) -> list[Heading]:
    return [_heading(request, column, order) for column in columns]


def _heading(request: HttpRequest, column: Column, order: str) -> Heading:
    if not column.is_sortable:
        return Heading(column.label, "", "", column.is_number)
    query = request.GET.copy()
    query.pop("page", None)
    is_chosen = order.removeprefix("-") == column.name
    # Amounts are first wanted largest first.
    downwards = not order.startswith("-") if is_chosen else column.is_number
    query["sort"] = f"-{column.name}" if downwards else column.name
    direction = ("descending" if order.startswith("-") else "ascending") if is_chosen else ""
    return Heading(column.label, f"?{query.urlencode()}", direction, column.is_number)


def ordered(rows: Any, columns: Sequence[Column], order: str, *otherwise: str) -> Any:
    """Return the queryset in the order chosen, sorted by the database; `otherwise` decides between what is equal."""
    field = next(column.field for column in columns if column.name == order.removeprefix("-"))
    expression = field() if callable(field) else field
    expression = F(expression) if isinstance(expression, str) else expression
    how = expression.desc(nulls_last=True) if order.startswith("-") else expression.asc(nulls_last=True)
    return rows.order_by(how, *otherwise)


def ranked(relation: str, names: Iterable[tuple[int, str]]) -> Case:
    """Return an expression that puts a related row where its name stands in Danish order; null where there is none."""
    in_order = sorted(names, key=lambda row: alphabetical(row[1]))
    return Case(
        *(When(**{relation: pk}, then=Value(place)) for place, (pk, _name) in enumerate(in_order)),
        default=None,
        output_field=IntegerField(null=True),
    )
