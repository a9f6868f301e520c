"""Money that moves: between two projects, or to the next year. Always two lines that sum to zero, in one action."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from projects.actions.fiscal_years import lock_open_year
from projects.actions.pools import locked_pool_years
from projects.actions.projects import record_budget_line
from projects.actions.rollups import refresh_rollups, rollups_together
from projects.enums import BudgetKind
from projects.models import BudgetLine, Meeting, Pool, PoolYear, Project, User
from projects.queries.carry_overs import CarryOverPage, carry_over_page
from projects.rules.projects import check_carry_over, check_move


@dataclass(frozen=True)
class Decision:
    """Where and why the move was decided."""

    reason: str
    meeting: Meeting | None = None
    item_number: str = ""


@transaction.atomic
def transfer_budget(
    *,
    giver: Project,
    receiver: Project,
    year: int,
    pool_year: PoolYear | None,
    amount: Decimal,
    decision: Decision,
    by: User,
) -> tuple[BudgetLine, BudgetLine]:
    """Move granted kroner of one source and year from a project to another; return the giver's line and the other.

    The frame holds as much as before. Raises ValidationError: year_closed, same_project, other_pool,
    amount_not_positive, below_zero, reason_missing.
    """
    if giver.pk == receiver.pk:
        raise ValidationError(_("Choose another project than the one that gives."), code="same_project")
    lock_open_year(year)
    reason = _check(giver, [giver.pk, receiver.pk], year, pool_year, amount, decision)
    # Until it was locked it could go to another pool.
    receiver.refresh_from_db(fields=["pool"])
    if pool_year is not None and receiver.pool_id != pool_year.pool_id:
        raise ValidationError(_("The project belongs to another pool."), code="other_pool")
    halves = [(giver, year, -amount), (receiver, year, amount)]
    return _store(halves, BudgetKind.TRANSFER, pool_year, decision, reason, by)


@transaction.atomic
def carry_over_budget(
    *, project: Project, year: int, pool_year: PoolYear | None, amount: Decimal, decision: Decision, by: User
) -> tuple[BudgetLine, BudgetLine]:
    """Move granted kroner to the next year; return the old year's line and the new one's.

    The money stays taken from the frame it was granted from, so both frames hold as much as before. Raises
    ValidationError: year_closed, amount_not_positive, below_zero, reason_missing.
    """
    lock_open_year(year)
    lock_open_year(year + 1)
    reason = _check(project, [project.pk], year, pool_year, amount, decision)
    halves = [(project, year, -amount), (project, year + 1, amount)]
    return _store(halves, BudgetKind.CARRY_OVER, pool_year, decision, reason, by)


@transaction.atomic
def carry_over_pool(*, pool: Pool, year: int, seen: str, decision: Decision, by: User) -> CarryOverPage:
    """Carry over all that the pool's rule lets go on from its year, or nothing; return what was carried.

    `seen` is the fingerprint of what was confirmed. Raises ValidationError: year_closed, changed_meanwhile,
    nothing_to_carry, reason_missing.
    """
    lock_open_year(year)
    lock_open_year(year + 1)
    # No posting comes and no grant is given while the rests are counted.
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    list(locked_pool_years(pool.years.values_list("pk", flat=True)))
    list(Project.objects.select_for_update(of=("self",)).filter(pool=pool).order_by("pk"))
    page = carry_over_page(pool, year)
    reason = check_carry_over(is_as_seen=seen == page.fingerprint, total=page.total, reason=decision.reason)
    with rollups_together():
        for row in page.moving:
            for frame, amount in row.taken:
                halves = [(row.project, year, -amount), (row.project, year + 1, amount)]
                _store(halves, BudgetKind.CARRY_OVER, frame, decision, reason, by)
    return page


@transaction.atomic
def carry_back_budget(*, line: BudgetLine, decision: Decision, by: User) -> tuple[BudgetLine, BudgetLine]:
    """Undo a carry-over by two counter-lines; `line` is its half in the new year. Both stay as they are.

    Raises ValidationError: year_closed, not_a_carry_over, already_countered, below_zero (it is spent on since),
    reason_missing.
    """
    old = line.counterpart
    if line.kind != BudgetKind.CARRY_OVER or old is None or line.amount <= 0:
        raise ValidationError(_("Only the new year's half of a carry-over can be countered."), code="not_a_carry_over")
    lock_open_year(old.year)
    lock_open_year(line.year)
    reason = _check(line.project, [line.project_id], line.year, line.pool_year, line.amount, decision)
    if BudgetLine.objects.filter(counterpart=line).exists():
        raise ValidationError(_("The carry-over has been countered already."), code="already_countered")
    halves = [(line.project, line.year, -line.amount), (line.project, old.year, line.amount)]
    return _store(halves, BudgetKind.CARRY_OVER, line.pool_year, decision, reason, by, countered=line)


def _check(
    giver: Project, locked: list[int], year: int, pool_year: PoolYear | None, amount: Decimal, decision: Decision
) -> str:
    """Lock the frame and the projects, in the order everybody locks them, and return the reason."""
    if pool_year is not None:
        locked_pool_years([pool_year.pk]).get()
    list(Project.objects.select_for_update(of=("self",)).filter(pk__in=locked).order_by("pk"))
    held = giver.budget_lines.filter(year=year, pool_year=pool_year).aggregate(total=Sum("amount"))["total"]
    return check_move(amount=amount, granted=held or Decimal(0), reason=decision.reason)


def _store(
    halves: list[tuple[Project, int, Decimal]],
    kind: BudgetKind,
    pool_year: PoolYear | None,
    decision: Decision,
    reason: str,
    by: User,
    countered: BudgetLine | None = None,
) -> tuple[BudgetLine, BudgetLine]:
    """Store both halves. The second points to the first, and the first to the line it counters, if any."""
    lines: list[BudgetLine] = []
    for project, year, amount in halves:
        line = BudgetLine(
            project=project,
            pool_year=pool_year,
            year=year,
            kind=kind,
            amount=amount,
            price_level=pool_year.price_level if pool_year else year,
            reason=reason,
            meeting=decision.meeting,
            item_number=decision.item_number,
            counterpart=lines[0] if lines else countered,
            created_by=by,
        )
        line.full_clean()
        line.save(force_insert=True)
        record_budget_line(line, by)
        lines.append(line)
    refresh_rollups({line.project_id for line in lines})
    return lines[0], lines[1]
