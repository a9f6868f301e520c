from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from projects.actions.ledger import PostingValue, record_postings
from projects.enums import Subject
from projects.models import Event, ImportBatch, Posting
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

SHA = "a" * 64


def rows(*amounts):
    project = ProjectFactory()
    return [
        PostingValue(number, project, date(2016, 5, 31), Decimal(amount), text="Løn", account="5.68.98")
        for number, amount in enumerate(amounts, start=2)
    ]


def test_record_postings_keeps_file_line_and_control_total():
    by = UserFactory()
    batch = record_postings(
        file_name="maj.csv", sha256=SHA, rows=rows("30833.33", "-833.33"), by=by, example_note="Eksempel"
    )
    assert (batch.row_count, batch.control_total, batch.example_note) == (2, Decimal(30_000), "Eksempel")
    assert list(batch.postings.values_list("line_number", "amount", "text", "account")) == [
        (2, Decimal("30833.33"), "Løn", "5.68.98"),
        (3, Decimal("-833.33"), "Løn", "5.68.98"),
    ]
    event = Event.objects.get()
    assert (event.subject, event.subject_id, event.verb, event.actor) == (Subject.IMPORT, batch.pk, "loaded", by)


def test_the_same_file_is_not_loaded_twice():
    record_postings(file_name="maj.csv", sha256=SHA, rows=rows("1"), by=UserFactory())
    with pytest.raises(ValidationError) as refused:
        record_postings(file_name="maj igen.csv", sha256=SHA, rows=rows("1"), by=UserFactory())
    assert refused.value.code == "already_loaded"
    assert (ImportBatch.objects.count(), Posting.objects.count(), Event.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_leaves_nothing():
    twice = rows("1") * 2
    with pytest.raises(IntegrityError):
        record_postings(file_name="maj.csv", sha256=SHA, rows=twice, by=UserFactory())
    assert (ImportBatch.objects.count(), Posting.objects.count(), Event.objects.count()) == (0, 0, 0)
