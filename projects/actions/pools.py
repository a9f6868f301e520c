"""Pools, their frames, and the economy list that prices the proposals together."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from projects.actions.events import changed_fields, record_event
from projects.dates import format_date
from projects.enums import CarryOver, PoolKind, ProposalVariant, ServiceFrame, Subject
from projects.models import BudgetLine, Committee, EstimateLine, OrgUnit, Pool, PoolYear, Proposal, User
from projects.money import format_kroner
from projects.rules.pools import check_frame
from projects.rules.snapshots import check_reason


def locked_pool_years(pool_year_ids: Iterable[int]) -> QuerySet[PoolYear]:
    """Return the rows, locked in one order for everyone until the transaction ends, so that nobody deadlocks.

    SQLite has no row locks; there the transaction itself (IMMEDIATE) lets one writer in at a time.
    """
    return PoolYear.objects.select_for_update(of=("self",)).filter(pk__in=set(pool_year_ids)).order_by("pk")


def granted_from(pool_year: PoolYear) -> Decimal:
    """Return the sum of the budget lines taken from the frame. One query; hold the row's lock when it decides."""
    return BudgetLine.objects.filter(pool_year=pool_year).aggregate(total=Sum("amount"))["total"] or Decimal(0)


def granted_from_each(pool_years: Iterable[PoolYear]) -> dict[int, Decimal]:
    """Return what is taken from each frame, by its id. One query; hold the rows' locks when it decides."""
    granted = {frame.pk: Decimal(0) for frame in pool_years}
    taken = BudgetLine.objects.filter(pool_year__in=granted).order_by().values_list("pool_year").annotate(Sum("amount"))
    return granted | dict(taken)


@transaction.atomic
def create_pool(
    *,
    code: str,
    name: str,
    committee: Committee,
    unit: OrgUnit,
    by: User,
    kind: str = PoolKind.REINVESTMENT,
    description: str = "",
    form_variant: str = ProposalVariant.LONG,
    frames: Iterable[tuple[int, Decimal]] = (),
) -> Pool:
    """Store a pool with its frames, given as (year, kroner at that year's prices)."""
    pool = Pool(
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        unit=unit,
        description=description,
        form_variant=form_variant,
    )
    pool.full_clean()
    pool.save(force_insert=True)
    record_event(
        subject=Subject.POOL,
        subject_id=pool.pk,
        verb="created",
        actor=by,
        summary=_("The pool “%(name)s” was created") % {"name": pool.name},
    )
    for year, frame in frames:
        set_frame(pool=pool, year=year, frame=frame, price_level=year, by=by)
    return pool


@transaction.atomic
def change_pool(*, pool: Pool, values: Mapping[str, Any], by: User) -> Pool:
    """Store other settings of the pool: its window, carry-over, rate and shares; the same values change nothing.

    Raises ValidationError by field: per cent outside 0–100, a pool that closes before it opens.
    """
    current = Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    changes = changed_fields(current, dict(values))
    if not changes:
        return current
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    record_event(
        subject=Subject.POOL,
        subject_id=current.pk,
        verb="changed",
        actor=by,
        summary=_("The pool's settings were changed"),
        changes=[(label, _in_words(before), _in_words(after)) for label, before, after in changes],
    )
    return current


def _in_words(value: object) -> object:
    if isinstance(value, date):
        return format_date(value)
    choices: dict[object, object] = {
        **dict(CarryOver.choices),
        **dict(ServiceFrame.choices),
        **dict(ProposalVariant.choices),
    }
    return choices.get(value, value)


@transaction.atomic
def set_frame(*, pool: Pool, year: int, frame: Decimal, price_level: int, by: User, reason: str = "") -> PoolYear:
    """Store a year's frame, new or changed. A change needs a reason and cannot go below what is granted.

    Raises ValidationError: frame_negative, frame_below_granted, reason_missing.
    """
    pool_year = PoolYear.objects.select_for_update(of=("self",)).filter(pool=pool, year=year).first()
    if pool_year is None:
        check_frame(frame=frame, granted=Decimal(0))
        pool_year = PoolYear.objects.create(pool=pool, year=year, frame=frame, price_level=price_level)
        _record_frame(pool_year, "frame_set", by, reason, [(_("Frame"), None, format_kroner(frame))])
        return pool_year
    changes = _frame_changes(pool_year, frame, price_level)
    if not changes:
        return pool_year
    check_frame(frame=frame, granted=granted_from(pool_year))
    reason = check_reason(reason)
    pool_year.frame, pool_year.price_level = frame, price_level
    pool_year.save(update_fields=["frame", "price_level"])
    _record_frame(pool_year, "frame_changed", by, reason, changes)
    return pool_year


def _frame_changes(pool_year: PoolYear, frame: Decimal, price_level: int) -> list[tuple[str, object, object]]:
    changes: list[tuple[str, object, object]] = []
    if pool_year.frame != frame:
        changes.append((_("Frame"), format_kroner(pool_year.frame), format_kroner(frame)))
    if pool_year.price_level != price_level:
        changes.append((_("Price level"), pool_year.price_level, price_level))
    return changes


def _record_frame(
    pool_year: PoolYear, verb: str, by: User, reason: str, changes: list[tuple[str, object, object]]
) -> None:
    record_event(
        subject=Subject.POOL,
        subject_id=pool_year.pool_id,
        verb=verb,
        actor=by,
        summary=_("The frame for %(year)s is %(frame)s")
        % {"year": pool_year.year, "frame": format_kroner(pool_year.frame)},
        changes=changes,
        reason=reason,
    )


@transaction.atomic
def set_estimate(
    *,
    pool_year: PoolYear,
    label: str,
    amount: Decimal,
    by: User,
    proposal: Proposal | None = None,
    note: str = "",
    line: EstimateLine | None = None,
) -> EstimateLine:
    """Store a line of the economy list: `line` itself, else the proposal's line that year, else a new one, last.

    Raises ValidationError from the line's own fields and constraints (a negative amount, a proposal listed twice).
    """
    # The frame is the lock of its list, too: two new lines must not get the same place.
    locked_pool_years([pool_year.pk]).get()
    values = {"proposal": proposal, "label": label.strip(), "amount": amount, "note": note.strip()}
    if line is None and proposal is not None:
        line = EstimateLine.objects.filter(pool_year=pool_year, proposal=proposal).first()
    is_new = line is None
    line = line or EstimateLine(pool_year=pool_year, position=_next_position(pool_year))
    changes = [] if is_new else changed_fields(line, values)
    for name, value in values.items():
        setattr(line, name, value)
    line.full_clean()
    if is_new or changes:
        line.save()
        _record_estimate(line, "estimate_added" if is_new else "estimate_changed", by, changes)
    return line


def _next_position(pool_year: PoolYear) -> int:
    last = EstimateLine.objects.filter(pool_year=pool_year).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _record_estimate(line: EstimateLine, verb: str, by: User, changes: list) -> None:  # type: ignore[type-arg]
    summary = (
        _("“%(label)s” was put on the economy list for %(year)s with %(amount)s")
        if verb == "estimate_added"
        else _("“%(label)s” was changed on the economy list for %(year)s and is now %(amount)s")
    )
    record_event(
        subject=Subject.POOL,
        subject_id=line.pool_year.pool_id,
        verb=verb,
        actor=by,
        summary=summary % _estimate_words(line),
        changes=[(label, _as_kroner(before), _as_kroner(after)) for label, before, after in changes],
    )


def _estimate_words(line: EstimateLine) -> dict[str, object]:
    return {"label": line.label[:120], "year": line.pool_year.year, "amount": format_kroner(line.amount)}


def _as_kroner(value: object) -> object:
    return format_kroner(value) if isinstance(value, Decimal) else value


@transaction.atomic
def remove_estimate(*, line: EstimateLine, reason: str, by: User) -> None:
    """Take a line off the economy list. Raises reason_missing."""
    reason = check_reason(reason)
    locked_pool_years([line.pool_year_id]).get()
    record_event(
        subject=Subject.POOL,
        subject_id=line.pool_year.pool_id,
        verb="estimate_removed",
        actor=by,
        summary=_("“%(label)s” of %(amount)s was taken off the economy list for %(year)s") % _estimate_words(line),
        reason=reason,
    )
    line.delete()
