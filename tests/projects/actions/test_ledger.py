"""Files loaded whole or not at all, known again, corrected, placed and undone."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from projects.actions.fiscal_years import close_year
from projects.actions.ledger import (
    LedgerRefusedError,
    Source,
    import_file,
    load_postings,
    undo_batch,
)
from projects.actions.placements import place_postings
from projects.actions.projects import change_project
from projects.enums import Subject
from projects.ledger_files import Layout, LedgerRow
from projects.models import Event, ImportBatch, PlacementRule, Posting
from projects.queries.ledger import put_aside
from tests.factories import PlacementRuleFactory, PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

HEAD = "Dato;Projekt;Konto;Bilag;Linje;Tekst;Beløb"
KEYS = ("", "mentor", "ukendt")


@pytest.fixture
def pool():
    pool = PoolFactory()
    ProjectFactory(code="mentor", pool=pool)
    return pool


@pytest.fixture
def load(pool, tmp_path):
    by = UserFactory()

    def load_lines(*rows, name="fil.csv", **options):
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in (HEAD, *rows)))
        values = {"layout": Layout(), "year": 2016, "system": "Opus", **options}
        return import_file(path=path, file_name=name, pool=pool, by=by, **values)

    return load_lines


def row(amount="100,00", voucher="1", line="1", project="mentor", day="30.06.2016", text="Løn"):
    return f"{day};{project};5.68.98;{voucher};{line};{text};{amount}"


def total(**where):
    return Posting.objects.filter(**where).aggregate(total=Sum("amount"))["total"] or Decimal(0)


def refusal(load, *rows, **options):
    with pytest.raises(LedgerRefusedError) as refused:
        load(*rows, **options)
    assert (ImportBatch.objects.count(), Posting.objects.count(), Event.objects.count()) == (0, 0, 0)
    return refused.value


def test_rows_are_stored_with_file_line_and_control_total(load, pool):
    result = load(row("30.833,33"), row("-833,33", voucher="2"), example_note="Eksempel", control_total=Decimal(30_000))
    batch = result.batch
    assert (batch.pool, batch.year, batch.row_count, batch.imported_count) == (pool, 2016, 2, 2)
    assert (batch.control_total, batch.example_note, batch.file_name) == (Decimal(30_000), "Eksempel", "fil.csv")
    assert list(batch.postings.values_list("line_number", "project__code", "posted_on", "amount", "account")) == [
        (2, "mentor", date(2016, 6, 30), Decimal("30833.33"), "5.68.98"),
        (3, "mentor", date(2016, 6, 30), Decimal("-833.33"), "5.68.98"),
    ]
    event = Event.objects.get()
    assert (event.subject, event.subject_id, event.verb) == (Subject.IMPORT, batch.pk, "loaded")


def test_one_bad_line_refuses_the_whole_file(load):
    refused = refusal(load, row(), row(day="31.02.2016"), row("1.2.3"))
    assert [problem.line_number for problem in refused.problems] == [3, 4]


def test_a_wrong_control_total_refuses_the_file(load):
    assert "99,00" in refusal(load, row(), control_total=Decimal(99)).problems[0].message


def test_a_dry_run_tells_what_would_happen_and_stores_nothing(load):
    result = load(row(), row(project="ukendt", voucher="2"), dry_run=True)
    assert (result.batch, result.imported, result.unplaced_count, result.imported_total) == (None, 2, 1, Decimal(200))
    assert (ImportBatch.objects.count(), Posting.objects.count()) == (0, 0)


def test_the_same_file_and_an_overlapping_one_add_only_what_is_new(load):
    rows = [row(voucher=str(number)) for number in range(4)]
    load(*rows[:3])
    again = load(*rows[:3])
    assert (again.batch, again.imported, again.skipped) == (None, 0, 3)
    overlapping = load(*rows[1:])
    assert (overlapping.imported, overlapping.skipped, total()) == (1, 2, Decimal(400))


def test_two_equal_rows_in_one_file_are_two_postings(load):
    twins = [row(voucher="", line="")] * 2
    assert load(*twins).imported == 2
    assert load(*twins).imported == 0
    assert load(*twins, twins[0]).imported == 1
    assert total() == Decimal(300)


@pytest.mark.parametrize("line", ["1", ""])
def test_a_corrected_voucher_is_a_difference_and_not_a_duplicate(load, line):
    load(row("100,00", line=line))
    result = load(row("120,50", line=line))
    assert (result.imported, result.corrected, result.imported_total) == (1, 1, Decimal("20.50"))
    assert total() == Decimal("120.50")
    assert list(Posting.objects.order_by("pk").values_list("amount", "sign", "line_number")) == [
        (Decimal(100), 1, 2),
        (Decimal(-100), -1, 2),
        (Decimal("120.50"), 1, 2),
    ]
    assert load(row("120,50", line=line)).imported == 0


def test_corrections_are_taken_back_together_however_many(load):
    vouchers = [str(number) for number in range(5)]
    load(*(row(voucher=voucher) for voucher in vouchers))
    costs = []
    for amount, changed in (("200,00", vouchers[:1]), ("300,00", vouchers[1:])):
        with CaptureQueriesContext(connection) as queries:
            result = load(*(row(amount, voucher=voucher) for voucher in changed))
        assert (result.corrected, result.imported) == (len(changed), len(changed))
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert total() == Decimal(200 + 4 * 300)
    assert list(Posting.objects.filter(sign=-1).order_by("pk").values_list("voucher", flat=True)) == vouchers


def test_a_corrected_row_stays_where_a_person_placed_it(load, pool):
    load(row(project="ukendt"))
    project = ProjectFactory(pool=pool)
    place_postings(pool=pool, posting_ids=[put_aside(pool).get().pk], project=project, by=UserFactory())
    assert load(row("150,00", project="ukendt")).unplaced_count == 0
    assert total(project=project) == Decimal(150)


def test_rows_without_a_project_wait_in_the_pool_until_they_are_placed_and_remembered(load, pool):
    load(row(project="98-1"), row(project="98-1", voucher="2"), row(project="98-2", voucher="3"))
    mentor = pool.projects.get()
    assert (put_aside(pool).count(), total(project=mentor), total(batch__pool=pool)) == (3, 0, Decimal(300))
    first = put_aside(pool).order_by("line_number").first()
    placed = place_postings(pool=pool, posting_ids=[first.pk], project=mentor, by=UserFactory(), remember="project_key")
    assert (placed, put_aside(pool).count(), total(project=mentor)) == ((1, 1), 1, Decimal(200))
    assert PlacementRule.objects.get().value == "98-1"
    assert load(row(project="98-1", voucher="9")).unplaced_count == 0


def test_what_is_remembered_of_a_project_that_went_to_another_pool_places_nothing(load, pool):
    gone = ProjectFactory(pool=pool)
    PlacementRuleFactory(pool=pool, value="98-1", project=gone)
    change_project(project=gone, by=UserFactory(), pool=PoolFactory())
    assert load(row(project="98-1")).unplaced_count == 1


def test_a_row_is_placed_only_in_a_project_of_its_pool_and_only_once(load, pool):
    load(row(project="ukendt"))
    posting = put_aside(pool).get()
    with pytest.raises(ValidationError) as refused:
        place_postings(pool=pool, posting_ids=[posting.pk], project=ProjectFactory(), by=UserFactory())
    assert refused.value.code == "other_pool"
    place_postings(pool=pool, posting_ids=[posting.pk], project=pool.projects.get(), by=UserFactory())
    with pytest.raises(ValidationError) as refused:
        place_postings(pool=pool, posting_ids=[posting.pk], project=pool.projects.get(), by=UserFactory())
    assert refused.value.code == "nothing_chosen"


def test_nothing_is_placed_in_a_closed_year(load, pool):
    mentor = pool.projects.get()
    load(row(project="98-1"))
    load(row(project="98-1", day="14.02.2017", voucher="2"), year=2017)
    close_year(year=2016, reason="Regnskabet er aflagt", by=UserFactory())
    old, new = put_aside(pool).order_by("posted_on")
    with pytest.raises(ValidationError) as refused:
        place_postings(pool=pool, posting_ids=[old.pk, new.pk], project=mentor, by=UserFactory())
    assert (refused.value.code, put_aside(pool).count()) == ("year_closed", 2)
    place_postings(pool=pool, posting_ids=[new.pk], project=mentor, by=UserFactory(), remember="project_key")
    assert (put_aside(pool).get(), total(project=mentor)) == (old, Decimal(100))


def test_undoing_leaves_a_trace_and_the_file_can_be_loaded_again(load, pool):
    batch = load(row(), row(project="ukendt", voucher="2")).batch
    reversal = undo_batch(batch=batch, reason="Forkert periode", by=UserFactory())
    assert (total(), put_aside(pool).count(), batch.postings.count(), reversal.reverses) == (0, 0, 2, batch)
    with pytest.raises(ValidationError) as refused:
        undo_batch(batch=batch, reason="Igen", by=UserFactory())
    assert refused.value.code == "already_undone"
    assert (load(row(), row(project="ukendt", voucher="2")).imported, total()) == (2, Decimal(200))


def test_a_load_that_was_corrected_later_is_undone_last(load):
    first, second = load(row("100,00")).batch, load(row("120,00")).batch
    with pytest.raises(ValidationError) as refused:
        undo_batch(batch=first, reason="Forkert", by=UserFactory())
    assert refused.value.code == "corrected_later"
    undo_batch(batch=second, reason="Forkert", by=UserFactory())
    assert total() == Decimal(100)
    undo_batch(batch=first, reason="Forkert", by=UserFactory())
    assert total() == 0


def test_a_load_whose_correction_was_undone_and_made_again_is_still_undone_last(load):
    first = load(row("100,00")).batch
    undo_batch(batch=load(row("120,00")).batch, reason="Forkert", by=UserFactory())
    again = load(row("130,00")).batch
    with pytest.raises(ValidationError) as refused:
        undo_batch(batch=first, reason="Forkert", by=UserFactory())
    assert (refused.value.code, total()) == ("corrected_later", Decimal(130))
    undo_batch(batch=again, reason="Forkert", by=UserFactory())
    assert total() == Decimal(100)
    undo_batch(batch=first, reason="Forkert", by=UserFactory())
    assert total() == 0


def test_a_project_deleted_while_its_ledger_loads_refuses_the_load(load, pool, monkeypatch):
    gone = pool.projects.get().pk + 1
    monkeypatch.setattr("projects.actions.ledger.placement_of", lambda pool: lambda key, account: gone)
    assert "slettet" in refusal(load, row()).problems[0].message


def test_vouchers_of_two_systems_are_different(load):
    load(row())
    assert load(row(), row(voucher="2"), system="Prisme").imported == 2


def test_the_same_file_is_not_loaded_as_another_systems(load):
    load(row())
    with pytest.raises(LedgerRefusedError, match="Opus"):
        load(row(), system="")
    assert total() == Decimal(100)


def loads_of(rows):
    """Return a pool with one project, and a function that loads rows into it."""
    pool, by = PoolFactory(), UserFactory()
    ProjectFactory(code="mentor", pool=pool)

    def load_rows(rows):
        numbered = [row._replace(line_number=number) for number, row in enumerate(rows, start=2)]
        return load_postings(pool=pool, rows=iter(numbered), source=Source("fil.csv", "0" * 64, "Opus"), by=by)

    return load_rows


def ledger_rows(*vouchers):
    return st.lists(
        st.builds(
            LedgerRow,
            # Numbered when loaded; texts are anything, so that no character breaks the bulk load.
            line_number=st.just(0),
            posted_on=st.dates(date(2016, 1, 1), date(2016, 1, 3)),
            amount=st.integers(-3, 3).filter(bool),
            account=st.text(max_size=5),
            text=st.text(max_size=5),
            project_key=st.sampled_from(KEYS),
            voucher_line=st.just(""),
            voucher=st.sampled_from(vouchers),
        ),
        max_size=8,
    )


def kroner(rows):
    return Decimal(sum(row.amount for row in rows)) / 100


class Properties(TestCase):
    """Whatever is loaded in whatever pieces, the ledger holds each posting once."""

    @settings(max_examples=25)
    @given(ledger_rows("", "1", "2"))
    def test_a_file_loaded_twice_is_loaded_once(self, rows):
        load = loads_of(rows)
        load(rows)
        assert (load(rows).imported, total()) == (0, kroner(rows))

    @settings(max_examples=25)
    @given(ledger_rows(""), st.integers(0, 8), st.integers(0, 8))
    def test_overlapping_pieces_make_the_whole(self, rows, first, second):
        load = loads_of(rows)
        distinct = sorted(set(rows))
        begin, end = sorted((first, second))
        load(distinct[:end])
        load(distinct[begin:])
        assert total() == kroner(distinct)

    @settings(max_examples=25)
    @given(ledger_rows("1", "2"), ledger_rows("1", "2"))
    def test_after_a_correction_the_last_file_is_known_whole(self, before, after):
        load = loads_of(before)
        load(before)
        load(after)
        assert load(after).imported == 0

    @settings(max_examples=25)
    @given(ledger_rows("", "1", "2"))
    def test_undoing_takes_back_every_ore(self, rows):
        load = loads_of(rows)
        batch = load(rows).batch
        if batch is not None:
            undo_batch(batch=batch, reason="Prøve", by=UserFactory())
        assert total() == 0
        assert load(rows).imported == len(rows)
