"""What every test stands on: its own database, cheap passwords, and frozen tables that can still be emptied."""

import gc
import os
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from projects import freezing
from projects.actions.rollups import rollups_together
from tests import migrated

pytest_plugins = ["tests.chromium"]

# The same examples every time, and no deadline on a busy machine: a red test means that something is wrong.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("steady")

SCRATCH = pytest.StashKey[Path]()
REAL = pytest.StashKey[str]()
MIGRATING = pytest.StashKey[subprocess.Popen]()
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
# What the migrations' end wrote, and what is the same after every test.
KEPT = {"django_content_type", "auth_permission"}


def pytest_configure(config: pytest.Config) -> None:
    # By number: not every machine can look "localhost" up.
    os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
    scratch = config.stash[SCRATCH] = Path(tempfile.mkdtemp(prefix="portfolio-tests-"))
    settings.MEDIA_ROOT = str(scratch / "media")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Served straight from static/, so that no test waits for collectstatic.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    config.stash[REAL] = settings.DATABASES["default"]["NAME"]
    _refuse_to_open(config.stash[REAL])
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = _test_database_name(scratch)
    if _is_sqlite():
        options = settings.DATABASES["default"]["OPTIONS"]
        # Nothing here outlives a power cut; and on a busy machine fifty writers may have to wait for one another.
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        options["timeout"] = 120
    if config.getoption("numprocesses", None) and not config.option.collectonly:
        config.stash[MIGRATING] = migrated.begin(_migrated_name(scratch), scratch)


def _refuse_to_open(real: str) -> None:
    """See to it that no fixture, however it asks, gets the database the settings name: it is the developer's own."""
    connect = BaseDatabaseWrapper.connect

    def connect_to_another(wrapper: BaseDatabaseWrapper) -> None:
        if wrapper.settings_dict["NAME"] == real:
            raise RuntimeError("tests do not open the database of the settings: ask for django_db_setup first")
        connect(wrapper)

    BaseDatabaseWrapper.connect = connect_to_another


def _is_sqlite() -> bool:
    return "sqlite3" in settings.DATABASES["default"]["ENGINE"]


def _test_database_name(scratch: Path) -> str:
    if _is_sqlite():
        # A file, not memory: two threads then wait for one another's locks as they do in production.
        return str(scratch / "test.sqlite3")
    # Two checkouts may test on one server at the same time.
    return f"test_portfolio_{zlib.crc32(str(settings.BASE_DIR).encode()):08x}"


def _migrated_name(scratch: Path) -> str:
    # Its own name: the workers' databases begin with the one above.
    return str(scratch / "migrated.sqlite3") if _is_sqlite() else f"{_test_database_name(scratch)}_migrated"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the database is made that it copies."""
    node.workerinput["migrated_in"] = str(node.config.stash[SCRATCH])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, request: pytest.FixtureRequest):
    scratch = getattr(request.config, "workerinput", {}).get("migrated_in")
    if scratch:
        name = _migrated_name(Path(scratch))
        migrated.copied(settings.DATABASES["default"], name, Path(scratch), connection.creation)


def pytest_unconfigure(config: pytest.Config) -> None:
    if MIGRATING in config.stash:
        with config.stash[blocking_manager_key].unblock():
            migrated.end(config.stash[MIGRATING], _migrated_name(config.stash[SCRATCH]), _is_sqlite())
    shutil.rmtree(config.stash[SCRATCH], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not _is_sqlite():
        _keep_what_uses_the_database(config, items)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    # Last, because Playwright's event loop stays in the thread once it has started.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _keep_what_uses_the_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the others to SQLite. They are held to it: pytest-django refuses them every database."""

    def uses_it(item: pytest.Item) -> bool:
        asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        return bool(asks) or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)

    config.hook.pytest_deselected(items=[item for item in items if not uses_it(item)])
    items[:] = filter(uses_it, items)


def pytest_collection_finish() -> None:
    # What is loaded by now stays: looking through it for what can go took a seventh of the whole run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> Iterator[object]:
    """Let a fixture's rows be added up once, when all of them are there. After each row it took a tenth of the run."""
    with rollups_together() if fixturedef.scope == "function" else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _databases_are_emptied_quickly():
    """After a test that committed, delete what is there, instead of everything there could be.

    Frozen tables among them are thawed meanwhile. What Django writes anew after a flush of its own is kept.
    """

    def empty(operations: BaseDatabaseOperations, _sql_list: list[str]) -> None:
        connection = operations.connection
        with transaction.atomic(using=connection.alias):
            filled = _filled_tables(connection)
            frozen = [table for table in filled if table in freezing.FROZEN]
            freezing.lift(connection, frozen)
            with connection.cursor() as cursor:
                for table in filled:
                    cursor.execute(f"DELETE FROM {operations.quote_name(table)}")
            connection.check_constraints()
            freezing.freeze(connection, frozen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty)
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *args, **kwargs: None)
        yield


def _filled_tables(connection: BaseDatabaseWrapper) -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    rows = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        return [name for (name,) in cursor.fetchall() if name not in KEPT]
