"""A project told to others: what it was for, whom, what it did, and how it went against its targets.

The same paper is the project's page while it runs and its report when it is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from projects.dates import format_date_long
from projects.enums import ProjectState, SnapshotState
from projects.models import Project, StatusSnapshot
from projects.months import first_of_month
from projects.queries.money import NO_MONEY, project_money
from projects.queries.notices import project_notices
from projects.queries.snapshots import IndicatorFact, SnapshotContent, blank_content, snapshot_content
from projects.queries.stories import printable_stories
from reports.facts.note import MoneyFact
from reports.facts.papers.head import GatheredPaper, MetaLine, PaperHead
from reports.facts.sections import Numbers
from reports.models import ProjectText


@dataclass(frozen=True)
class ResultFact:
    """A target and what came of it. `value` None: nobody has counted it, which is not 0, or it is `masked`."""

    name: str
    unit: str
    target: Decimal
    target_on: date | None
    value: Decimal | None
    masked: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryFact:
    title: str
    situation: str
    effort: str
    result: str
    example: str


@dataclass(frozen=True)
class ClosingFacts:
    """`contact` is () for a project that has ended. `overlap` says who is counted under several targets.

    `month` is that of the status the results were counted for, None before there is one.

    `is_overlap_open`: several targets count the same kind of unit, and nobody has said whether they overlap.
    """

    head: PaperHead
    is_closed: bool
    description: str
    purpose: str
    target_group: str
    activities: str
    example: str
    table: int | None
    results: tuple[ResultFact, ...]
    as_of: date | None
    overlap: str
    is_overlap_open: bool
    money_table: int | None
    money: MoneyFact
    stories: tuple[StoryFact, ...]
    contact: tuple[str, ...]
    remarks: tuple[str, ...]
    month: date | None = None

    @property
    def has_masked(self) -> bool:
        return any(result.masked for result in self.results)

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Return nothing: the paper is short, and is read from end to end."""
        return ()


def closing(project: Project, day: date) -> GatheredPaper:
    """Return the project's report as of the day. 16 queries."""
    text = ProjectText.objects.filter(project=project).first() or ProjectText(project=project)
    content = _content(project, day)
    results, numbers = _results(content.indicators), Numbers()
    money = project_money([project.pk]).get(project.pk, NO_MONEY)
    is_closed = project.state == ProjectState.CLOSED
    notices = [notice for notice in project_notices(project, content.indicators) if notice.rule == "R16"]
    units = [result.unit for result in results]
    facts = ClosingFacts(
        head=_head(project, day, is_closed=is_closed),
        is_closed=is_closed,
        description=project.description,
        purpose=text.purpose,
        target_group=text.target_group,
        activities=text.activities,
        example=text.example_note,
        table=numbers.table() if results else None,
        results=results,
        as_of=content.snapshot.as_of if content.snapshot else None,
        overlap=text.overlap,
        is_overlap_open=not text.overlap.strip() and len(units) > len(set(units)),
        money_table=None if money.granted is None else numbers.table(),
        money=MoneyFact(money.granted, money.spent, money.rest, None, money.committed or None),
        stories=tuple(
            StoryFact(story.title, story.situation, story.effort, story.result, story.example_note)
            for story in printable_stories([project], day=day).get(project.pk, [])
        ),
        contact=() if is_closed else tuple(line for line in text.contact.splitlines() if line.strip()),
        remarks=tuple(notice.message for notice in notices),
        month=content.snapshot.month if content.snapshot else None,
    )
    return GatheredPaper(facts, notices)


def _content(project: Project, day: date) -> SnapshotContent:
    """Return the last approved status; without one, the measures with their targets and no value."""
    approved = StatusSnapshot.objects.filter(project=project, state=SnapshotState.APPROVED)
    last = approved.order_by("-month", "-revision").first()
    return snapshot_content(last) if last else blank_content(project, first_of_month(project.ends_on or day))


def _results(indicators: Sequence[IndicatorFact]) -> tuple[ResultFact, ...]:
    return tuple(
        ResultFact(fact.name, fact.unit, fact.target, fact.target_on, fact.value)
        for fact in indicators
        if fact.target is not None
    )


def _head(project: Project, day: date, *, is_closed: bool) -> PaperHead:
    until = format_date_long(project.ends_on) if project.ends_on else _("until further notice")
    lines = [
        MetaLine(_("Period"), f"{format_date_long(project.starts_on)} – {until}"),
        MetaLine(_("State"), str(project.get_state_display())),
        MetaLine(_("Unit"), project.unit.name),
        MetaLine(_("Committee"), project.committee.name),
    ]
    if project.pool:
        lines.append(MetaLine(_("Pool"), project.pool.name))
    elif project.other_funding:
        lines.append(MetaLine(_("Other funding"), project.other_funding))
    kind = _("Closing report") if is_closed else _("Project page")
    return PaperHead(settings.SITE_MUNICIPALITY, kind, project.name, day, tuple(lines))
