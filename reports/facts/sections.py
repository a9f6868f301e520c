"""One project's section of a note, and the table that sums the sections. No query: everything was read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import Dimension, Light
from projects.models import Project, StatusSnapshot
from projects.money import sum_known
from projects.months import first_of_month, format_month
from projects.queries.breakdowns import BreakdownFact, RowFact
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from projects.rules.meetings import ReferenceFact
from projects.rules.snapshots import comment_field
from reports.facts.additions import file_name, own_annexes, own_references
from reports.facts.annexes import STATUS, AnnexKey
from reports.facts.exhibits import (
    ECONOMY,
    LIGHTS,
    MEASURES,
    NARRATIVE,
    REFERENCES,
    REMARKS,
    can_be_drawn,
    figure_key,
    filled,
    printed_keys,
    table_can_be_drawn,
    table_figure_key,
    table_key,
)
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
from reports.facts.texts import HEADING, UNTOUCHED, Choice, paragraphs, printed_length
from reports.models import NoteAnnex, NoteReference
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

    `annexes` says which attachment a reference points to, by the reference's number. The last two are what the note's
    secretary added.
    """

    project: Project
    month: date
    content: SnapshotContent | None
    money: MoneyByThen
    money_day: date
    note_date: date
    notices: Sequence[AnsweredNotice]
    annexes: Mapping[str, int]
    choice: Choice = UNTOUCHED
    own_references: Sequence[NoteReference] = ()
    own_annexes: Sequence[NoteAnnex] = ()

    @property
    def snapshot(self) -> StatusSnapshot | None:
        return self.content.snapshot if self.content else None


def section_facts(source: SectionSource, numbers: Numbers) -> tuple[SectionFacts, dict[AnnexKey, AnnexFact]]:
    """Return the section and its annexes, numbered on from what stands before it in the note."""
    snapshot, content = source.snapshot, source.content
    annexes = _annexes(source, numbers)
    money, printed = _money(source), printed_keys(content, source.choice.exhibits)
    own = paragraphs(source.project, snapshot, source.choice)
    texts = {one.place: one.printed for one in own}
    exhibits = _Exhibits(source, money, numbers, printed)
    facts = SectionFacts(
        project_code=source.project.code,
        project=source.project.name,
        heading=texts[HEADING],
        unit=source.project.unit.name,
        month=source.month,
        state=str(snapshot.state) if snapshot else "",
        as_of=snapshot.as_of if snapshot else None,
        revision=snapshot.revision if snapshot else 0,
        correction=snapshot.correction_reason if snapshot else "",
        example=snapshot.example_note if snapshot else "",
        lights=_lights(snapshot, texts if LIGHTS in printed else {}) if snapshot else (),
        narrative=texts[NARRATIVE] if NARRATIVE in printed else "",
        money=money,
        economy=exhibits.economy,
        measures=exhibits.measures,
        tables=tuple(exhibits.tables),
        figures=tuple(exhibits.figures),
        remarks=_remarks(source) if REMARKS in printed else (),
        references=_references(source, annexes) if REFERENCES in printed else (),
        project_state=str(source.project.state),
        approved_by=str(snapshot.approved_by or "") if snapshot else "",
        approved_on=timezone.localdate(snapshot.approved_at) if snapshot and snapshot.approved_at else None,
        text_length=printed_length(snapshot, source.choice.text_length),
        edited=tuple(one.label for one in own if one.is_edited),
        decision=source.choice.decision.strip(),
        order=tuple(printed) if source.choice.exhibits else (),
    )
    return facts, annexes


class _Exhibits:
    """The section's tables and figures, numbered in the order they are printed."""

    def __init__(self, source: SectionSource, money: MoneyFact, numbers: Numbers, printed: Sequence[str]) -> None:
        self.economy: MoneyTable | None = None
        self.measures: MeasureTable | None = None
        self.tables: list[CountTable] = []
        self.figures: list[FigureFact] = []
        tables = {table_key(fact): fact for fact in filled(source.content)}
        drawn = source.content.indicators if source.content else ()
        figures = {figure_key(fact): fact for fact in drawn if can_be_drawn(fact)}
        bars = {table_figure_key(fact): fact for fact in tables.values() if table_can_be_drawn(fact)}
        for key in printed:
            if key == ECONOMY:
                self.economy = _money_table(source, money, numbers)
            elif key == MEASURES:
                self.measures = _measure_table(source, numbers)
            elif key in tables:
                self.tables.append(_own_table(source, tables[key], numbers.table()))
            elif key in figures:
                self.figures.append(_figure(source, figures[key], numbers))
            elif key in bars:
                self.figures.append(_table_figure(source, bars[key], numbers))


def _remarks(source: SectionSource) -> tuple[RemarkFact, ...]:
    return tuple(
        RemarkFact(item.notice.rule, item.notice.message, item.answer)
        for item in source.notices
        if not item.notice.is_blocking
    )


def _references(source: SectionSource, annexes: Mapping[AnnexKey, AnnexFact]) -> tuple[ReferenceLine, ...]:
    told = source.content.references if source.content else ()
    return (
        *(_reference(source, fact, annexes) for fact in told),
        *own_references(source.own_references, source.note_date),
    )


def overview_fact(sections: Sequence[SectionFacts], number: int, day: date) -> OverviewFact | None:
    """Return the sums of the sections' money; None for a note without sections."""
    if not sections:
        return None
    columns = [[getattr(section.money, name) for section in sections] for name in MONEY_COLUMNS]
    committed = sum_known([section.money.committed for section in sections])
    return OverviewFact(
        number=number,
        caption=_("The projects at a glance, amounts in kroner"),
        total=replace(MoneyFact(*(sum_known(column) for column in columns)), committed=committed),
        is_partial=any(None in column for column in columns),
        source=_money_source(),
        as_of=day,
    )


def _lights(snapshot: StatusSnapshot, texts: Mapping[str, str]) -> tuple[LightFact, ...]:
    lights = []
    for dimension in Dimension:
        light = snapshot.light(dimension)
        word = str(Light(light).label) if light else _("Not set")
        comment = texts.get(comment_field(dimension), "").strip()
        lights.append(LightFact(dimension.value, str(dimension.label), light, word, comment))
    return tuple(lights)


def _money(source: SectionSource) -> MoneyFact:
    granted, spent, committed = source.money.granted, source.money.spent, source.money.committed
    # A grant that nobody has posted on yet is unspent; without a grant there is nothing to be left.
    rest = None if granted is None else granted - (spent or Decimal(0)) - (committed or Decimal(0))
    return MoneyFact(granted, spent, rest, source.snapshot.forecast if source.snapshot else None, committed)


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


def _own_table(source: SectionSource, fact: BreakdownFact, number: int) -> CountTable:
    return count_table(source.content, fact, number, reported_by=_reported_by(source))


def count_table(content: SnapshotContent | None, fact: BreakdownFact, number: int, *, reported_by: str) -> CountTable:
    """Return one of a status's breakdowns as it is printed; `reported_by` is its source where none is named."""
    own = content.indicators if content else ()
    named = next((indicator.source for indicator in own if indicator.name == fact.total_label), "")
    return CountTable(
        number=number,
        caption=fact.caption,
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
        source=named or reported_by,
        as_of=content.snapshot.as_of if content and content.snapshot else None,
        key=table_key(fact),
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


def _figure(source: SectionSource, fact: IndicatorFact, numbers: Numbers) -> FigureFact:
    points = [*fact.history, (source.month, fact.value)]
    return FigureFact(
        number=numbers.figure(),
        caption=fact.caption,
        unit=fact.unit,
        points=tuple(PointFact(first_of_month(month), value) for month, value in points if value is not None),
        source=fact.source,
        as_of=source.snapshot.as_of if source.snapshot else None,
        key=figure_key(fact),
    )


def _table_figure(source: SectionSource, fact: BreakdownFact, numbers: Numbers) -> FigureFact:
    # The number is the figure's: the table itself may stand elsewhere, or not be printed.
    counts = _own_table(source, fact, 0)
    return FigureFact(
        number=numbers.figure(),
        caption=counts.caption,
        unit=counts.unit,
        points=(),
        source=counts.source,
        as_of=counts.as_of,
        key=table_figure_key(fact),
        counts=counts,
    )


def one_figure(source: SectionSource, fact: IndicatorFact | BreakdownFact) -> FigureFact | None:
    """Return what the month alone would print as its first figure; None while there is too little to draw."""
    if isinstance(fact, IndicatorFact):
        return _figure(source, fact, Numbers()) if can_be_drawn(fact) else None
    return _table_figure(source, fact, Numbers()) if table_can_be_drawn(fact) else None


def _annexes(source: SectionSource, numbers: Numbers) -> dict[AnnexKey, AnnexFact]:
    """Return the status's annexes that are not left out, and then the added ones."""
    attachments = source.content.attachments if source.content else ()
    found: dict[AnnexKey, AnnexFact] = {
        (STATUS, fact.attachment_id): AnnexFact(
            number=number,
            title=fact.title,
            source=fact.source,
            dated=fact.dated,
            project=source.project.name,
            file=file_name(number, fact.ending) if fact.has_file else "",
            may_be_published=fact.may_be_published,
        )
        for fact in attachments
        if fact.title not in source.choice.left_out
        for number in [numbers.annex()]
    }
    for annex in source.own_annexes:
        found |= own_annexes([annex], source.project.name, numbers.annex())
    return found


def _reference(source: SectionSource, fact: ReferenceFact, annexes: Mapping[AnnexKey, AnnexFact]) -> ReferenceLine:
    annex = annexes.get((STATUS, source.annexes.get(fact.key, 0)))
    return ReferenceLine(
        title=fact.title,
        committee=fact.committee,
        meeting_date=fact.meeting_date,
        item=fact.item,
        annex=annex.number if annex else None,
        is_future=fact.meeting_date is not None and fact.meeting_date > source.note_date,
    )
