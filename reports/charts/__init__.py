"""Charts: one plain description, shown as a drawing in the browser, a drawing on paper, and a table of its figures."""

from reports.charts.browser import ChartView, chart_view, plotly_json
from reports.charts.paper import to_svg
from reports.charts.spec import EXPECTED, GREEN, RED, REST, SOLID, YELLOW, ChartSpec, ChartTable, Series, table

__all__ = [
    "EXPECTED",
    "GREEN",
    "RED",
    "REST",
    "SOLID",
    "YELLOW",
    "ChartSpec",
    "ChartTable",
    "ChartView",
    "Series",
    "chart_view",
    "plotly_json",
    "table",
    "to_svg",
]
