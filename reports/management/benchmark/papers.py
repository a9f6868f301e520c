"""Notes of one, a dozen and many projects: against the bare library, against Chromium, in memory, two at once."""

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.enums import SnapshotState
from projects.models import Meeting, User
from reports.actions.composing import create_note
from reports.actions.issuing import NoteBlockedError, issue_note
from reports.facts.gathering import gather
from reports.facts.note import NoteFacts
from reports.isolation import let_rubbish_lie
from reports.management.benchmark.timing import seconds
from reports.markup import note_markup
from reports.models import StatusNote
from reports.papers import apart, make_preview, preload
from reports.queries.notes import candidate_projects, note_month

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


def make_notes(sizes: list[int]) -> list[StatusNote]:
    """Store a note of so many projects for each size, of different meetings, the newest first.

    Raises RuntimeError when the portfolio has no committee with so many projects.
    """
    user = User.objects.get(username="eks-sekretaer")
    meetings = Meeting.objects.filter(rounds__closed_at__isnull=False, note__isnull=True).order_by("-date", "pk")
    free = [(meeting, _told_projects(meeting)) for meeting in meetings.distinct()[:40]]
    notes = []
    for size in sizes:
        place = next((place for place, (_meeting, ids) in enumerate(free) if len(ids) >= size), None)
        if place is None:
            raise RuntimeError(f"no meeting with {size} projects")
        meeting, ids = free.pop(place)
        notes.append(
            create_note(
                meeting=meeting,
                title=f"Eksempel med {size} projekter",
                case_number="15.00.00-A00-2-16",
                case_officer=str(user),
                dated=timezone.localdate(),
                introduction="",
                project_ids=ids[:size],
                by=user,
            )
        )
    return notes


def _told_projects(meeting: Meeting) -> list[int]:
    month = note_month(meeting)
    told = candidate_projects(meeting, month).filter(snapshots__month=month, snapshots__state=SnapshotState.APPROVED)
    return list(told.order_by("pk").values_list("pk", flat=True).distinct())


def facts_queries(note: StatusNote, sizes: Iterable[int]) -> list[int]:
    """Return how many queries the note's facts take with so many of its projects in it."""
    counts = []
    for size in sizes:
        with transaction.atomic():
            kept = note.sections.filter(is_included=True).order_by("position").values_list("pk", flat=True)[:size]
            note.sections.exclude(pk__in=list(kept)).update(is_included=False)
            with CaptureQueriesContext(connection) as queries:
                gather(note)
            transaction.set_rollback(True)
        counts.append(len(queries))
    return counts


def measure_paper(note_id: int, rounds: int) -> dict[str, Any]:
    """Return the seconds of one note's export, of the bare library and of Chromium, and the MiB of this process.

    Run in a process of its own: the memory is its peak after the first export, before anything else is made.
    """
    from reports.pdf import print_bare, whole_page

    note = StatusNote.objects.get(pk=note_id)
    preload()
    # As in the process that makes papers; the bare library has the same of it.
    let_rubbish_lie()

    def export() -> None:
        made["paper"] = make_preview(gather(note).facts, ())

    made: dict[str, Any] = {}
    taken: dict[str, list[float]] = {"export": [seconds(export)], "export_cpu": [], "bare_cpu": [], "chromium": []}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts = gather(note).facts
    html = note_markup(facts).html
    for _round in range(rounds):
        # Both work in this one process, so that their processor time tells them apart on a busy machine, too.
        taken["bare_cpu"].append(seconds(lambda: print_bare(html), process_time))
        taken["export_cpu"].append(seconds(export, process_time))
        taken["chromium"] += _chromium(whole_page(html))
    found = {name: min(values) for name, values in taken.items() if values}
    return {**found, "pages": made["paper"].page_count, "mib": peak, "projects": len(facts.sections)}


def _chromium(html: str) -> list[float]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        return []
    with TemporaryDirectory(prefix="bench-") as folder:
        page, paper = Path(folder) / "note.html", Path(folder) / "note.pdf"
        page.write_text(html, encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [f"--print-to-pdf={paper}", page.as_uri()]
        taken = seconds(
            lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        )
        return [taken] if paper.exists() else []


def measure_two(notes: list[StatusNote], rounds: int) -> dict[str, float]:
    """Return the seconds of two notes one after the other, and at once, each in a process of its own as always."""
    preload()
    both = [gather(note).facts for note in notes]
    taken: dict[str, list[float]] = {"serial": [], "together": []}

    def make(facts: NoteFacts) -> int:
        return apart(lambda: make_preview(facts, ())).page_count

    def together() -> None:
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(make, both))

    works: dict[str, Callable[[], object]] = {"serial": lambda: [make(facts) for facts in both], "together": together}
    for _round in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: min(values) for name, values in taken.items()}


def measure_download(note: StatusNote) -> dict[str, float]:
    """Return the seconds of issuing a note and downloading it, and of downloading it again; none if it is stopped."""
    user = User.objects.get(username="eks-sekretaer")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def download() -> None:
        address = reverse("reports:note-version", args=[note.pk, 1])
        if client.get(address).status_code != 200:
            raise RuntimeError(address)

    def issue_and_download() -> None:
        issue_note(note=note, by=user)
        download()

    try:
        first = seconds(issue_and_download)
    except NoteBlockedError:
        return {}
    return {"first_download": first, "second_download": min(seconds(download) for _round in range(5))}
