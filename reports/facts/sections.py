"""One project's section of a note, and the table that sums the sections. No query: everything was read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import Dimension, Light
from projects.models import Project, StatusSnapshot
from projects.months import first_of_month, format_month
from projects.queries.breakdowns import BreakdownFact, RowFact
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from projects.rules.meetings import ReferenceFact
from reports.facts.note import (
    AnnexFact,
    CountColumn,
    CountRow,
    CountTable,
    FigureFact,
    LightFact,
    MeasureFact,
    MeasureTable,
    MoneyFact,
    MoneyTable,
    OverviewFact,
    PointFact,
    ReferenceLine,
    RemarkFact,
    SectionFacts,
)
from reports.queries.notes import MoneyByThen

MONEY_COLUMNS = ("granted", "spent", "rest", "forecast")


class Numbers:
    """The next number of a table, a figure or an annex. Each runs through the whole note."""

    def __init__(self) -> None:
        self._tables, self._figures, self._annexes = count(1), count(1), count(1)

    def table(self) -> int:
        return next(self._tables)

    def figure(self) -> int:
        return next(self._figures)

    def annex(self) -> int:
        return next(self._annexes)


@dataclass(frozen=True)
class SectionSource:
    """What a section is made from. `content` None: nobody has begun the month.

    `annexes` says which attachment a reference points to, by the reference's number.
    """

    project: Project
    month: date
    content: SnapshotContent | None
    money: MoneyByThen
    money_day: date
    note_date: date
    notices: Sequence[AnsweredNotice]
    annexes: Mapping[str, int]

    @property
    def snapshot(self) -> StatusSnapshot | None:
        return self.content.snapshot if self.content else None


def section_facts(source: SectionSource, numbers: Numbers) -> tuple[SectionFacts, list[AnnexFact]]:
    """Return the section and its annexes, numbered on from what stands before it in the note."""
    snapshot, content = source.snapshot, source.content
    annexes = _annexes(source, numbers)
    money = _money(source)
    economy = _money_table(source, money, numbers)
    measures = _measure_table(source, numbers)
    facts = SectionFacts(
        project_code=source.project.code,
        project=source.project.name,
        heading=_("On the reinvestment pool's project – %(name)s") % {"name": source.project.name},
        unit=source.project.unit.name,
        month=source.month,
        state=str(snapshot.state) if snapshot else "",
        as_of=snapshot.as_of if snapshot else None,
        revision=snapshot.revision if snapshot else 0,
        correction=snapshot.correction_reason if snapshot else "",
        example=snapshot.example_note if snapshot else "",
        lights=_lights(snapshot) if snapshot else (),
        narrative=snapshot.narrative if snapshot else "",
        money=money,
        economy=economy,
        measures=measures,
        tables=tuple(_count_table(source, fact, numbers) for fact in _filled(content)),
        figures=tuple(_figure(source, fact, numbers) for fact in _drawn(content)),
        remarks=tuple(
            RemarkFact(item.notice.rule, item.notice.message, item.answer)
            for item in source.notices
            if not item.notice.is_blocking
        ),
        references=tuple(_reference(source, fact, annexes) for fact in (content.references if content else ())),
        project_state=str(source.project.state),
        approved_by=str(snapshot.approved_by or "") if snapshot else "",
        approved_on=timezone.localdate(snapshot.approved_at) if snapshot and snapshot.approved_at else None,
    )
    return facts, list(annexes.values())


def overview_fact(sections: Sequence[SectionFacts], number: int, day: date) -> OverviewFact | None:
    """Return the sums of the sections' money; None for a note without sections."""
    if not sections:
        return None
    columns = [[getattr(section.money, name) for section in sections] for name in MONEY_COLUMNS]
    return OverviewFact(
        number=number,
        caption=_("The projects at a glance, amounts in kroner"),
        total=MoneyFact(*(sum_known(column) for column in columns)),
        is_partial=any(None in column for column in columns),
        source=_money_source(),
        as_of=day,
    )


def sum_known(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum of what is known, None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _lights(snapshot: StatusSnapshot) -> tuple[LightFact, ...]:
    lights = []
    for dimension in Dimension:
        light = snapshot.light(dimension)
        word = str(Light(light).label) if light else _("Not set")
        comment = snapshot.comment(dimension).strip()
        lights.append(LightFact(dimension.value, str(dimension.label), light, word, comment))
    return tuple(lights)


def _money(source: SectionSource) -> MoneyFact:
    granted, spent = source.money.granted, source.money.spent
    # A grant that nobody has posted on yet is unspent; without a grant there is nothing to be left.
    rest = None if granted is None else granted - (spent or Decimal(0))
    return MoneyFact(granted, spent, rest, source.snapshot.forecast if source.snapshot else None)


def _money_table(source: SectionSource, money: MoneyFact, numbers: Numbers) -> MoneyTable | None:
    if money == MoneyFact(None, None, None, None):
        return None
    return MoneyTable(numbers.table(), _("Economy, kroner"), _money_source(), source.money_day, source.money.example)


def _money_source() -> str:
    return _("Budget lines and postings")


def _reported_by(source: SectionSource) -> str:
    return _("The project's monthly status, %(unit)s") % {"unit": source.project.unit.name}


def _measure_table(source: SectionSource, numbers: Numbers) -> MeasureTable | None:
    given = [fact for fact in source.content.indicators if _is_told(fact)] if source.content else []
    if not given:
        return None
    sources = dict.fromkeys(fact.source for fact in given if fact.source)
    return MeasureTable(
        number=numbers.table(),
        caption=_("Measures, %(month)s") % {"month": format_month(source.month)},
        measures=tuple(
            MeasureFact(
                name=fact.name,
                unit=fact.unit,
                value=fact.value,
                previous=fact.previous,
                previous_month=fact.previous_month if fact.previous is not None else None,
                target=fact.target,
                target_on=fact.target_on,
            )
            for fact in given
        ),
        source="; ".join(sources) or _reported_by(source),
        as_of=source.snapshot.as_of if source.snapshot else None,
    )


def _is_told(fact: IndicatorFact) -> bool:
    return any(value is not None for value in (fact.value, fact.previous, fact.target))


def _filled(content: SnapshotContent | None) -> list[BreakdownFact]:
    """Return the breakdowns somebody has typed in; an empty table tells the committee nothing."""
    if content is None:
        return []
    return [
        fact
        for fact in content.breakdowns
        if any(row.is_given for row in fact.rows) or any(column.typed is not None for column in fact.columns)
    ]


def _count_table(source: SectionSource, fact: BreakdownFact, numbers: Numbers) -> CountTable:
    own = source.content.indicators if source.content else ()
    named = next((indicator.source for indicator in own if indicator.name == fact.total_label), "")
    return CountTable(
        number=numbers.table(),
        caption=_("%(name)s, %(unit)s") % {"name": fact.name, "unit": fact.unit} if fact.unit else fact.name,
        unit=fact.unit,
        is_flow=fact.is_flow,
        is_exclusive=fact.is_exclusive,
        rows=tuple(_count_row(row) for row in fact.rows),
        # Flows count from different days, and overlapping rows count people twice: neither has a sum.
        total=fact.total if fact.is_exclusive and not fact.is_flow else None,
        expected_label=fact.total_label or "",
        expected=fact.total_expected,
        columns=tuple(CountColumn(column.label, column.value) for column in fact.columns),
        is_share=fact.is_share,
        total_out_of=fact.total_out_of if fact.is_exclusive else None,
        source=named or _reported_by(source),
        as_of=source.snapshot.as_of if source.snapshot else None,
    )


def _count_row(row: RowFact) -> CountRow:
    return CountRow(
        label=row.label,
        depth=row.depth,
        is_total=row.is_total,
        value=row.value,
        count_out=row.count_out,
        remaining=row.remaining,
        since=row.since,
        since_text=row.since_text,
        out_of=row.out_of,
        cells=tuple(cell.value for cell in row.cells),
    )


def _drawn(content: SnapshotContent | None) -> list[IndicatorFact]:
    """Return the indicators shown as figures: those with this month's value and at least one before it."""
    if content is None:
        return []
    return [fact for fact in content.indicators if fact.is_figure and fact.value is not None and fact.history]


def _figure(source: SectionSource, fact: IndicatorFact, numbers: Numbers) -> FigureFact:
    points = [*fact.history, (source.month, fact.value)]
    return FigureFact(
        number=numbers.figure(),
        caption=_("%(name)s, %(unit)s") % {"name": fact.name, "unit": fact.unit} if fact.unit else fact.name,
        unit=fact.unit,
        points=tuple(PointFact(first_of_month(month), value) for month, value in points if value is not None),
        source=fact.source,
        as_of=source.snapshot.as_of if source.snapshot else None,
    )


def _annexes(source: SectionSource, numbers: Numbers) -> dict[int, AnnexFact]:
    """Return the status's annexes by attachment."""
    attachments = source.content.attachments if source.content else ()
    return {
        fact.attachment_id: AnnexFact(
            number=number,
            title=fact.title,
            source=fact.source,
            dated=fact.dated,
            project=source.project.name,
            file=_("annex-%(number)s") % {"number": number} + fact.ending if fact.has_file else "",
        )
        for fact in attachments
        for number in [numbers.annex()]
    }


def _reference(source: SectionSource, fact: ReferenceFact, annexes: Mapping[int, AnnexFact]) -> ReferenceLine:
    annex = annexes.get(source.annexes.get(fact.key, 0))
    return ReferenceLine(
        title=fact.title,
        committee=fact.committee,
        meeting_date=fact.meeting_date,
        item=fact.item,
        annex=annex.number if annex else None,
        is_future=fact.meeting_date is not None and fact.meeting_date > source.note_date,
    )
