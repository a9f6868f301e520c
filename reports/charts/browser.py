"""A chart as plotly's own plain dicts. Plotly's Python package is 40 MB and is not loaded to serve a page."""

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from reports.charts.spec import (
    DOTTED,
    EXPECTED,
    INK,
    STRIPED,
    ChartSpec,
    ChartTable,
    Look,
    figure,
    look,
    reach,
    rounded,
    step_label,
    steps,
    table,
    wrapped,
)

_ROW_HEIGHT = {"bar": 22, "stacked": 40}
_LABELS_ON_A_LINE = 12
# Of the figures after the bars: digits are a little wider, dots narrower.
_PIXELS_A_SIGN = 8
_PATTERNS = {
    STRIPED: {"shape": "/", "size": 7, "solidity": 0.25},
    DOTTED: {"shape": ".", "size": 8, "solidity": 0.1},
}


@dataclass(frozen=True)
class ChartView:
    """What _chart.html needs. `is_open`: the table stands open beside the drawing."""

    id: str
    title: str
    text: str
    source: str
    json: dict[str, Any]
    table: ChartTable
    is_open: bool = False


def chart_view(spec: ChartSpec, *, is_open: bool = False) -> ChartView:
    return ChartView(spec.id, spec.title, spec.alt, spec.source, plotly_json(spec), table(spec), is_open)


def plotly_json(spec: ChartSpec) -> dict[str, Any]:
    """Return {"data", "layout"}: floats for drawing, and beside each point its figure in Danish.

    Labels stand on the axis by number, so that two projects of one name stay two.
    """
    draw = _line if spec.kind == "line" else _bars
    return {"data": [draw(spec, place) for place in range(len(spec.series))], "layout": _layout(spec)}


def _bars(spec: ChartSpec, place: int) -> dict[str, Any]:
    series = spec.series[place]
    own = look(spec, place)
    values = [rounded(spec, value) for value in series.values]
    numbers = list(range(len(values)))
    return {
        **_common(spec, place),
        "type": "bar",
        "x": values if spec.is_horizontal else numbers,
        "y": numbers if spec.is_horizontal else values,
        "orientation": "h" if spec.is_horizontal else "v",
        "marker": {"color": own.fill, "line": {"color": own.edge, "width": 1}, **_pattern(own)},
        "textposition": "inside" if spec.kind == "stacked" else "outside",
        "textangle": 0,
        "insidetextanchor": "middle",
        "cliponaxis": False,
        "textfont": {"color": INK},
        "insidetextfont": {"color": own.ink},
    }


def _pattern(own: Look) -> dict[str, Any]:
    """Return the pattern, fine enough for the figure on it to be read."""
    if not own.pattern:
        return {}
    return {"pattern": {**_PATTERNS[own.pattern], "bgcolor": own.fill, "fgcolor": own.edge}}


def _line(spec: ChartSpec, place: int) -> dict[str, Any]:
    series = spec.series[place]
    shade = look(spec, place).edge
    with_text = len(spec.x_labels) <= _LABELS_ON_A_LINE and len(spec.series) <= 2
    return {
        **_common(spec, place),
        "type": "scatter",
        "mode": "lines+markers+text" if with_text else "lines+markers",
        "x": list(range(len(series.values))),
        "y": [rounded(spec, value) for value in series.values],
        "connectgaps": False,
        "line": {"color": shade, "width": 3, "dash": "dash" if series.tone == EXPECTED else "solid"},
        "marker": {"color": shade, "size": 9, "symbol": place},
        "textposition": "top center",
        "cliponaxis": False,
    }


def _common(spec: ChartSpec, place: int) -> dict[str, Any]:
    series = spec.series[place]
    unit = f" {spec.unit}" if spec.unit else ""
    return {
        "name": escape(series.name),
        "text": ["" if value is None else figure(spec, value) for value in series.values],
        "customdata": [escape(label) for label in spec.x_labels],
        "hovertemplate": f"%{{customdata}}<br>{escape(series.name)}: %{{text}}{escape(unit)}<extra></extra>",
    }


def _room_to_the_right(spec: ChartSpec) -> int:
    """Return the pixels that the longest figure after a bar takes; other figures stand inside or above."""
    if not spec.is_horizontal or spec.kind != "bar":
        return 24
    values = [value for series in spec.series for value in series.values if value is not None]
    return 16 + _PIXELS_A_SIGN * max((len(figure(spec, value)) for value in values), default=0)


def _layout(spec: ChartSpec) -> dict[str, Any]:
    marks = steps(spec)
    values = {
        "tickvals": [float(mark) for mark in marks],
        "ticktext": _step_labels(spec, marks),
        "range": _range(spec),
        "zeroline": True,
        "tickangle": 0,
    }
    labels: dict[str, Any] = {
        "tickvals": list(range(len(spec.x_labels))),
        "ticktext": ["<br>".join(escape(line) for line in wrapped(label)) for label in spec.x_labels],
        "range": [-0.5, len(spec.x_labels) - 0.5],
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
    if spec.is_horizontal:
        labels["range"] = labels["range"][::-1]
        # One bar needs no name beside it: the title says whose it is.
        labels["showticklabels"] = len(spec.x_labels) > 1
    return {
        "barmode": "relative" if spec.kind == "stacked" else "group",
        "bargap": 0.3,
        "bargroupgap": 0.08,
        "height": _height(spec),
        "margin": {"l": 16, "r": _room_to_the_right(spec), "t": 40, "b": 24},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "showlegend": len(spec.series) > 1,
        "separators": ",.",
        "uniformtext": {"mode": "hide", "minsize": 11},
        "xaxis": values if spec.is_horizontal else labels,
        "yaxis": labels if spec.is_horizontal else values,
    }


def _step_labels(spec: ChartSpec, marks: list[Decimal]) -> list[str]:
    """Return the marks' labels; beside one another only the ends, since every bar has its own figure."""
    labels = [step_label(spec, mark) for mark in marks]
    if not spec.is_horizontal:
        return labels
    ends = {0, len(marks) - 1, marks.index(Decimal(0))}
    return [label if place in ends else "" for place, label in enumerate(labels)]


def _range(spec: ChartSpec) -> list[float]:
    low, high = (float(end) for end in reach(spec))
    # Figures above upright bars and points need room.
    room = 0 if spec.is_horizontal or spec.kind == "stacked" else (high - low) * 0.08
    return [low, high + room]


def _height(spec: ChartSpec) -> int:
    if not spec.is_horizontal:
        return 340
    bars = len(spec.series) if spec.kind == "bar" else 1
    return 96 + len(spec.x_labels) * (_ROW_HEIGHT[spec.kind] * bars + 16)
