"""Columns a list can be sorted by. The choice stays in the address, with the filters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """`key` None: not sorted by. A key may return None for what is unknown; that stands last in either direction."""

    name: str
    label: Any
    key: Callable[[Any], Any] | None = None
    is_number: bool = False


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
    known = {column.name for column in columns if column.key}
    return order if order.removeprefix("-") in known else usual


def headings(request: HttpRequest, columns: Sequence[Column], order: str) -> list[Heading]:
    return [_heading(request, column, order) for column in columns]


def _heading(request: HttpRequest, column: Column, order: str) -> Heading:
    if column.key is None:
        return Heading(column.label, "", "", column.is_number)
    query = request.GET.copy()
    query.pop("page", None)
    is_chosen = order.removeprefix("-") == column.name
    # Amounts are first wanted largest first.
    downwards = not order.startswith("-") if is_chosen else column.is_number
    query["sort"] = f"-{column.name}" if downwards else column.name
    direction = ("descending" if order.startswith("-") else "ascending") if is_chosen else ""
    return Heading(column.label, f"?{query.urlencode()}", direction, column.is_number)


def sorted_rows(rows: Iterable[Row], columns: Sequence[Column], order: str) -> list[Row]:
    """Return the rows in the order chosen; what is equal keeps the order it came in."""
    key = next(column.key for column in columns if column.name == order.removeprefix("-"))
    keyed = [(key(row) if key else None, row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=_value, reverse=order.startswith("-"))
    return [row for _key, row in known] + [row for value, row in keyed if value is None]


def _value(pair: tuple[Any, Any]) -> Any:
    return pair[0]
