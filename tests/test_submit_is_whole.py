"""A submit is one step: whatever stops the server, and however many send at once. On whichever database tests run.

The server is a process of its own, forked with the whole application loaded, that takes one request through every
layer and is killed by SIGKILL before or after a chosen statement, or on either side of the commit.
"""

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.actions import snapshots as actions
from projects.actions.returns import withdraw_snapshot
from projects.enums import SnapshotState
from projects.models import Event, Measurement, StatusSnapshot, User
from tests import factories
from tests.integration_month import NOVEMBER, integration_month
from tests.projects.views.status_requests import EDIT, LIGHTS, SHOW, SUBMIT, form, november, seen

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 50
AT_THE_COMMIT = ("before the commit", "after the commit")
NEW = {"narrative": "Holdet er samlet, og alle er i gang.", "forecast": "490.000"}
OLD = {"narrative": "Skrevet før.", "forecast": "480.000"}
PEOPLE = 50


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def sara(client):
    """Return the browser of a caseworker whose November is a draft that lacks nothing."""
    with transaction.atomic():
        client.world = integration_month()
        client.force_login(client.world.caseworker)
        client.post(EDIT, form(confirm="all", **LIGHTS, **OLD))
    client.places = seen(client)
    return client


def submit(client: Client) -> Any:
    return client.post(SUBMIT, form(november().version, **NEW, **client.places))


def told() -> dict[str, Any]:
    """Return what a reader of the month is told, and how often it was saved and sent."""
    snapshot = november()
    verbs = list(Event.objects.filter(subject_id=snapshot.pk).values_list("verb", flat=True))
    return {
        "state": snapshot.state,
        "narrative": snapshot.narrative,
        "forecast": int(snapshot.forecast or 0),
        "sent": (snapshot.submitted_by_id, bool(snapshot.submitted_at)),
        "figures": [int(value) for value in snapshot.measurements.values_list("value", flat=True)],
        "rows": snapshot.breakdown_values.count(),
        "events": (verbs.count("saved"), verbs.count("submitted")),
    }


def after(before: dict[str, Any], user: User) -> dict[str, Any]:
    saved, submitted = before["events"]
    return before | {
        "state": "submitted",
        "narrative": NEW["narrative"],
        "forecast": 490_000,
        "sent": (user.pk, True),
        "events": (saved + 1, submitted + 1),
    }


def take_back(client: Client) -> None:
    withdraw_snapshot(snapshot=november(), by=client.world.caseworker)
    client.post(EDIT, form(november().version, **OLD))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def killed_at(moment: int | str, *, leaks: bool = False) -> Iterator[None]:
    """Kill this process at a statement (odd: before it, even: when it is done), or beside the commit.

    `leaks`: every statement is stored by itself, as without a transaction.
    """
    count = 0

    def watch(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal count
        count += 1
        if count == moment and count % 2:
            die()
        answer = execute(sql, *args)
        if leaks and not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            connection.connection.commit()
        if count == moment or (isinstance(moment, str) and sql.startswith(moment)):
            die()
        return answer

    commit = BaseDatabaseWrapper._commit

    def watched_commit(wrapper: BaseDatabaseWrapper) -> None:
        if moment == AT_THE_COMMIT[0]:
            die()
        commit(wrapper)
        if moment == AT_THE_COMMIT[1]:
            die()

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(watch):
        patch.setattr(BaseDatabaseWrapper, "_commit", watched_commit)
        yield


def in_a_server_killed_at(moment: int | str, client: Client, *, leaks: bool = False) -> bool:
    """Send the month to a server that is killed then. Return whether it lived to answer."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            # Connected anew first: what a connection asks for at its start is no part of the submit.
            connection.ensure_connection()
            with killed_at(moment, leaks=leaks):
                submit(client)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    return not os.WIFSIGNALED(status)


def test_a_server_killed_fifty_times_leaves_each_month_whole(sara):
    before = told()
    with CaptureQueriesContext(connection) as statements:
        assert submit(sara).url == SHOW
    assert told() == after(before, sara.world.caseworker)
    take_back(sara)
    last, planned = len(statements), KILLS - 2 * len(AT_THE_COMMIT)
    moments = [*(1 + number * last // planned for number in range(planned)), *AT_THE_COMMIT, *AT_THE_COMMIT]
    outcomes = []
    for moment in moments:
        before = told()
        assert not in_a_server_killed_at(moment, sara), f"the server was done before {moment}"
        found = told()
        assert found in (before, after(before, sara.world.caseworker)), moment
        outcomes.append(found["state"])
        if found != before:
            take_back(sara)
    assert (len(outcomes), set(outcomes)) == (KILLS, {"draft", "submitted"})
    assert submit(sara).url == SHOW
    assert november().state == "submitted"


def test_without_a_transaction_the_month_would_be_left_half_written(sara):
    before = told()
    assert not in_a_server_killed_at('DELETE FROM "projects_measurement"', sara, leaks=True)
    assert told() not in (before, after(before, sara.world.caseworker))


def months_to_send(number: int) -> list[tuple[Client, str, dict[str, str]]]:
    """Return as many caseworkers, each with a project of their own, and what each of them is about to send."""
    found = []
    with transaction.atomic():
        committee = factories.StatusRoundFactory().committee
        pool = factories.PoolFactory(committee=committee)
        for place in range(number):
            project = factories.ProjectFactory(code=f"samtidig-{place}", pool=pool)
            user = factories.ProjectAssignmentFactory(project=project).user
            indicator = factories.IndicatorFactory(project=project)
            lone = Client()
            lone.force_login(user)
            values = {f"indicator_{indicator.pk}": str(place + 1), "narrative": f"Status {place + 1}."}
            address = f"/projekter/{project.code}/status/2017-11/send/"
            found.append((lone, address, {"version": "0", **LIGHTS, **values}))
    return found


def at_once(steps: list[Callable[[], Any]]) -> list[Any]:
    """Take all the steps at the same moment, each in a thread of its own. Return their answers or what they raised."""
    start = threading.Barrier(len(steps))
    answers: list[Any] = [None] * len(steps)

    def take(place: int) -> None:
        try:
            start.wait(timeout=60)
            answers[place] = steps[place]().url
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[place]) for place in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def sending(client: Client, address: str, values: dict[str, str]) -> Callable[[], Any]:
    return lambda: client.post(address, values)


def test_fifty_caseworkers_who_send_at_once_lose_nothing_and_send_nothing_twice():
    months = months_to_send(PEOPLE)
    answers = at_once([sending(*month) for month in months])
    assert answers == [address.replace("/send/", "/vis/") for _client, address, _values in months]
    sent = StatusSnapshot.objects.filter(month=NOVEMBER, state=SnapshotState.SUBMITTED)
    said = sent.order_by("project_id").values_list("narrative", "revision", "version")
    assert list(said) == [(f"Status {place + 1}.", 1, 1) for place in range(PEOPLE)]
    figures = Measurement.objects.order_by("snapshot__project_id").values_list("value", flat=True)
    assert [int(value) for value in figures] == list(range(1, PEOPLE + 1))
    for verb in ("started", "saved", "submitted"):
        assert Event.objects.filter(verb=verb).count() == PEOPLE


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not the whole database")
def test_with_the_databases_own_settings_some_would_find_it_locked(monkeypatch):
    months = months_to_send(8)
    options = {**connections.settings["default"]["OPTIONS"], "transaction_mode": "DEFERRED", "timeout": 0}
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)
    answers = at_once([sending(*month) for month in months])
    assert [str(error) for error in answers if isinstance(error, OperationalError)][:1] == ["database is locked"]


def sent_twice(client: Client, monkeypatch: pytest.MonkeyPatch, *, patience: int) -> int:
    """Click twice at once, and let each look before either acts, where it can. Return how often it was sent.

    `patience`: seconds the first waits for the other to look. Long where nothing keeps the other from it.
    """
    both = threading.Barrier(2)
    check = actions.check_transition

    def look_together(**states: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=patience)
        check(**states)

    monkeypatch.setattr(actions, "check_transition", look_together)
    again = Client()
    again.cookies = client.cookies
    values = form(november().version, **NEW, **client.places)
    answers = at_once([sending(client, SUBMIT, values), sending(again, SUBMIT, values)])
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    return Event.objects.filter(verb="submitted").count()


def test_a_double_click_sends_once(sara, monkeypatch):
    assert sent_twice(sara, monkeypatch, patience=1) == 1
    assert november().state == "submitted"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time, whatever is locked")
def test_without_the_lock_a_double_click_would_send_twice(sara, monkeypatch):
    monkeypatch.setattr(actions, "_locked", lambda snapshot: StatusSnapshot.objects.get(pk=snapshot.pk))
    client = sara
    client.post(EDIT, form(november().version, **NEW))
    assert sent_twice(client, monkeypatch, patience=60) == 2
