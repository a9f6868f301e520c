"""A note's figures as drawings: the one description that the PDF, the Word file and the preview draw from."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.months import format_month_short
from reports.charts import ChartSpec, Series
from reports.facts.note import CountRow, CountTable, FigureFact

MOST_UPRIGHT = 6
PERCENT = "%"
_Value = Callable[[CountRow], Decimal | int | None]


def chart_spec(fact: FigureFact) -> ChartSpec:
    """Return the figure as a drawing: bars for a few points, a line for many, and a table as bars lying down."""
    if fact.counts is not None:
        return _table_spec(fact, fact.counts)
    return ChartSpec(
        id=f"figur-{fact.number}",
        kind="bar" if len(fact.points) <= MOST_UPRIGHT else "line",
        title=fact.caption,
        x_labels=tuple(format_month_short(point.month) for point in fact.points),
        series=(Series(fact.caption, tuple(point.value for point in fact.points)),),
        unit=fact.unit,
        source=fact.source,
        label_head=_("Month"),
    )


def drawn_rows(table: CountTable) -> list[CountRow]:
    """Return the rows with a count, as the table has them."""
    return [row for row in table.rows if row.value is not None]


def _table_spec(fact: FigureFact, table: CountTable) -> ChartSpec:
    rows = drawn_rows(table)
    return ChartSpec(
        id=f"figur-{fact.number}",
        kind="stacked" if table.is_cross and table.is_exclusive else "bar",
        title=fact.caption,
        x_labels=tuple(f"{'– ' * row.depth}{row.label}" for row in rows),
        series=tuple(Series(name, tuple(_decimal(value(row)) for row in rows)) for name, value in _columns(table)),
        unit=PERCENT if table.is_share else fact.unit,
        source=fact.source,
        is_horizontal=True,
        label_head=pgettext("of a table", "Row"),
    )


def _columns(table: CountTable) -> list[tuple[str, _Value]]:
    """Return each series' name, and how a row's value in it is found."""
    if table.is_flow:
        return [
            (pgettext("came in", "In"), lambda row: row.value),
            (pgettext("went out", "Out"), lambda row: row.count_out),
            (_("Remaining"), lambda row: row.remaining),
        ]
    if table.is_share:
        return [(_("Share"), lambda row: None if row.share is None else round(row.share, 1))]
    if table.is_cross:
        return [(column.label, _cell(place)) for place, column in enumerate(table.columns)]
    return [(table.caption, lambda row: row.value)]


def _cell(place: int) -> _Value:
    return lambda row: row.cells[place]


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
