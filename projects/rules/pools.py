"""What a pool has left. Amounts are kroner at the pool's price level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.dates import format_date_long
from projects.enums import CarryOver, Severity
from projects.money import format_kroner
from projects.rules.notices import Notice
from projects.rules.wording import joined


@dataclass(frozen=True)
class PoolSums:
    """A pool year's frame, what is granted from it, and what its economy list proposes.

    `proposed` is the whole list, also the lines that have been granted since, so it is never added to `granted`.
    `awaiting` is the part of the list that nobody has decided yet.
    """

    frame: Decimal
    granted: Decimal
    proposed: Decimal
    awaiting: Decimal

    @property
    def rest_after_granted(self) -> Decimal:
        return self.frame - self.granted

    @property
    def rest_after_all(self) -> Decimal:
        """Return what is left when all that awaits a decision is granted too; negative when there is not enough."""
        return self.frame - self.granted - self.awaiting

    @property
    def rest_of_list(self) -> Decimal:
        """Return the rest as the economy list prints it: the frame less every line, whatever was decided since."""
        return self.frame - self.proposed


def check_amount_positive(amount: Decimal | None) -> None:
    """Raise amount_missing or amount_not_positive."""
    if amount is None:
        raise ValidationError(_("Write the amount."), code="amount_missing")
    if amount <= 0:
        raise ValidationError(_("The amount must be more than 0 kr."), code="amount_not_positive")


def check_grant(*, frame: Decimal, granted: Decimal, amount: Decimal) -> None:
    """Raise over_granted when the amount is more than what is left of the frame (R8)."""
    left = frame - granted
    if amount <= left:
        return
    raise ValidationError(
        _("The pool has %(left)s left, but the grant is %(amount)s: %(missing)s are missing."),
        code="over_granted",
        params={
            "left": _exact(max(left, Decimal(0))),
            "amount": _exact(amount),
            "missing": _exact(amount - left),
        },
    )


def check_frame(*, frame: Decimal, granted: Decimal) -> None:
    """Raise frame_negative, or frame_below_granted: a frame cannot be made smaller than what is granted from it."""
    if frame < 0:
        raise ValidationError(_("A frame cannot be negative."), code="frame_negative")
    if frame < granted:
        raise ValidationError(
            _("%(granted)s is already granted, so the frame cannot be %(frame)s."),
            code="frame_below_granted",
            params={"granted": _exact(granted), "frame": _exact(frame)},
        )


def check_window(*, opens_on: date | None, closes_on: date | None, today: date) -> None:
    """Raise not_open_yet or closed, with the day told: proposals are sent only while the pool is open for them."""
    if opens_on is not None and today < opens_on:
        raise ValidationError(
            _("The pool opens for proposals on %(day)s. Your draft is kept until then."),
            code="not_open_yet",
            params={"day": format_date_long(opens_on)},
        )
    if closes_on is not None and today > closes_on:
        raise ValidationError(
            _("The pool closed for proposals on %(day)s. Its manager can extend the deadline."),
            code="closed",
            params={"day": format_date_long(closes_on)},
        )


def carried_over(*, rule: str, frame: Decimal, rest: Decimal, percent: Decimal | None) -> Decimal | None:
    """Return what of a year's unused rest goes on to the next year; None when the limit is not decided.

    A frame that is exceeded carries nothing over here: what is missing is not a matter of a rule.
    """
    unused = max(rest, Decimal(0))
    if rule == CarryOver.NONE:
        return Decimal(0)
    if rule == CarryOver.ALL:
        return unused
    return None if percent is None else min(unused, frame * percent / 100)


def carried_over_by_project(
    *, rests: Mapping[int, Decimal], rule: str, frame: Decimal, percent: Decimal | None, already: Decimal
) -> dict[int, Decimal] | None:
    """Return what of each project's unspent rest goes on, by its key; None when the limit is not decided.

    `already` has gone on before and takes up the limit. Where the rule lets less go on than there is, each project
    keeps the same share of its rest, in whole kroner; what the rounding leaves goes to the largest rests. A project
    that has spent too much carries nothing.
    """
    unspent = {key: rest for key, rest in rests.items() if rest > 0}
    whole = sum(unspent.values(), Decimal(0))
    allowed = carried_over(rule=rule, frame=frame, rest=whole + already, percent=percent)
    if allowed is None:
        return None
    total = max(allowed - already, Decimal(0))
    if total >= whole:
        return unspent
    # A share of a frame may end in a part of an øre, which nobody can be granted.
    total = total.to_integral_value(ROUND_DOWN)
    shares = {key: (rest * total / whole).quantize(Decimal(1), ROUND_DOWN) for key, rest in unspent.items()}
    left = total - sum(shares.values(), Decimal(0))
    for key in sorted(unspent, key=lambda key: (-unspent[key], key)):
        more = min(left, unspent[key] - shares[key])
        shares[key] += more
        left -= more
    return {key: share for key, share in shares.items() if share}


def restated(amount: Decimal, *, from_year: int, to_year: int, indexes: Mapping[int, Decimal]) -> Decimal | None:
    """Return the amount at another year's prices, unrounded; None when an index is missing. Same year: unchanged."""
    if from_year == to_year:
        return amount
    before, after = indexes.get(from_year), indexes.get(to_year)
    return None if before is None or after is None else amount * after / before


def over_granted_notice(*, pool: str, frame: Decimal, granted: Decimal, field: str = "") -> Notice | None:
    """R8, blocking: more is granted than the frame holds."""
    if granted <= frame:
        return None
    message = _("%(pool)s has granted %(granted)s, %(excess)s more than its frame of %(frame)s.") % {
        "pool": pool,
        "granted": _exact(granted),
        "excess": _exact(granted - frame),
        "frame": _exact(frame),
    }
    return Notice("R8", field, message, (frame, granted), Severity.BLOCKING)


def true_rest_notice(
    *, pool: str, frame: Decimal, listed: Decimal, unlisted: Sequence[tuple[str, Decimal]], field: str = ""
) -> Notice | None:
    """R8: the rest the list shows is not the rest there is, because proposals are missing from the list.

    `unlisted` are the titles and amounts of proposals that the list's sum does not hold.
    """
    missing = [(title, amount) for title, amount in unlisted if amount]
    if not missing:
        return None
    shown = frame - listed
    true = shown - sum((amount for _title, amount in missing), Decimal(0))
    names = [f"“{title}” ({_exact(amount)})" for title, amount in missing]
    message = _("%(pool)s has %(true)s left, not %(shown)s, when %(names)s is counted.") % {
        "pool": pool,
        "true": _exact(true),
        "shown": _exact(shown),
        "names": joined(names),
    }
    return Notice("R8", field, message, (frame, listed, true))


def _exact(amount: Decimal) -> str:
    """Show øre only where there are any: a refusal over 40 øre must not name two equal amounts."""
    return format_kroner(amount, 0 if amount == amount.to_integral_value() else 2)
