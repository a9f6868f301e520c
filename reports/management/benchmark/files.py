"""Rows in and out: a ledger file against the database's own loader, and a workbook of many rows."""

import csv
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from projects.models import ImportBatch, Pool, Posting, Project
from projects.sheets import workbook
from reports.exports import postings_sheet
from reports.management.benchmark.timing import seconds


def measure_workbook(rows: int) -> dict[str, float]:
    """Return the seconds and the MiB that a workbook of postings takes more than the process had before."""
    before = _peak()

    def write() -> None:
        with workbook(postings_sheet(Posting.objects.order_by("pk")[:rows])):
            pass

    taken = seconds(write)
    return {"workbook": taken, "workbook_mib": _peak() - before, "workbook_rows": min(rows, Posting.objects.count())}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_ledger(rows: int) -> dict[str, float]:
    """Return the seconds of importing a file of so many rows, and of the database's own loader taking the same.

    Then of the same file again, and of it with a tenth of its rows corrected. Our side reads the Danish file; the
    other takes what came of it, typed and placed, into a table with the same rows, indexes and constraints as ours had
    before.
    """
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        path = folder / "posteringer.csv"
        pool, year = _write(path, rows)
        _keep_table(folder)
        # A process of its own, so that its memory is its own; its start counts as ours.
        command = [sys.executable, "-m", "django", "import_ledger", str(path), "--pool", pool, "--year", str(year)]
        command += ["--by", "eks-oekonom", "--json"]
        taken = {"ledger": _seconds_of(command)}
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        taken["ledger_own"] = _own_loader(folder)
        taken["ledger_again"] = _seconds_of(command)
        _correct(path, rows // 10)
        taken["ledger_corrected"] = _seconds_of(command)
        return {**taken, "ledger_mib": peak, "ledger_rows": rows}


def _seconds_of(command: list[str], told: str = "") -> float:
    def run() -> None:
        subprocess.run(  # noqa: S603 - our own words
            command, input=told, text=True, check=True, stdout=subprocess.DEVNULL, cwd=settings.BASE_DIR
        )

    return seconds(run)


def _write(path: Path, rows: int) -> tuple[str, int]:
    pool = Pool.objects.order_by("pk")[0]
    codes = list(Project.objects.filter(pool=pool).values_list("code", flat=True)[:200])
    year = Posting.objects.latest("posted_on").posted_on.year
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Projekt", "Dato", "Beløb", "Tekst", "Konto", "Bilag"])
        for number in range(rows):
            day = f"{number % 28 + 1:02}.{number % 12 + 1:02}.{year}"
            amount = f"{number % 9000 + 100},{number % 100:02}"
            writer.writerow([codes[number % len(codes)], day, amount, f"Bench {number}", "5.68.98", f"B{number}"])
    return pool.code, year


def _correct(path: Path, rows: int) -> None:
    """Let the first rows say something else than they did."""
    path.write_bytes(path.read_bytes().replace(b"Bench", b"Rettet", rows))


def _keep_table(folder: Path) -> None:
    """Put the table of postings aside as it is: SQLite's as a copied file, PostgreSQL's as another table."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "own.sqlite3")) as copy:
            connection.connection.backup(copy)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_posting")
        cursor.execute("CREATE TABLE bench_posting (LIKE projects_posting INCLUDING ALL)")
        for column, table in (("batch_id", "importbatch"), ("project_id", "project"), ("reverses_id", "posting")):
            cursor.execute(
                f"ALTER TABLE bench_posting ADD FOREIGN KEY ({column}) REFERENCES projects_{table}"
                " DEFERRABLE INITIALLY DEFERRED"
            )
        cursor.execute("INSERT INTO bench_posting SELECT * FROM projects_posting")


def _own_loader(folder: Path) -> float:
    batch = ImportBatch.objects.latest("pk").pk
    return _own_sqlite(folder, batch) if connection.vendor == "sqlite" else _own_postgres(folder / "ready.csv", batch)


def _own_sqlite(folder: Path, batch: int) -> float:
    """`.import` knows no empty number, so the column of reversals is told as text and its (empty) index is left out."""
    ready = folder / "ready.csv"
    with connection.cursor() as cursor, ready.open("w", encoding="utf-8", newline="") as file:
        cursor.execute("SELECT * FROM projects_posting WHERE batch_id = %s", [batch])
        csv.writer(file).writerows(cursor)
    script = "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\nDROP INDEX a_posting_is_reversed_once;\n"
    script += f'.import --csv "{ready}" projects_posting\n'
    return _seconds_of(["sqlite3", str(folder / "own.sqlite3")], script)


def _own_postgres(ready: Path, batch: int) -> float:
    with connection.cursor() as cursor:
        with ready.open("w", encoding="utf-8") as file:
            cursor.copy_expert(
                f"COPY (SELECT * FROM projects_posting WHERE batch_id = {batch}) TO STDOUT (FORMAT csv)",  # noqa: S608
                file,
            )
        with ready.open(encoding="utf-8") as file:
            taken = seconds(lambda: cursor.copy_expert("COPY bench_posting FROM STDIN (FORMAT csv)", file))
        cursor.execute("DROP TABLE bench_posting")
    return taken
