"""One chart, three forms: the browser's drawing, the paper's drawing and the table hold the same points."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from django.conf import settings

from reports.charts import (
    EXPECTED,
    GREEN,
    RED,
    REST,
    YELLOW,
    ChartSpec,
    ChartTable,
    Series,
    chart_view,
    plotly_json,
    table,
    to_svg,
)

FAMILIES = ChartSpec(
    "families",
    "line",
    "Familier",
    ("maj 2017", "juni 2017", "november 2017"),
    (Series("Familier", (Decimal(18), None, Decimal(35))),),
    source="Virksomhedsservice",
    alt="Fra 18 til 35.",
    label_head="Måned",
)
SPENDING = ChartSpec(
    "spending",
    "bar",
    "Økonomi",
    ("Integration", "Housing <First>", "Integration"),
    (
        Series("Bevilget", (Decimal(500000), Decimal(800000), Decimal(250000))),
        Series("Forventet", (Decimal("312500.50"), None, Decimal(250000)), EXPECTED),
    ),
    unit="kr.",
    is_horizontal=True,
    label_head="Projekt",
    has_total=True,
)
POOL = ChartSpec(
    "pool",
    "stacked",
    "Puljen",
    ("2016", "2017"),
    (
        Series("Bevilget", (Decimal(2325000), Decimal(900000))),
        Series("Foreslået", (Decimal(485000), Decimal(200000)), EXPECTED),
        Series("Rest", (Decimal(1490000), Decimal(-100000)), REST),
    ),
    unit="kr.",
)
LIGHTS = ChartSpec(
    "lights",
    "stacked",
    "Lys",
    ("okt. 2017", "nov. 2017"),
    (
        Series("Rød", (Decimal(1), Decimal(0)), RED),
        Series("Gul", (Decimal(2), Decimal(3)), YELLOW),
        Series("Grøn", (Decimal(4), Decimal(5)), GREEN),
    ),
)
EVERY = pytest.mark.parametrize("spec", [FAMILIES, SPENDING, POOL, LIGHTS], ids=lambda spec: spec.id)


def points(spec: ChartSpec) -> list[list[float | None]]:
    return [[None if value is None else float(value) for value in series.values] for series in spec.series]


@EVERY
def test_plotly_gets_every_point_as_a_number_and_its_danish_figure(spec):
    data = json.loads(json.dumps(plotly_json(spec)["data"]))
    assert [trace["x" if spec.is_horizontal else "y"] for trace in data] == points(spec)
    columns = zip(*(row[1:] for row in table(spec).rows), strict=True)
    assert [trace["text"] for trace in data] == [[text.replace("–", "") for text in column] for column in columns]


@EVERY
def test_plotly_takes_the_figure_as_it_is(spec):
    figure = go.Figure(plotly_json(spec), skip_invalid=False)
    assert len(figure.data) == len(spec.series)


@EVERY
def test_every_point_stands_in_the_drawing_on_paper(spec):
    svg = ElementTree.fromstring(to_svg(spec))
    found = line_points(svg, spec) if spec.kind == "line" else bar_points(svg, spec)
    assert found == points(spec)


@EVERY
def test_figures_on_paper_are_text_in_the_notes_own_font(spec):
    texts = [item.text for item in ElementTree.fromstring(to_svg(spec)).iter("{http://www.w3.org/2000/svg}text")]
    for row in table(spec).rows:
        assert set(row[1:]) - {"–"} <= set(texts)
    assert "IBM Plex Sans" in to_svg(spec)


def test_a_chart_on_paper_is_the_same_byte_for_byte_and_says_what_it_shows():
    svg = to_svg(FAMILIES)
    assert svg == to_svg(FAMILIES)
    assert "<title>Familier. Fra 18 til 35.</title>" in svg
    assert "date>" not in svg


def test_table_has_danish_figures_a_dash_for_unknown_and_sums_of_what_is_known():
    assert table(SPENDING) == ChartTable(
        ("Projekt", "Bevilget (kr.)", "Forventet (kr.)"),
        (
            ("Integration", "500.000", "312.501"),
            ("Housing <First>", "800.000", "–"),
            ("Integration", "250.000", "250.000"),
        ),
        ("I alt", "1.550.000", "562.501"),
    )
    assert table(FAMILIES) == ChartTable(
        ("Måned", "Familier"), (("maj 2017", "18"), ("juni 2017", "–"), ("november 2017", "35"))
    )


def test_two_projects_of_one_name_stay_two_bars_and_names_are_never_markup():
    figure = plotly_json(SPENDING)
    assert figure["data"][0]["y"] == [0, 1, 2]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Integration", "Housing &lt;First&gt;", "Integration"]


def test_the_axis_counts_in_millions_thousands_or_ones():
    assert plotly_json(POOL)["layout"]["yaxis"]["ticktext"] == [
        "0",
        "1\u00a0mio.\u00a0kr.",
        "2\u00a0mio.\u00a0kr.",
        "3\u00a0mio.\u00a0kr.",
        "4\u00a0mio.\u00a0kr.",
    ]
    assert plotly_json(SPENDING)["layout"]["xaxis"]["ticktext"] == ["0", "500\u00a0t.kr."]
    assert plotly_json(FAMILIES)["layout"]["yaxis"]["ticktext"] == ["0", "10", "20", "30"]


def test_lights_have_the_colours_of_the_pages_and_patterns_of_their_own():
    css = (settings.BASE_DIR / "static/css/site.css").read_text()
    own = [re.search(rf"--{name}: (#\w+);", css)[1] for name in ("red", "yellow", "green")]
    markers = [trace["marker"] for trace in plotly_json(LIGHTS)["data"]]
    assert [marker["color"] for marker in markers] == own
    shapes = [marker.get("pattern", {}).get("shape", "") for marker in markers]
    assert len(set(shapes)) == 3
    svg = to_svg(LIGHTS)
    assert [shade for shade in own if shade not in svg] == []
    # The patterns' own definitions: one for red, one for yellow.
    assert svg.count("<pattern ") == 2


def test_a_chart_of_nothing_still_draws():
    empty = ChartSpec("empty", "bar", "Tom", ("a",), (Series("s", (None,)),))
    go.Figure(plotly_json(empty), skip_invalid=False)
    ElementTree.fromstring(to_svg(empty))
    assert table(empty).rows == (("a", "–"),)


def test_view_carries_what_the_page_shows():
    view = chart_view(FAMILIES)
    assert (view.id, view.title, view.text, view.source) == (
        "families",
        "Familier",
        "Fra 18 til 35.",
        "Virksomhedsservice",
    )
    assert (view.json, view.table) == (plotly_json(FAMILIES), table(FAMILIES))


def test_pages_load_neither_plotly_nor_matplotlib():
    script = (
        "import django; django.setup(); import reports.charts, portfolio.urls, sys;"
        "print(sorted({'matplotlib', 'plotly', 'numpy'} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "portfolio.settings", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"


def group(svg: ElementTree.Element, gid: str) -> ElementTree.Element | None:
    return next((item for item in svg.iter() if item.get("id") == gid), None)


def drawn(item: ElementTree.Element) -> list[tuple[float, float]]:
    """Return the corners of the group's first path."""
    path = next(item.iter("{http://www.w3.org/2000/svg}path")).get("d") or ""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML] ([-\d.]+) ([-\d.]+)", path)]


def bar_points(svg: ElementTree.Element, spec: ChartSpec) -> list[list[float | None]]:
    """Return the values the bars' lengths stand for, measured by the first bar; None where no bar is drawn."""
    axis = 0 if spec.is_horizontal else 1
    lengths: list[list[float | None]] = []
    for place, series in enumerate(spec.series):
        groups = [group(svg, f"{spec.id}-{place}-{row}") for row in range(len(series.values))]
        lengths.append([None if item is None else extent(drawn(item), axis) for item in groups])
    scale = float(spec.series[0].values[0]) / lengths[0][0]
    signs = [[-1 if value is not None and value < 0 else 1 for value in series.values] for series in spec.series]
    return [
        [
            None if length is None else sign * nearest(length * scale, spec)
            for length, sign in zip(row, own, strict=True)
        ]
        for row, own in zip(lengths, signs, strict=True)
    ]


def extent(corners: list[tuple[float, float]], axis: int) -> float:
    along = [corner[axis] for corner in corners]
    return max(along) - min(along)


def nearest(value: float, spec: ChartSpec) -> float:
    """Return the point a measured value means: within a thousandth of one, else itself."""
    for series in spec.series:
        for point in series.values:
            if point and abs(value - abs(float(point))) < abs(float(point)) / 1000:
                return abs(float(point))
    return value


def line_points(svg: ElementTree.Element, spec: ChartSpec) -> list[list[float | None]]:
    """Return the values the markers' heights stand for, by the marks of the axis."""
    marker = "{http://www.w3.org/2000/svg}use"
    ticks = {
        float(next(item.iter("{http://www.w3.org/2000/svg}text")).text or ""): tick_height(item)
        for item in svg.iter()
        if re.fullmatch(r"ytick_\d+", item.get("id") or "")
    }
    low, high = min(ticks), max(ticks)
    per_unit = (ticks[high] - ticks[low]) / (high - low)
    item = group(svg, f"{spec.id}-0")
    heights = iter([round(low + (float(use.get("y") or 0) - ticks[low]) / per_unit, 3) for use in item.iter(marker)])
    return [[None if value is None else next(heights) for value in spec.series[0].values]]


def tick_height(item: ElementTree.Element) -> float:
    return drawn(item)[0][1]


def test_hundreds_of_millions_have_room_after_their_bar():
    def room(amount):
        spec = replace(SPENDING, series=(Series("Forbrugt", (Decimal(amount), None, None)),))
        return plotly_json(spec)["layout"]["margin"]["r"]

    assert (room(800_000), room(320_000_000)) == (72, 104)
