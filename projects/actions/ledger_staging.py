"""A file's postings into the ledger in bulk: staged, compared with what is there, and only what is new added.

The rows go through a table that lives as long as the transaction. Comparing is the database's work, so memory stays
the same for a hundred rows and a million. PostgreSQL takes them by COPY, SQLite by one prepared statement.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from itertools import islice
from typing import Any

from django.db import connection

from projects.ledger_files import LedgerRow
from projects.money import from_ore

CHUNK = 5000
MANY_PLACES = 20_000

COLUMNS = (
    *("line_number", "posted_on", "amount", "account", "text", "project_key", "voucher", "project_id"),
    *("row_key", "content_key"),
)
_STAGED = ", ".join(COLUMNS)
_SHARED = ", ".join(f"s.{name}" for name in COLUMNS)
_TYPES = {
    "sqlite": "line_number integer, posted_on text, amount integer, account text, text text, project_key text,"
    " voucher text, project_id integer, row_key integer, content_key integer",
    "postgresql": "line_number integer, posted_on date, amount bigint, account varchar(40), text varchar(200),"
    " project_key varchar(60), voucher varchar(40), project_id bigint, row_key bigint, content_key bigint",
}
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})

# SQLite usually keeps 2 MB of pages: the indexes of a million new rows would be read from disk over and over.
_ROOM = "PRAGMA cache_size = -24000"
_USUAL_ROOM = "PRAGMA cache_size = -2000"

Place = Callable[[str, str], int | None]


@dataclass(frozen=True)
class Staged:
    """What is in a staging table: rows, their sum in kroner, and how many (with what sum) have no project."""

    count: int
    total: Decimal
    unplaced_count: int
    unplaced_total: Decimal


NOTHING = Staged(0, Decimal(0), 0, Decimal(0))


@contextmanager
def room_for_many() -> Iterator[None]:
    """Let SQLite keep more of the indexes in memory meanwhile. PostgreSQL has its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        try:
            yield
        finally:
            cursor.execute(_USUAL_ROOM)


def stage(rows: Iterable[LedgerRow], *, namespace: str, place: Place) -> None:
    """Fill the staging table. `place` is asked (project key, account) once per pair for the project's id.

    `namespace` keeps one pool's and one system's vouchers apart from another's.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ledger_staged")
        cursor.execute(f"CREATE TEMPORARY TABLE ledger_staged ({_TYPES[connection.vendor]})")
        values = _values(rows, namespace.encode(), place)
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY ledger_staged ({_STAGED}) FROM STDIN", _CopyText(values))
            cursor.execute("ANALYZE ledger_staged")
            return
        marks = ", ".join(["%s"] * len(COLUMNS))
        while chunk := list(islice(values, CHUNK)):
            cursor.executemany(f"INSERT INTO ledger_staged ({_STAGED}) VALUES ({marks})", chunk)  # noqa: S608


def staged() -> Staged:
    """Return what was staged. One query."""
    return _sums("ledger_staged")


def staged_projects() -> set[int]:
    return {pk for (pk,) in _all("SELECT DISTINCT project_id FROM ledger_staged WHERE project_id IS NOT NULL")}


def staged_accounts() -> list[tuple[str, date, date, int, int]]:
    """Return each account with its first and last day, how many rows it has, and the first one's line. One query."""
    found = _all(
        "SELECT account, min(posted_on), max(posted_on), count(*), min(line_number) FROM ledger_staged"
        " WHERE account <> '' GROUP BY account ORDER BY account"
    )
    return [(account, _day(first), _day(last), count, line) for account, first, last, count, line in found]


def _day(value: date | str) -> date:
    """Return the day; SQLite keeps it as text, and does not know in a temporary table what it is."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def compare() -> bool:
    """Fill the table of staged rows that are new; return whether any row was known. Two to four statements.

    A row is new when the file says the same more often than the ledger does: two equal rows in one file are two
    postings, the same row in two files is one.
    """
    with connection.cursor() as cursor:
        for table in ("ledger_known", "ledger_new"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(
            "CREATE TEMPORARY TABLE ledger_known AS"
            " SELECT row_key, content_key, sum(sign) AS held FROM projects_posting"
            " WHERE row_key IN (SELECT row_key FROM ledger_staged)"
            " GROUP BY row_key, content_key HAVING sum(sign) > 0"
        )
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_known)")
        is_known = bool(cursor.fetchone()[0])
        if is_known:
            cursor.execute("CREATE INDEX ledger_known_by_key ON ledger_known (row_key, content_key)")
            cursor.execute(
                f"CREATE TEMPORARY TABLE ledger_new AS SELECT {_SHARED} FROM ("  # noqa: S608
                f" SELECT {_STAGED}, row_number() OVER (PARTITION BY row_key, content_key ORDER BY line_number) AS nth"
                " FROM ledger_staged) s"
                " LEFT JOIN ledger_known k ON k.row_key = s.row_key AND k.content_key = s.content_key"
                " WHERE s.nth > coalesce(k.held, 0)"
            )
    return is_known


def new_rows(is_known: bool) -> Staged:
    """Return what would be added. One query; `is_known` as `compare` answered."""
    return _sums("ledger_new" if is_known else "ledger_staged")


def _sums(table: str) -> Staged:
    aside = "CASE WHEN project_id IS NULL THEN amount ELSE 0 END"
    found = _one(
        "SELECT count(*), coalesce(sum(amount), 0), count(*) - count(project_id),"  # noqa: S608
        f" coalesce(sum({aside}), 0) FROM {table}"
    )
    return Staged(found[0], from_ore(int(found[1])), found[2], from_ore(int(found[3])))


def insert_new(batch_id: int, is_known: bool) -> None:
    table = "ledger_new" if is_known else "ledger_staged"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO projects_posting (batch_id, sign, {_STAGED})"  # noqa: S608
            f" SELECT %s, 1, {_SHARED} FROM {table} s",
            [batch_id],
        )


def find_corrections() -> Staged:
    """Fill the table of postings that new rows replace; return how many, with what sum. Call after `compare` said True.

    Only rows with a voucher have an identity beyond what they say. Within one identity the first posting the file no
    longer has is paired with the first new row, the second with the second; what is left over stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ledger_corrected")
        cursor.execute(
            "CREATE TEMPORARY TABLE ledger_corrected AS WITH gone AS ("
            "  SELECT p.*, row_number() OVER (PARTITION BY p.row_key ORDER BY p.posting_id) AS nth FROM ("
            "    SELECT p.id AS posting_id, p.row_key, p.content_key, p.amount, p.project_id,"
            "      row_number() OVER (PARTITION BY p.row_key, p.content_key ORDER BY p.id DESC) AS newest"
            "    FROM projects_posting p JOIN ledger_known k ON k.row_key = p.row_key AND k.content_key = p.content_key"
            "    WHERE p.sign = 1 AND p.voucher <> '' AND p.row_key IN (SELECT row_key FROM ledger_new)"
            "      AND NOT EXISTS (SELECT 1 FROM projects_posting r WHERE r.reverses_id = p.id)"
            "  ) p JOIN ledger_known k ON k.row_key = p.row_key AND k.content_key = p.content_key"
            "  LEFT JOIN (SELECT row_key, content_key, count(*) AS told FROM ledger_staged GROUP BY 1, 2) s"
            "    ON s.row_key = p.row_key AND s.content_key = p.content_key"
            "  WHERE p.newest <= k.held - coalesce(s.told, 0)"
            "), fresh AS ("
            "  SELECT line_number, row_key, row_number() OVER (PARTITION BY row_key ORDER BY line_number) AS nth"
            "  FROM ledger_new WHERE voucher <> ''"
            ") SELECT gone.posting_id, gone.amount, gone.project_id, fresh.line_number"
            " FROM gone JOIN fresh ON fresh.row_key = gone.row_key AND fresh.nth = gone.nth"
        )
    return _sums("ledger_corrected")


def keep_placements() -> None:
    """Let a corrected row stay in the project a person has placed or moved its forerunner in. One statement.

    Where somebody has moved it, the file's project number is what was wrong, as long as it says the same one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_new SET project_id = c.project_id FROM ledger_corrected c"
            " JOIN projects_posting p ON p.id = c.posting_id JOIN projects_importbatch b ON b.id = p.batch_id"
            " WHERE c.line_number = ledger_new.line_number AND (ledger_new.project_id IS NULL"
            "  OR (b.kind = 'move' AND p.project_key = ledger_new.project_key))"
        )


def drop_staging() -> None:
    with connection.cursor() as cursor:
        for table in ("ledger_staged", "ledger_known", "ledger_new", "ledger_corrected"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _values(rows: Iterable[LedgerRow], namespace: bytes, place: Place) -> Iterator[tuple[Any, ...]]:
    places: dict[tuple[str, str], int | None] = {}
    days: dict[date, str] = {}
    for row in rows:
        line, day, amount, account, text, project_key, voucher, voucher_line = row
        pair = (project_key, account)
        if pair in places:
            project = places[pair]
        else:
            project = place(project_key, account)
            if len(places) < MANY_PLACES:
                places[pair] = project
        iso = days.get(day) or days.setdefault(day, day.isoformat())
        content = _key(namespace, f"{iso}\x1f{amount}\x1f{account}\x1f{text}\x1f{project_key}\x1f{voucher}")
        if not voucher:
            identity = content
        elif voucher_line:
            identity = _key(namespace, f"{iso[:4]}\x1f{voucher}\x1f{voucher_line}")
        else:
            identity = _key(namespace, f"{iso[:4]}\x1f{voucher}\x1e{account}\x1f{project_key}")
        yield line, iso, amount, account, text, project_key, voucher, project, identity, content


def _key(namespace: bytes, text: str) -> int:
    """Return 64 bits of a digest.

    Rows are known by two keys at once, so that two of a million being taken for one is out of reach.
    """
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=namespace[:64]).digest()
    return int.from_bytes(digest, "big", signed=True)


class _CopyText(io.TextIOBase):
    """The rows as COPY reads them, made while it reads."""

    def __init__(self, values: Iterator[tuple[Any, ...]]) -> None:
        self._lines = map(_copy_line, values)
        self._rest = ""

    def read(self, size: int | None = -1) -> str:
        pieces, length = [self._rest], len(self._rest)
        while size is None or size < 0 or length < size:
            more = "".join(islice(self._lines, 100))
            if not more:
                break
            pieces.append(more)
            length += len(more)
        text = "".join(pieces)
        cut = length if size is None or size < 0 else size
        self._rest = text[cut:]
        return text[:cut]


def _copy_line(row: tuple[Any, ...]) -> str:
    line, day, amount, account, text, project_key, voucher, project, identity, content = row
    words = f"{account}\t{text}\t{project_key}\t{voucher}"
    if "\\" in words or words.count("\t") > 3 or not words.replace("\t", "").isprintable():
        words = "\t".join(word.translate(_ESCAPES) for word in (account, text, project_key, voucher))
    return f"{line}\t{day}\t{amount}\t{words}\t{_NULL if project is None else project}\t{identity}\t{content}\n"


def _all(sql: str, values: Iterable[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values) or None)
        return cursor.fetchall()


def _one(sql: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = _all(sql)[0]
    return found
