"""Work in a child of its own: its result, its crashes and its bounds. Real children, really killed."""

import errno
import os
import signal
import time

import pytest

from reports.enums import Failure
from reports.facts.note import PaperError
from reports.isolation import FailedApartError, Limits, in_child

LIMITS = Limits(seconds=60, megabytes=512)
# Where a test itself has threads, Python warns that a copy may lack one of them. Nothing here needs any.
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def failure_of(work, limits=LIMITS):
    with pytest.raises(FailedApartError) as failed:
        in_child(work, limits)
    return failed.value.failure, failed.value.detail


def die(number):
    os.kill(os.getpid(), number)
    return b""


def raise_(error):
    raise error


def test_what_the_child_makes_comes_back_whole():
    made = os.urandom(3_000_000)
    assert in_child(lambda: made, LIMITS) == made


def test_the_child_is_another_process_and_changes_nothing_here():
    kept = []
    told = in_child(lambda: (kept.append(1), str(os.getpid()).encode())[1], LIMITS)
    assert (int(told) != os.getpid(), kept) == (True, [])


def test_nothing_is_left_of_it_afterwards():
    in_child(lambda: b"x", LIMITS)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_that_is_killed_is_a_crash(number):
    assert failure_of(lambda: die(number)) == (Failure.CRASHED, f"ended by signal {int(number)}")


def test_a_child_that_takes_too_long_is_stopped():
    begun = time.monotonic()
    assert failure_of(lambda: time.sleep(60) or b"", Limits(seconds=0.2, megabytes=64))[0] == Failure.TIME
    assert time.monotonic() - begun < 30


def test_a_child_that_asks_for_too_much_memory_gets_none():
    assert failure_of(lambda: bytes(400_000_000), Limits(seconds=60, megabytes=64))[0] == Failure.MEMORY


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (PaperError("en henvisning"), Failure.PAPER),
        (PaperError("Bilag 2", Failure.ANNEX), Failure.ANNEX),
        (OSError(errno.ENOSPC, "No space left on device"), Failure.DISK),
        (OSError(errno.EIO, "Input/output error"), Failure.CRASHED),
    ],
)
def test_what_the_child_raises_is_told_in_its_kind(error, failure):
    assert failure_of(lambda: raise_(error)) == (failure, str(error))


def test_somebody_hears_that_it_is_still_at_work(monkeypatch):
    monkeypatch.setattr("reports.isolation._SECONDS_BETWEEN_BEATS", 0.05)
    beats = []
    hears, told = os.pipe()

    def beat() -> None:
        beats.append(1)
        if len(beats) == 2:
            os.write(told, b"!")

    # The child is at work until its parent has heard of it twice.
    assert in_child(lambda: os.read(hears, 1), LIMITS, beat) == b"!"
    os.close(hears)
    os.close(told)
    assert len(beats) >= 2
