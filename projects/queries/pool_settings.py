"""How a pool works: open for proposals or not, what of each frame goes on, and frames at today's prices."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from projects.models import Pool, PriceIndex
from projects.queries.pools import pool_sums
from projects.rules.pools import carried_over, check_window, restated


@dataclass(frozen=True)
class FrameStanding:
    """`carried` None: the limit is not decided. `restated` None: an index is missing, or the level is the newest."""

    year: int
    rest: Decimal
    carried: Decimal | None
    frame: Decimal
    price_level: int
    restated: Decimal | None


@dataclass(frozen=True)
class PoolStanding:
    """`window_message` says why nothing can be sent today; empty when it can. `newest_level`: of the index table."""

    is_open: bool
    window_message: str
    frames: tuple[FrameStanding, ...]
    newest_level: int | None


def pool_standing(pool: Pool, today: date) -> PoolStanding:
    """Return how the pool stands on the day. Four queries."""
    indexes = dict(PriceIndex.objects.values_list("year", "index"))
    newest = max(indexes, default=None)
    frames = list(pool.years.order_by("year"))
    sums = pool_sums(frames)
    message = ""
    try:
        check_window(opens_on=pool.opens_on, closes_on=pool.closes_on, today=today)
    except ValidationError as error:
        message = error.messages[0]
    rows = []
    for frame in frames:
        rest = sums[frame.pk].rest_after_granted
        level = frame.price_level
        rows.append(
            FrameStanding(
                year=frame.year,
                rest=rest,
                carried=carried_over(
                    rule=pool.carry_over, frame=frame.frame, rest=rest, percent=pool.carry_over_percent
                ),
                frame=frame.frame,
                price_level=level,
                restated=restated(frame.frame, from_year=level, to_year=newest or level, indexes=indexes)
                if newest != level
                else None,
            )
        )
    return PoolStanding(not message, message, tuple(rows), newest)
