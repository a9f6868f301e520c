"""Counts that must agree: breakdowns with their totals, in and out, and one month with the last."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.enums import Direction
from projects.rules.notices import Notice
from projects.rules.wording import number_word, place

JUMP_FACTOR = 5
JUMP_DIFFERENCE = 10


@dataclass(frozen=True)
class Row:
    """One line of a breakdown. `count` None: nobody has typed it, which is not 0."""

    key: str
    label: str
    count: int | None
    parent: str | None = None
    is_total: bool = False


@dataclass(frozen=True)
class Flow:
    """How many came in and went out since a day. `since_text` is what was written where the day is unknown."""

    key: str
    label: str
    count_in: int | None
    count_out: int | None
    since: date | None
    since_text: str = ""


def sum_known(counts: Sequence[int | None]) -> int | None:
    """Return the sum of what is known; None when nothing is.

    A caseworker types row by row: the sum must follow her, and must not claim 0 before she has begun.
    """
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def difference(now: Decimal | int | None, before: Decimal | int | None) -> Decimal | int | None:
    """Return what has come or gone since last month; None when either month is unknown."""
    return None if now is None or before is None else now - before


def row_values(rows: Sequence[Row]) -> dict[str, int | None]:
    """Return what each row shows: a total row the known sum of its children, any other row its own count.

    None: not typed, or a total of nothing typed.
    """
    children = _children(rows)
    values: dict[str, int | None] = {}

    def value(row: Row) -> int | None:
        if row.key not in values:
            values[row.key] = row.count  # stands while the children are added, so that a ring of parents ends
            if row.is_total:
                values[row.key] = sum_known([value(child) for child in children.get(row.key, [])])
        return values[row.key]

    return {row.key: value(row) for row in rows}


def _children(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    children: dict[str, list[Row]] = {}
    for row in rows:
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row)
    return children


def breakdown_sum(rows: Sequence[Row]) -> int | None:
    """Return the sum of the rows that have no parent; None when none of them is known."""
    values = row_values(rows)
    return sum_known([values[row.key] for row in rows if row.parent is None])


def breakdown_notices(
    *,
    name: str,
    rows: Sequence[Row],
    total_label: str | None,
    total: int | None,
    is_exclusive: bool = True,
    field: str = "",
) -> list[Notice]:
    """R1: the rows do not sum to the total. R2: sub-rows do not sum to the row they stand under.

    Categories that are declared overlapping (`is_exclusive=False`) may sum to more, so they have no R1, and an R2
    only where one sub-row alone is larger than its row.
    """
    notices = []
    found = breakdown_sum(rows)
    if is_exclusive and total_label and total is not None and found is not None and found != total:
        notices.append(total_notice(name, found, total_label, total, field))
    return notices + parent_notices(rows, is_exclusive, field)


def total_notice(name: str, found: int, total_label: str, total: int, field: str) -> Notice:
    """R1 in words."""
    message = _("The rows in “%(name)s” sum to %(sum)s, but “%(total_label)s” is %(total)s – %(difference)s.") % {
        "name": name,
        "sum": format_count(found),
        "total_label": total_label,
        "total": format_count(total),
        "difference": difference_words(total - found),
    }
    return Notice("R1", field, message, (found, total))


def difference_words(missing: int) -> str:
    """Return "én mangler" for 1 and "to for mange" for −2."""
    if missing > 0:
        return _("%(number)s missing") % {"number": number_word(missing)}
    return _("%(number)s too many") % {"number": number_word(-missing)}


def parent_notices(rows: Sequence[Row], is_exclusive: bool, field: str) -> list[Notice]:
    """R2 for every row that is typed and has rows beneath it."""
    values = row_values(rows)
    children = _children(rows)
    notices = []
    for row in rows:
        known = [values[child.key] for child in children.get(row.key, [])]
        found = sum_known(known) if is_exclusive else max((count for count in known if count is not None), default=None)
        if row.is_total or row.count is None or found is None:
            continue
        if found > row.count or (is_exclusive and found != row.count):
            notices.append(_parent_notice(row, row.count, found, place(field, row.key)))
    return notices


def _parent_notice(row: Row, count: int, found: int, field: str) -> Notice:
    message = _("“%(row)s” says %(count)s, but its sub-rows give %(sum)s – %(difference)s.") % {
        "row": row.label,
        "count": format_count(count),
        "sum": format_count(found),
        "difference": difference_words(count - found),
    }
    return Notice("R2", field, message, (count, found))


_INCLUDES = re.compile(r"\b(?:inkl(?:usive|\.)?|herunder|heraf|deraf|også)(?=\W)", re.IGNORECASE)


def overlap_notices(rows: Sequence[Row], *, is_exclusive: bool, field: str = "") -> list[Notice]:
    """R18: a row says itself that it counts people of another row, but the rows are said to count each once.

    "Ordinært arbejde (inkl. fleksjob)" beside "Fleksjob" counts one person twice. A row that has sub-rows says of
    what it holds, and a sub-row's "heraf" is its place beneath the other.
    """
    if not is_exclusive:
        return []
    parents = {row.parent for row in rows}
    return [
        _overlap_notice(row, [other for other in rows if other.parent == row.parent and other.key != row.key], field)
        for row in rows
        if _INCLUDES.search(f"{row.label} ") and row.key not in parents and row.parent is None
    ]


def _overlap_notice(row: Row, beside: Sequence[Row], field: str) -> Notice:
    said = row.label.casefold()
    named = [other.label for other in beside if other.label.casefold() in said]
    if named:
        message = _("“%(row)s” counts people of “%(other)s” too. Say that the rows overlap, or count each once.")
    else:
        message = _("“%(row)s” seems to count people of another row. Say that the rows overlap, or count each once.")
    values = {"row": row.label, "other": named[0] if named else ""}
    return Notice("R18", place(field, row.key), message % values, (row.label,))


def flow_remaining(flow: Flow) -> int | None:
    """Return how many are still in; None when either count is unknown or more went out than came in."""
    if flow.count_in is None or flow.count_out is None or flow.count_out > flow.count_in:
        return None
    return flow.count_in - flow.count_out


def flow_notices(flows: Sequence[Flow], field: str = "") -> list[Notice]:
    """R2: more out than in. R4: counted since no known day."""
    notices = []
    for flow in flows:
        where = place(field, flow.key)
        if flow.count_in is not None and flow.count_out is not None and flow.count_out > flow.count_in:
            notices.append(_outflow_notice(flow, flow.count_in, flow.count_out, where))
        if flow.since is None and (flow.count_in is not None or flow.count_out is not None):
            notices.append(_undated_notice(flow, where))
    return notices


def _outflow_notice(flow: Flow, count_in: int, count_out: int, where: str) -> Notice:
    message = _("“%(row)s” has %(out)s out, but only %(in)s in – %(difference)s.") % {
        "row": flow.label,
        "out": format_count(count_out),
        "in": format_count(count_in),
        "difference": difference_words(count_in - count_out),
    }
    return Notice("R2", where, message, (count_in, count_out))


def _undated_notice(flow: Flow, where: str) -> Notice:
    since = flow.since_text.strip()
    if since:
        message = _("“%(row)s” is counted from “%(since)s”. Write the date with its year, so others can count on.") % {
            "row": flow.label,
            "since": since,
        }
    else:
        message = _("“%(row)s” does not say from which date it is counted.") % {"row": flow.label}
    return Notice("R4", where, message, (since,))


def unit_notice(*, label: str, previous: str, current: str, field: str = "") -> Notice | None:
    """R13: the unit is another than last month's. None when either month has none, or they are the same."""
    before, now = (" ".join(unit.split()) for unit in (previous, current))
    if not before or not now or before.casefold() == now.casefold():
        return None
    message = _("“%(label)s” was counted in %(previous)s last time and in %(current)s now. Are they the same?") % {
        "label": label,
        "previous": before,
        "current": now,
    }
    return Notice("R13", field, message, (before, now))


def jump_notice(*, label: str, previous: Decimal | None, current: Decimal | None, field: str = "") -> Notice | None:
    """R21: five times as many or a fifth of last month's, and at least ten apart: a digit too many?

    A previous 0 is no measure of anything, so nothing is said.
    """
    if previous is None or current is None or previous <= 0:
        return None
    is_far = current >= previous * JUMP_FACTOR or current * JUMP_FACTOR <= previous
    if not is_far or abs(current - previous) < JUMP_DIFFERENCE:
        return None
    message = _("“%(label)s”: %(previous)s last time, %(current)s now?") % {
        "label": label,
        "previous": format_count(previous),
        "current": format_count(current),
    }
    return Notice("R21", field, message, (previous, current))


def falling_notice(*, label: str, previous: Decimal | None, current: Decimal | None, field: str = "") -> Notice | None:
    """R21: a figure counted since the start is lower than last month."""
    if previous is None or current is None or current >= previous:
        return None
    message = _("“%(label)s” is counted since the start and cannot fall: %(previous)s last time, %(current)s now?") % {
        "label": label,
        "previous": format_count(previous),
        "current": format_count(current),
    }
    return Notice("R21", field, message, (previous, current))


def progress(
    baseline: Decimal | None, target: Decimal | None, value: Decimal | None, direction: Direction
) -> Decimal | None:
    """Return how much of the way from baseline to target is gone, in per cent; may be below 0 or above 100.

    None: something is unknown, or the target lies against the direction. A target equal to the baseline is a level
    to hold: 100 when held, 0 when not.
    """
    if baseline is None or target is None or value is None:
        return None
    way = target - baseline
    if way == 0:
        return _level_held(target, value, direction)
    if (direction == Direction.UP and way < 0) or (direction == Direction.DOWN and way > 0):
        return None
    return (value - baseline) * 100 / way


def _level_held(target: Decimal, value: Decimal, direction: Direction) -> Decimal:
    is_held = {
        Direction.UP: value >= target,
        Direction.DOWN: value <= target,
        Direction.NEUTRAL: value == target,
    }[direction]
    return Decimal(100) if is_held else Decimal(0)
