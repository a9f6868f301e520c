"""What a committee's note says, as plain values: enough to print it, and nothing that is not printed.

Texts are frozen as they stood; words that are the same in every note (headings of columns, names of months) are the
template's. Money is kroner, + is expense; None is unknown and prints as "–".
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from projects.counts import share
from projects.rules.disclosure import counts_people
from reports.enums import Failure, TextLength
from reports.facts.parts import ChangesFact, DecisionFact, FollowUpFact, HistoryLine, PartFact, PoolFact

# Remarks on these rules belong to the figures and are printed with them. What is missing in a date or a reference
# is to be seen where it stands.
PRINTED_RULES = frozenset({"R1", "R2", "R3", "R12", "R13", "R15", "R16", "R18", "R21"})


@dataclass(frozen=True)
class LightFact:
    """`label` is the dimension in words, `word` the light; `light` is "" when none was set."""

    dimension: str
    label: str
    light: str
    word: str
    comment: str


@dataclass(frozen=True)
class MoneyFact:
    """`granted` and `spent` count every year so far, `rest` is what is left of the grant, `forecast` is the year's.

    `committed` is taken from the rest too; None when nothing is, and then the paper has no column for it.
    """

    granted: Decimal | None
    spent: Decimal | None
    rest: Decimal | None
    forecast: Decimal | None
    committed: Decimal | None = None

    @property
    def bound(self) -> Decimal | None:
        """Return what is committed where others have a column for it: 0 when nothing is, None without a grant."""
        return self.committed if self.committed is not None or self.granted is None else Decimal(0)


@dataclass(frozen=True)
class MoneyTable:
    """The section's economy as a table; its amounts are the section's `money`."""

    number: int
    caption: str
    source: str
    as_of: date | None
    example: str


@dataclass(frozen=True)
class MeasureFact:
    """`masked` names the fields that are hidden from the public; they are None."""

    name: str
    unit: str
    value: Decimal | None
    previous: Decimal | None
    previous_month: date | None
    target: Decimal | None
    target_on: date | None
    masked: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureTable:
    number: int
    caption: str
    measures: tuple[MeasureFact, ...]
    source: str
    as_of: date | None

    @property
    def has_masked(self) -> bool:
        return any(measure.masked for measure in self.measures)


@dataclass(frozen=True)
class CountRow:
    """A row of a breakdown. In a flow `value` came in, `count_out` went out again since `since`, or `since_text`.

    `masked` names the counts that are hidden from the public; they are None.
    """

    label: str
    depth: int
    is_total: bool
    value: int | None
    count_out: int | None
    remaining: int | None
    since: date | None
    since_text: str
    masked: tuple[str, ...] = ()
    out_of: int | None = None
    cells: tuple[int | None, ...] = ()

    @property
    def share(self) -> Decimal | None:
        """Return n of N in per cent, not rounded."""
        return share(self.value, self.out_of)

    @property
    def told_cells(self) -> list[tuple[int | None, bool]]:
        """Return each cell with whether it is hidden from the public."""
        return [(count, cell_name(place) in self.masked) for place, count in enumerate(self.cells)]


def cell_name(place: int) -> str:
    """Return what `masked` calls a row's cell in the column at `place`."""
    return f"cell {place}"


@dataclass(frozen=True)
class CountColumn:
    """A column of a cross-table. `total` None: its rows overlap and nothing is stated, or it is `masked`."""

    label: str
    total: int | None
    masked: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountTable:
    """`total` is the rows' sum, `expected` what the measure `expected_label` says; they differ only with a remark.

    `masked` names the sums that are hidden from the public; they are None.

    A cross-table has `columns`, and each of its rows a cell per column. Of parts (`is_share`), `total` and
    `total_out_of` are n and N of the rows where both are known.
    """

    number: int
    caption: str
    unit: str
    is_flow: bool
    is_exclusive: bool
    rows: tuple[CountRow, ...]
    total: int | None
    expected_label: str
    expected: Decimal | None
    source: str
    as_of: date | None
    masked: tuple[str, ...] = ()
    columns: tuple[CountColumn, ...] = ()
    is_share: bool = False
    total_out_of: int | None = None
    key: str = ""

    @property
    def is_cross(self) -> bool:
        return bool(self.columns)

    @property
    def is_measured(self) -> bool:
        """Return whether the numbers are so many `unit` (kr., hours) rather than how many there are."""
        return not counts_people(self.unit)

    @property
    def total_share(self) -> Decimal | None:
        return share(self.total, self.total_out_of)

    @property
    def has_masked(self) -> bool:
        rows = any(row.masked for row in self.rows)
        return bool(self.masked) or rows or any(column.masked for column in self.columns)


@dataclass(frozen=True)
class PointFact:
    month: date
    value: Decimal


@dataclass(frozen=True)
class FigureFact:
    """How a measure went, by its `points`; or, of a table, the `counts` that are drawn as bars, and no points.

    `is_left_out`: it would tell of few people. Its number is kept, so that both editions number alike.
    """

    number: int
    caption: str
    unit: str
    points: tuple[PointFact, ...]
    source: str
    as_of: date | None
    key: str = ""
    counts: CountTable | None = None
    is_left_out: bool = False


@dataclass(frozen=True)
class ReferenceLine:
    """`annex` is the number in the note's list of annexes; `is_future`: the meeting lies after the note's date.

    `is_own`: the note's secretary added it.
    """

    title: str
    committee: str
    meeting_date: date | None
    item: str
    annex: int | None
    is_future: bool
    is_own: bool = False


@dataclass(frozen=True)
class AnnexFact:
    """`file` is the name of its file inside the paper, "" for an annex that is only named.

    `is_own`: the note's secretary added it; `project` is "" when it belongs to the whole note.
    """

    number: int
    title: str
    source: str
    dated: date | None
    project: str
    file: str = ""
    may_be_published: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class RemarkFact:
    """What a rule noticed in the figures, and what was answered ("" when nobody has)."""

    rule: str
    message: str
    answer: str


@dataclass(frozen=True)
class SectionFacts:
    """One project's month. `state` is the status's, "" when nobody has begun it; only a draft note holds such ones.

    `approved_by` is the person who answers for the figures, `approved_on` the day they did. `narrative` is the text
    of the length chosen, as the secretary edited it; `edited` names the paragraphs
    that say something else than the status, without saying what it says. `order` names what is
    printed, in order (reports.facts.exhibits); () is the usual order.
    """

    project_code: str
    project: str
    heading: str
    unit: str
    month: date
    state: str
    as_of: date | None
    revision: int
    correction: str
    example: str
    lights: tuple[LightFact, ...]
    narrative: str
    money: MoneyFact
    economy: MoneyTable | None
    measures: MeasureTable | None
    tables: tuple[CountTable, ...]
    figures: tuple[FigureFact, ...]
    remarks: tuple[RemarkFact, ...]
    references: tuple[ReferenceLine, ...]
    project_state: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    text_length: str = TextLength.FULL.value
    edited: tuple[str, ...] = ()
    decision: str = ""
    order: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        return f"projekt-{self.project_code}"

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to read but lights and money."""
        told = (self.narrative.strip(), self.decision, *(light.comment for light in self.lights))
        return not any((*told, self.measures, self.tables, self.figures, self.references))

    @property
    def drawn_figures(self) -> list[FigureFact]:
        return [figure for figure in self.figures if not figure.is_left_out]

    @property
    def printed_remarks(self) -> list[RemarkFact]:
        return [remark for remark in self.remarks if remark.rule in PRINTED_RULES]

    @property
    def overall(self) -> LightFact | None:
        return next(iter(self.lights), None)


@dataclass(frozen=True)
class OverviewFact:
    """The table before the sections: a row per section and the sum of what is known.

    `is_partial`: some amount that belongs in a sum is unknown, and the paper says so.
    """

    number: int
    caption: str
    total: MoneyFact
    is_partial: bool
    source: str
    as_of: date | None


@dataclass(frozen=True)
class NoteFacts:
    """A whole note. Two notes with equal facts say the same.

    `parts` are its headings in order, () in a note from before there were any. `changes` are held against the last
    note to the committee, `corrections` against the version of this note that it replaces. `references` are those of
    the whole note; they stand with the annexes.
    """

    edition: str
    municipality: str
    committee_code: str
    committee: str
    meeting_date: date
    month: date
    title: str
    case_number: str
    case_officer: str
    dated: date
    introduction: str
    overview: OverviewFact | None
    sections: tuple[SectionFacts, ...]
    annexes: tuple[AnnexFact, ...]
    schema: int = 1
    parts: tuple[PartFact, ...] = ()
    changes: ChangesFact | None = None
    corrections: ChangesFact | None = None
    pools: tuple[PoolFact, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()
    references: tuple[ReferenceLine, ...] = ()


@dataclass(frozen=True)
class Stamp:
    """What makes a paper an issued one. Not part of the facts: the same facts issued again are still the same."""

    number: int
    reason: str
    issued_at: datetime
    issued_by: str = ""

    @property
    def replaces(self) -> int:
        return self.number - 1


class PaperError(Exception):
    """The facts could not be put on paper as they should; nothing half-made is handed out."""

    def __init__(self, detail: str, failure: Failure = Failure.PAPER) -> None:
        self.failure = failure
        super().__init__(detail)
