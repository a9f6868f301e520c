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
from projects.actions.rollups import refresh_rollups
from projects.enums import BudgetKind
from projects.models import BudgetLine, Meeting, PoolYear, Project, User
from projects.rules.projects import check_move


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
    if pool_year is not None and receiver.pool_id != pool_year.pool_id:
        raise ValidationError(_("The project belongs to another pool."), code="other_pool")
    lock_open_year(year)
    reason = _check(giver, [giver.pk, receiver.pk], year, pool_year, amount, decision)
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
) -> tuple[BudgetLine, BudgetLine]:
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
            counterpart=lines[0] if lines else None,
            created_by=by,
        )
        line.full_clean()
        line.save(force_insert=True)
        record_budget_line(line, by)
        lines.append(line)
    refresh_rollups({line.project_id for line in lines})
    return lines[0], lines[1]
