"""One migrated database for a whole run, which every worker copies: to migrate costs each of them seven seconds.

The process that starts the workers starts this one beside them, and it migrates while they collect their tests. A
worker that finds no database to copy migrates one of its own, and says itself what is wrong.
"""

import gc
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LONGEST_WAIT = 120


def begin(name: str, scratch: Path) -> subprocess.Popen:
    """Start migrating a database of this name; one that a killed run left behind is made anew."""
    command = [sys.executable, "-m", __name__, name, str(_mark(scratch))]
    with (scratch / "migrated.log").open("wb") as log:
        return subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=log, stderr=log)


def end(process: subprocess.Popen, name: str, is_sqlite: bool) -> None:
    process.terminate()
    process.wait()
    if not is_sqlite:
        from django.db import connection

        with connection._nodb_cursor() as cursor:  # as Django itself drops them
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def copied(database: dict[str, Any], name: str, scratch: Path, creation: Any) -> None:
    """Have the test database made as a copy of the one of this name, if it is there within reasonable time."""
    last = time.monotonic() + LONGEST_WAIT
    while not _mark(scratch).exists():
        if time.monotonic() > last:
            return
        time.sleep(0.1)
    if _mark(scratch).read_text() != "migrated":
        return
    if "sqlite3" not in database["ENGINE"]:
        database["TEST"]["TEMPLATE"] = name
        return

    def copy(*_args: Any, **_values: Any) -> str:
        return str(shutil.copyfile(name, database["TEST"]["NAME"]))

    creation._create_test_db = copy


def _mark(scratch: Path) -> Path:
    return scratch / "migrated"


def _migrate(name: str, mark: Path) -> None:
    # Nothing lives long here, and to look for rubbish is a fifth of the work.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portfolio.settings")
    answer = "failed"
    try:
        import django

        django.setup()
        from django.db import connection

        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        answer = "migrated"
    finally:
        # Whole at once: a worker looks for it ten times a second.
        (half := mark.with_suffix(".half")).write_text(answer)
        half.rename(mark)


if __name__ == "__main__":
    _migrate(sys.argv[1], Path(sys.argv[2]))
