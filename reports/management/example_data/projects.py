"""Proposals that became projects, with caseworkers and what was granted them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from projects.enums import BudgetKind, DecisionOutcome, ProjectState, ProposalState
from projects.models import (
    BudgetLine,
    EstimateLine,
    Pool,
    PoolYear,
    Project,
    ProjectAssignment,
    Proposal,
    ProposalCost,
    ProposalDecision,
)
from projects.months import last_day
from reports.management.example_data.bulk import load_rows, next_id
from reports.management.example_data.people import Frame
from reports.management.example_data.size import CODE, NOTE, Size

TEXTS = ("challenge", "intervention", "expected_results", "motivation")
# Proposals in each pool that nobody has decided on.
WAITING = 10
_STEP = 1_000_000  # Frames are whole ten thousands of kroner, in øre.
_KINDS = ("Mentor", "Vejledning", "Praktik", "Rådgivning", "Opsporing", "Kursus", "Netværk", "Screening")


@dataclass(frozen=True)
class ExampleProject:
    """`granted` is øre by year; `plan` is how much of it the project really spends (1.0: all)."""

    pk: int
    code: str
    pool: Pool
    unit_id: int
    starts_on: date
    ends_on: date | None
    is_closed: bool
    granted: dict[int, int]
    plan: float
    caseworker_id: int


def load_projects(size: Size, frame: Frame, chance: Random) -> list[ExampleProject]:
    first = next_id(Project)
    projects = [_project(size, frame, chance, number, first + number) for number in range(size.projects)]
    frames = _frames(size, frame, projects)
    proposals = _load_proposals(size, frame, projects, chance)
    load_rows(
        Project,
        (
            *("id", "code", "name", "pool_id", "other_funding", "proposal_id", "unit_id", "committee_id", "state"),
            *("starts_on", "ends_on", "description", "created_at"),
        ),
        _project_rows(frame, projects, proposals),
    )
    load_rows(
        ProjectAssignment,
        ("project_id", "user_id", "valid_from", "valid_to"),
        ((project.pk, project.caseworker_id, project.starts_on, None) for project in projects),
    )
    load_rows(
        BudgetLine,
        (
            *("project_id", "pool_year_id", "year", "kind", "amount", "price_level", "reason", "meeting_id"),
            *("item_number", "created_by_id", "created_at", "example_note"),
        ),
        _budget_rows(frame, projects, frames),
    )
    return projects


def _project(size: Size, frame: Frame, chance: Random, number: int, pk: int) -> ExampleProject:
    months = size.month_list
    begin = chance.choice(months[: max(1, len(months) // 3)]) if number % 3 else months[0]
    is_closed = number % 12 == 11 and len(months) > 6
    end = last_day(chance.choice(months[len(months) // 2 : -1])) if is_closed else None
    years = [year for year in size.years if year >= begin.year and (end is None or year <= end.year)]
    yearly = chance.randrange(60, 900) * 1_000_00
    return ExampleProject(
        pk=pk,
        code=f"{CODE}-{number + 1:05}",
        pool=frame.pools[number % len(frame.pools)],
        unit_id=frame.teams[number % len(frame.teams)].pk,
        starts_on=begin,
        ends_on=end,
        is_closed=is_closed,
        granted=dict.fromkeys(years, yearly),
        plan=chance.choice((0.72, 0.85, 0.93, 0.97, 1.0, 1.0, 1.04, 1.18)),
        caseworker_id=frame.caseworkers[number % len(frame.caseworkers)].pk,
    )


def _frames(size: Size, frame: Frame, projects: Sequence[ExampleProject]) -> dict[tuple[int, int], int]:
    """Store each pool's frame a year: what is granted of it and a tenth more. Return their ids by pool and year."""
    granted = {(pool.pk, year): 0 for pool in frame.pools for year in size.years}
    for project in projects:
        for year, amount in _all_lines(project):
            granted[project.pool.pk, year] += amount
    first = next_id(PoolYear)
    ids = {key: first + place for place, key in enumerate(granted)}
    load_rows(
        PoolYear,
        ("id", "pool_id", "year", "frame", "price_level"),
        (
            (ids[pool, year], pool, year, -(-amount * 11 // 10 // _STEP) * _STEP, year)
            for (pool, year), amount in granted.items()
        ),
    )
    return ids


def _all_lines(project: ExampleProject) -> Iterator[tuple[int, int]]:
    """Yield year and øre of every budget line: the original grant, and for every fifth project a supplement."""
    yield from project.granted.items()
    if project.pk % 5 == 0:
        last = max(project.granted)
        yield last, project.granted[last] // 10


def _load_proposals(
    size: Size, frame: Frame, projects: Sequence[ExampleProject], chance: Random
) -> dict[int, tuple[int, str]]:
    """Store the projects' proposals and some that wait. Return id and title by project."""
    first = next_id(Proposal)
    numbers = dict.fromkeys((pool.pk for pool in frame.pools), 0)
    rows, made = [], {}
    for place, project in enumerate(projects):
        numbers[project.pool.pk] += 1
        title = f"{_KINDS[place % len(_KINDS)]} {place + 1:04} (eksempel)"
        made[project.pk] = (first + place, title)
        rows.append((first + place, project.pool.pk, numbers[project.pool.pk], title, project.unit_id, "granted"))
    waiting = []
    for pool in frame.pools:
        for _each in range(min(WAITING, size.projects)):
            numbers[pool.pk] += 1
            pk = first + len(rows)
            rows.append(
                (pk, pool.pk, numbers[pool.pk], f"Venter {pk - first + 1:04} (eksempel)", pool.unit_id, "submitted")
            )
            waiting.append((pk, pool.pk))
    _store_proposals(frame, rows)
    _store_decisions(frame, [row[0] for row in rows if row[5] == ProposalState.GRANTED])
    _store_lists(frame, [row[0] for row in rows], chance)
    _store_economy(size, waiting, projects, made)
    return made


def _store_proposals(frame: Frame, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = (
        *("id", "pool_id", "number", "title", "short_name", "unit_id", "state", "version", "author_id"),
        *("co_responsible", "target_group_text", "schedule", "contributors", "economy", *TEXTS),
        *("created_at", "updated_at", "submitted_at"),
    )
    text = "Et eksempel, dannet til belastningstest."
    load_rows(
        Proposal,
        columns,
        (
            (
                *(pk, pool, number, title, title, unit, state, 1, frame.manager.pk),
                *("", text, text, "", text, *[text] * len(TEXTS)),
                *[frame.moment] * 3,
            )
            for pk, pool, number, title, unit, state in rows
        ),
    )


def _store_decisions(frame: Frame, granted: Sequence[int]) -> None:
    load_rows(
        ProposalDecision,
        (
            "proposal_id",
            "outcome",
            "reason",
            "meeting_id",
            "item_number",
            "decided_by_id",
            "decided_at",
            "example_note",
        ),
        ((pk, DecisionOutcome.GRANTED, NOTE, None, "", frame.manager.pk, frame.moment, NOTE) for pk in granted),
    )


def _store_lists(frame: Frame, proposals: Sequence[int], chance: Random) -> None:
    for name, codes in (("goals", frame.goals), ("tracks", frame.tracks), ("target_groups", frame.groups)):
        through = getattr(Proposal, name).through
        column = through._meta.get_fields()[2].column
        load_rows(through, ("proposal_id", column), ((pk, chance.choice(codes).pk) for pk in proposals))


def _store_economy(
    size: Size, waiting: Sequence[tuple[int, int]], projects: Sequence[ExampleProject], made: dict[int, tuple[int, str]]
) -> None:
    columns = ("proposal_id", "year", "label", "fte", "amount", "basis", "position")
    asked = [
        (made[project.pk][0], year, "Løn", None, amount, "Overslag", 0)
        for project in projects
        for year, amount in project.granted.items()
    ]
    load_rows(
        ProposalCost,
        columns,
        [*asked, *((pk, size.years[-1], "Løn", None, 100_000_00, "Overslag", 0) for pk, _p in waiting)],
    )
    frames = {(pool, year): pk for pk, pool, year in PoolYear.objects.values_list("pk", "pool_id", "year")}
    listed = [
        (frames[project.pool.pk, year], *made[project.pk], amount)
        for project in projects
        for year, amount in project.granted.items()
    ]
    listed += [(frames[pool, size.years[-1]], pk, f"Venter {pk}", 100_000_00) for pk, pool in waiting]
    load_rows(
        EstimateLine,
        ("pool_year_id", "proposal_id", "label", "amount", "note", "position"),
        ((pool_year, pk, label, amount, "", place) for place, (pool_year, pk, label, amount) in enumerate(listed)),
    )


def _project_rows(
    frame: Frame, projects: Sequence[ExampleProject], proposals: dict[int, tuple[int, str]]
) -> Iterator[tuple[Any, ...]]:
    for project in projects:
        proposal, title = proposals[project.pk]
        state = ProjectState.CLOSED if project.is_closed else ProjectState.RUNNING
        yield (
            *(project.pk, project.code, title, project.pool.pk, "", proposal, project.unit_id),
            *(project.pool.committee_id, state, project.starts_on, project.ends_on, NOTE, frame.moment),
        )


def _budget_rows(
    frame: Frame, projects: Sequence[ExampleProject], frames: dict[tuple[int, int], int]
) -> Iterator[tuple[Any, ...]]:
    for project in projects:
        for place, (year, amount) in enumerate(_all_lines(project)):
            kind = BudgetKind.ORIGINAL if place < len(project.granted) else BudgetKind.SUPPLEMENTARY
            yield (
                *(project.pk, frames[project.pool.pk, year], year, kind, amount, year, NOTE, None),
                *("", frame.manager.pk, frame.moment, NOTE),
            )
