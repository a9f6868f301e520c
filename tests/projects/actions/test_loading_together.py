"""The same file loaded twice at the same moment is loaded once. Runs on whichever database the tests run on."""

import threading
from decimal import Decimal

import pytest
from django.db import connections

from projects.actions.ledger import import_file
from projects.ledger_files import Layout
from projects.models import ImportBatch, Posting
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
            start.wait(timeout=30)
            values = {"layout": Layout(), "pool": pool, "year": 2016, "system": "Opus", "by": by}
            added.append(import_file(path=path, file_name="fil.csv", **values).imported)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=load) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(added) == [0, 2]
    assert ImportBatch.objects.count() == 1
    assert sum(Posting.objects.values_list("amount", flat=True)) == Decimal("300.50")
