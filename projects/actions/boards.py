"""Prioritising: criteria and scores, alternatives saved side by side, and the one that is adopted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.decisions import Ruling, grant_locked, reject_proposal
from projects.actions.events import events_together, record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.pools import locked_pool_years
from projects.actions.rollups import rollups_together
from projects.enums import Subject
from projects.models import (
    Committee,
    Criterion,
    CriterionScore,
    Meeting,
    Pool,
    PoolYear,
    Project,
    Proposal,
    Scenario,
    ScenarioAmount,
    ScenarioLine,
    User,
)
from projects.queries.boards import Board, BoardRow, board
from projects.rules.boards import Stamp, changes_since, check_adoption
from projects.rules.codes import free_code
from projects.rules.snapshots import check_reason


@dataclass(frozen=True)
class CriterionValue:
    """A criterion as written; `pk` None for a new one."""

    name: str
    weight: int
    description: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class TriedLine:
    """A proposal in an alternative; `amounts` are kroner by frame id."""

    proposal_id: int
    is_included: bool
    amounts: Mapping[int, Decimal]


class StaleScenario(Exception):  # noqa: N818 - not a failure, a state of affairs to show
    """Somebody saved the alternative after it was opened."""


@transaction.atomic
def set_criteria(*, pool: Pool, criteria: Sequence[CriterionValue], by: User) -> list[Criterion]:
    """Store the pool's criteria in the order given; one that is left out goes, and its scores with it.

    Raises ValidationError from the fields, and for two with the same name.
    """
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    before = _criteria_words(pool.criteria.all())
    kept = {value.pk for value in criteria if value.pk}
    pool.criteria.exclude(pk__in=kept).delete()
    known = {criterion.pk: criterion for criterion in pool.criteria.all()}
    rows = []
    for position, value in enumerate(criteria, start=1):
        row = known.get(value.pk or 0) or Criterion(pool=pool)
        row.name, row.weight, row.description, row.position = value.name, value.weight, value.description, position
        row.full_clean()
        row.save()
        rows.append(row)
    after = _criteria_words(rows)
    if before != after:
        _record(pool, "criteria_set", by, _("The criteria were changed"), changes=[(_("Criteria"), before, after)])
    return rows


def _criteria_words(criteria: Iterable[Criterion]) -> str:
    return "; ".join(f"{row.name} ({row.weight})" for row in criteria)


@transaction.atomic
def score_proposal(*, proposal: Proposal, scores: Mapping[Criterion, int | None], by: User) -> None:
    """Store how the proposal meets each criterion; None takes a score away.

    Raises ValidationError outside the scale.
    """
    Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    stored = {row.criterion_id: row for row in proposal.scores.all()}
    changes: list[tuple[str, object, object]] = []
    for criterion, score in scores.items():
        row = stored.get(criterion.pk)
        before = row.score if row else None
        if before == score:
            continue
        changes.append((criterion.name, before, score))
        if score is None and row is not None:
            row.delete()
            continue
        row = row or CriterionScore(criterion=criterion, proposal=proposal)
        row.score = score or 0
        row.full_clean()
        row.save()
    if changes:
        summary = _("“%(name)s” was scored") % {"name": proposal.short_name}
        _record(proposal.pool, "scored", by, summary, changes=changes)


@transaction.atomic
def save_scenario(
    *,
    pool: Pool,
    name: str,
    reason: str,
    lines: Sequence[TriedLine],
    by: User,
    scenario: Scenario | None = None,
    expected_version: int = 0,
) -> Scenario:
    """Store an alternative, new or again. Raises StaleScenario, and ValidationError adopted or by field."""
    if scenario is None:
        scenario = Scenario(pool=pool, created_by=by)
    else:
        scenario = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
        _check_open(scenario)
        if scenario.version != expected_version:
            raise StaleScenario
        scenario.version += 1
    scenario.name, scenario.reason = name.strip(), reason.strip()
    scenario.full_clean()
    is_new = scenario.pk is None
    scenario.save()
    _store_lines(scenario, lines)
    summary = _("The alternative “%(name)s” was made") if is_new else _("The alternative “%(name)s” was changed")
    _record(pool, "scenario_saved", by, summary % {"name": scenario.name}, reason=scenario.reason)
    return scenario


def _store_lines(scenario: Scenario, lines: Sequence[TriedLine]) -> None:
    scenario.lines.all().delete()
    rows = ScenarioLine.objects.bulk_create(
        ScenarioLine(scenario=scenario, proposal_id=line.proposal_id, position=position, is_included=line.is_included)
        for position, line in enumerate(lines, start=1)
    )
    ScenarioAmount.objects.bulk_create(
        ScenarioAmount(line=row, pool_year_id=frame, amount=amount)
        for row, line in zip(rows, lines, strict=True)
        for frame, amount in line.amounts.items()
    )


@transaction.atomic
def delete_scenario(*, scenario: Scenario, by: User) -> None:
    """Delete an alternative that was not adopted. Raises adopted."""
    current = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    _check_open(current)
    _record(current.pool, "scenario_deleted", by, _("The alternative “%(name)s” was deleted") % {"name": current.name})
    current.delete()


@transaction.atomic
def adopt_scenario(
    *,
    scenario: Scenario,
    seen: Stamp,
    reason: str,
    starts_on: date,
    by: User,
    meeting: Meeting | None = None,
    item_number: str = "",
    rejects_rest: bool = False,
    decided_at: datetime | None = None,
) -> list[Project]:
    """Grant everything that is in, in one transaction: decisions, projects and budget lines, or nothing at all.

    Locks in the order every grant does, proposals and then frames, and decides on what is read after that.
    `rejects_rest`: what is out is rejected with the same reason. Raises ValidationError: adopted, changed_since
    (`seen` is no longer so), year_closed, reason_missing, nothing_in, amount_missing, over_granted.
    """
    current = Scenario.objects.select_for_update(of=("self",)).select_related("pool__committee").get(pk=scenario.pk)
    _check_open(current)
    board_ = _locked_board(current)
    changes = changes_since(seen, board_.stamp, {row.proposal.pk: row.proposal.short_name for row in board_.rows})
    if changes:
        message = _("Something changed since you opened the page, so nothing was granted. %(changes)s")
        raise ValidationError(message, code="changed_since", params={"changes": " ".join(changes)})
    check_adoption(lines=board_.lines, rooms=board_.rooms, reason=reason)
    ruling = Ruling(reason, by, meeting, item_number, decided_at)
    projects = _decide_all(board_, current.pool.committee, starts_on, rejects_rest, ruling)
    _mark_adopted(current, reason, by, meeting, item_number, projects)
    return projects


def _decide_all(
    board_: Board, committee: Committee, starts_on: date, rejects_rest: bool, ruling: Ruling
) -> list[Project]:
    taken = set(Project.objects.values_list("code", flat=True))
    projects = []
    with rollups_together(), events_together():
        for row in board_.rows:
            if not row.is_open:
                continue
            if row.is_included:
                projects.append(_grant(row, board_.frames, committee, starts_on, taken, ruling))
            elif rejects_rest:
                reject_proposal(proposal=row.proposal, **vars(ruling))
    return projects


def _check_open(scenario: Scenario) -> None:
    if scenario.adopted_at is not None:
        raise ValidationError(_("The alternative has been adopted and cannot be changed."), code="adopted")


def _locked_board(scenario: Scenario) -> Board:
    """Return the board read under the locks, taken as a single grant takes them: proposals, years, frames."""
    seen = board(scenario.pool, scenario)
    keys = [row.proposal.pk for row in seen.rows]
    list(Proposal.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    granting = [row for row in seen.rows if row.is_open and row.is_included]
    for place, frame in enumerate(seen.frames):
        if any(row.amounts[place] for row in granting):
            lock_open_year(frame.year)
    list(locked_pool_years(scenario.pool.years.values_list("pk", flat=True)))
    return board(scenario.pool, scenario)


def _grant(
    row: BoardRow,
    frames: Sequence[PoolYear],
    committee: Committee,
    starts_on: date,
    taken: set[str],
    ruling: Ruling,
) -> Project:
    proposal = row.proposal
    code = free_code(proposal.short_name, taken)
    taken.add(code)
    amounts = {frame: amount for frame, amount in zip(frames, row.amounts, strict=True) if amount}
    values = {
        "name": proposal.short_name,
        "code": code,
        "starts_on": starts_on,
        "unit": proposal.unit,
        "committee": committee,
    }
    return grant_locked(proposal=proposal, amounts=amounts, project_values=values, ruling=ruling)


def _mark_adopted(
    scenario: Scenario, reason: str, by: User, meeting: Meeting | None, item_number: str, projects: Sequence[Project]
) -> None:
    scenario.reason, scenario.adopted_by, scenario.adopted_at = check_reason(reason), by, timezone.now()
    scenario.meeting, scenario.item_number = meeting, item_number
    scenario.version += 1
    scenario.save()
    summary = _("The alternative “%(name)s” was adopted: %(count)s projects") % {
        "name": scenario.name,
        "count": len(projects),
    }
    _record(scenario.pool, "scenario_adopted", by, summary, reason=scenario.reason)


def _record(
    pool: Pool,
    verb: str,
    by: User,
    summary: str,
    *,
    reason: str = "",
    changes: Sequence[tuple[str, object, object]] = (),
) -> None:
    record_event(
        subject=Subject.POOL,
        subject_id=pool.pk,
        verb=verb,
        actor=by,
        summary=summary,
        reason=reason,
        changes=changes,
    )
