"""Keeps the workers running: loads once what is slow to load, splits, and looks after what it split into."""

import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, connections
from django.utils import timezone

from projects.actions.workers import record_beat, record_end
from reports.actions.renderings import fail_silent, fail_those_of
from reports.isolation import die_with_parent
from reports.models import Rendering
from reports.papers import preload

logger = logging.getLogger(__name__)

_BEAT_SECONDS = 5.0
_GRACE_SECONDS = 3.0
# One that ends at once is not started again at once: that would only fill the log.
_PAUSE_SECONDS = 2.0


@dataclass
class Supervisor:
    """Runs `count` copies of this process, each doing `work(name)`, until it is told to stop.

    With `stops_with_parent` it also stops when the program that started it is gone, however that ended.
    """

    work: Callable[[str], None]
    count: int
    stops_with_parent: bool = False
    children: dict[int, str] = field(default_factory=dict)
    is_stopping: bool = False

    def __post_init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}"
        self.parent = os.getppid()

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        preload()
        gc.freeze()
        try:
            self._look_after()
        finally:
            self._end()

    def _stop(self, number: int, _frame: object) -> None:
        self.is_stopping = True

    def _look_after(self) -> None:
        next_beat = 0.0
        while not self.is_stopping and not self._is_orphan():
            self._reap()
            if len(self.children) < self.count:
                self._split()
            if time.monotonic() >= next_beat:
                self._beat()
                next_beat = time.monotonic() + _BEAT_SECONDS
            time.sleep(0.2)

    def _is_orphan(self) -> bool:
        return self.stops_with_parent and os.getppid() != self.parent

    def _split(self) -> None:
        taken = {int(name.rpartition("-")[2]) for name in self.children.values()}
        number = next(number for number in range(self.count) if number not in taken)
        name = f"{self.name}-{number}"
        # A connection that two processes share answers the wrong one.
        connections.close_all()
        pid = os.fork()
        if pid:
            self.children[pid] = name
            return
        status = 1
        try:
            die_with_parent()
            for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(signal_number, signal.SIG_DFL)
            self.work(name)
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        except BaseException:
            logger.exception("worker %s ended", name)
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        """Take leave of those that have ended, and say so of the papers they were making."""
        ended = [pid for pid in self.children if os.waitpid(pid, os.WNOHANG)[0]]
        names = [self.children.pop(pid) for pid in ended]
        if names:
            logger.warning("worker ended: %s", ", ".join(names))
            _quietly(lambda: fail_those_of(names))
            time.sleep(_PAUSE_SECONDS)

    def _beat(self) -> None:
        _quietly(lambda: record_beat(name=self.name, now=timezone.now()))
        _quietly(lambda: fail_silent(Rendering.objects.all()))
        connections.close_all()

    def _end(self) -> None:
        """Stop the workers: in order, and after a few seconds not."""
        names = list(self.children.values())
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        while self.children and time.monotonic() < deadline:
            for pid in [pid for pid in self.children if os.waitpid(pid, os.WNOHANG)[0]]:
                del self.children[pid]
            time.sleep(0.05)
        self._signal_all(signal.SIGKILL)
        for pid in self.children:
            os.waitpid(pid, 0)
        _quietly(lambda: fail_those_of(names))
        _quietly(lambda: record_end(name=self.name))

    def _signal_all(self, number: signal.Signals) -> None:
        for pid in self.children:
            os.kill(pid, number)


def _quietly(write: Callable[[], None]) -> None:
    """A database that is away for a moment must not take the workers with it."""
    try:
        write()
    except DatabaseError:
        logger.warning("the database did not answer", exc_info=True)
