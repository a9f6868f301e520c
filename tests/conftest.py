"""What every test stands on: its own database, cheap passwords, and frozen tables that can still be emptied."""

import os
import shutil
import tempfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings as hypothesis_settings

from projects import freezing

pytest_plugins = ["tests.chromium"]

# The same examples every time, and no deadline on a busy machine: a red test means that something is wrong.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("steady")

SCRATCH = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    # By number: not every machine can look "localhost" up.
    os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
    scratch = config.stash[SCRATCH] = Path(tempfile.mkdtemp(prefix="portfolio-tests-"))
    settings.MEDIA_ROOT = str(scratch / "media")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Served straight from static/, so that no test waits for collectstatic.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = _test_database_name(scratch)


def _test_database_name(scratch: Path) -> str:
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        # A file, not memory: two threads then wait for one another's locks as they do in production.
        return str(scratch / "test.sqlite3")
    # Two checkouts may test on one server at the same time.
    return f"test_portfolio_{zlib.crc32(str(settings.BASE_DIR).encode()):08x}"


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[SCRATCH], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"page", "new_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    # Last, because Playwright's event loop stays in the thread once it has started.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def _frozen_rows_can_be_flushed():
    """Lift the freezing triggers while a test's database is emptied, and put them back before the next test."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_frozen(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(using=operations.connection.alias):
            freezing.lift(operations.connection, freezing.FROZEN)
            flush(operations, sql_list)
            freezing.freeze(operations.connection, freezing.FROZEN)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_frozen)
        yield
