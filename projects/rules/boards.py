"""Prioritising a pool: running sums against every year's frame, weighted scores, and what may be adopted.

Amounts are kroner at the frame's price level; a line's amounts stand in the order of the frames.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.money import format_kroner, to_ore
from projects.rules.wording import joined

HIGHEST_SCORE = 5
HIGHEST_WEIGHT = 100
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Room:
    """A year's frame, and what of it is granted to projects that stand nowhere in the list."""

    year: int
    frame: Decimal
    elsewhere: Decimal

    @property
    def available(self) -> Decimal:
        return self.frame - self.elsewhere

    @property
    def available_ore(self) -> int:
        return to_ore(self.available)


@dataclass(frozen=True)
class Line:
    """A proposal in its place. `amounts` by frame, None where nothing is written."""

    key: int
    title: str
    is_included: bool
    amounts: tuple[Decimal | None, ...]
    is_decided: bool = False


@dataclass(frozen=True)
class LineTally:
    """What is taken down to and with the line, and what is left, by frame. A line that is out changes nothing."""

    running: tuple[Decimal, ...]
    rest: tuple[Decimal, ...]
    is_over: bool


@dataclass(frozen=True)
class YearTally:
    room: Room
    taken: Decimal

    @property
    def rest(self) -> Decimal:
        return self.room.available - self.taken


@dataclass(frozen=True)
class Tally:
    """`cut` is the number of the first line, from 0, that a frame cannot pay; None when all that is in fits."""

    lines: tuple[LineTally, ...]
    years: tuple[YearTally, ...]
    cut: int | None


def tally(lines: Sequence[Line], rooms: Sequence[Room]) -> Tally:
    """Add the lines in their order and hold every year against its frame. Amounts are never negative."""
    running = [NOTHING] * len(rooms)
    found: list[LineTally] = []
    cut = None
    for number, line in enumerate(lines):
        if line.is_included:
            running = [sum_ + (amount or NOTHING) for sum_, amount in zip(running, line.amounts, strict=True)]
        rest = tuple(room.available - sum_ for room, sum_ in zip(rooms, running, strict=True))
        is_over = line.is_included and any(left < 0 for left in rest)
        if is_over and cut is None:
            cut = number
        found.append(LineTally(tuple(running), rest, is_over))
    years = tuple(YearTally(room, taken) for room, taken in zip(rooms, running, strict=True))
    return Tally(tuple(found), years, cut)


def weighted_score(scores: Sequence[tuple[int, int | None]]) -> Decimal | None:
    """Return the mean of (weight, score) by weight, one decimal; None until every criterion has been judged."""
    if not scores or any(score is None for _weight, score in scores):
        return None
    total = sum(weight * (score or 0) for weight, score in scores)
    return round(Decimal(total) / sum(weight for weight, _score in scores), 1)


def check_adoption(*, lines: Sequence[Line], rooms: Sequence[Room], reason: str) -> None:
    """Raise ValidationError: reason_missing, nothing_in, amount_missing, over_granted in any year."""
    if not reason.strip():
        raise ValidationError(_("Write why the order is as it is."), code="reason_missing")
    new = [line for line in lines if line.is_included and not line.is_decided]
    if not new:
        raise ValidationError(_("No proposal that awaits a decision is in."), code="nothing_in")
    unpriced = [f"“{line.title}”" for line in new if not any(line.amounts)]
    if unpriced:
        message = _("%(names)s is in without an amount. Write one, or take it out.")
        raise ValidationError(message, code="amount_missing", params={"names": joined(unpriced)})
    over = [year for year in tally(lines, rooms).years if year.rest < 0]
    if over:
        parts = [
            _("%(year)s by %(amount)s") % {"year": year.room.year, "amount": format_kroner(-year.rest)} for year in over
        ]
        message = _("The frame is exceeded (%(years)s). Nothing is granted.")
        raise ValidationError(message, code="over_granted", params={"years": joined(parts)})


@dataclass(frozen=True)
class Stamp:
    """What somebody saw before adopting: the alternative's version, each frame with what was granted from it (øre,
    by year), and each proposal's version.
    """

    version: int
    frames: Mapping[int, tuple[int, int]]
    proposals: Mapping[int, int]


def changes_since(seen: Stamp, now: Stamp, titles: Mapping[int, str]) -> list[str]:
    """Return a sentence for each thing that is no longer what was seen; empty when all is. `titles` by proposal."""
    found = []
    if seen.version != now.version:
        found.append(_("The alternative was saved again."))
    for year in sorted(set(seen.frames) | set(now.frames)):
        before, after = seen.frames.get(year), now.frames.get(year)
        if before is None or after is None or before[0] != after[0]:
            found.append(_("The frame for %(year)s was changed.") % {"year": year})
        elif before[1] != after[1]:
            left = format_kroner(Decimal(after[0] - after[1]) / 100)
            found.append(
                _("Money was granted from %(year)s meanwhile; %(left)s is left.") % {"year": year, "left": left}
            )
    moved = [
        f"“{titles.get(key, str(key))}”"
        for key in sorted(set(seen.proposals) | set(now.proposals))
        if seen.proposals.get(key) != now.proposals.get(key)
    ]
    if moved:
        found.append(_("Sent, changed or decided since: %(names)s.") % {"names": joined(moved)})
    return found
