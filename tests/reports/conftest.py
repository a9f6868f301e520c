"""The demo data, loaded once per file; and a note's facts and paper, made once."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from reports.facts.gathering import gather
from reports.facts.note import NoteFacts, Stamp
from tests.reports.note_cases import note_case


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


@pytest.fixture(scope="session")
def _note_facts(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        facts = gather(note_case().note).facts
        transaction.set_rollback(True)
    return facts


@pytest.fixture(scope="session")
def _note_paper(_note_facts):
    from reports.pdf import render_note

    return render_note(_note_facts, Stamp(1, "", datetime(2017, 11, 27, 9, 0, tzinfo=UTC))).content


@pytest.fixture
def note_facts(_note_facts, db) -> NoteFacts:
    """Return the facts of `note_case`. They need no row any more, so none is left."""
    return _note_facts


@pytest.fixture
def note_paper(_note_paper, db) -> bytes:
    """Return that note as it is issued."""
    return _note_paper
