"""What the projects have spent, a file of postings a month."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from random import Random
from typing import Any

from projects.models import ImportBatch, Posting
from projects.months import last_day
from reports.management.example_data.bulk import load_rows, next_id
from reports.management.example_data.people import Frame
from reports.management.example_data.projects import ExampleProject
from reports.management.example_data.size import CODE, NOTE, Size

_TEXTS = ("Løn", "Løn, tillæg", "Kørsel", "Materialer", "Lokaler", "Kursus", "Tolk", "Faktura")
_ACCOUNTS = ("5.68.98", "5.68.90", "5.57.73")


def load_postings(size: Size, frame: Frame, projects: Sequence[ExampleProject], chance: Random) -> int:
    """Store the postings month by month, each month as one loaded file with its control total."""
    months = size.month_list
    each = size.postings // len(months)
    total = 0
    for place, month in enumerate(months):
        wanted = size.postings - total if month == months[-1] else each
        running = [project for project in projects if _runs(project, month)]
        if running and wanted:
            total += _load_month(frame, month, running, wanted, chance, place)
    return total


def _runs(project: ExampleProject, month: date) -> bool:
    return project.starts_on <= month and (project.ends_on is None or project.ends_on >= month)


def _load_month(
    frame: Frame, month: date, running: Sequence[ExampleProject], wanted: int, chance: Random, place: int
) -> int:
    batch = next_id(ImportBatch)
    rows = list(_rows(batch, month, running, wanted, chance))
    name = f"{CODE}-posteringer-{month:%Y-%m}.csv"
    load_rows(
        ImportBatch,
        ("id", "file_name", "sha256", "row_count", "control_total", "created_by_id", "created_at", "example_note"),
        [
            (
                *(batch, name, sha256(f"{name} {place}".encode()).hexdigest(), len(rows), sum(row[-1] for row in rows)),
                *(frame.controller.pk, frame.moment, NOTE),
            )
        ],
    )
    return load_rows(Posting, ("batch_id", "line_number", "project_id", "posted_on", "account", "text", "amount"), rows)


def _rows(
    batch: int, month: date, running: Sequence[ExampleProject], wanted: int, chance: Random
) -> Iterator[tuple[Any, ...]]:
    """Yield the month's postings, dealt out so that a project's year adds up to what it plans to spend of its grant."""
    days = last_day(month).day
    some, rest = divmod(wanted, len(running))
    line = 1
    for place, project in enumerate(running):
        count = some + (place < rest)
        month_share = project.granted.get(month.year, 0) * project.plan / 12
        for _each in range(count):
            amount = round(month_share / count * chance.uniform(0.6, 1.4)) or 1
            day = month.replace(day=chance.randrange(1, days + 1))
            yield batch, line + 1, project.pk, day, _ACCOUNTS[line % 3], _TEXTS[line % 8], amount
            line += 1
