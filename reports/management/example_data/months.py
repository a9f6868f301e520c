"""Every project's monthly statuses, with figures and a breakdown that sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from django.db.models import F

from projects.enums import CountingRule, Direction, Light, SnapshotState
from projects.models import (
    Breakdown,
    BreakdownCategory,
    BreakdownValue,
    Indicator,
    Measurement,
    StatusSnapshot,
    Target,
)
from projects.months import COPENHAGEN, last_day
from reports.management.example_data.bulk import load_rows, next_id
from reports.management.example_data.people import Frame
from reports.management.example_data.projects import ExampleProject
from reports.management.example_data.size import NOTE, Size

CATEGORIES = (("job", "I job"), ("uddannelse", "I uddannelse"), ("forloeb", "Stadig i forløb"))
INDICATORS = (
    ("borgere", "Borgere i forløb", CountingRule.AT_DATE),
    ("afsluttet", "Afsluttede forløb", CountingRule.SINCE_START),
)
_LIGHTS = (Light.GREEN,) * 7 + (Light.YELLOW,) * 2 + (Light.RED,)
# What the newest month's statuses are, in tenths; None is a month nobody has begun.
_NEWEST = (
    *(SnapshotState.APPROVED,) * 4,
    *(SnapshotState.SUBMITTED,) * 2,
    *(SnapshotState.DRAFT, SnapshotState.RETURNED),
    *(None, None),
)
_COMMENT = "Indsatsen følger ikke planen; der er aftalt en ændring."
_TEXT = "Indsatsen følger planen, og deltagerne møder frem. Tallene er dannet til belastningstest."


@dataclass(frozen=True)
class ExampleMonth:
    pk: int
    place: int
    project: ExampleProject
    month: date
    state: SnapshotState
    citizens: int


def load_months(size: Size, frame: Frame, projects: Sequence[ExampleProject], chance: Random) -> None:
    """Store the statuses as drafts with what they hold, and approve them last: approved rows take no more."""
    first = {model: next_id(model) for model in (StatusSnapshot, Indicator, Breakdown, BreakdownCategory)}
    _load_schemes(projects, first, size)
    months = list(_months(size, projects, chance, first[StatusSnapshot]))
    load_rows(StatusSnapshot, _COLUMNS, (_snapshot(frame, each, chance) for each in months))
    load_rows(
        Measurement,
        ("snapshot_id", "indicator_id", "value", "unit"),
        (row for each in months for row in _measured(each, first[Indicator])),
    )
    load_rows(
        BreakdownValue,
        ("snapshot_id", "category_id", "count", "count_out", "since", "since_text"),
        (row for each in months for row in _counted(each, first[BreakdownCategory])),
    )
    _send_and_approve(frame, months)


def _load_schemes(projects: Sequence[ExampleProject], first: dict[Any, int], size: Size) -> None:
    """Store per project two indicators, the first with a target, and a breakdown of it."""
    places = range(len(projects))
    load_rows(
        Indicator,
        ("id", "project_id", "code", "name", "unit", "direction", "counting_rule", "baseline", "baseline_on", "source"),
        (row for place in places for row in _indicators(place, projects[place], first[Indicator])),
    )
    load_rows(
        Target,
        ("indicator_id", "due_on", "value"),
        ((first[Indicator] + 2 * place, date(size.last.year, 12, 31), 40) for place in places),
    )
    load_rows(
        Breakdown,
        ("id", "project_id", "code", "name", "indicator_id"),
        (
            (first[Breakdown] + place, each.pk, "udfald", "Udfald", first[Indicator] + 2 * place)
            for place, each in enumerate(projects)
        ),
    )
    load_rows(
        BreakdownCategory,
        ("id", "breakdown_id", "code", "name", "position"),
        (
            (first[BreakdownCategory] + 3 * place + n, first[Breakdown] + place, code, name, n + 1)
            for place in places
            for n, (code, name) in enumerate(CATEGORIES)
        ),
    )


def _indicators(place: int, project: ExampleProject, first: int) -> Iterator[tuple[Any, ...]]:
    for n, (code, name, rule) in enumerate(INDICATORS):
        pk = first + 2 * place + n
        yield pk, project.pk, code, name, "borgere", Direction.UP, rule, 0, project.starts_on, "Eksempel"


def _months(size: Size, projects: Sequence[ExampleProject], chance: Random, pk: int) -> Iterator[ExampleMonth]:
    for place, project in enumerate(projects):
        citizens = chance.randrange(12, 40)
        for month in size.month_list:
            if month < project.starts_on or (project.ends_on and month > project.ends_on):
                continue
            state = _NEWEST[chance.randrange(10)] if month == size.last else SnapshotState.APPROVED
            citizens = max(3, citizens + chance.randrange(-2, 4))
            if state is not None and (month == size.last or chance.random() > 0.01):
                yield ExampleMonth(pk, place, project, month, state, citizens)
                pk += 1


_COLUMNS = (
    *("id", "project_id", "month", "revision", "state", "version", "as_of"),
    *("light_overall", "light_economy", "light_schedule", "light_results"),
    *("comment_overall", "comment_economy", "comment_schedule", "comment_results"),
    *("forecast", "narrative", "unparsed", "correction_reason", "return_reason", "example_note"),
    *("created_by_id", "created_at", "updated_by_id", "updated_at"),
)


def _snapshot(frame: Frame, each: ExampleMonth, chance: Random) -> tuple[Any, ...]:
    project = each.project
    lights = [chance.choice(_LIGHTS) for _dimension in range(4)]
    comments = ["" if light == Light.GREEN else _COMMENT for light in lights]
    yearly = project.granted.get(each.month.year)
    forecast = None if yearly is None else round(yearly * (project.plan + chance.uniform(-0.03, 0.03)), -5)
    is_returned = each.state == SnapshotState.RETURNED
    return (
        *(each.pk, project.pk, each.month, 1, SnapshotState.DRAFT, 1, last_day(each.month)),
        *(*lights, *comments, None if forecast is None else int(forecast), _TEXT, "{}", ""),
        *("Et tal mangler." if is_returned else "", NOTE),
        *(project.caseworker_id, _moment(each.month), project.caseworker_id, _moment(each.month)),
    )


def _moment(month: date) -> datetime:
    day = last_day(month)
    return datetime(day.year, day.month, day.day, 9, tzinfo=COPENHAGEN)


def _measured(each: ExampleMonth, first: int) -> Iterator[tuple[Any, ...]]:
    since_start = (each.month.year * 12 + each.month.month - each.project.starts_on.year * 12) // 2
    yield each.pk, first + 2 * each.place, each.citizens, "borgere"
    yield each.pk, first + 2 * each.place + 1, since_start, "borgere"


def _counted(each: ExampleMonth, first: int) -> Iterator[tuple[Any, ...]]:
    job, school = each.citizens // 3, each.citizens // 4
    for n, count in enumerate((job, school, each.citizens - job - school)):
        yield each.pk, first + 3 * each.place + n, count, None, None, ""


def _send_and_approve(frame: Frame, months: Sequence[ExampleMonth]) -> None:
    """Move the statuses on, a whole state at a time; the manager who approves has written in none of them."""
    drafts = StatusSnapshot.objects.filter(pk__gte=months[0].pk, pk__lte=months[-1].pk) if months else None
    if drafts is None:
        return
    for state in (SnapshotState.SUBMITTED, SnapshotState.RETURNED, SnapshotState.APPROVED):
        ids = [each.pk for each in months if each.state == state]
        approved = (
            {"approved_by": frame.manager, "approved_at": frame.moment} if state == SnapshotState.APPROVED else {}
        )
        for begin in range(0, len(ids), 10_000):
            part = drafts.filter(pk__in=ids[begin : begin + 10_000])
            part.update(state=state, submitted_by=F("created_by"), submitted_at=frame.moment, **approved)
