"""Does the worker's work in a test, when the test says so: each paper in a real child process.

Or runs the real worker beside a test, on the test's own database.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from reports.models import NoteVersion, Rendering, StatusNote
from reports.papers import Papers


def work_off(name: str = "test-worker-0") -> list[str]:
    """Carry out every order in the queue, and return the states they ended in, oldest first."""
    orders = set(Rendering.objects.on_their_way().values_list("pk", flat=True))
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    # Not its loop, which closes the connection that a test's transaction lives in.
    for task in DBTaskResult.objects.ready():
        task.claim(name)
        worker.run_task(task)
    return list(Rendering.objects.filter(pk__in=orders).order_by("pk").values_list("state", flat=True))


def issued_by_click(client: Client, note: StatusNote, **data: str) -> NoteVersion:
    """Issue the note as a secretary does: ask for it, wait for the worker, be taken to the version."""
    asked = client.post(reverse("reports:note-issue", args=[note.pk]), {"version": note.saves, **data})
    assert (asked.status_code, work_off()) == (302, ["done"])
    assert client.get(asked["Location"]).status_code == 302
    return note.versions.order_by("-number")[0]


def quick_papers(*parts: object) -> Papers:
    """Stand in for the making of papers where a test is about something else."""
    return Papers(pdf=b"%PDF-1.7", page_count=1)


def states(orders: Iterable[Rendering]) -> list[tuple[str, str]]:
    return [(order.state, order.failure) for order in orders]


@contextmanager
def running_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py run_worker` on the test's database until the block ends. Needs data that is committed."""
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        who = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
        address = f"postgres://{who}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    surroundings = {**os.environ, "DATABASE_URL": address, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    command = [sys.executable, "manage.py", "run_worker", "--processes=1", "--interval=0.1", "--with-parent"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=surroundings)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until(is_so: Callable[[], object], seconds: float = 90) -> None:
    """Look until it is so. Fails when it is not so in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to it"
        time.sleep(0.05)
