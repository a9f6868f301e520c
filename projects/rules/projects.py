"""A project's money, name and lights."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.enums import BudgetKind, PoolKind, ProjectState
from projects.money import format_kroner
from projects.rules.notices import Notice
from projects.rules.snapshots import check_reason
from projects.rules.wording import joined


def deviation(granted: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Return forecast minus granted, both in kroner at the pool's price level.

    Positive: the project is expected to cost more than was granted. None: either is unknown, which is not the same
    as no deviation.
    """
    return None if granted is None or forecast is None else forecast - granted


def check_budget_line(*, kind: BudgetKind | str, amount: Decimal, granted: Decimal, reason: str) -> str:
    """Return the reason, trimmed. `granted` is what the project has from the same source in the same year.

    Raises amount_zero, amount_not_positive (an original grant gives money), amount_not_negative (a return takes it
    back), half_missing (a transfer and a carry-over are two lines, decided together), reason_missing, below_zero.
    """
    if kind in (BudgetKind.TRANSFER, BudgetKind.CARRY_OVER):
        raise ValidationError(
            _("A transfer and a carry-over are two lines that sum to zero. Decide both at once."), code="half_missing"
        )
    if kind == BudgetKind.RETURN and amount > 0:
        raise ValidationError(
            _("What is returned to the pool is less than 0 kr. Write a minus in front."), code="amount_not_negative"
        )
    if amount == 0:
        raise ValidationError(_("The amount must be another than 0 kr."), code="amount_zero")
    if amount < 0 and kind == BudgetKind.ORIGINAL:
        raise ValidationError(_("An original grant must be more than 0 kr."), code="amount_not_positive")
    if granted + amount < 0:
        raise ValidationError(
            _("The project has %(granted)s here, so %(amount)s cannot be taken back."),
            code="below_zero",
            params={"granted": _kroner(granted), "amount": _kroner(-amount)},
        )
    return check_reason(reason)


def check_move(*, amount: Decimal, granted: Decimal, reason: str) -> str:
    """Return the reason, trimmed. `granted` is what there is to move.

    Raises amount_not_positive, below_zero, reason_missing.
    """
    if amount <= 0:
        raise ValidationError(_("The amount must be more than 0 kr."), code="amount_not_positive")
    if amount > granted:
        raise ValidationError(
            _("The project has %(granted)s here, so %(amount)s cannot be moved."),
            code="below_zero",
            params={"granted": _kroner(granted), "amount": _kroner(amount)},
        )
    return check_reason(reason)


def check_carry_over(*, is_as_seen: bool, total: Decimal, reason: str) -> str:
    """Return the reason, trimmed. Raises nothing_to_carry, changed_meanwhile, reason_missing."""
    if total <= 0:
        raise ValidationError(_("There is nothing to carry over."), code="nothing_to_carry")
    if not is_as_seen:
        raise ValidationError(
            _("The amounts have changed since you saw them. Read them again and confirm."), code="changed_meanwhile"
        )
    return check_reason(reason)


def check_year_open(*, year: int, is_closed: bool) -> None:
    """Raise year_closed."""
    if is_closed:
        raise ValidationError(
            _("The fiscal year %(year)s is closed. Nothing more is decided or booked in it."),
            code="year_closed",
            params={"year": year},
        )


def _kroner(amount: Decimal) -> str:
    return format_kroner(amount, 0 if amount == amount.to_integral_value() else 2)


def check_closing(*, state: ProjectState | str, starts_on: date, ends_on: date, reason: str) -> str:
    """Return the reason, trimmed. Raises already_closed, ends_before_start, reason_missing."""
    if state == ProjectState.CLOSED:
        raise ValidationError(_("The project is already closed."), code="already_closed")
    if ends_on < starts_on:
        raise ValidationError(
            _("The project began on %(start)s and cannot end before that."),
            code="ends_before_start",
            params={"start": format_date(starts_on)},
        )
    return check_reason(reason)


def check_pool_change(*, has_proposal: bool, takes_from_pool: bool) -> None:
    """Raise money_taken: what was granted or taken from a pool stays that pool's."""
    if has_proposal or takes_from_pool:
        raise ValidationError(
            _("The project has money or a proposal in its pool and cannot be moved to another."), code="money_taken"
        )


def funding_notice(
    *, project: str, pool_kind: PoolKind | str | None, other_source: str = "", field: str = "pool"
) -> Notice | None:
    """R15: a project without a pool, or paid from elsewhere than the reinvestment pool."""
    if pool_kind == PoolKind.REINVESTMENT:
        return None
    source = other_source.strip()
    if not source and pool_kind:
        source = str(PoolKind(pool_kind).label)
    if source:
        message = _("“%(project)s” is not paid from the reinvestment pool but from: %(source)s.")
    else:
        message = _("“%(project)s” has no pool, and nothing says where the money comes from.")
    figures = (str(pool_kind or ""), other_source.strip())
    return Notice("R15", field, message % {"project": project, "source": source}, figures)


def negative_forecast_notice(forecast: Decimal | None, *, field: str = "forecast") -> Notice | None:
    """R21: a forecast below zero, which is more income than expense. Rare enough to be a minus too many."""
    if forecast is None or forecast >= 0:
        return None
    message = _("The forecast is %(amount)s. Does more money come in than goes out this year?")
    return Notice("R21", field, message % {"amount": _kroner(forecast)}, (_kroner(forecast),))


def closed_without_results_notice(
    *, project: str, state: ProjectState, targets: Sequence[str], without_result: Sequence[str], field: str = "results"
) -> Notice | None:
    """R16: a closed project that does not say how it went against its targets.

    `targets` are the labels of all targets, `without_result` of those that have no result.
    """
    if state != ProjectState.CLOSED or (targets and not without_result):
        return None
    if targets:
        message = _("“%(project)s” is closed without results for %(targets)s.") % {
            "project": project,
            "targets": joined([f"“{label}”" for label in without_result]),
        }
    else:
        message = _("“%(project)s” is closed and has no targets to measure its results against.") % {"project": project}
    return Notice("R16", field, message, tuple(without_result))
