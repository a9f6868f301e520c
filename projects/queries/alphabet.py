"""Danish order for the database to sort by, where no column keeps it ready."""

from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.functions import Lower, Replace

# What `alphabet.alphabetical` does; SQLite's own lower case knows only a to z.
_LETTERS = {"Æ": "æ", "Ø": "ø", "Å": "å", "Ä": "ä", "Ö": "ö", "Ü": "ü", "É": "é"}
_PLACES = {"aa": "å", "æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y", "é": "e"}


class _ByCodePoint(Func):
    """Compared letter by letter as stored, whatever language the database server speaks. SQLite always does."""

    output_field = CharField()
    template = "(%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)


def in_danish_order(column: str) -> Any:
    """Return an expression on the column that sorts as `alphabetical` does names written in Danish."""
    key: Any = Lower(column)
    for letter, instead in {**_LETTERS, **_PLACES}.items():
        key = Replace(key, Value(letter), Value(instead))
    return _ByCodePoint(key)
