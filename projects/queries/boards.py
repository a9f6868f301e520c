"""A pool's prioritisation as the page shows it: the proposals in order, what each is tried with, and what is left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum

from projects.enums import ProposalState
from projects.models import (
    BudgetLine,
    Criterion,
    CriterionScore,
    EstimateLine,
    Pool,
    PoolYear,
    Proposal,
    Scenario,
    ScenarioLine,
)
from projects.money import sum_known, to_ore
from projects.queries.pool_notices import ASKING, form_amount, granted_by_frame
from projects.queries.pools import fte_rates
from projects.rules.boards import Line, Room, Stamp, Tally, tally, weighted_score

NOTHING = Decimal(0)
Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class BoardRow:
    """A proposal in its place. `amounts` in the order of the frames; `score` None until every criterion is judged.

    What is decided stands as it was decided: granted with its grants, rejected or withdrawn as out. `is_new`: the
    proposal was sent after the alternative was saved. `seen_with`: short names of those it should be seen with.
    """

    proposal: Proposal
    is_included: bool
    amounts: Amounts
    score: Decimal | None
    scored: int
    is_new: bool = False
    seen_with: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.proposal.state == ProposalState.SUBMITTED

    @property
    def total(self) -> Decimal | None:
        return sum_known(self.amounts)

    @property
    def line(self) -> Line:
        return Line(self.proposal.pk, self.proposal.short_name, self.is_included, self.amounts, not self.is_open)


@dataclass(frozen=True)
class Board:
    """`scenario` None: the economy list as it stands. `granted` is øre granted from each frame, listed or not."""

    pool: Pool
    scenario: Scenario | None
    frames: tuple[PoolYear, ...]
    rooms: tuple[Room, ...]
    rows: tuple[BoardRow, ...]
    criteria: tuple[Criterion, ...]
    granted: tuple[Decimal, ...]

    @property
    def lines(self) -> list[Line]:
        return [row.line for row in self.rows]

    @property
    def tally(self) -> Tally:
        return tally(self.lines, self.rooms)

    @property
    def stamp(self) -> Stamp:
        pairs = zip(self.frames, self.granted, strict=True)
        return Stamp(
            version=self.scenario.version if self.scenario else 0,
            frames={frame.year: (to_ore(frame.frame), to_ore(granted)) for frame, granted in pairs},
            proposals={row.proposal.pk: row.proposal.version for row in self.rows},
        )

    def arranged(self, order: Sequence[int], included: set[int], amounts: Mapping[int, Amounts]) -> "Board":
        """Return the board as somebody tries it; what is decided keeps its amounts, what is unknown stays last."""
        place = {key: number for number, key in enumerate(order)}
        rows = sorted(self.rows, key=lambda row: place.get(row.proposal.pk, len(place)))
        tried = tuple(
            replace(row, is_included=row.proposal.pk in included, amounts=amounts.get(row.proposal.pk, row.amounts))
            if row.is_open
            else row
            for row in rows
        )
        return replace(self, rows=tried)


def scenarios_of(pool: Pool) -> list[Scenario]:
    """Return the pool's alternatives, the oldest first. One query."""
    return list(Scenario.objects.filter(pool=pool).select_related("created_by", "adopted_by", "meeting__committee"))


def board(pool: Pool, scenario: Scenario | None = None) -> Board:
    """Return the alternative, or the economy list as it stands. Twelve queries at most, however many proposals."""
    frames = list(pool.years.order_by("year"))
    lines = _scenario_lines(scenario)
    proposals = list(_candidates(pool, [line.proposal_id for line in lines]))
    granted = _granted(proposals, frames)
    criteria = list(Criterion.objects.filter(pool=pool).order_by("position", "pk"))
    scores = _scores(criteria)
    tried = _from_lines(lines, frames) if scenario else _from_list(pool, frames, proposals)
    rows = [
        _as_decided(_row(proposal, tried, criteria, scores), granted.get(proposal.pk))
        for proposal in sorted(proposals, key=tried.place)
    ]
    taken = granted_by_frame([pool])
    rooms = [
        _room(frame, taken.get(frame.pk, NOTHING), [amounts[number] for amounts in granted.values()])
        for number, frame in enumerate(frames)
    ]
    whole = tuple(taken.get(frame.pk, NOTHING) for frame in frames)
    return Board(pool, scenario, tuple(frames), tuple(rooms), tuple(rows), tuple(criteria), whole)


def _room(frame: PoolYear, taken: Decimal, listed: Iterable[Decimal]) -> Room:
    return Room(frame.year, frame.frame, taken - sum(listed, NOTHING))


def _row(
    proposal: Proposal, tried: "_Tried", criteria: Sequence[Criterion], scores: Mapping[tuple[int, int], int]
) -> BoardRow:
    judged = [(each.weight, scores.get((each.pk, proposal.pk))) for each in criteria]
    return BoardRow(
        proposal=proposal,
        is_included=proposal.pk in tried.included,
        amounts=tried.amounts(proposal),
        score=weighted_score(judged),
        scored=sum(score is not None for _weight, score in judged),
        is_new=tried.is_saved and proposal.pk not in tried.places,
        seen_with=tuple(other.short_name for other in proposal.related.all()),
    )


def compared(pool: Pool, scenarios: Iterable[Scenario]) -> list[Board]:
    """Return the boards side by side. Twelve queries for each."""
    return [board(pool, scenario) for scenario in scenarios]


@dataclass(frozen=True)
class _Tried:
    """Where proposals stand, whether they are in, and with how much, by proposal id; `asked` for those not there."""

    places: Mapping[int, int]
    included: set[int]
    written: Mapping[int, Amounts]
    asked: Mapping[int, Amounts]
    years: int
    is_saved: bool

    def place(self, proposal: Proposal) -> tuple[int, int]:
        return self.places.get(proposal.pk, len(self.places)), proposal.number

    def amounts(self, proposal: Proposal) -> Amounts:
        empty: Amounts = (None,) * self.years
        return self.written.get(proposal.pk) or self.asked.get(proposal.pk) or empty


def _candidates(pool: Pool, also: Sequence[int]) -> QuerySet[Proposal]:
    wanted = Q(pool=pool, state__in=ASKING) | Q(pk__in=also)
    related = Prefetch("related", Proposal.objects.only("short_name"))
    return Proposal.objects.filter(wanted).select_related("unit", "pool").prefetch_related("costs", related)


def _scenario_lines(scenario: Scenario | None) -> list[ScenarioLine]:
    if scenario is None:
        return []
    return list(ScenarioLine.objects.filter(scenario=scenario).order_by("position").prefetch_related("amounts"))


def _from_lines(lines: Sequence[ScenarioLine], frames: Sequence[PoolYear]) -> _Tried:
    written = {}
    for line in lines:
        amounts = {amount.pool_year_id: amount.amount for amount in line.amounts.all()}
        written[line.proposal_id] = tuple(amounts.get(frame.pk) for frame in frames)
    return _Tried(
        places={line.proposal_id: number for number, line in enumerate(lines)},
        included={line.proposal_id for line in lines if line.is_included},
        written=written,
        asked={},
        years=len(frames),
        is_saved=True,
    )


def _from_list(pool: Pool, frames: Sequence[PoolYear], proposals: Sequence[Proposal]) -> _Tried:
    """Return the economy list's order and amounts; a proposal that is not on it stands last and out, as it asks."""
    listed: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line in EstimateLine.objects.filter(pool_year__pool=pool, proposal__isnull=False).order_by(
        "pool_year__year", "position", "pk"
    ):
        listed[line.proposal_id or 0][line.pool_year_id] = line.amount
    rates = fte_rates()
    return _Tried(
        places={key: number for number, key in enumerate(listed)},
        included=set(listed),
        written={key: tuple(amounts.get(frame.pk) for frame in frames) for key, amounts in listed.items()},
        asked={each.pk: tuple(form_amount(each, frame.year, rates) for frame in frames) for each in proposals},
        years=len(frames),
        is_saved=False,
    )


def _granted(proposals: Sequence[Proposal], frames: Sequence[PoolYear]) -> dict[int, tuple[Decimal, ...]]:
    """Return what each granted proposal's project holds of each frame, by proposal. One query."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    lines = BudgetLine.objects.filter(pool_year__in=frames, project__proposal__in=proposals).order_by()
    for proposal, frame, amount in lines.values_list("project__proposal_id", "pool_year_id").annotate(Sum("amount")):
        found[proposal][frame] = amount
    return {key: tuple(amounts.get(frame.pk, NOTHING) for frame in frames) for key, amounts in found.items()}


def _scores(criteria: Sequence[Criterion]) -> dict[tuple[int, int], int]:
    rows = CriterionScore.objects.filter(criterion__in=criteria).values_list("criterion_id", "proposal_id", "score")
    return {(criterion, proposal): score for criterion, proposal, score in rows}


def _as_decided(row: BoardRow, granted: tuple[Decimal, ...] | None) -> BoardRow:
    if row.is_open:
        return row
    if row.proposal.state == ProposalState.GRANTED and granted is not None:
        return replace(row, is_included=True, amounts=granted)
    return replace(row, is_included=False)
