"""What the overview says: pools, projects, sums and findings. All figures come from here, to page, chart and file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.alphabet import alphabetical
from projects.enums import Dimension, Light, SnapshotState
from projects.models import Pool, PoolYear, Project, StatusRound, StatusSnapshot, User
from projects.models.projects import ProjectQuerySet
from projects.months import previous_month
from projects.queries.findings import with_answers
from projects.queries.money import ProjectMoney, project_money
from projects.queries.notices import (
    AnsweredNotice,
    Found,
    project_notices,
    status_label,
    status_notices,
    status_subject,
)
from projects.queries.pool_notices import pools_found
from projects.queries.pools import pool_sums, total_sums
from projects.queries.rounds import MISSING, UNSENT, owes_status
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from projects.rules.pools import PoolSums
from reports.facts.sentences import days_late_words
from reports.queries.overview import (
    YearMoney,
    pool_years,
    proposal_ids,
    revisions_of,
    told_states,
    year_money,
)

NOT_DUE = "not_due"
BETTER, WORSE, SAME = "better", "worse", "same"

_HOW_BAD = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}


@dataclass(frozen=True)
class PoolFact:
    sums: PoolSums
    code: str
    name: str
    year: int
    price_level: int

    @property
    def label(self) -> str:
        """Return the name with the year, said once: many pools are named after theirs."""
        return self.name if str(self.year) in self.name else f"{self.name} {self.year}"


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
        if self.state in SnapshotState.values:
            return str(SnapshotState(self.state).label)
        return _("Missing") if self.state == MISSING else _("Not expected")


@dataclass(frozen=True)
class MoneySums:
    """Sums of what is known. `with_forecast` of `projects` have given a forecast; the rest are not in the sum."""

    projects: int
    granted: Decimal | None
    spent: Decimal | None
    rest: Decimal | None
    expected: Decimal | None
    deviation: Decimal | None
    with_forecast: int


@dataclass(frozen=True)
class GroupFact:
    label: str
    sums: MoneySums


@dataclass(frozen=True)
class FindingFact:
    """An open finding. `proposal_id` names the proposal's page where `subject` is one."""

    notice: AnsweredNotice
    proposal_id: int | None


@dataclass(frozen=True)
class OverviewFacts:
    month: date
    year: int | None
    pools: tuple[PoolFact, ...]
    pool_total: PoolSums
    projects: tuple[ProjectFact, ...]
    total: MoneySums
    by_committee: tuple[GroupFact, ...]
    by_unit: tuple[GroupFact, ...]
    by_year: tuple[YearMoney, ...]
    findings: tuple[FindingFact, ...]


def overview_facts(
    user: User, *, month: date, projects: ProjectQuerySet, pools: QuerySet[Pool], year: int | None = None
) -> OverviewFacts:
    """Return the overview of the projects and pools given, in one month. 29 queries, however many there are.

    `projects` come from `overview_projects`, filtered. `year` None: the money of all years.
    """
    rows = list(projects.select_related("unit", "committee", "pool"))
    frames = pool_years(pools, year)
    loaded = _Loaded(user, month, rows)
    found = _findings(frames, loaded)
    money = project_money([row.pk for row in rows], year)
    facts = _project_facts(loaded, found, money, one_year=year is not None)
    pool_facts = _pool_facts(frames)
    return OverviewFacts(
        month=month,
        year=year,
        pools=pool_facts,
        pool_total=total_sums(pool.sums for pool in pool_facts),
        projects=facts,
        total=money_sums(facts),
        by_committee=_groups(facts, lambda fact: fact.project.committee.name),
        by_unit=_groups(facts, lambda fact: fact.project.unit.name),
        by_year=tuple(year_money([row.pk for row in rows], year)),
        findings=_open_findings(found, frames, loaded),
    )


class _Loaded:
    """The month and the month before of every project. Twelve queries."""

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


def _findings(frames: Sequence[PoolYear], loaded: _Loaded) -> list[AnsweredNotice]:
    """Return what the rules notice in the pools, the projects and the month's statuses. At most seven queries."""
    pools = list({frame.pool_id: frame.pool for frame in frames}.values())
    years = {str(frame.year) for frame in frames}
    found: list[Found] = [
        item for item in pools_found(pools) if not item[0].startswith("pool/") or item[2].field.split(".")[0] in years
    ]
    for project in loaded.projects:
        newest = loaded.newest(project)
        content = loaded.contents[newest.pk] if newest else None
        subject, label = status_subject(project, loaded.month), status_label(project, loaded.month)
        for notice in project_notices(project, content.indicators if content else ()):
            found.append((f"project/{project.code}", project.name, notice))
        if content is not None:
            found += [(subject, label, notice) for notice in status_notices(content)]
    return with_answers(found)


def _open_findings(
    found: Iterable[AnsweredNotice], frames: Sequence[PoolYear], loaded: _Loaded
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


def _project_facts(
    loaded: _Loaded, found: Iterable[AnsweredNotice], money: dict[int, ProjectMoney], *, one_year: bool
) -> tuple[ProjectFact, ...]:
    open_count: dict[str, int] = defaultdict(int)
    for item in found:
        open_count[item.subject] += item.is_open
    facts = []
    for project in loaded.projects:
        now, before = loaded.told(project, loaded.month), loaded.told(project, loaded.before)
        facts.append(
            ProjectFact(
                project=project,
                money=money[project.pk],
                state=loaded.state(project),
                days_late=loaded.days_late(project),
                lights=tuple(
                    LightFact(each, now.light(each) if now else "", before.light(each) if before else "")
                    for each in Dimension
                ),
                comment=now.comment_overall if now else "",
                findings=open_count[f"project/{project.code}"] + open_count[status_subject(project, loaded.month)],
                expected=money[project.pk].forecast if one_year else money[project.pk].expected,
            )
        )
    return tuple(sorted(facts, key=lambda fact: alphabetical(fact.project.name)))


def _pool_facts(frames: Sequence[PoolYear]) -> tuple[PoolFact, ...]:
    sums = pool_sums(frames)
    return tuple(
        PoolFact(
            code=frame.pool.code,
            name=frame.pool.name,
            year=frame.year,
            price_level=frame.price_level,
            sums=sums[frame.pk],
        )
        for frame in frames
    )


def money_sums(facts: Sequence[ProjectFact]) -> MoneySums:
    return MoneySums(
        projects=len(facts),
        granted=_known_sum(fact.money.granted for fact in facts),
        spent=_known_sum(fact.money.spent for fact in facts),
        rest=_known_sum(fact.money.rest for fact in facts),
        expected=_known_sum(fact.expected for fact in facts),
        deviation=_known_sum(fact.money.deviation for fact in facts),
        with_forecast=sum(fact.money.forecast is not None for fact in facts),
    )


def _known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _groups(facts: Sequence[ProjectFact], label: Callable[[ProjectFact], str]) -> tuple[GroupFact, ...]:
    groups: dict[str, list[ProjectFact]] = defaultdict(list)
    for fact in facts:
        groups[label(fact)].append(fact)
    return tuple(GroupFact(name, money_sums(groups[name])) for name in sorted(groups, key=alphabetical))
