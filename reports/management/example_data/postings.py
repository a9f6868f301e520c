"""What the projects have spent, a file of postings a pool and year."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import groupby
from random import Random

from projects.actions.ledger import Source
from projects.actions.ledger import load_postings as load_ledger
from projects.ledger_files import LedgerRow
from projects.months import last_day
from reports.management.example_data.people import Frame
from reports.management.example_data.projects import ExampleProject
from reports.management.example_data.size import CODE, NOTE, Size

_TEXTS = ("Løn", "Løn, tillæg", "Kørsel", "Materialer", "Lokaler", "Kursus", "Tolk", "Faktura")
_ACCOUNTS = ("5.68.98", "5.68.90", "5.57.73")


def load_postings(size: Size, frame: Frame, projects: Sequence[ExampleProject], chance: Random) -> int:
    """Load the postings as the controller's files are, and return how many were new: none when they are there.

    Each pool has one file a year, so that the many rows are matched and summed a few times and not once a month.
    """
    months = _dealt(size, projects)
    total = 0
    for pool in frame.pools:
        theirs = [project for project in projects if project.pool.pk == pool.pk]
        for year, part in groupby(months, key=lambda month: month[0].year):
            name = f"{CODE}-posteringer-{pool.code}-{year}.csv"
            source = Source(name, sha256(name.encode()).hexdigest(), CODE, NOTE)
            rows = _year_rows(list(part), theirs, chance)
            total += load_ledger(pool=pool, rows=rows, source=source, by=frame.controller, year=year).imported
    return total


def _dealt(size: Size, projects: Sequence[ExampleProject]) -> list[tuple[date, dict[int, int]]]:
    """Return each month with how many postings each running project gets; together as many as are wanted."""
    months = size.month_list
    each, total = size.postings // len(months), 0
    dealt = []
    for month in months:
        wanted = size.postings - total if month == months[-1] else each
        running = [project.pk for project in projects if _runs(project, month)]
        if running:
            some, rest = divmod(wanted, len(running))
            dealt.append((month, {pk: some + (place < rest) for place, pk in enumerate(running)}))
            total += wanted
    return dealt


def _runs(project: ExampleProject, month: date) -> bool:
    return project.starts_on <= month and (project.ends_on is None or project.ends_on >= month)


def _year_rows(
    months: Sequence[tuple[date, dict[int, int]]], projects: Sequence[ExampleProject], chance: Random
) -> Iterator[LedgerRow]:
    """Yield the year's postings, so that a project's year adds up to what it plans to spend of its grant."""
    line = 1
    for month, counts in months:
        days = last_day(month).day
        for project in projects:
            count = counts.get(project.pk, 0)
            month_share = project.granted.get(month.year, 0) * project.plan / 12
            for _each in range(count):
                amount = round(month_share / count * chance.uniform(0.6, 1.4)) or 1
                day = month.replace(day=chance.randrange(1, days + 1))
                line += 1
                account, text = _ACCOUNTS[line % 3], _TEXTS[line % 8]
                yield LedgerRow(line, day, amount, account, text, project.code, f"{month:%m}-{line}")
