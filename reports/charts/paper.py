"""A chart as SVG for the printed note: text stays text, and the same chart gives the same bytes."""

from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any

from django.conf import settings

from reports.charts.spec import (
    DOTTED,
    EXPECTED,
    FONT,
    INK_SOFT,
    LINE,
    STRIPED,
    ChartSpec,
    figure,
    look,
    reach,
    rounded,
    step_label,
    steps,
    wrapped,
)

MM_PER_INCH = 25.4
_DOTS_PER_INCH = 200
_FONT_FILE = "static/vendor/dkfds/fonts/IBMPlexSans/complete/ttf/IBMPlexSans-Regular.ttf"
_BAR_SHARE = 0.76
_HATCHES = {STRIPED: "////", DOTTED: "..."}
_MARKERS = ("o", "s", "D", "^", "v", "P")


@lru_cache(maxsize=1)
def _matplotlib() -> Any:
    """Return matplotlib, set up once. Imported here, so that no page waits two seconds for it."""
    import matplotlib
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(settings.BASE_DIR / _FONT_FILE))
    matplotlib.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "chart",
            "font.family": FONT,
            "font.size": 8,
            "text.color": INK_SOFT,
            "axes.edgecolor": LINE,
            "axes.labelcolor": INK_SOFT,
            "xtick.color": INK_SOFT,
            "ytick.color": INK_SOFT,
            "axes.unicode_minus": True,
            "hatch.linewidth": 0.5,
        }
    )
    return matplotlib


def preload() -> None:
    """Load what takes seconds to load."""
    _matplotlib()
    from matplotlib.backends import backend_agg, backend_svg
    from matplotlib.figure import Figure

    backend_svg.FigureCanvasSVG(Figure())
    backend_agg.FigureCanvasAgg(Figure())


def to_svg(spec: ChartSpec, width_mm: float = 165, height_mm: float | None = None) -> str:
    """Return an <svg> element. Its <title> is the chart's title and sentence, which the PDF reads aloud."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = StringIO()
    title = f"{spec.title}. {spec.alt}" if spec.alt else spec.title
    silent = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    FigureCanvasSVG(_drawing(spec, width_mm, height_mm)).print_svg(
        out,  # type: ignore[no-untyped-call]
        metadata={**silent, "Title": title},
    )
    text = out.getvalue()
    return text[text.index("<svg") :]


def to_png(spec: ChartSpec, width_mm: float = 165, height_mm: float | None = None) -> bytes:
    """Return the drawing as dots, fine enough for print, for programs that show no SVG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    out = BytesIO()
    drawing = _drawing(spec, width_mm, height_mm)
    drawing.set_dpi(_DOTS_PER_INCH)
    drawing.patch.set_visible(True)
    FigureCanvasAgg(drawing).print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return out.getvalue()


def _drawing(spec: ChartSpec, width_mm: float, height_mm: float | None) -> Any:
    _matplotlib()
    from matplotlib.figure import Figure

    height = height_mm or _height_mm(spec)
    drawing = Figure(figsize=(width_mm / MM_PER_INCH, height / MM_PER_INCH), layout="constrained")
    drawing.patch.set_visible(False)
    axes = drawing.add_subplot()
    axes.patch.set_visible(False)
    (_draw_lines if spec.kind == "line" else _draw_bars)(axes, spec)
    _draw_axes(axes, spec)
    if len(spec.series) > 1:
        drawing.legend(loc="outside upper left", ncols=3, frameon=False, handlelength=1.4)
    return drawing


def _height_mm(spec: ChartSpec) -> float:
    if not spec.is_horizontal:
        return 75
    bars = len(spec.series) if spec.kind == "bar" else 1
    return 22 + len(spec.x_labels) * (4.2 * bars + 3)


def _draw_bars(axes: Any, spec: ChartSpec) -> None:
    stacked = spec.kind == "stacked"
    thick = _BAR_SHARE if stacked else _BAR_SHARE / len(spec.series)
    ends = [[0.0, 0.0] for _label in spec.x_labels]
    for place, series in enumerate(spec.series):
        offset = 0.0 if stacked else (place - (len(spec.series) - 1) / 2) * thick
        own = look(spec, place)
        paint = {"facecolor": own.fill, "edgecolor": own.edge, "linewidth": 0.7, "label": series.name}
        paint["hatch"] = _HATCHES.get(own.pattern)
        points = [rounded(spec, value) for value in series.values]
        starts = [_start(ends[row], value) if stacked else 0.0 for row, value in enumerate(points)]
        where = [row + offset for row in range(len(points))]
        draw = axes.barh if spec.is_horizontal else axes.bar
        extent = {"height": thick, "left": starts} if spec.is_horizontal else {"width": thick, "bottom": starts}
        bars = draw(where, [value or 0.0 for value in points], **extent, **paint)
        for row, bar in enumerate(bars):
            bar.set_gid(f"{spec.id}-{place}-{row}")
            bar.set_visible(points[row] is not None)
        _write_figures(axes, spec, place, bars)


def _start(end: list[float], value: float | None) -> float:
    """Return where a part of a stack begins, and move the stack's end (below zero, above zero)."""
    side = 1 if (value or 0.0) >= 0 else 0
    begin = end[side]
    end[side] += value or 0.0
    return begin


def _write_figures(axes: Any, spec: ChartSpec, place: int, bars: Any) -> None:
    values = spec.series[place].values
    if spec.kind == "stacked":
        texts = [figure(spec, value) if value else "" for value in values]
        axes.bar_label(bars, labels=texts, label_type="center", fontsize=7.5, color=look(spec, place).ink)
    else:
        texts = ["" if value is None else figure(spec, value) for value in values]
        # Paper behind the figures, so that no line of the grid runs through them.
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        axes.bar_label(bars, labels=texts, padding=2.5, fontsize=7, color=INK_SOFT, bbox=behind)


def _draw_lines(axes: Any, spec: ChartSpec) -> None:
    for place, series in enumerate(spec.series):
        shade = look(spec, place).edge
        points = [rounded(spec, value) for value in series.values]
        values = [float("nan") if value is None else value for value in points]
        (line,) = axes.plot(
            range(len(values)),
            values,
            color=shade,
            linewidth=2,
            linestyle="--" if series.tone == EXPECTED else "-",
            marker=_MARKERS[place % len(_MARKERS)],
            markersize=5,
            label=series.name,
            clip_on=False,
        )
        line.set_gid(f"{spec.id}-{place}")
        for row, value in enumerate(points):
            if value is not None and len(spec.series) <= 2:
                axes.annotate(
                    figure(spec, series.values[row]),
                    (row, value),
                    xytext=(0, 6),
                    textcoords="offset points",
                    ha="center",
                    color=INK_SOFT,
                )


def _draw_axes(axes: Any, spec: ChartSpec) -> None:
    marks = steps(spec)
    numbers, values = (axes.yaxis, axes.xaxis) if spec.is_horizontal else (axes.xaxis, axes.yaxis)
    numbers.set_ticks(range(len(spec.x_labels)), ["\n".join(wrapped(label, 26)) for label in spec.x_labels])
    values.set_ticks([float(mark) for mark in marks], [step_label(spec, mark) for mark in marks])
    values.grid(visible=True, color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[["top", "right"]].set_visible(False)
    room = 1.08 if spec.kind != "stacked" else 1.0
    low, high = (float(end) for end in reach(spec))
    if spec.is_horizontal:
        axes.set_xlim(low, high * room)
        axes.set_ylim(len(spec.x_labels) - 0.5, -0.5)
    else:
        axes.set_ylim(low, high * room)
        axes.set_xlim(-0.5, len(spec.x_labels) - 0.5)
