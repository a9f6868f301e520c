import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ok",
        "text/plain; charset=utf-8",
    )


@pytest.mark.django_db
def test_readyz_says_ok_when_everything_is_in_place(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "migrations": "ok"})


@pytest.mark.django_db
def test_readyz_refuses_traffic_while_a_migration_is_missing(client):
    ((_app, newest),) = MigrationLoader(connection).graph.leaf_nodes("projects")
    MigrationRecorder(connection).record_unapplied("projects", newest)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "database": "ok", "migrations": "missing"},
    )


def test_readyz_refuses_traffic_without_a_database(client, monkeypatch):
    def fail(*args: object) -> None:
        raise DatabaseError("secret host name")

    monkeypatch.setattr("projects.views.health.MigrationExecutor", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "database": "unreachable", "migrations": "unknown"},
    )
