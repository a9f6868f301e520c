"""The list of projects as those who work see it, while the workers beside the web server make notes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import quantiles

from django.conf import settings
from django.test import Client

from projects.models import User
from reports.actions.renderings import ask_for_preview
from reports.enums import RenderingState
from reports.management.benchmark.timing import seconds
from reports.models import Rendering, StatusNote

VISITORS = 2
IDLE_SECONDS = 6.0
LONGEST = 240.0
_MADE = (RenderingState.DONE, RenderingState.FAILED)


def measure_traffic(notes: list[StatusNote]) -> dict[str, float]:
    """Return the list's p95 in seconds with nothing else to do, and while the worker makes the notes."""
    user = User.objects.get(username="eks-sekretaer")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with _running(web := _free_port()):
        _visited(web, cookie, lambda: False, at_most=1.5)
        idle = _visited(web, cookie, lambda: False, at_most=IDLE_SECONDS)
        orders = [ask_for_preview(note=note, by=user).pk for note in notes]
        busy = _visited(web, cookie, lambda: _are_made(orders), at_most=LONGEST)
        if Rendering.objects.filter(pk__in=orders, state=RenderingState.DONE).count() != len(orders):
            raise RuntimeError("a note was not made")
    return {"idle_p95": _p95(idle), "busy_p95": _p95(busy), "visits": len(idle) + len(busy)}


def _are_made(orders: list[int]) -> bool:
    return Rendering.objects.filter(pk__in=orders, state__in=_MADE).count() == len(orders)


def _visited(port: int, cookie: str, is_over: Callable[[], bool], *, at_most: float) -> list[float]:
    """Let each visitor open the list again and again, and return how long every visit took."""
    end, found = time.monotonic() + at_most, []

    def visit() -> list[float]:
        link, taken = HTTPConnection("127.0.0.1", port, timeout=60), []
        while time.monotonic() < end and not stopped:
            taken.append(seconds(lambda: _opened(link, cookie)))
        return taken

    stopped: list[bool] = []
    with ThreadPoolExecutor(VISITORS) as threads:
        visitors = [threads.submit(visit) for _number in range(VISITORS)]
        while not is_over() and time.monotonic() < end:
            time.sleep(0.3)
        stopped.append(True)
        for each in visitors:
            found += each.result()
    return found


def _opened(link: HTTPConnection, cookie: str) -> None:
    link.request("GET", "/projekter/", headers={"Cookie": cookie})
    answer = link.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"/projekter/: {answer.status}")


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _running(port: int) -> Iterator[None]:
    """Run a web server and the workers as `make run` does, until the measuring is done."""
    python, quiet = [sys.executable, "-m"], {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    web = [*python, "gunicorn", "portfolio.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    web += ["--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    worker = [*python, "django", "run_worker", "--with-parent"]
    # On a busy machine a note may take longer than it should; it is the list that is measured here.
    env = {**os.environ, "DEBUG": "true", "PAPER_SECONDS": "600"}
    started = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, **quiet)  # type: ignore[call-overload] # noqa: S603
        for command in (web, worker)
    ]
    try:
        _wait_for(port)
        yield
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait(15)


def _wait_for(port: int) -> None:
    for _attempt in range(150):
        with socket.socket() as link:
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the web server did not start")
