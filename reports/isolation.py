"""Work in a child process of its own: it may take too long, ask for too much or crash without harm to anyone else.

The child is a copy of this process, so everything that is loaded here is loaded there at no cost, and all the memory
it took is given back when it ends.
"""

import ctypes
import errno
import gc
import logging
import os
import resource
import selectors
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from reports.enums import Failure
from reports.facts.note import PaperError

logger = logging.getLogger(__name__)

_MADE, _FAILED = b"+", b"-"
# An answer begins with its own length, so that one cut off by a kill is never taken for a whole one.
_LENGTH_BYTES = 8
_MIB = 1024 * 1024
_PAGE = resource.getpagesize()
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_SECONDS_BETWEEN_BEATS = 3.0


@dataclass(frozen=True)
class Limits:
    """`seconds` of time on the clock, `megabytes` of memory beyond what the parent has already."""

    seconds: float
    megabytes: int
    niceness: int = 5


class FailedApartError(Exception):
    """The work ended without a result. `failure` is a Failure; `detail` says more, for the log."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        self.failure, self.detail = failure, detail
        super().__init__(f"{failure.value}: {detail}")


def in_child(work: Callable[[], bytes], limits: Limits, beat: Callable[[], None] = lambda: None) -> bytes:
    """Return what the work returns. Raises FailedApartError when it is stopped, stops itself, or raises.

    `beat` is called every few seconds while it lasts. The work must leave the database alone: the child holds copies
    of this process's connections.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _be_the_child(work, limits, write_end)
    os.close(write_end)
    try:
        answer = _answer(read_end, limits, beat)
    finally:
        os.close(read_end)
        status = _ended(child)
    return _read(answer, status)


def die_with_parent() -> None:
    """See to it that this process is killed when its parent is, however that ends. Only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


# --- In the child ------------------------------------------------------------------------------------------------


def _be_the_child(work: Callable[[], bytes], limits: Limits, write_end: int) -> NoReturn:
    """Do the work, tell the parent, and end at once: nothing of the parent's own clean-up may run twice."""
    try:
        _bind(limits)
        with open(write_end, "wb") as out:
            told = _told(work)
            out.write(len(told).to_bytes(_LENGTH_BYTES, "big") + told)
    finally:
        sys.stderr.flush()
        os._exit(0)


def _bind(limits: Limits) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent()
    os.nice(limits.niceness)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, int(limits.seconds) + 1)
    _lower(resource.RLIMIT_AS, _address_space() + limits.megabytes * _MIB)
    let_rubbish_lie()


def let_rubbish_lie() -> None:
    """Have this process look for rubbish seldom: what is loaded is none, and one paper makes little.

    Looking for it costs a tenth of a paper, and the more the larger the paper is.
    """
    gc.freeze()
    gc.set_threshold(200_000)


def _lower(kind: int, value: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, hard))


def _address_space() -> int:
    """Return the bytes of address space this process has; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    except OSError:
        return 0


def _told(work: Callable[[], bytes]) -> bytes:
    try:
        return _MADE + work()
    except MemoryError:
        return _failed(Failure.MEMORY)
    except PaperError as error:
        return _failed(error.failure, str(error))
    except OSError as error:
        return _failed(Failure.DISK if error.errno in {errno.ENOSPC, errno.EDQUOT} else Failure.CRASHED, str(error))
    except Exception as error:
        logger.exception("the work in a child process failed")
        return _failed(Failure.CRASHED, repr(error))


def _failed(failure: Failure, detail: str = "") -> bytes:
    return _FAILED + f"{failure.value}\n{detail}".encode()


# --- In the parent -----------------------------------------------------------------------------------------------


def _answer(read_end: int, limits: Limits, beat: Callable[[], None]) -> bytes:
    """Return everything the child writes until it closes its end. Raises FailedApartError when time is up."""
    parts: list[bytes] = []
    deadline = time.monotonic() + limits.seconds
    next_beat = time.monotonic() + _SECONDS_BETWEEN_BEATS
    with selectors.DefaultSelector() as selector:
        selector.register(read_end, selectors.EVENT_READ)
        while (now := time.monotonic()) < deadline:
            if now >= next_beat:
                beat()
                next_beat = now + _SECONDS_BETWEEN_BEATS
            if selector.select(max(0.0, min(next_beat, deadline) - now)):
                part = os.read(read_end, _MIB)
                if not part:
                    return b"".join(parts)
                parts.append(part)
    raise FailedApartError(Failure.TIME, f"{limits.seconds} s")


def _ended(child: int) -> int:
    """Return the child's wait status. One that still runs is not wanted any more."""
    pid, status = os.waitpid(child, os.WNOHANG)
    if pid == 0:
        # It has told everything and is about to end, or it is to be stopped: either way its work is over.
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    return status


def _read(answer: bytes, status: int) -> bytes:
    length, told = int.from_bytes(answer[:_LENGTH_BYTES], "big"), answer[_LENGTH_BYTES:]
    if not told or len(told) != length:
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        failure = Failure.TIME if ended_by == signal.SIGXCPU else Failure.CRASHED
        raise FailedApartError(failure, f"ended by signal {ended_by}")
    if told.startswith(_MADE):
        return told[1:]
    code, _line_end, detail = told[1:].decode().partition("\n")
    raise FailedApartError(Failure(code), detail)
