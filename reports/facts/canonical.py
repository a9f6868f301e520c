"""Facts as JSON that is the same text for the same facts: keys sorted, decimals as text, days in ISO form."""

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Facts = TypeVar("Facts")


def to_json(facts: Any) -> str:
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[Facts], text: str) -> Facts:
    """Return the facts again. Raises KeyError or ValueError for a text that `to_json` did not make."""
    return _typed(kind, json.loads(text))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        # Two databases give the same amount different zeros after the comma.
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else _typed(inner, value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        # A note from before the field was thought of says nothing of it.
        known = [field for field in fields(kind) if field.name in value or field.default is MISSING]
        return kind(**{field.name: _typed(hints[field.name], value[field.name]) for field in known})  # type: ignore[operator]
    if kind is Decimal:
        return Decimal(value)
    return date.fromisoformat(value) if kind is date else value
