"""The example portfolio: the same for the same seed, marked, and true to the rules the actions keep."""

import json
from datetime import date
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum

from projects.actions.rollups import refresh_rollups
from projects.enums import SnapshotState
from projects.models import (
    BreakdownValue,
    BudgetLine,
    ImportBatch,
    Measurement,
    Pool,
    PoolYear,
    Posting,
    Project,
    ProjectStanding,
    StatusSnapshot,
)
from projects.queries.rollups import rollup_differences
from reports.management.example_data import Size
from reports.management.example_data.people import load_frame
from reports.management.example_data.postings import load_postings
from reports.management.example_data.projects import load_projects
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db
SIZE = ("--projects", "12", "--months", "14", "--postings", "500", "--until", "2025-10")


def make(*more: str) -> dict:
    out = StringIO()
    call_command("generate_example", *SIZE, *more, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def example() -> dict:
    return make()


def test_it_has_the_size_that_was_asked_for(example):
    added = example["added"]
    assert (added["projects"], added["postings"], added["pools"]) == (12, 500, 1)
    months = set(StatusSnapshot.objects.values_list("month", flat=True))
    assert (min(months), max(months), len(months)) == (date(2024, 9, 1), date(2025, 10, 1), 14)


def test_every_row_is_marked_as_an_example(example):
    assert all(code.startswith("eks-") for code in Project.objects.values_list("code", flat=True))
    for model in (BudgetLine, ImportBatch, StatusSnapshot):
        assert not model.objects.filter(example_note="").exists()


def test_frames_hold_what_is_granted_and_files_what_they_say(example):
    granted = PoolYear.objects.annotate(granted=Sum("budget_lines__amount"))
    assert all(frame.granted <= frame.frame for frame in granted)
    files = ImportBatch.objects.annotate(total=Sum("postings__amount"))
    assert not files.exclude(total=F("control_total")).exists()


def test_the_same_postings_loaded_again_add_nothing():
    size = Size(projects=6, months=14, postings=200, last=date(2025, 10, 1), seed=1)
    frame = load_frame(size)
    projects = load_projects(size, frame, Random(1))
    assert [load_postings(size, frame, projects, Random(2)) for _twice in range(2)] == [200, 0]
    assert (ImportBatch.objects.count(), Posting.objects.filter(project__isnull=True).count()) == (2, 0)


def test_approved_statuses_have_an_approver_who_did_not_write(example):
    approved = StatusSnapshot.objects.filter(state=SnapshotState.APPROVED)
    assert approved.exists()
    assert not approved.filter(approved_by=F("created_by")).exists()
    assert StatusSnapshot.objects.exclude(state=SnapshotState.APPROVED).filter(approved_at__isnull=False).count() == 0


def test_breakdowns_sum_to_their_indicator(example):
    counted = dict(
        BreakdownValue.objects.order_by()
        .values_list("snapshot")
        .annotate(Sum("count"))
        .values_list("snapshot", "count__sum")
    )
    measured = dict(Measurement.objects.filter(indicator__code="borgere").values_list("snapshot", "value"))
    assert counted == {pk: int(value) for pk, value in measured.items()}


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_gives_the_same_rows_and_another_gives_others():
    made = []
    for seed in ("1", "1", "2"):
        make("--seed", seed)
        made.append(list(Posting.objects.values_list("posted_on", "amount")))
        call_command("flush", interactive=False, verbosity=0)
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_it_is_refused_beside_what_is_no_example_unless_asked():
    ProjectFactory()
    with pytest.raises(CommandError, match="--beside"):
        make()
    assert Pool.objects.count() == 1
    assert make("--beside")["added"]["projects"] == 12
    with pytest.raises(CommandError, match="allerede"):
        make("--beside")


def test_a_wrong_number_is_a_wrong_option():
    with pytest.raises(CommandError, match="mindst én"):
        call_command("generate_example", "--projects", "0", "--months", "2")


def test_kept_sums_are_what_the_rows_make_and_a_wrong_one_is_found_and_repaired(example):
    assert list(rollup_differences()) == []
    standing = ProjectStanding.objects.first()
    ProjectStanding.objects.filter(pk=standing.pk).update(spent=F("spent") + 1)
    [difference] = rollup_differences()
    assert difference.startswith(f"project {standing.pk}: spent is ")
    out = StringIO()
    with pytest.raises(CommandError, match="1 summer"):
        call_command("check_rollups", stdout=out)
    call_command("check_rollups", "--repair", stdout=out)
    assert list(rollup_differences()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_refreshing_costs_the_same_for_one_and_for_three(count, django_assert_num_queries):
    ids = [ProjectFactory().pk for _number in range(count)]
    with django_assert_num_queries(12):
        refresh_rollups(ids)
