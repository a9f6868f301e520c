import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from projects.actions.workers import record_beat, record_end
from projects.models import Worker


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ok",
        "text/plain; charset=utf-8",
    )


@pytest.mark.django_db
def test_readyz_takes_traffic_while_no_worker_is_there_and_says_so(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "degraded", "database": "ok", "migrations": "ok", "storage": "ok", "worker": "missing"},
    )


@pytest.mark.django_db
def test_readyz_says_ok_when_a_worker_was_heard_from(client):
    record_beat(name="vært-1", now=timezone.now())
    assert (client.get("/readyz").json()["status"], Worker.objects.count()) == ("ok", 1)
    record_end(name="vært-1")
    assert client.get("/readyz").json()["worker"] == "missing"


@pytest.mark.django_db
def test_readyz_tells_of_a_folder_that_cannot_be_written(client, settings):
    settings.MEDIA_ROOT = "/dev/null/bilag"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["storage"]) == (503, "unwritable")


@pytest.mark.django_db
def test_readyz_refuses_traffic_while_a_migration_is_missing(client):
    ((_app, newest),) = MigrationLoader(connection).graph.leaf_nodes("projects")
    MigrationRecorder(connection).record_unapplied("projects", newest)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "database": "ok", "migrations": "missing", "storage": "ok", "worker": "unknown"},
    )


def test_readyz_refuses_traffic_without_a_database(client, monkeypatch):
    def fail(*args: object) -> None:
        raise DatabaseError("secret host name")

    monkeypatch.setattr("projects.views.health.MigrationExecutor", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {
            "status": "unavailable",
            "database": "unreachable",
            "migrations": "unknown",
            "storage": "ok",
            "worker": "unknown",
        },
    )
