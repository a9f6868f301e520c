"""Proposals: written, sent, withdrawn, and decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.actions.proposal_money import CostValue, ReturnValue, money_changes, store_costs, store_returns
from projects.actions.untold import add_untold, is_untold_by_another, take_untold
from projects.enums import ProposalState, Subject
from projects.models import (
    Pool,
    Proposal,
    ProposalComment,
    ProposalVersion,
    User,
)
from projects.queries.comparison import as_json
from projects.queries.proposal_versions import proposal_said
from projects.rules.pools import check_window
from projects.rules.proposal_forms import check_variant
from projects.rules.proposals import check_editable, check_submittable, check_withdrawable
from projects.rules.text import check_no_cpr

LISTS = ("target_groups", "goals", "tracks", "related")
MUST_BE_FILLED = ("challenge", "intervention", "expected_results", "motivation")


class StaleProposal(Exception):  # noqa: N818 - not a failure, a state of affairs to show
    """Somebody saved the proposal after it was opened. `proposal` is what stands there now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("saved by someone else")
        self.proposal = proposal


@transaction.atomic
def create_proposal(
    *,
    pool: Pool,
    values: Mapping[str, Any],
    costs: Sequence[CostValue],
    by: User,
    returns: Sequence[ReturnValue] = (),
    number: int | None = None,
) -> Proposal:
    """Store a draft with the pool's next number, or the number a paper gave it. The author is `by` unless in values."""
    _locked_pool(pool)
    proposal = Proposal(pool=pool, number=number or _next_number(pool), author=by)
    values = _with_short_name({"short_name": "", **values}, "")
    _fill(proposal, values)
    _check_form(proposal)
    proposal.save(force_insert=True)
    _store_lists(proposal, values)
    store_costs(proposal, costs)
    store_returns(proposal, returns)
    record_of_proposal(
        proposal, "created", by, _("The proposal “%(title)s” was begun") % {"title": proposal.title[:200]}
    )
    return proposal


@transaction.atomic
def save_proposal(
    *,
    proposal: Proposal,
    expected_version: int,
    values: Mapping[str, Any],
    costs: Sequence[CostValue],
    by: User,
    returns: Sequence[ReturnValue] | None = None,
    pool: Pool | None = None,
    is_by_itself: bool = False,
) -> Proposal:
    """Store the form again. In another pool the proposal gets that pool's next number; no `returns`: as they were.

    `is_by_itself`: the page saves while the person types. The changes wait for one event that tells of them all: when
    the person saves or sends, or somebody else goes on. Raises StaleProposal when the version is no longer the one that
    was opened and what stands there differs, ValidationError not_editable.
    """
    current = locked_proposal(proposal)
    check_editable(current.state)
    values = _with_short_name(values, current.title)
    changes = [*_changes(current, values), *money_changes(current, costs, returns)]
    if pool is not None and pool != current.pool:
        changes.append((_("Pool"), current.pool, pool))
    # The very same once more is what was under way when a connection broke.
    if changes and current.version != expected_version:
        raise StaleProposal(current)
    if changes:
        _store(current, values, costs, returns, pool)
        if is_untold_by_another(current, by):
            _tell(current)
        add_untold(current, changes, by)
        current.save(update_fields=["untold"])
    if not is_by_itself:
        _tell(current)
    return current


def _store(
    current: Proposal,
    values: Mapping[str, Any],
    costs: Sequence[CostValue],
    returns: Sequence[ReturnValue] | None,
    pool: Pool | None,
) -> None:
    if pool is not None and pool != current.pool:
        _locked_pool(pool)
        current.pool, current.number = pool, _next_number(pool)
    _fill(current, values)
    current.version += 1
    _check_form(current)
    current.save()
    _store_lists(current, values)
    store_costs(current, costs)
    if returns is not None:
        store_returns(current, returns)


def _tell(proposal: Proposal) -> None:
    """Record what was saved since the last event."""
    found = take_untold(proposal)
    if found is None:
        return
    by, changes = found
    proposal.save(update_fields=["untold"])
    if changes:
        record_of_proposal(proposal, "changed", by, _("The proposal was changed"), changes=changes)


@transaction.atomic
def submit_proposal(*, proposal: Proposal, by: User, on_paper: str = "") -> Proposal:
    """Send the proposal to those who decide.

    Raises ValidationError by field for what is missing, or not_editable, not_open_yet, closed.

    `on_paper` says how a proposal that was written elsewhere came in; it is then taken as it is, gaps included.
    """
    current = locked_proposal(proposal)
    check_editable(current.state)
    if not on_paper:
        pool = current.pool
        check_window(opens_on=pool.opens_on, closes_on=pool.closes_on, today=timezone.localdate())
        check_complete(current)
    now = timezone.now()
    _tell(current)
    move_proposal(current, ProposalState.SUBMITTED, submitted_at=now)
    _keep_version(current, by, now)
    record_of_proposal(current, "submitted", by, _("The proposal was sent"), reason=on_paper)
    return current


def _keep_version(proposal: Proposal, by: User, at: datetime) -> None:
    """Keep what the proposal says as it is sent. The proposal is locked, so that no two versions get one number."""
    ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        said=as_json(proposal_said(proposal)),
        sent_by=by,
        sent_at=at,
    )


def check_complete(proposal: Proposal) -> None:
    """Raise ValidationError by field for what is missing before the proposal can be sent."""
    costs = list(proposal.costs.all())
    check_submittable(
        {name: getattr(proposal, name) for name in MUST_BE_FILLED},
        has_target_group=bool(proposal.target_group_text.strip()) or proposal.target_groups.exists(),
        has_cost_or_reason=bool(proposal.economy.strip()) or bool(costs),
        unsized=[cost.label for cost in costs if cost.fte is None and cost.amount is None],
        expired=_expired_codes(proposal),
    )


def _expired_codes(proposal: Proposal) -> list[str]:
    """Return the chosen target groups, goals and tracks that the law or the municipality has ended. Three queries."""
    today = timezone.localdate()
    lists = (proposal.target_groups, proposal.goals, proposal.tracks)
    return [str(code) for codes in lists for code in codes.all() if code.valid_to and code.valid_to < today]


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: User, reason: str = "") -> Proposal:
    """Take the proposal back; it can be changed and sent again. Raises not_submitted, cpr."""
    check_no_cpr(reason)
    current = locked_proposal(proposal)
    check_withdrawable(current.state)
    if current.submitted_at and not current.versions.exists():
        # It was sent before versions were kept, and what it says now is about to change.
        _keep_version(current, current.author, current.submitted_at)
    move_proposal(current, ProposalState.WITHDRAWN)
    record_of_proposal(current, "withdrawn", by, _("The proposal was withdrawn"), reason=reason.strip())
    return current


@transaction.atomic
def add_comment(*, proposal: Proposal, text: str, by: User) -> ProposalComment:
    """Store what somebody says of the proposal, whatever its state. Raises ValidationError when nothing is said."""
    comment = ProposalComment(proposal=proposal, author=by, text=text.strip())
    comment.full_clean()
    comment.save(force_insert=True)
    record_of_proposal(proposal, "commented", by, _("A comment was written"))
    return comment


def locked_proposal(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("pool").get(pk=proposal.pk)


def _locked_pool(pool: Pool) -> Pool:
    """Lock the pool, so that two new proposals do not get the same number."""
    return Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)


def _next_number(pool: Pool) -> int:
    return (Proposal.objects.filter(pool=pool).aggregate(last=Max("number"))["last"] or 0) + 1


def _fill(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in LISTS:
            setattr(proposal, name, value)


def _with_short_name(values: Mapping[str, Any], title: str) -> Mapping[str, Any]:
    """Return the values with the beginning of their title, or else this one, for a short name left empty."""
    if values.get("short_name", title):
        return values
    return {**values, "short_name": values.get("title", title)[:80]}


def _check_form(proposal: Proposal) -> None:
    proposal.full_clean()
    check_variant(proposal.variant, {name: getattr(proposal, name) for name in ("co_responsible", "schedule")})


def _store_lists(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name in LISTS:
        if name in values:
            getattr(proposal, name).set(values[name])


def _changes(current: Proposal, values: Mapping[str, Any]) -> list[Change]:
    changes = changed_fields(current, {name: value for name, value in values.items() if name not in LISTS})
    for name in LISTS:
        if name in values:
            before, after = set(getattr(current, name).all()), set(values[name])
            if before != after:
                label = getattr(Proposal._meta.get_field(name), "verbose_name", name)
                changes.append((str(label), _names(before), _names(after)))
    return changes


def _names(rows: set[Any]) -> str:
    return ", ".join(sorted(str(row) for row in rows))


def move_proposal(proposal: Proposal, state: ProposalState, **values: Any) -> None:
    proposal.state = state
    proposal.version += 1
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", "version", "updated_at", *values])


def record_of_proposal(
    proposal: Proposal, verb: str, by: User, summary: str, reason: str = "", changes: Sequence[Change] = ()
) -> None:
    record_event(
        subject=Subject.PROPOSAL,
        subject_id=proposal.pk,
        verb=verb,
        actor=by,
        summary=summary,
        changes=changes,
        reason=reason,
    )
