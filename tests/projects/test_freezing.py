"""What the database itself refuses, on whichever database the suite runs."""

import gc

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from projects import freezing
from projects.models import Measurement, Posting, StatusSnapshot
from tests.factories import (
    AttachmentFactory,
    BreakdownValueFactory,
    BudgetLineFactory,
    EventFactory,
    MeasurementFactory,
    NoteVersionFactory,
    PostingFactory,
    ProjectFactory,
    ProposalDecisionFactory,
    SnapshotReferenceFactory,
    StatusSnapshotFactory,
    approved,
)

pytestmark = pytest.mark.django_db

APPEND_ONLY = [EventFactory, BudgetLineFactory, ProposalDecisionFactory, NoteVersionFactory, PostingFactory]
CHILDREN = [MeasurementFactory, BreakdownValueFactory, SnapshotReferenceFactory, AttachmentFactory]


def is_refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError as error:
        return "frozen row" in str(error)
    return False


@pytest.mark.parametrize("factory", APPEND_ONLY)
def test_append_only_rows_refuse_every_change(factory):
    row = factory()
    model = type(row)
    assert is_refused(row.save)
    assert is_refused(lambda: model.objects.filter(pk=row.pk).update(id=row.pk))
    assert is_refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))
    assert model.objects.filter(pk=row.pk).count() == 1


def test_a_posting_put_aside_takes_its_project_and_nothing_else():
    posting = PostingFactory(project=None)
    project = ProjectFactory()
    assert is_refused(lambda: Posting.objects.update(project=project, amount=1))
    assert is_refused(posting.delete)
    assert not is_refused(lambda: Posting.objects.update(project=project))
    assert is_refused(lambda: Posting.objects.update(project=ProjectFactory()))
    assert Posting.objects.get().project == project


def test_an_approved_status_refuses_change_and_deletion():
    snapshot = approved(StatusSnapshotFactory(narrative="Som godkendt."))
    assert is_refused(lambda: StatusSnapshot.objects.update(narrative="Rettet."))
    assert is_refused(snapshot.delete)
    snapshot.refresh_from_db()
    assert snapshot.narrative == "Som godkendt."


@pytest.mark.parametrize("factory", CHILDREN)
def test_what_an_approved_status_holds_can_neither_change_nor_grow(factory):
    row = factory()
    approved(row.snapshot)
    assert is_refused(row.save)
    assert is_refused(row.delete)
    assert is_refused(lambda: factory(snapshot=row.snapshot))
    assert type(row).objects.count() == 1


def test_a_draft_can_still_be_changed_and_thrown_away():
    row = MeasurementFactory(value=41)
    row.value = 40
    row.save()
    row.snapshot.delete()
    assert (StatusSnapshot.objects.count(), Measurement.objects.count()) == (0, 0)


def test_the_statuses_of_an_issued_version_stay_with_it():
    version = NoteVersionFactory()
    version.snapshots.add(StatusSnapshotFactory())
    assert is_refused(version.snapshots.clear)
    assert version.snapshots.count() == 1


def test_every_frozen_table_has_its_triggers():
    assert stored_triggers() == freezing.trigger_names(freezing.FROZEN)


@pytest.fixture
def no_rubbish_collected():
    """Let the many short-lived models of migrations lie: to look for them is a fifth of the work."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_rubbish_collected")
def test_migrations_lift_and_freeze_again():
    executor = MigrationExecutor(connection)
    executor.migrate([("reports", "0001_initial"), ("projects", "0001_initial")])
    lifted = stored_triggers()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert (lifted, stored_triggers()) == (set(), freezing.trigger_names(freezing.FROZEN))


@pytest.mark.django_db(transaction=True)
def test_a_table_is_altered_with_every_trigger_that_reads_it_lifted():
    """On SQLite the table is built anew: a trigger left on another table would then read one that is not there."""
    field = models.BooleanField(default=False)
    field.set_attributes_from_name("is_tried")
    tables = freezing.tables_reading(connection, "statussnapshot")
    assert "projects_measurement" in tables
    for change in ("add_field", "remove_field"):
        freezing.lift(connection, tables)
        with connection.schema_editor() as editor:
            getattr(editor, change)(StatusSnapshot, field)
        freezing.freeze(connection, tables)
    assert stored_triggers() == freezing.trigger_names(freezing.FROZEN)


def stored_triggers() -> set[str]:
    tables = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(tables[connection.vendor])
        return {name for (name,) in cursor.fetchall() if name.startswith("frozen_")}
