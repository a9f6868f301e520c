"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. Several times faster than the models."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

_AT_A_TIME = 20_000
Row = Sequence[Any]


def next_id(model: type[models.Model]) -> int:
    """Return the first id that is free: rows that others refer to are numbered before they are stored."""
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def load_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Store the rows and return how many. Values are as the database keeps them: øre, not kroner.

    Nothing is checked here but what the database checks itself. `columns` are the database's names; the model's
    other columns get their defaults.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    usual = _defaults(model, columns)
    names = ", ".join(connection.ops.quote_name(name) for name in (*columns, *usual))
    rows = ((*row, *usual.values()) for row in rows)
    total = 0
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(waiting, _AT_A_TIME)):
            total += len(part)
            if connection.vendor == "postgresql":
                cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", _copy_text(part))
            else:
                marks = ", ".join(["%s"] * (len(columns) + len(usual)))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", _ready(part))  # noqa: S608
        # The next row stored by a model must not take a number that was given here.
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return total


def _defaults(model: type[models.Model], columns: Sequence[str]) -> dict[str, Any]:
    return {
        field.column: _usual(field)
        for field in model._meta.concrete_fields
        if field.column and field.column not in columns and not field.primary_key
    }


def _usual(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    # The field's own way wraps JSON for a parameter; here it is written as the text it is.
    return json.dumps(value) if isinstance(field, models.JSONField) else field.get_db_prep_save(value, connection)


def _ready(rows: Iterable[Row]) -> list[Row]:
    return [[_moment_or_day(value) if isinstance(value, date) else value for value in row] for row in rows]


def _moment_or_day(value: date) -> str:
    """Return it as SQLite keeps it: a moment without its zone, in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return value.isoformat()


def _copy_text(rows: Iterable[Row]) -> StringIO:
    text = StringIO()
    text.writelines("\t".join(map(_cell, row)) + "\n" for row in rows)
    text.seek(0)
    return text


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return str(value)
