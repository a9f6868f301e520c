"""What happens while a ledger loads: the same file again, a project deleted. Runs on whichever database there is."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, connections

from projects.actions.ledger import LedgerRefusedError, Source, import_file, load_postings
from projects.ledger_files import Layout, LedgerRow
from projects.models import ImportBatch, Posting, Project
from tests.factories import PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_loaded_twice_at_once_is_loaded_once(tmp_path):
    pool, by = PoolFactory(), UserFactory()
    ProjectFactory(code="mentor", pool=pool)
    path = tmp_path / "fil.csv"
    path.write_text("Dato;Projekt;Bilag;Beløb\n30.06.2016;mentor;1;100,00\n30.06.2016;mentor;2;200,50\n")
    start, added = threading.Barrier(2), []

    def load():
        try:
            start.wait(timeout=60)
            values = {"layout": Layout(), "pool": pool, "year": 2016, "system": "Opus", "by": by}
            added.append(import_file(path=path, file_name="fil.csv", **values).imported)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=load) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(added) == [0, 2]
    assert ImportBatch.objects.count() == 1
    assert sum(Posting.objects.values_list("amount", flat=True)) == Decimal("300.50")


def test_a_project_deleted_while_its_ledger_loads_is_either_kept_or_told_of():
    """PostgreSQL lets it be deleted meanwhile, and refuses the load; SQLite lets one at a time write."""
    pool, by = PoolFactory(), UserFactory()
    project = ProjectFactory(code="mentor", pool=pool)
    refused = []

    def delete():
        try:
            Project.objects.get(pk=project.pk).delete()
        except DatabaseError:
            refused.append("delete")
        finally:
            connections.close_all()

    other = threading.Thread(target=delete)

    def rows():
        yield LedgerRow(2, date(2016, 6, 30), 10_000, project_key="mentor")
        other.start()
        if connection.vendor == "postgresql":
            other.join(timeout=60)
        yield LedgerRow(3, date(2016, 6, 30), 20_000, project_key="mentor")

    try:
        load_postings(pool=pool, rows=rows(), source=Source("fil.csv", "0" * 64), by=by, year=2016)
    except LedgerRefusedError as error:
        refused.append(error.problems[0].message[:24])
    other.join(timeout=60)
    expected = (["Et projekt blev slettet,"], 0, 0) if connection.vendor == "postgresql" else (["delete"], 1, 2)
    assert (refused, Project.objects.count(), Posting.objects.count()) == expected
