"""What a chart holds, its table, and what the two drawings share: colours, figures and the steps of the axis."""

import textwrap
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.money import KRONER, sum_known
from projects.numerals import grouped

# How firm a series is: what has happened, what is only expected (a tint with an edge), what is left over (grey).
SOLID, EXPECTED, REST = "solid", "expected", "rest"

# Told apart by the colour-blind, and each at least 3:1 against white.
PALETTE = ("#0c4f63", "#bf7a10", "#4a93a6", "#8a5a78", "#6b7b2c", "#7d8a91")
TINTS = ("#c3d5da", "#f0dcc0", "#d0e4e9", "#e1d4dd", "#d9dec9", "#dee1e3")
REST_FILL, REST_EDGE = "#f0f4f5", "#7d8a91"
# A light keeps the colour it has everywhere else, and a pattern for those who do not see red from green.
RED, YELLOW, GREEN = "red", "yellow", "green"
STRIPED, DOTTED, PLAIN = "striped", "dotted", ""
INK, INK_SOFT, LINE = "#17252c", "#47575f", "#d8dfe2"
FONT = "IBM Plex Sans"

_NICE_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Series:
    """One row of values, as many as the chart has labels. None is unknown and is not drawn."""

    name: str
    values: tuple[Decimal | None, ...]
    tone: str = SOLID


@dataclass(frozen=True)
class ChartSpec:
    """A chart. `kind`: "bar" (side by side), "stacked" (parts of a whole) or "line".

    `alt` says in one sentence what it shows. `is_horizontal` lays bars down, for long names.
    `label_head` heads the table's first column; `has_total` adds a row of sums. `has_series_rows` turns the table:
    a row per series, for few labels of many parts.
    """

    id: str
    kind: str
    title: str
    x_labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    source: str = ""
    alt: str = ""
    is_horizontal: bool = False
    label_head: str = ""
    has_total: bool = False
    has_series_rows: bool = False


@dataclass(frozen=True)
class ChartTable:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


def table(spec: ChartSpec) -> ChartTable:
    """Return the chart's points as texts, one row per label (or per series)."""
    names = tuple(series.name for series in spec.series)
    columns: list[tuple[Decimal | None, ...]] = [series.values for series in spec.series]
    heads, labels = names, spec.x_labels
    if spec.has_series_rows:
        heads, labels, columns = spec.x_labels, names, list(zip(*columns, strict=True))
    rows = tuple((label, *(figure(spec, column[place]) for column in columns)) for place, label in enumerate(labels))
    unit = f" ({spec.unit})" if spec.unit else ""
    total = (_("Total"), *(figure(spec, sum_known(column)) for column in columns)) if spec.has_total else None
    return ChartTable((spec.label_head, *(f"{head}{unit}" for head in heads)), rows, total)


def figure(spec: ChartSpec, value: Decimal | None) -> str:
    """Return a value as people read it: whole kroner, other figures with the decimals they have."""
    if value is not None and spec.unit == KRONER:
        return grouped(Decimal(value))
    return format_count(value)


def rounded(spec: ChartSpec, value: Decimal | None) -> float | None:
    """Return a value for drawing, as exact as its figure."""
    return None if value is None else float(round(Decimal(value), 2))


@dataclass(frozen=True)
class Look:
    """A series' fill and edge, the ink that reads on the fill, and the pattern drawn on it in the edge's colour."""

    fill: str
    edge: str
    ink: str = INK
    pattern: str = PLAIN


_OWN_LOOKS = {
    REST: Look(REST_FILL, REST_EDGE),
    RED: Look("#b8320f", "#7d1e05", "#ffffff", STRIPED),
    YELLOW: Look("#f0b000", "#7a5400", INK, DOTTED),
    GREEN: Look("#00795b", "#00553f", "#ffffff"),
}


def look(spec: ChartSpec, place: int) -> Look:
    tone, turn = spec.series[place].tone, place % len(PALETTE)
    if tone in _OWN_LOOKS:
        return _OWN_LOOKS[tone]
    if tone == EXPECTED and spec.kind != "line":
        return Look(TINTS[turn], PALETTE[turn])
    return Look(PALETTE[turn], PALETTE[turn], "#ffffff")


def wrapped(label: str, width: int = 18) -> list[str]:
    """Return a long label in at most three lines."""
    return textwrap.wrap(
        label,
        width,
        max_lines=3,
        placeholder=" …",
        break_long_words=len(max(label.split(), key=len, default="")) > width + 6,
    ) or [""]


def steps(spec: ChartSpec) -> list[Decimal]:
    """Return the marks of the value axis, zero among them."""
    low, high = reach(spec)
    # Marks beside one another take more room than marks above one another, on a telephone most of all.
    step = _nice_step((high - low) / (3 if spec.is_horizontal else 5))
    first, last = (low / step).to_integral_value("ROUND_CEILING"), (high / step).to_integral_value("ROUND_FLOOR")
    return [step * number for number in range(int(first), int(last) + 1)]


def step_label(spec: ChartSpec, value: Decimal) -> str:
    """Return a mark's label: "2,5 mio. kr.", "200 t.kr." or the plain number."""
    largest = max(abs(mark) for mark in steps(spec))
    if spec.unit == KRONER and value:
        if largest >= 1_000_000:
            return _("%(number)s m. kr.") % {"number": format_count(value / 1_000_000)}
        if largest >= 10_000:
            return _("%(number)s k. kr.") % {"number": format_count(value / 1000)}
    return format_count(value)


def reach(spec: ChartSpec) -> tuple[Decimal, Decimal]:
    """Return where the value axis ends, zero always within."""
    if spec.kind == "stacked":
        columns = list(zip(*(series.values for series in spec.series), strict=True))
        ends = [sum((value or Decimal(0) for value in column if (value or 0) > 0), Decimal(0)) for column in columns]
        ends += [sum((value or Decimal(0) for value in column if (value or 0) < 0), Decimal(0)) for column in columns]
    else:
        ends = [value for value in chain.from_iterable(series.values for series in spec.series) if value is not None]
    low, high = min([*ends, Decimal(0)]), max([*ends, Decimal(0)])
    return (low, high) if high > low else (Decimal(0), Decimal(1))


def _nice_step(rough: Decimal) -> Decimal:
    size = Decimal(10) ** rough.adjusted()
    # Kroner and citizens come whole: no half steps below one.
    return max(next(step * size for step in _NICE_STEPS if step * size >= rough), Decimal(1))
