"""The overview's rows in sight: each project in its month, and what nobody has answered about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import Dimension, Light, SnapshotState
from projects.models import PoolYear, Project, StatusRound, StatusSnapshot, User
from projects.months import previous_month
from projects.queries.drift import drift_notices
from projects.queries.findings import with_answers
from projects.queries.money import ProjectMoney
from projects.queries.notices import (
    AnsweredNotice,
    Found,
    project_notices,
    status_label,
    status_notices,
    status_subject,
)
from projects.queries.pool_notices import pools_found
from projects.queries.rounds import MISSING, UNSENT, owes_status
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from reports.facts.sentences import days_late_words
from reports.queries.overview import (
    NOT_DUE,
    proposal_ids,
    revisions_of,
    told_states,
)

# Of more pools than this the sums are told together.
POOLS_IN_SIGHT = 5
BETTER, WORSE, SAME = "better", "worse", "same"
_HOW_BAD = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}


@dataclass(frozen=True)
class LightFact:
    """A light now and a month ago; "" when none is told."""

    dimension: Dimension
    light: str
    before: str

    @property
    def word(self) -> str:
        return str(Light(self.light).label) if self.light else ""

    @property
    def trend_word(self) -> str:
        return {BETTER: _("better"), WORSE: _("worse"), SAME: _("unchanged")}.get(self.trend, "")

    @property
    def in_words(self) -> str:
        """Return "Gul, værre", or "" when no light is told."""
        return ", ".join(filter(None, (self.word, self.trend_word)))

    @property
    def trend(self) -> str:
        """Return "better", "worse" or "same"; "" when either is unknown."""
        if not self.light or not self.before:
            return ""
        change = _HOW_BAD[Light(self.light)] - _HOW_BAD[Light(self.before)]
        return SAME if change == 0 else (WORSE if change > 0 else BETTER)


@dataclass(frozen=True)
class ProjectFact:
    """One project in one month.

    `state` is the month's newest status, "missing", or "not_due" when none is expected. `comment` is the one on the
    overall light. `findings` counts what nobody has answered. `expected` is the year's forecast when one year's money
    is shown, else the forecast with what was spent in the years before.
    """

    project: Project
    money: ProjectMoney
    state: str
    days_late: int
    lights: tuple[LightFact, ...]
    comment: str
    findings: int
    expected: Decimal | None

    @property
    def overall(self) -> LightFact:
        return self.lights[0]

    @property
    def other_lights(self) -> tuple[LightFact, ...]:
        return self.lights[1:]

    @property
    def late(self) -> str:
        return days_late_words(self.days_late)

    @property
    def state_label(self) -> str:
        return state_label(self.state)


def state_label(state: str) -> str:
    if state in SnapshotState.values:
        return str(SnapshotState(state).label)
    return _("Missing") if state == MISSING else _("Not expected")


@dataclass(frozen=True)
class FindingFact:
    """An open finding. `proposal_id` names the proposal's page where `subject` is one."""

    notice: AnsweredNotice
    proposal_id: int | None


class Loaded:
    """The month and the month before of every project. Thirteen queries at most."""

    def __init__(self, user: User, month: date, projects: Sequence[Project]) -> None:
        self.month, self.projects = month, projects
        self.before = previous_month(month)
        self._told_states = told_states(user)
        self._revisions = revisions_of([project.pk for project in projects], (month, self.before))
        self._due = dict(StatusRound.objects.filter(month=month).values_list("committee_id", "caseworker_due"))
        newest = [row for row in (self.newest(project) for project in projects) if row is not None]
        self.contents: dict[int, SnapshotContent] = snapshot_contents(newest)

    def newest(self, project: Project) -> StatusSnapshot | None:
        revisions = self._revisions.get((project.pk, self.month), [])
        return revisions[-1] if revisions else None

    def told(self, project: Project, month: date) -> StatusSnapshot | None:
        """Return the newest revision the user may read the lights of."""
        revisions = self._revisions.get((project.pk, month), [])
        return next((row for row in reversed(revisions) if row.state in self._told_states), None)

    def state(self, project: Project) -> str:
        newest = self.newest(project)
        if newest is not None:
            return newest.state
        is_due = project.committee_id in self._due and owes_status(project, self.month)
        return MISSING if is_due else NOT_DUE

    def days_late(self, project: Project) -> int:
        due = self._due.get(project.committee_id)
        if due is None or self.state(project) not in UNSENT:
            return 0
        return max((timezone.localdate() - due).days, 0)


def noticed(frames: Sequence[PoolYear], loaded: Loaded) -> list[AnsweredNotice]:
    """Return what the rules notice in the pools, the projects and the month's statuses. At most eight queries."""
    pools = list({frame.pool_id: frame.pool for frame in frames}.values())
    years = {str(frame.year) for frame in frames}
    if len(pools) > POOLS_IN_SIGHT:
        # Of many pools, each has its findings on its own page: their proposals would all have to be read for it.
        pools = []
    found: list[Found] = [
        item for item in pools_found(pools) if not item[0].startswith("pool/") or item[2].field.split(".")[0] in years
    ]
    drifting = drift_notices(loaded.projects, loaded.month)
    for project in loaded.projects:
        newest = loaded.newest(project)
        content = loaded.contents[newest.pk] if newest else None
        subject, label = status_subject(project, loaded.month), status_label(project, loaded.month)
        for notice in project_notices(project, content.indicators if content else ()):
            found.append((f"project/{project.code}", project.name, notice))
        if project.pk in drifting:
            found.append((f"project/{project.code}", project.name, drifting[project.pk]))
        if content is not None:
            found += [(subject, label, notice) for notice in status_notices(content)]
    return with_answers(found)


def open_findings(
    found: Iterable[AnsweredNotice], frames: Sequence[PoolYear], loaded: Loaded
) -> tuple[FindingFact, ...]:
    """Return what nobody has answered: what stops something first, then pools, proposals, projects and statuses.

    A status that has not been sent is still the caseworker's own and is left out.
    """
    numbers = proposal_ids({frame.pool for frame in frames})
    unsent = {status_subject(row, loaded.month) for row in loaded.projects if loaded.state(row) in UNSENT}
    order = {"pool": 0, "proposal": 1, "project": 2, "status": 3}
    unanswered = sorted(
        (item for item in found if item.is_open and item.subject not in unsent),
        key=lambda item: (-item.notice.severity, order[item.subject.split("/")[0]], item.notice.rule),
    )
    return tuple(FindingFact(item, _proposal_id(item, numbers)) for item in unanswered)


def _proposal_id(item: AnsweredNotice, numbers: dict[tuple[str, int], int]) -> int | None:
    kind, *rest = item.subject.split("/")
    return numbers.get((rest[0], int(rest[1]))) if kind == "proposal" else None


def project_facts(loaded: Loaded, found: Iterable[AnsweredNotice], *, one_year: bool) -> tuple[ProjectFact, ...]:
    open_count: dict[str, int] = defaultdict(int)
    for item in found:
        open_count[item.subject] += item.is_open
    return tuple(_project_fact(project, loaded, open_count, one_year=one_year) for project in loaded.projects)


def _project_fact(project: Project, loaded: Loaded, open_count: dict[str, int], *, one_year: bool) -> ProjectFact:
    now, before = loaded.told(project, loaded.month), loaded.told(project, loaded.before)
    money = money_of(project)
    return ProjectFact(
        project=project,
        money=money,
        state=loaded.state(project),
        days_late=loaded.days_late(project),
        lights=tuple(
            LightFact(each, now.light(each) if now else "", before.light(each) if before else "") for each in Dimension
        ),
        comment=now.comment_overall if now else "",
        findings=open_count[f"project/{project.code}"] + open_count[status_subject(project, loaded.month)],
        expected=money.forecast if one_year else money.expected,
    )


def money_of(project: Any) -> ProjectMoney:
    """Return what `with_money` has put on the project."""
    return ProjectMoney(
        granted=project.money_granted,
        spent=project.money_spent or Decimal(0),
        forecast=project.money_forecast,
        forecast_month=project.money_forecast_month,
        expected=project.money_expected,
        deviation=project.money_deviation,
        committed=project.money_committed or Decimal(0),
    )
