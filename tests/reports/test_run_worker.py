"""The worker as it runs in production: its own process, killed for real."""

import os
import signal
from pathlib import Path

import pytest

from projects.models import Worker
from reports.actions.renderings import ask_again, ask_for_preview
from reports.enums import Failure
from reports.models import NoteVersion, Rendering
from tests.papers import running_worker, states, wait_until
from tests.reports.note_cases import small_note

LONG = "Et meget langt afsnit om indsatsen og dens resultater. " * 40 + "\n\n"


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_dead(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def state() -> str:
    return Rendering.objects.order_by("pk").last().state


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker's children through /proc")
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_is_noticed_replaced_and_the_paper_made_at_last():
    # Long enough to be in the middle of when the kill comes.
    case = small_note(narrative=LONG * 200)
    order = ask_for_preview(note=case.note, by=case.secretary)
    with running_worker() as process:
        wait_until(lambda: state() == "rendering")
        (worker,) = children_of(process.pid)
        wait_until(lambda: children_of(worker))
        (maker,) = children_of(worker)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: state() == "failed")
        assert states(Rendering.objects.all()) == [("failed", Failure.LOST)]
        wait_until(lambda: is_dead(maker))

        case.note.sections.all().delete()
        ask_again(order=order, by=case.secretary)
        wait_until(lambda: state() == "done")
        assert Worker.objects.count() == 1
    assert process.returncode == 0
    assert (Worker.objects.count(), NoteVersion.objects.count()) == (0, 0)
