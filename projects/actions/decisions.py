"""Proposals decided: granted with a project and its money, or rejected. Always with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.fiscal_years import lock_open_year
from projects.actions.pools import locked_pool_years
from projects.actions.projects import add_original_budget, assign_caseworker, create_project
from projects.actions.proposals import locked_proposal, move_proposal, record_of_proposal
from projects.enums import DecisionOutcome, ProposalState
from projects.models import Meeting, PoolYear, Project, Proposal, ProposalDecision, User
from projects.rules.pools import check_amount_positive
from projects.rules.proposals import check_decision


@dataclass(frozen=True)
class Ruling:
    """Why, by whom and where it was decided; `decided_at` None is now."""

    reason: str
    by: User
    meeting: Meeting | None = None
    item_number: str = ""
    decided_at: datetime | None = None
    example_note: str = ""


@transaction.atomic
def grant_proposal(
    *,
    proposal: Proposal,
    amounts: Mapping[PoolYear, Decimal],
    reason: str,
    project_values: Mapping[str, Any],
    by: User,
    meeting: Meeting | None = None,
    item_number: str = "",
    decided_at: datetime | None = None,
    example_note: str = "",
) -> Project:
    """Decide, make the project and take the money from the pool, all or nothing. Amounts are kroner per frame.

    `project_values`: the project's fields, and optionally `caseworker` (from the project's first day).
    Raises ValidationError: not_submitted (decided by somebody else meanwhile), reason_missing, amount_missing,
    amount_not_positive, wrong_pool, year_closed, over_granted, and the project's own by field.
    """
    current = locked_proposal(proposal)
    # Told before anything is told of the amounts.
    check_decision(state=ProposalState(current.state), outcome=DecisionOutcome.GRANTED, reason=reason)
    frames = _checked_frames(current, amounts)
    project = grant_locked(
        proposal=current,
        amounts={frame: amounts[frame] for frame in frames},
        project_values={name: value for name, value in project_values.items() if name != "caseworker"},
        ruling=Ruling(reason, by, meeting, item_number, decided_at, example_note),
    )
    if project_values.get("caseworker"):
        assign_caseworker(project=project, user=project_values["caseworker"], valid_from=project.starts_on, by=by)
    return project


def grant_locked(
    *, proposal: Proposal, amounts: Mapping[PoolYear, Decimal], project_values: Mapping[str, Any], ruling: Ruling
) -> Project:
    """Grant as `grant_proposal`, for who holds the locks: of the proposal, of the frames' years and of the frames.

    All three are read after they were locked.
    """
    decision = _decide(proposal, DecisionOutcome.GRANTED, ruling)
    project = create_project(by=ruling.by, pool=proposal.pool, proposal=proposal, **project_values)
    add_original_budget(
        project=project,
        amounts=amounts,
        reason=decision.reason[:300],
        meeting=ruling.meeting,
        item_number=ruling.item_number,
        by=ruling.by,
        example_note=ruling.example_note,
    )
    return project


def _checked_frames(proposal: Proposal, amounts: Mapping[PoolYear, Decimal]) -> list[PoolYear]:
    """Return the frames to take from, locked together before any is checked, after their years as always."""
    if not amounts:
        check_amount_positive(None)
    for frame, amount in amounts.items():
        check_amount_positive(amount)
        if frame.pool_id != proposal.pool_id:
            raise ValidationError(_("The frame belongs to another pool."), code="wrong_pool")
    for year in sorted({frame.year for frame in amounts}):
        lock_open_year(year)
    return list(locked_pool_years([frame.pk for frame in amounts]))


@transaction.atomic
def reject_proposal(
    *,
    proposal: Proposal,
    reason: str,
    by: User,
    meeting: Meeting | None = None,
    item_number: str = "",
    decided_at: datetime | None = None,
    example_note: str = "",
) -> ProposalDecision:
    """Decide against the proposal. Raises ValidationError: not_submitted, reason_missing."""
    ruling = Ruling(reason, by, meeting, item_number, decided_at, example_note)
    return _decide(locked_proposal(proposal), DecisionOutcome.REJECTED, ruling)


def _decide(proposal: Proposal, outcome: DecisionOutcome, ruling: Ruling) -> ProposalDecision:
    check_decision(state=ProposalState(proposal.state), outcome=outcome, reason=ruling.reason)
    decision = ProposalDecision(
        proposal=proposal,
        outcome=outcome,
        reason=ruling.reason.strip(),
        meeting=ruling.meeting,
        item_number=ruling.item_number,
        decided_by=ruling.by,
        decided_at=ruling.decided_at or timezone.now(),
        example_note=ruling.example_note,
    )
    decision.full_clean()
    decision.save(force_insert=True)
    move_proposal(proposal, ProposalState(outcome.value))
    summary = _("The proposal was granted") if outcome == DecisionOutcome.GRANTED else _("The proposal was rejected")
    record_of_proposal(proposal, outcome.value, ruling.by, summary, reason=decision.reason)
    return decision
