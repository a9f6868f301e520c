"""The economy page of a note: what each of the committee's pools had, what is granted, and what is left."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.models import PoolYear
from projects.queries.pools import pool_sums, total_sums
from projects.rules.pools import PoolSums
from reports.facts.parts import FrameFact, PoolFact
from reports.facts.sections import Numbers
from reports.queries.notes import committee_frames


def pool_facts(committee_id: int, *, year: int, day: date, numbers: Numbers) -> tuple[PoolFact, ...]:
    """Return the committee's pools with their frames up to and including the year. At most three queries.

    The sums are those of today; `day` is the day the note counts its money to.
    """
    pools = committee_frames(committee_id, year)
    frames = [frame for years in pools.values() for frame in years]
    sums = pool_sums(frames) if frames else {}
    return tuple(_pool_fact(years, sums, day, numbers.table()) for years in pools.values())


def _pool_fact(years: Sequence[PoolYear], sums: dict[int, PoolSums], day: date, number: int) -> PoolFact:
    pool = years[0].pool
    frames = tuple(_frame(year.year, year.price_level, sums[year.pk]) for year in years)
    levels = {year.price_level for year in years}
    # Kroner of two price levels are two kinds of money: such a pool has no sum.
    is_summed = len(years) > 1 and len(levels) == 1
    total = total_sums(sums[year.pk] for year in years) if is_summed else None
    return PoolFact(
        number=number,
        code=pool.code,
        caption=_("%(pool)s, kroner") % {"pool": pool.name},
        frames=frames,
        total=_frame(0, levels.pop(), total) if total else None,
        source=_("The pool's frames, budget lines and economy list"),
        as_of=day,
    )


def _frame(year: int, price_level: int, sums: PoolSums) -> FrameFact:
    amounts: tuple[Decimal, ...] = (sums.frame, sums.granted, sums.awaiting, sums.rest_after_all)
    return FrameFact(year, price_level, *amounts)
