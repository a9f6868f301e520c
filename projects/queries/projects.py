"""Projects in lists, and everything that is known of one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import F, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from projects.enums import Direction, Role, SnapshotState
from projects.models import (
    BudgetLine,
    Commitment,
    PoolYear,
    Posting,
    Project,
    ProjectAlias,
    ProjectAssignment,
    StatusSnapshot,
    User,
)
from projects.models.projects import ProjectQuerySet
from projects.months import first_of_month, next_month
from projects.queries.absences import Attendance
from projects.queries.money import NO_MONEY, ProjectMoney, kept_money
from projects.queries.snapshots import SENT, IndicatorFact, blank_content, told_forecasts
from projects.rules.indicators import progress

# Those who work with statuses see what is sent in; others what is approved.
_SEE_SENT = {Role.MANAGER, Role.SECRETARY, Role.CASEWORKER, Role.ADMINISTRATOR}


def told_states(user: User) -> tuple[SnapshotState, ...]:
    """Return the states a status may be in for the user to be told of it. Drafts never are."""
    return SENT if user.role_set & _SEE_SENT else (SnapshotState.APPROVED,)


def listed_projects(user: User) -> ProjectQuerySet:
    """Return the projects the user may see, with `told_light`: the newest overall light, None when there is none."""
    is_told_sent = SnapshotState.SUBMITTED in told_states(user)
    light = F("standing__light_sent" if is_told_sent else "standing__light_approved")
    projects: ProjectQuerySet = Project.objects.for_user(user).annotate(told_light=light)
    return projects


@dataclass(frozen=True)
class ProjectRow:
    """A project in a list. `light` is the newest told, "" when there is none."""

    project: Project
    money: ProjectMoney
    light: str


def project_rows(projects: ProjectQuerySet) -> list[ProjectRow]:
    """Return the projects of `listed_projects` with their money, in the order given. One query."""
    found = projects.select_related("unit", "pool", "committee", "standing")
    return [ProjectRow(project, standing_money(project), _told(project)) for project in found]


def project_rows_in_parts(projects: ProjectQuerySet, part: int = 500) -> Iterator[list[ProjectRow]]:
    """Yield `project_rows` some at a time, so that a file of thousands is made without holding them. One query."""
    found = projects.select_related("unit", "pool", "committee", "standing").iterator(part)
    while rows := [ProjectRow(project, standing_money(project), _told(project)) for project in islice(found, part)]:
        yield rows


def standing_money(project: Project) -> ProjectMoney:
    """Return the project's money of all years as it is kept ready; `standing` must be loaded."""
    kept = getattr(project, "standing", None)
    return NO_MONEY if kept is None else kept_money(kept)


def page_of(projects: ProjectQuerySet, begin: int, end: int, count: int) -> ProjectQuerySet:
    """Return the projects at those places of the list's `count`, in its order. One query.

    The places are found among bare ids first, from the nearer end: the last page then costs what the first one does,
    because nothing is joined for the rows before it and none of them is counted through.
    """
    ids = projects.values_list("pk", flat=True)
    is_nearer_end = begin > count // 2
    found = ids.reverse()[max(count - end, 0) : count - begin] if is_nearer_end else ids[begin:end]
    page: ProjectQuerySet = projects.filter(pk__in=list(found))
    return page


def _told(project: Project) -> str:
    return getattr(project, "told_light", "") or ""


@dataclass(frozen=True)
class YearMoney:
    """A project's money in one year. `original` and `granted` None: nothing is decided for the year."""

    year: int
    original: Decimal | None
    granted: Decimal | None
    spent: Decimal
    forecast: Decimal | None
    forecast_month: date | None
    committed: Decimal = Decimal(0)

    @property
    def rest(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent - self.committed


def years_of(project: Project) -> list[YearMoney]:
    """Return the project's money year by year, oldest first. Four queries."""
    granted: dict[int, dict[str, Decimal]] = defaultdict(dict)
    lines = BudgetLine.objects.filter(project=project).order_by()
    for year, kind, amount in lines.values_list("year", "kind").annotate(Sum("amount")):
        granted[year][kind] = amount
    postings = Posting.objects.filter(project=project).order_by().annotate(year=ExtractYear("posted_on"))
    spent = dict(postings.values_list("year").annotate(Sum("amount")))
    bound = Commitment.objects.bound().filter(project=project).order_by().annotate(year=ExtractYear("expected_on"))
    committed = dict(bound.values_list("year").annotate(Sum("amount")))
    forecasts = _forecasts(project)
    return [
        replace(
            _year(year, granted.get(year, {}), spent.get(year), forecasts.get(year)),
            committed=committed.get(year, Decimal(0)),
        )
        for year in sorted({*granted, *spent, *committed, *forecasts})
    ]


def _year(year: int, granted: dict[str, Decimal], spent: Decimal | None, forecast: StatusSnapshot | None) -> YearMoney:
    return YearMoney(
        year=year,
        original=granted.get("original"),
        granted=sum(granted.values(), Decimal(0)) if granted else None,
        spent=spent or Decimal(0),
        forecast=forecast.forecast if forecast else None,
        forecast_month=forecast.month if forecast else None,
    )


def _forecasts(project: Project) -> dict[int, StatusSnapshot]:
    """Return the newest forecast that was sent for each year."""
    given = told_forecasts().filter(project=project)
    return {snapshot.month.year: snapshot for snapshot in given.order_by("month")}


@dataclass(frozen=True)
class Person:
    """Someone on a project. `stand_ins` are those who act for them there today."""

    assignment: ProjectAssignment
    stand_ins: tuple[str, ...]
    is_absent: bool = False


def people_on(project: Project) -> list[Person]:
    """Return those who are or will be on the project, with today's stand-ins. Three queries."""
    today = timezone.localdate()
    current = project.assignments.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).select_related("user")
    attendance = Attendance(today)
    return [
        Person(
            assignment,
            tuple(str(user) for user in attendance.stand_ins(assignment.user_id, project.pk)),
            attendance.is_absent(assignment.user_id),
        )
        for assignment in current.order_by("valid_from", "pk")
    ]


@dataclass(frozen=True)
class IndicatorStory:
    """An indicator's months as they were told, oldest first, and how far it has come (None: no target to reach)."""

    fact: IndicatorFact
    latest: Decimal | None
    latest_month: date | None
    progress: Decimal | None


@dataclass(frozen=True)
class IndicatorTable:
    """The indicators over the newest months anything was told in; `cells` follow `months`, None where nothing was."""

    months: tuple[date, ...]
    rows: tuple[tuple[IndicatorStory, tuple[Decimal | None, ...]], ...]


def indicator_table(project: Project, user: User, newest: int = 6) -> IndicatorTable:
    """Return the project's indicators with the months the user may be told of. At most eleven queries."""
    told = StatusSnapshot.objects.filter(project=project, state__in=told_states(user))
    months = set(told.order_by().values_list("month", flat=True))
    after = next_month(max(months, default=first_of_month(timezone.localdate())))
    stories = []
    for fact in blank_content(project, after).indicators:
        points = {month: value for month, value in fact.history if month in months}
        stories.append((_story(fact, points), points))
    shown = sorted({month for _story_of, points in stories for month in points})[-newest:]
    return IndicatorTable(
        tuple(shown), tuple((story, tuple(points.get(month) for month in shown)) for story, points in stories)
    )


def _story(fact: IndicatorFact, points: dict[date, Decimal]) -> IndicatorStory:
    month = max(points, default=None)
    latest = points[month] if month else None
    return IndicatorStory(fact, latest, month, progress(fact.baseline, fact.target, latest, Direction(fact.direction)))


def budget_lines(project: Project) -> list[BudgetLine]:
    """Return every line, oldest year first. One query."""
    lines = project.budget_lines.select_related("pool_year__pool", "meeting__committee", "created_by")
    return list(lines.order_by("year", "created_at", "pk"))


def example_notes(project: Project) -> list[str]:
    """Return what is said of the project's example data, each once. Two queries."""
    lines = project.budget_lines.exclude(example_note="").order_by().values_list("example_note", flat=True)
    batches = Posting.objects.filter(project=project).exclude(batch__example_note="").order_by()
    notes = batches.annotate(note=F("batch__example_note")).values_list("note", flat=True)
    return sorted({*lines, *notes})


@dataclass(frozen=True)
class Held:
    """What a project has been granted in one year from one source (None: not from a pool), kroner above 0."""

    year: int
    pool_year: PoolYear | None
    amount: Decimal


def held_by(project: Project) -> list[Held]:
    """Return what there is to move, oldest year first. Two queries."""
    sums = project.budget_lines.order_by("year").values_list("year", "pool_year").annotate(total=Sum("amount"))
    found = [(year, frame, total) for year, frame, total in sums if total > 0]
    frames = PoolYear.objects.select_related("pool").in_bulk({frame for _year, frame, _total in found if frame})
    return [Held(year, frames.get(frame), total) for year, frame, total in found]


def takes_from_pool(project: Project) -> bool:
    """Return whether its pool has granted it money, or loaded a posting of it into its ledger. Two queries at most."""
    granted = project.budget_lines.filter(pool_year__isnull=False)
    return granted.exists() or project.postings.filter(batch__pool=project.pool_id).exists()


def known_names() -> list[tuple[str, str]]:
    """Return every name a project has or has had in papers, with the name it has today. Two queries."""
    aliases = ProjectAlias.objects.values_list("name", "project__name")
    return [*((name, name) for name in Project.objects.values_list("name", flat=True)), *aliases]
