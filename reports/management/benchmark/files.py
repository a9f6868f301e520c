"""Rows in and out: a ledger file against the database's own loader, and a workbook of many rows."""

import csv
import resource
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connection

from projects.models import Pool, Posting, Project
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
    """Return the seconds of importing a file of so many rows, and of the database's own loader taking the same."""
    with TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "posteringer.csv"
        pool, year = _write(path, rows)
        own = seconds(lambda: _own_loader(path, Path(folder)))
        options = {"pool": pool, "year": year, "by": "eks-oekonom", "json": True}
        with (Path(folder) / "told.json").open("w") as told:
            taken = seconds(lambda: call_command("import_ledger", str(path), **options, stdout=told))
    return {"ledger": taken, "ledger_own": own, "ledger_rows": rows}


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


def _own_loader(path: Path, folder: Path) -> None:
    """Load the ready file with the database's own tool, into a table without anything around it."""
    columns = "project text, posted_on text, amount text, posted_text text, account text, voucher text"
    ready = folder / "ready.csv"
    ready.write_text(path.read_text(encoding="cp1252"), encoding="utf-8")
    if connection.vendor == "sqlite":
        script = f"CREATE TABLE t ({columns});\nCREATE UNIQUE INDEX u ON t (voucher);\nCREATE INDEX p ON t (project);\n"
        script += f'.mode csv\n.separator ;\n.import --skip 1 "{ready}" t\n'
        subprocess.run(["sqlite3", str(folder / "own.sqlite3")], input=script, text=True, check=True)  # noqa: S603, S607
        return
    with connection.cursor() as cursor, ready.open(encoding="utf-8") as file:
        cursor.execute(f"CREATE TEMPORARY TABLE bench_rows ({columns})")
        cursor.execute("CREATE UNIQUE INDEX ON bench_rows (voucher)")
        cursor.execute("CREATE INDEX ON bench_rows (project)")
        cursor.copy_expert("COPY bench_rows FROM STDIN (FORMAT csv, HEADER, DELIMITER ';')", file)
        cursor.execute("DROP TABLE bench_rows")
