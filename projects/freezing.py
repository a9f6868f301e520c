"""Rows that must never change again, guarded by the database itself.

Triggers rather than rules in code: an `update()`, a shell or another program is refused too. Both databases answer
with an IntegrityError. On SQLite, Django alters a table by building a new one, and triggers go with the old: a
migration that alters a table named here first calls `lift` and then `freeze` again.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

APPROVED = "{row}.state = 'approved'"
OF_APPROVED = "EXISTS (SELECT 1 FROM projects_statussnapshot s WHERE s.id = {row}.snapshot_id AND s.state = 'approved')"
ALWAYS = "1 = 1"
ISSUED = "{row}.issued_at IS NOT NULL"
OF_ISSUED = "EXISTS (SELECT 1 FROM reports_publicedition e WHERE e.id = {row}.edition_id AND e.issued_at IS NOT NULL)"
OF_ISSUED_PAPER = OF_ISSUED.replace("reports_publicedition", "reports_publicpaper")
# A posting that was put aside may still be given its project, and nothing else.
MORE_THAN_PLACED = "OLD.project_id IS NOT NULL OR " + " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("batch_id", "line_number", "posted_on", "account", "text", "amount", "row_key", "sign")
)

# Table → (when a row is frozen, which changes are then refused). The condition may differ from change to change.
FROZEN: dict[str, tuple[str | dict[str, str], tuple[str, ...]]] = {
    "projects_event": (ALWAYS, ("UPDATE", "DELETE")),
    "projects_budgetline": (ALWAYS, ("UPDATE", "DELETE")),
    "projects_posting": ({"UPDATE": MORE_THAN_PLACED, "DELETE": ALWAYS}, ("UPDATE", "DELETE")),
    "projects_proposaldecision": (ALWAYS, ("UPDATE", "DELETE")),
    "projects_proposalversion": (ALWAYS, ("UPDATE", "DELETE")),
    "projects_statussnapshot": (APPROVED, ("UPDATE", "DELETE")),
    "projects_measurement": (OF_APPROVED, ("INSERT", "UPDATE", "DELETE")),
    "projects_breakdownvalue": (OF_APPROVED, ("INSERT", "UPDATE", "DELETE")),
    "projects_snapshotreference": (OF_APPROVED, ("INSERT", "UPDATE", "DELETE")),
    "projects_attachment": (OF_APPROVED, ("INSERT", "UPDATE", "DELETE")),
    "reports_noteversion": (ALWAYS, ("UPDATE", "DELETE")),
    "reports_noteversion_snapshots": (ALWAYS, ("UPDATE", "DELETE")),
    "reports_notefile": (ALWAYS, ("UPDATE", "DELETE")),
    # Updated once after it is approved: to say that it is issued.
    "reports_publicedition": (ISSUED, ("UPDATE", "DELETE")),
    "reports_publicapproval": (OF_ISSUED, ("INSERT", "UPDATE", "DELETE")),
    "reports_issuedpaper": (ALWAYS, ("UPDATE", "DELETE")),
    "reports_paperfile": (ALWAYS, ("UPDATE", "DELETE")),
    "reports_publicpaper": (ISSUED, ("UPDATE", "DELETE")),
    "reports_publicpaperapproval": (OF_ISSUED_PAPER, ("INSERT", "UPDATE", "DELETE")),
}

SQLITE = """CREATE TRIGGER {name} BEFORE {change} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, 'frozen row: {change} on {table} refused'); END"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION 'frozen row: {change} on {table} refused' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    {answer}
END $$"""
POSTGRES_TRIGGER = "CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def tables_reading(connection: BaseDatabaseWrapper, word: str) -> list[str]:
    """Return the tables there are whose triggers read a table with this word in its name."""
    there = set(connection.introspection.table_names())
    return [table for table, (when, _changes) in FROZEN.items() if table in there and word in f"{table} {when}"]


def trigger_names(tables: Iterable[str]) -> set[str]:
    return {f"frozen_{table}_{change.lower()}" for table in tables for change in FROZEN[table][1]}


def freeze(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Create the triggers of the tables. Safe to call when they are there already."""
    lift(connection, tables := list(tables))
    with connection.cursor() as cursor:
        for table in tables:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Drop the triggers of the tables, so that a migration (or a test's clean-up) can change rows or columns."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in trigger_names([table]):
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _statements(vendor: str, table: str) -> Iterable[str]:
    condition, changes = FROZEN[table]
    for change in changes:
        row = "NEW" if change == "INSERT" else "OLD"
        values = {
            "name": f"frozen_{table}_{change.lower()}",
            "table": table,
            "change": change,
            "condition": (condition if isinstance(condition, str) else condition[change]).format(row=row),
            "answer": f"RETURN {'OLD' if change == 'DELETE' else 'NEW'};",
        }
        if vendor == "postgresql":
            yield POSTGRES_FUNCTION.format(**values)
            yield POSTGRES_TRIGGER.format(**values)
        else:
            yield SQLITE.format(**values)
