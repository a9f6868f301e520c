"""The demo data, loaded once per file."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


def run_demo(*arguments: str) -> str:
    out = StringIO()
    with override_settings(IS_TRIAL=True):
        call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker):
    """Load once for the whole file; each test's own changes are rolled back on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        run_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, db):
    """Give a test the loaded demo data."""
